"""What is done and what is missing in a round, and which buttons the person at the screen has."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.workflow import Judgement, book_of, judge
from evaluations.actions.findings import RECORD_FINDING, RECORD_VISIT, REPORT_RESULTS
from evaluations.actions.rounds import INVITE_EVALUATOR, PROPOSE_VERDICT, RETURN_VERDICT
from evaluations.enums import RoundState
from evaluations.models import Round
from evaluations.requirements import FINDINGS, needs_outside, needs_partners, needs_visit

# Which requirement a kind of round does not ask for is not listed.
_ASKED = {"external_findings": needs_outside, "partners_findings": needs_partners, "site_visited": needs_visit}
_PAGES = (
    (REPORT_RESULTS, "results_edit", ("results_reported",)),
    (RECORD_FINDING, "finding_create", ("internal_findings", "external_findings", "partners_findings")),
    (RECORD_VISIT, "visit_create", ("site_visited",)),
)


def tasks_of(evaluation_round: Round, facts: Any) -> list[dict[str, Any]]:
    """The list of what this kind of round needs, each done or to do, with its place on the page."""
    requirements = book_of(evaluation_round).requirements
    rows = []
    for name in (*FINDINGS, "verdict_proposed"):
        asked = _ASKED.get(name)
        if asked and not asked(facts.kind, facts.form):
            continue
        item = requirements[name]
        rows.append({"title": item.title, "url": f"#{item.where}", "state": "done" if item.met(facts) else "todo"})
    accepted = evaluation_round.state == RoundState.ACCEPTED
    rows.append({"title": _("Acceptance by the executive"), "url": "", "state": "done" if accepted else "todo"})
    return rows


def actions_of(evaluation_round: Round, actor: Any, facts: Any) -> list[dict[str, Any]]:
    """The buttons of this round for this person: pages with fields, what is still missing beside those that wait."""
    actions = []
    for rule, page, _needs in _PAGES:
        if judge(evaluation_round, rule, actor, facts).open:
            actions.append(_link(evaluation_round, rule.title, page, "outline-primary"))
    if judge(evaluation_round, INVITE_EVALUATOR, actor, facts).open:
        actions.append(_link(evaluation_round, INVITE_EVALUATOR.title, "evaluator_invite", "outline-primary"))
    for rule, page, tone in (
        (PROPOSE_VERDICT, "verdict_propose", "primary"),
        ("accept", "round_accept", "primary"),
        (RETURN_VERDICT, "verdict_return", "outline-primary"),
    ):
        found = judge(evaluation_round, rule, actor, facts)
        if found.now and found.you and _is_offered(found, evaluation_round):
            actions.append(_link(evaluation_round, found.title, page, tone, found.missing))
    return actions


def _is_offered(found: Judgement, evaluation_round: Round) -> bool:
    """Acceptance is not spoken of before a verdict waits for it: the list of tasks tells what is missing."""
    return found.name != "accept" or bool(evaluation_round.verdict)


def _link(evaluation_round: Round, label: Any, page: str, tone: str, missing: Any = ()) -> dict[str, Any]:
    url = reverse(f"evaluations:{page}", args=[evaluation_round.pk])
    return {"label": label, "url": url, "tone": tone, "missing": missing}
