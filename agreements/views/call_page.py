"""What the page of a call shows to whoever looks at it: actions, proposals, ranking."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.actions.assignments import ASSIGN
from agreements.actions.calls import EDIT_CALL
from agreements.actions.decisions import PROPOSE
from agreements.actions.paper import ENTER_PAPER
from agreements.actions.proposals import BEGIN_PROPOSAL
from agreements.actions.resolutions import RESOLVE
from agreements.actions.result_letters import ISSUE_LETTERS
from agreements.actions.reviewers import NAME_REVIEWER
from agreements.actions.selection_committee import APPOINT
from agreements.actions.slots import ADD_SLOTS
from agreements.blind import name_applicants, names_hidden
from agreements.enums import (
    CallState,
    CapacityKind,
    CriterionKind,
    DecisionKind,
    DecisionState,
    Outcome,
    Procedure,
    ProposalState,
)
from agreements.models import Call, Decision, Proposal, ResolutionOutcome, SelectionCommittee
from agreements.permissions import call_exporter, may_begin_proposal, ranking_reader
from agreements.queries.call_writing import writing_tasks
from agreements.queries.calls import proposals_for, reviewers_of, sealed_number, step_of
from agreements.queries.ranking import ranking
from agreements.requirements.call import load
from agreements.sequences import STEP_BY_CODE, steps_of
from agreements.views.judging_actions import declaration_of
from core.audit import latest_events
from core.workflow import Judgement, Rule, judge

CALL_TONE = {
    CallState.DRAFT: "plain",
    CallState.PUBLISHED: "now",
    CallState.SCREENING: "wait",
    CallState.SELECTION: "wait",
    CallState.DECIDED: "good",
    CallState.CANCELLED: "stop",
    CallState.VOID: "stop",
}
PROPOSAL_TONE = {
    ProposalState.DRAFT: "plain",
    ProposalState.SUBMITTED: "now",
    ProposalState.WITHDRAWN: "warn",
    ProposalState.CURING: "warn",
    ProposalState.ELIGIBLE: "now",
    ProposalState.INELIGIBLE: "stop",
    ProposalState.SELECTED: "good",
    ProposalState.RESERVE: "wait",
    ProposalState.NOT_SELECTED: "plain",
}


def call_context(call: Call, actor: Any) -> dict[str, Any]:
    """Everything the page of a call needs; what belongs to the agency alone is left out for others."""
    own_agency = actor.organisation_id == call.agency_id and not names_hidden(call, actor)
    step = STEP_BY_CODE[step_of(call)]
    reviewers = reviewers_of(call) if call.published_at else []
    reviewing = any(capacity.user_id == actor.user_id for capacity in reviewers)
    criteria = list(call.criteria.all())
    context = {
        "call": call,
        "tone": CALL_TONE[call.state],
        "steps": steps_of(call.form),
        "step": step,
        "own_agency": own_agency,
        "reviewing": reviewing,
        "viewer_side": "giver" if own_agency else "receiver" if actor.is_partner else "",
        "qualifications": [row for row in criteria if row.kind == CriterionKind.ELIGIBILITY],
        "scoring": [row for row in criteria if row.kind == CriterionKind.SCORING],
        "proposals": with_tones(name_applicants(proposals_for(call, actor), call, actor)) if call.published_at else [],
        "own_proposal": own_proposal(call, actor),
        "events": latest_events(call) if own_agency or actor.is_opdc else None,
        "actions": call_actions(call, actor, own_agency),
        "results": results(call),
        "why_not_begin": "" if own_agency else why_not_begin(call, actor),
        "takes_away": call_exporter(call, actor),
        "is_direct": call.procedure == Procedure.DIRECT,
        "writing": writing_of(call, actor) if own_agency and call.state == CallState.DRAFT else [],
    }
    context |= declaration_of(call, actor)
    if call.state == CallState.PUBLISHED and (own_agency or actor.is_opdc):
        context["sealed"] = sealed_number(call)
    if own_agency:
        context |= {"reviewers": reviewers, "decisions": decisions_of(call)}
        context["invited"] = list(call.invitations.select_related("organisation"))
    return context | judging_context(call, actor, own_agency, reviewing)


def judging_context(call: Call, actor: Any, own_agency: bool, reviewing: bool) -> dict[str, Any]:
    """Committee, scores and resolution, for the agency and the committee; to reviewers the scores as far as theirs."""
    sits = actor.user_id is not None and call.has_capacity(actor.user_id, CapacityKind.COMMITTEE_MEMBER)
    if not (own_agency or reviewing or sits) or not call.published_at:
        return {}
    context: dict[str, Any] = {"sits": sits}
    if own_agency or sits:
        context["committee"] = SelectionCommittee.objects.filter(call=call).prefetch_related("members").first()
        context["resolution"] = getattr(call, "resolution", None)
        context["outcomes"] = outcomes_of(call)
    if call.state in (CallState.SELECTION, CallState.DECIDED):
        context["ranking"] = ranking(call, actor)
        context["reads_ranking"] = ranking_reader(call, actor)
        name_applicants([row.proposal for row in context["ranking"]], call, actor)
    return context


def writing_of(call: Call, actor: Any) -> list[dict[str, Any]]:
    """The parts of a draft to write, for whoever may write them now."""
    return writing_tasks(call, load(call)) if judge(call, EDIT_CALL, actor).open else []


def outcomes_of(call: Call) -> QuerySet[ResolutionOutcome]:
    """What the committee resolved on each proposal, with the organisation that made it."""
    rows = ResolutionOutcome.objects.filter(resolution__call=call).select_related("proposal__organisation")
    order = Case(*[When(outcome=one, then=number) for number, one in enumerate(Outcome)], default=len(Outcome))
    return rows.order_by(order, "reserve_rank", "pk")


def with_tones(proposals: list[Proposal]) -> list[Proposal]:
    """Each proposal with the tone its state is shown in."""
    for proposal in proposals:
        proposal.tone = PROPOSAL_TONE[proposal.state]
    return proposals


def own_proposal(call: Call, actor: Any) -> Proposal | None:
    """The proposal of the organisation that the actor acts for, whatever its state."""
    if not actor.is_partner:
        return None
    proposal = call.proposals.filter(organisation_id=actor.organisation_id).first()
    return with_tones([proposal])[0] if proposal else None


def results(call: Call) -> list[Proposal]:
    """Who was selected: told to everyone who may read the call, once it is decided."""
    if call.state != CallState.DECIDED:
        return []
    return list(call.proposals.filter(state=ProposalState.SELECTED).select_related("organisation"))


def decisions_of(call: Call) -> list[Decision]:
    return list(call.decisions.select_related("next_holder", "proposed_by"))


def why_not_begin(call: Call, actor: Any) -> Any:
    """Why a partner's people, who otherwise could, cannot begin a proposal now; "" where nothing is in the way."""
    if not may_begin_proposal(call, actor) or own_proposal(call, actor):
        return ""
    judgement = judge(call, BEGIN_PROPOSAL, actor)
    return judgement.why_not_you or "" if judgement.now else ""


# --- actions --------------------------------------------------------------------------------------------------------


def call_actions(call: Call, actor: Any, own_agency: bool) -> list[dict[str, Any]]:
    """Buttons of the call for this actor, with what is missing for each."""
    if not own_agency:
        begin = judge(call, BEGIN_PROPOSAL, actor)
        return [_link(begin, call, "proposal_create")] if begin.open else []
    facts = load(call)
    pending = call.decisions.filter(state=DecisionState.PENDING).exists()
    offered: list[tuple[Rule | str, str, str, bool]] = [
        (EDIT_CALL, "call_preview", "get", True),
        (PROPOSE[DecisionKind.PUBLISH_CALL], "call_propose_publication", "get", not pending),
        (ENTER_PAPER, "paper_create", "get", True),
        (PROPOSE[DecisionKind.PUBLISH_ADDENDUM], "addendum_create", "get", not pending),
        ("close_submissions", "call_close", "post", True),
        (NAME_REVIEWER, "call_reviewers", "get", True),
        (ASSIGN, "call_assignments", "get", True),
        (ADD_SLOTS, "call_slots", "get", True),
        ("begin_selection", "call_begin_selection", "post", True),
        (APPOINT, "call_committee", "get", True),
        (RESOLVE, "call_resolution", "get", True),
        (PROPOSE[DecisionKind.SELECT_PROPOSALS], "call_propose_selection", "get", not pending),
        ("declare_void", "call_void", "get", not pending),
        (PROPOSE[DecisionKind.PROMOTE_RESERVE], "call_propose_promotion", "get", not pending),
        (ISSUE_LETTERS, "call_letters", "get", True),
        ("cancel", "call_cancel", "get", not pending),
    ]
    shown = []
    for rule, url_name, method, wanted in offered:
        judgement = judge(call, rule, actor, facts) if wanted else None
        if judgement and judgement.now and judgement.you:
            shown.append(_link(judgement, call, url_name, method))
    return _with_tones(shown)


def _link(judgement: Judgement, call: Call, url_name: str, method: str = "get") -> dict[str, Any]:
    names = {
        "call_reviewers": _("Reviewers"),
        "call_preview": _("Preview: what the public will see"),
        "call_committee": _("Selection committee"),
    }
    return {
        "name": url_name,
        "label": names.get(url_name, judgement.title),
        "url": reverse(f"agreements:{url_name}", args=[call.reference]),
        "method": method,
        "missing": judgement.missing,
    }


def _with_tones(actions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The move that leads on stands out; editing is quieter, cancelling warns."""
    quiet = {
        "paper_create", "call_preview", "addendum_create", "call_reviewers", "call_assignments", "call_committee",
        "call_slots", "call_resolution",
    }  # fmt: skip
    ending = {"call_cancel", "call_void"}
    for action in actions:
        if action["name"] in ending:
            action["tone"] = "outline-danger"
        elif action["name"] in quiet:
            action["tone"] = "outline-primary"
    return sorted(actions, key=lambda action: (action["name"] in ending, action["name"] in quiet))
