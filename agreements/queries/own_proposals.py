"""The applicant's home: an organisation's own proposals with what comes next, and open calls that fit it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from agreements.enums import CALL_CALLED_OFF, RECEIVED_PROPOSALS, CallState, Procedure, ProposalState
from agreements.models import Call, Presentation, PresentationSlot, Proposal, ResultLetter
from agreements.queries.call_public import time_left
from agreements.queries.proposal_next import next_step
from agreements.queries.proposal_steps import JUDGED_OUT, Step
from agreements.queries.public_calls import OPEN_FIRST_TO_CLOSE, fitting, for_list
from core import clock
from core.columns import names
from partnerships.models import Organisation

FITTING_CALLS = 5
REST = timedelta(days=30)  # by which days of rest may move the end of the time to appeal on, generously


@dataclass(frozen=True)
class OwnProposal:
    """A row: the proposal, what comes next, days left while its call is open; `has_result`: there is one to read."""

    proposal: Proposal
    next: Step | None
    left_words: str
    has_result: bool


def own_proposals(organisation_id: int) -> QuerySet[Proposal]:
    """The organisation's proposals with their calls and agencies."""
    rows = Proposal.objects.of_organisation(organisation_id).select_related("call__agency")
    return rows.only(*_OF_PROPOSAL, *(f"call__{name}" for name in _OF_CALL), *names("call__agency"))


# What a row shows, and what comes next on it follows from.
_OF_PROPOSAL = (
    *("reference", "title", "state", "source", "created_at", "submitted_at", "received_at", "reserve_place"),
    "presentation_invited_at",
    *("organisation_id", "call_id"),
)
_OF_CALL = (
    *("title", "form", "state", "agency_id", "closes_at", "grace_minutes", "screening_by", "presentation_on"),
    *("decision_by", "decided_at", "ended_at", "cancel_reason", "appeal_days", "letters_issued_at"),
)


def with_next(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Each with `has_time` for its presentation, to come or gone, and `appeal_until` while an appeal is open to it.

    Asked only of those in a list for whom it says what comes next: a query each, none for most lists.
    """
    found = list(proposals)
    invited = [one.pk for one in found if one.state == ProposalState.ELIGIBLE and one.presentation_invited_at]
    booked: set[int] = set()
    if invited:
        for model in (PresentationSlot, Presentation):
            booked |= set(model.objects.filter(proposal__in=invited).values_list("proposal", flat=True))
    over = [one.pk for one in found if one.state in JUDGED_OUT and _may_be_appealed(one.call)]
    ends: dict[int, datetime | None] = {}
    if over:
        letters = ResultLetter.objects.filter(proposal__in=over, proposal__appeal=None).order_by("issued_at", "pk")
        for pk, until in letters.values_list("proposal", "appeal_until"):
            ends.setdefault(pk, until)  # the first letter's
    for one in found:
        one.has_time, one.appeal_until = one.pk in booked, ends.get(one.pk)
    return found


def _may_be_appealed(call: Call) -> bool:
    """Whether an appeal may be open to somebody still: the letters say to whom, and until when."""
    told = call.letters_issued_at
    days = timedelta(days=call.appeal_days) + REST
    return call.state == CallState.DECIDED and told is not None and clock.now() - told < days


def as_rows(proposals: Iterable[Proposal]) -> list[OwnProposal]:
    """Without a query: all of it follows from the proposal `with_next` and its call."""
    return [_row(proposal) for proposal in proposals]


def _row(proposal: Proposal) -> OwnProposal:
    call = proposal.call
    decided = call.state == CallState.DECIDED and proposal.state in RECEIVED_PROPOSALS
    has_result = decided or (call.state in CALL_CALLED_OFF)
    return OwnProposal(proposal, next_step(proposal), time_left(call), has_result)


def fitting_calls(organisation: Organisation) -> list[Call]:
    """Open calls in the fields and provinces of its profile that it has no proposal on, what closes soonest first."""
    fields = list(organisation.fields_of_work.values_list("pk", flat=True))
    provinces = provinces_of(organisation)
    own = Proposal.objects.in_place().filter(call=OuterRef("pk"), organisation=organisation)
    rows = fitting(Call.objects.public().open().filter(~Exists(own)), fields, provinces)
    return list(for_list(rows).order_by(*OPEN_FIRST_TO_CLOSE)[:FITTING_CALLS])


def inviting_calls(organisation_id: int) -> QuerySet[Call]:
    """Open calls to which the organisation is invited directly and has no proposal on, what closes soonest first."""
    own = Proposal.objects.in_place().filter(call=OuterRef("pk"), organisation_id=organisation_id)
    invited = Call.objects.open().filter(procedure=Procedure.DIRECT, invitations__organisation_id=organisation_id)
    return invited.filter(~Exists(own)).order_by(*OPEN_FIRST_TO_CLOSE)


def provinces_of(organisation: Organisation) -> list[Any]:
    """Where it works: its areas of service, else the province of its address."""
    areas = list(organisation.service_areas.values_list("province_code", flat=True))
    return areas or [code for code in (organisation.province_code,) if code]
