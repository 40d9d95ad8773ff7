"""What the page of a call shows to whoever looks at it: actions, proposals, ranking."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Q, When
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
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
from agreements.judges import judged_calls
from agreements.models import Call, Decision, Proposal, ResolutionOutcome
from agreements.permissions.calls import call_exporter, may_begin_proposal
from agreements.permissions.judging import knows_half, ranking_reader
from agreements.queries.call_writing import writing_tasks
from agreements.queries.calls import listed, proposals_for, reviewer_names, sealed_number, step_of
from agreements.queries.ranking import JUDGED, best_first, ranking, standings_of, told_of
from agreements.queries.returned import returned_among, sent_again
from agreements.requirements.call_facts import CallFacts, load
from agreements.sequences import STEP_BY_CODE, steps_of
from agreements.views.judging_actions import declaration_of
from core.audit import latest_events
from core.columns import brief, names
from core.workflow import Judgement, Rule, judge

SHOWN = 10  # rows of a list on the page of a call; the rest a click away
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
    ProposalState.SET_ASIDE: "plain",
    ProposalState.DISCARDED: "stop",
}


def call_context(call: Call, actor: Any, *, everything: bool = False) -> dict[str, Any]:
    """Everything the page of a call needs; what belongs to the agency alone is left out for others.

    Of proposals the first SHOWN, or `everything`; a reviewer always has all that he or she is to score.
    """
    shown = None if everything else SHOWN
    facts = SimpleLazyObject(lambda: load(call))
    own_agency = actor.organisation_id == call.agency_id and not names_hidden(call, actor)
    told = decisions_of(call) if own_agency else []
    decisions = [row for row in told if row.state == DecisionState.PENDING]
    step = STEP_BY_CODE[step_of(call)]
    reviewing = CapacityKind.REVIEWER in judged_calls(actor).get(call.pk, ())
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
        "shown": shown,
        "own_proposal": own_proposal(call, actor),
        "events": latest_events(call) if own_agency or actor.is_opdc else None,
        "actions": call_actions(call, actor, own_agency, facts, bool(decisions)),
        "why_not_begin": "" if own_agency else why_not_begin(call, actor),
        "takes_away": call_exporter(call, actor),
        "is_direct": call.procedure == Procedure.DIRECT,
        "writing": writing_of(call, actor, facts) if own_agency and call.state == CallState.DRAFT else [],
    }
    context |= declaration_of(call, actor)
    if call.state == CallState.PUBLISHED and (own_agency or actor.is_opdc):
        context["sealed"] = sealed_number(call)
    if own_agency:
        context |= {"reviewers": reviewer_names(call) if call.closed_at else [], "decisions": decisions}
        returned = returned_among(call, told)
        context["returned"] = None if returned and knows_half(call, actor) else returned
    if own_agency and context["is_direct"]:
        context["invited"] = list(call.invitations.select_related("organisation"))
    judging = judging_context(call, actor, own_agency, reviewing)
    ranks = bool(judging) and call.state in (CallState.SELECTION, CallState.DECIDED)
    return context | judging | proposals_context(call, actor, shown, ranks=ranks, reviewing=reviewing)


def proposals_context(call: Call, actor: Any, shown: int | None, *, ranks: bool, reviewing: bool) -> dict[str, Any]:
    """The proposals that the actor may read, the first `shown`; where it `ranks`, the judged by score before others.

    Which they are is asked of all of them, what a row tells of those alone that are shown.
    """
    states = dict(proposals_for(call, actor).values_list("pk", "state")) if call.published_at else {}
    judged = [pk for pk, state in states.items() if ranks and state in JUDGED]
    others = [pk for pk, state in states.items() if not ranks or state not in JUDGED]
    told = told_of(call) if judged else {}
    reads = ranks and ranking_reader(call, actor)
    # Where the presentation counts, the mean of the reviews is not the score that decides.
    standings = standings_of(call) if reads and call.presentation_weight else {}
    best = judged if reviewing else best_first(told, judged, standings)[:shown]
    others = others if shown is None else others[: max(shown - len(best), 0)]
    selected = [pk for pk, state in states.items() if state == ProposalState.SELECTED]
    rows = listed([*best, *others, *selected[:shown]])
    with_tones(name_applicants(rows.values(), call, actor))
    context = {"proposals": [rows[pk] for pk in others], "number_of_proposals": len(states)}
    context |= {"selected": [rows[pk] for pk in selected[:shown]], "number_selected": len(selected)}
    if not ranks:
        return context
    return context | {
        "ranking": ranking(call, actor, [rows[pk] for pk in best], told, standings),
        "reads_ranking": reads,
    }


def judging_context(call: Call, actor: Any, own_agency: bool, reviewing: bool) -> dict[str, Any]:
    """Committee and resolution, for the agency and those who judge; {} for everybody else."""
    sits = CapacityKind.COMMITTEE_MEMBER in judged_calls(actor).get(call.pk, ())
    if not (own_agency or reviewing or sits) or not call.published_at:
        return {}
    context: dict[str, Any] = {"sits": sits}
    if reviewing or sits:
        context["takes_to_judge"] = Proposal.objects.read_by_judge(actor.user_id).filter(call=call).exists()
    if own_agency or sits:
        context["committee"] = getattr(call, "selection_committee", None)
        context["resolution"] = getattr(call, "resolution", None)
        context["outcomes"] = SimpleLazyObject(lambda: outcomes_of(call, actor))
    return context


def writing_of(call: Call, actor: Any, facts: CallFacts) -> list[dict[str, Any]]:
    """The parts of a draft to write, for whoever may write them now."""
    return writing_tasks(call, facts) if judge(call, EDIT_CALL, actor).open else []


def outcomes_of(call: Call, actor: Any) -> list[ResolutionOutcome]:
    """What the committee resolved on each proposal, with the organisation that made it, and where it stands `now`.

    A judge is told of the proposals that he or she reads, and nothing where names are hidden.
    """
    if names_hidden(call, actor):
        return []
    rows = ResolutionOutcome.objects.filter(resolution__call=call).select_related("proposal__organisation")
    own = brief(ResolutionOutcome, also=("reason", "stepped_out"))
    rows = rows.only(*own, *brief(Proposal, "proposal__"), *names("proposal__organisation"))
    if knows_half(call, actor):
        rows = rows.filter(proposal__in=Proposal.objects.visible_to(actor))
    order = Case(*[When(outcome=one, then=number) for number, one in enumerate(Outcome)], default=len(Outcome))
    outcomes = list(rows.order_by(order, "reserve_rank", "pk"))
    for row in outcomes:
        row.now = _stands_now(row) if call.state == CallState.DECIDED else ""
    return outcomes


def _stands_now(row: ResolutionOutcome) -> str:
    """What an appeal or a promotion has made of the committee's outcome, in words; "" where it stands as resolved."""
    proposal = row.proposal
    if (proposal.state, proposal.reserve_place) == (row.outcome, row.reserve_rank):
        return ""
    if proposal.state == ProposalState.RESERVE:
        place = proposal.reserve_place
        return _("now place %(place)s on the reserve list") % {"place": place} if place else ""
    return _("now: %(state)s") % {"state": proposal.get_state_display()} if proposal.state != row.outcome else ""


def with_tones(proposals: list[Proposal]) -> list[Proposal]:
    """Each proposal with the tone its state is shown in."""
    for proposal in proposals:
        proposal.tone = PROPOSAL_TONE[proposal.state]
    return proposals


def own_proposal(call: Call, actor: Any) -> Proposal | None:
    """The proposal of the organisation that the actor acts for, whatever its state."""
    if not actor.is_partner:
        return None
    proposal = call.proposals.in_place().filter(organisation_id=actor.organisation_id).first()
    return with_tones([proposal])[0] if proposal else None


def decisions_of(call: Call) -> list[Decision]:
    """The matters of the call that are under consideration, and all that could have been returned to its officer."""
    wanted = Q(state=DecisionState.PENDING) | Q(kind=sent_again(call))
    rows = call.decisions.filter(wanted).select_related("next_holder")
    return list(rows.only("call", "kind", "state", "next_title", "proposed_at", "next_holder__full_name_th"))


def why_not_begin(call: Call, actor: Any) -> Any:
    """Why a partner's people, who otherwise could, cannot begin a proposal now; "" where nothing is in the way."""
    if not may_begin_proposal(call, actor) or own_proposal(call, actor):
        return ""
    judgement = judge(call, BEGIN_PROPOSAL, actor)
    return judgement.why_not_you or "" if judgement.now else ""


# --- actions --------------------------------------------------------------------------------------------------------


def call_actions(call: Call, actor: Any, own_agency: bool, facts: CallFacts, pending: bool) -> list[dict[str, Any]]:
    """Buttons of the call for this actor, with what is missing for each."""
    if not own_agency:
        begin = judge(call, BEGIN_PROPOSAL, actor)
        return [_link(begin, call, "proposal_create")] if begin.open else []
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
        "call_preview": _("Preview: what the invited will see")
        if call.procedure == Procedure.DIRECT
        else _("Preview: what the public will see"),
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
