"""Calls being decided, and finished reviews, stamped by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agreements.enums import DecisionKind
from agreements.models import Agreement, Call, Decision, Proposal, Review
from core import clock
from core.workflow import set_first_state
from tests.cast import Cast
from tests.factories import ProposalFactory
from tests.rights import selection_attempts as attempts
from tests.rights import selection_table as table
from tests.rights.records import make_agreement, make_call, make_proposal


def make_selecting(cast: Cast, state: str) -> Call:
    own, _plus, more = state.partition("+")
    call = make_call(cast, own)
    if more == "pending":
        _pending(call, cast)
    if own == "decided":
        _reserve(call, cast)
    if more == "vacancy":
        agreement = make_agreement(cast, "cancelled")
        Agreement.objects.filter(pk=agreement.pk).update(call=call, proposal=call.proposals.earliest("pk"))
    return Call.objects.get(pk=call.pk)


def _pending(call: Call, cast: Cast) -> None:
    Decision.objects.create(
        kind=DecisionKind.SELECT_PROPOSALS,
        organisation=call.agency,
        call=call,
        positions=[{"title": "ผู้บริหาร", "holder_id": None}],
        proposed_by=cast.officer.user,
    )


def _reserve(call: Call, cast: Cast) -> Proposal:
    proposal = ProposalFactory.build(
        call=call,
        reference="P-RESERVE",
        organisation=cast.organisations["rival"],
        created_by=cast.rival_staff.user,
        submitted_at=clock.real_now(),
    )
    set_first_state(proposal, state="reserve")
    proposal.save()
    return proposal


def make_finished_review(cast: Cast, state: str) -> Review:
    plain, _plus, more = state.partition("+")
    proposal = make_proposal(cast, plain)
    if more == "pending":
        _pending(proposal.call, cast)
    return Review.objects.create(
        proposal=proposal,
        version=proposal.versions.get(),
        reviewer=cast.reviewer.user,
        total=80,
        finished_at=clock.now(),
    )


KINDS: dict[str, tuple[set[str], dict, dict, Callable[..., Any]]] = {
    "selecting": (table.SELECTING_STATES, table.SELECTING_RIGHTS, attempts.SELECTING, make_selecting),
    "finished_review": (table.REVIEW_STATES, table.REVIEW_RIGHTS, attempts.REVIEW, make_finished_review),
}
