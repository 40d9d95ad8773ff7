"""What the pages of calls and proposals show: steps, lists, and a submitted version as it was judged."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, QuerySet

from agreements.enums import CallState, CapacityKind, ProposalState
from agreements.models import Call, CallCriterion, Proposal
from agreements.queries.call_order import with_turn
from agreements.sequences import grant, pbc
from core.columns import names
from partnerships.enums import Form

PBC_STEP = {
    CallState.DRAFT: pbc.CALL,
    CallState.PUBLISHED: pbc.PROPOSAL,
    CallState.SCREENING: pbc.PRESENTATION,
    CallState.SELECTION: pbc.SELECTION,
    CallState.DECIDED: pbc.SELECTION,
}


def step_of(call: Call) -> str:
    """The code of the manual's step that the call has reached; a cancelled one stays where its stamps say it was."""
    if call.form == Form.GRANT:
        return grant.APPLICATION if call.published_at else grant.PREPARATION
    if call.state in PBC_STEP:
        return PBC_STEP[call.state]
    if call.closed_at:
        return pbc.PRESENTATION
    return pbc.PROPOSAL if call.published_at else pbc.CALL


# --- lists ----------------------------------------------------------------------------------------------------------


_IN_LIST = (
    *("reference", "number", "agency_id", "form", "title", "budget_ceiling", "state", "publish_on", "closes_at"),
    *("grace_minutes", "screening_by", "presentation_on", "decision_by", "closed_at", "decided_at", "ended_at"),
)


def calls_for(actor: Any, *, state: str = "", form: str = "") -> QuerySet[Call]:
    """The calls an actor may read, with what they are ordered by (`queries.call_order`)."""
    rows = Call.objects.visible_to(actor).select_related("agency")
    rows = rows.only(*_IN_LIST, *names("agency"))
    if state:
        rows = rows.filter(state=state)
    if form:
        rows = rows.filter(form=form)
    return with_turn(rows, actor)


def count_by_state(calls: list[Call], actor: Any) -> None:
    """Give each call `received` and `by_state` [(state, label, number)], for its agency and OPDC, in one query.

    While submissions are open only how many came is told: `by_state` is empty. Of others' calls `received` is None.
    """
    own = [call for call in calls if actor.is_opdc or call.agency_id == actor.organisation_id]
    rows = Proposal.objects.received().filter(call__in=[call.pk for call in own]).order_by()
    found: dict[int, dict[str, int]] = {}
    for call_id, state, number in rows.values_list("call_id", "state").annotate(number=Count("pk")):
        found.setdefault(call_id, {})[state] = number
    for call in calls:
        counted = found.get(call.pk, {})
        call.received = sum(counted.values()) if call in own else None
        told = counted if call.closed_at else {}
        call.by_state = [(one.value, one.label, told[one]) for one in ProposalState if one in told]


_LISTED = (
    *("call_id", "reference", "title", "state", "budget", "submitted_at", "created_at", "reserve_place"),
    "source",
    *names("organisation"),
    *("presentation__held_on", "presentation__attended"),
)


def sealed_number(call: Call) -> int:
    """How many proposals were submitted so far: all that is told of them until submissions are closed."""
    return call.proposals.received().count()


def proposals_for(call: Call, actor: Any) -> QuerySet[Proposal]:
    """The proposals on a call that the actor may read, in the order of arrival."""
    return Proposal.objects.visible_on(call, actor).order_by("submitted_at", "pk")


def listed(pks: Iterable[int]) -> dict[int, Proposal]:
    """Of `proposals_for` these ones, by id, as a list shows them: with applicant and day of the presentation."""
    rows = Proposal.objects.filter(pk__in=set(pks)).select_related("organisation", "presentation")
    return {proposal.pk: proposal for proposal in rows.only(*_LISTED)}


def reviewer_names(call: Call) -> list[str]:
    """Names of the current reviewers, in the order of naming."""
    rows = call.capacities.current().filter(kind=CapacityKind.REVIEWER).order_by("pk")
    return list(rows.values_list("user__full_name_th", flat=True))


def criteria_of(call_id: int, kind: str) -> list[CallCriterion]:
    """A call's qualifications or scoring criteria, in their order."""
    return list(CallCriterion.objects.filter(call_id=call_id, kind=kind).order_by("ordinal", "pk"))
