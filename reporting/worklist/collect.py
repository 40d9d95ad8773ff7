"""The whole list of a person, grouped by kind, the most pressing first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from partnerships.enums import Role
from reporting.worklist import (
    agreements,
    calls,
    decisions,
    evaluations,
    judging,
    missions,
    money,
    organisations,
    partners,
    people,
    prior,
    results,
)
from reporting.worklist.item import Text, WorkItem

Find = Callable[[Any], Iterable[WorkItem]]

# (code, title, what finds it), in the order of the page.
KINDS: tuple[tuple[str, Text, tuple[Find, ...]], ...] = (
    (
        "decisions",
        _("Decisions waiting for you"),
        (decisions.decisions_to_take, evaluations.rounds_to_accept, prior.priors_to_confirm),
    ),
    ("organisation", _("Your organisation"), (organisations.sponsorships_to_answer, organisations.profiles_to_finish)),
    (
        "signing",
        _("Signing and publication"),
        (agreements.texts_to_sign, agreements.scans_to_confirm, agreements.texts_to_publish),
    ),
    (
        "money",
        _("Instalments and accounts"),
        (
            money.instalments_to_request,
            money.instalments_to_check,
            money.instalments_to_propose,
            money.instalments_to_pay,
            money.instalments_to_confirm,
            agreements.accounts_to_settle,
        ),
    ),
    ("confirming", _("Notes and plans to confirm"), (agreements.notes_to_confirm, agreements.plans_to_approve)),
    (
        "calls",
        _("Calls and proposals"),
        (
            judging.invitations_to_answer,
            judging.conflicts_to_declare,
            calls.calls_to_carry,
            calls.questions_to_answer,
            calls.places_to_fill,
            calls.proposals_to_screen,
            judging.gaps_left_open,
            judging.papers_to_confirm,
            judging.papers_to_correct,
            judging.reviews_to_finish,
            judging.gaps_to_complete,
            calls.calls_to_answer,
            calls.proposals_to_submit,
            results.times_to_choose,
            results.presentations_to_score,
            results.letters_to_issue,
            results.appeals_to_answer,
        ),
    ),
    (
        "missions",
        _("Missions and partners for them"),
        (
            missions.forms_to_choose,
            missions.suggestions_to_answer,
            missions.invitations_to_answer,
            missions.readiness_to_rate,
            missions.meetings_to_follow_up,
            missions.talks_to_follow_up,
        ),
    ),
    (
        "evaluations",
        _("Evaluations"),
        (evaluations.rounds_to_fill, evaluations.results_to_report, evaluations.findings_to_give),
    ),
    ("partners", _("Partners to be verified"), (partners.partners_to_verify,)),
    ("people", _("Appointments that wait for you"), (people.appointments_to_confirm,)),
    (
        "steps",
        _("Agreements at a step where your side acts"),
        (agreements.agreements_to_carry, prior.priors_to_correct),
    ),
)


@dataclass(frozen=True)
class WorkGroup:
    code: str
    title: Text
    items: list[WorkItem]


@dataclass(frozen=True)
class WorkList:
    """`groups` wait for this person; `colleagues` for the responsible officers of the same agency."""

    groups: list[WorkGroup]
    colleagues: list[WorkItem]

    @property
    def count(self) -> int:
        return sum(len(group.items) for group in self.groups)

    @property
    def overdue(self) -> int:
        return sum(1 for group in self.groups for item in group.items if item.due and item.due.state == "overdue")


def work_of(actor: Any) -> WorkList:
    """Everything that waits for this actor, in a number of queries that does not depend on how much it is."""
    if actor.user_id is None:
        return WorkList([], [])
    groups, colleagues = [], []
    for code, title, finders in KINDS:
        found = [item for find in finders for item in find(actor)]
        own = [item for item in found if _is_own(item, actor)]
        colleagues += [item for item in found if not _is_own(item, actor)]
        if own:
            groups.append(WorkGroup(code, title, sorted(own, key=_pressing)))
    return WorkList(groups, sorted(colleagues, key=_pressing))


def _is_own(item: WorkItem, actor: Any) -> bool:
    """An officer's matter is his or her own when no other officer is responsible for it."""
    return item.officer_id in (None, actor.user_id) or not actor.holds(Role.OFFICER)


def _pressing(item: WorkItem) -> tuple[bool, date]:
    return item.due_on is None, item.due_on or date.max
