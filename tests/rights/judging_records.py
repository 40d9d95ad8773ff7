"""Calls and proposals at each point of judging, stamped by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from agreements.models import Call, ConflictDeclaration, CureRequest, JudgeInvitation, Proposal
from core import clock
from partnerships.models import Membership
from tests.cast import Cast
from tests.rights import judging_attempts as attempts
from tests.rights import judging_table as table
from tests.rights.records import make_call, make_proposal


def make_judged_call(cast: Cast, state: str) -> Call:
    return make_call(cast, state)


def make_reviewed(cast: Cast, state: str) -> Proposal:
    """An eligible proposal, and what there is between it and the reviewer."""
    proposal = make_proposal(cast, "eligible/selection")
    declared = ConflictDeclaration.objects.filter(call=proposal.call)
    if state == "undeclared":
        declared.delete()
    if state == "conflicted":
        declared.update(is_conflicted=True, relation="ญาติ")
    if state == "unassigned":
        proposal.assignments.all().delete()
    if state == "dismissed":
        proposal.call.capacities.update(ends_on=clock.today() - timedelta(days=1))
    if state == "member":
        Membership.objects.create(user=cast.reviewer.user, organisation=proposal.organisation)
    return proposal


def make_gap(cast: Cast, state: str) -> Proposal:
    """ "curing": asked by the officer, and there is time; "over": there is none left; "cured": it was answered."""
    own, _slash, more = state.partition("/")
    proposal = make_proposal(cast, f"{own}/screening")
    Call.objects.filter(pk=proposal.call_id).update(cure_days=5)
    if own == "curing" or more == "cured":
        left = timedelta(days=-1 if more == "over" else 1)
        CureRequest.objects.create(
            proposal=proposal,
            gaps="ขาดสำเนาหนังสือจดทะเบียน",
            due_at=clock.real_now() + left,
            asked_by=cast.officer.user,
            answered_by=cast.partner_rep.user if more == "cured" else None,
            answered_at=clock.real_now() if more == "cured" else None,
        )
    return Proposal.objects.get(pk=proposal.pk)


def make_paper_gap(cast: Cast, state: str) -> Proposal:
    proposal = make_gap(cast, state)
    Proposal.objects.filter(pk=proposal.pk).update(
        source="paper",
        received_at=clock.real_now(),
        entered_by=cast.officer.user,
        confirmed_by=cast.second_officer.user,
    )
    return Proposal.objects.get(pk=proposal.pk)


def make_judge_invitation(cast: Cast, state: str = "open") -> JudgeInvitation:
    call = make_call(cast, "screening")
    facts: dict[str, Any] = {}
    if state == "accepted":
        facts = {"accepted": True, "answered_by": cast.stranger.user, "answered_at": clock.real_now()}
    if state == "cancelled":
        facts = {"cancelled_at": clock.real_now()}
    return JudgeInvitation.objects.create(
        call=call, kind="reviewer", email=cast.stranger.user.email, invited_by=cast.officer.user, **facts
    )


KINDS = {
    "judged_call": (table.CALL_STATES, table.CALL_RIGHTS, attempts.CALL, make_judged_call),
    "reviewed": (table.READY_STATES, table.READY_RIGHTS, attempts.REVIEWER, make_reviewed),
    "shut_out": (table.SHUT_OUT_STATES, table.SHUT_OUT_RIGHTS, attempts.REVIEWER, make_reviewed),
    "gap": (table.GAP_STATES, table.GAP_RIGHTS, attempts.GAPS, make_gap),
    "gap_on_paper": ({"curing"}, table.PAPER_RIGHTS, attempts.PAPER, make_paper_gap),
    "judge_invitation": (
        table.INVITATION_STATES,
        table.INVITATION_RIGHTS,
        attempts.INVITATION,
        make_judge_invitation,
    ),
}
