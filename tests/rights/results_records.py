"""Proposals, slots, letters and appeals in each state of the table, stamped by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from agreements.enums import AppealState, DecisionKind
from agreements.models import Appeal, Call, Decision, Presentation, PresentationSlot, Proposal, ResultLetter
from agreements.queries.results import appeal_ends
from core import clock
from core.workflow import set_first_state
from tests.cast import Cast
from tests.rights import results_attempts as attempts
from tests.rights import results_table as table
from tests.rights.records import make_proposal

DAYS_AHEAD = 10


def _slot(call: Call, proposal: Proposal | None = None, hour: int = 0) -> PresentationSlot:
    begins = clock.now() + timedelta(days=DAYS_AHEAD, hours=hour)
    ends = begins + timedelta(minutes=30)
    return PresentationSlot.objects.create(call=call, starts_at=begins, ends_at=ends, place="ห้อง", proposal=proposal)


def make_presenting(cast: Cast, state: str) -> Proposal:
    in_selection = dict.fromkeys(("judged", "proposed"), "eligible/selection")
    states = {"submitted": "submitted/screening", **in_selection}
    proposal = make_proposal(cast, states.get(state, "eligible/screening"))
    Call.objects.filter(pk=proposal.call_id).update(presentation_weight=20)
    if state in ("invited", "booked", "heard", *in_selection):
        Proposal.objects.filter(pk=proposal.pk).update(presentation_invited_at=clock.now())
    _slot(proposal.call)
    if state == "booked":
        _slot(proposal.call, proposal, hour=1)
    if state in ("heard", *in_selection):
        Presentation.objects.create(
            proposal=proposal, held_on=clock.today(), minutes="บันทึก", recorded_by=cast.officer.user
        )
    if state == "proposed":
        Decision.objects.create(
            kind=DecisionKind.SELECT_PROPOSALS,
            organisation=proposal.call.agency,
            call=proposal.call,
            positions=[{"title": "ผู้บริหาร", "holder_id": None}],
            proposed_by=cast.officer.user,
        )
    return Proposal.objects.get(pk=proposal.pk)


def make_slot(cast: Cast, state: str) -> PresentationSlot:
    taken, _slash, of_call = state.partition("/")
    own = "submitted" if of_call == "published" else "eligible"
    proposal = make_proposal(cast, f"{own}/{of_call}")
    return _slot(proposal.call, proposal if taken == "taken" else None)


def make_letter(cast: Cast, state: str) -> Proposal:
    told = state in ("told", "told_selected", "late")
    own = {"told": "not_selected", "late": "not_selected", "told_selected": "selected"}.get(state, state)
    of_call = "selection" if state == "eligible" else "decided"
    proposal = make_proposal(cast, f"{own}/{of_call}")
    if told:
        _letter(proposal, days=15 if state == "told" else -2 if state == "late" else None)
    return proposal


def _letter(proposal: Proposal, days: int | None) -> ResultLetter:
    until = None if days is None else appeal_ends(clock.now(), days)
    content = {"reference": proposal.reference, "day": clock.today().isoformat()}
    return ResultLetter.objects.create(
        proposal=proposal, number="1/2570", outcome=proposal.state, content=content, appeal_until=until
    )


def make_appeal(cast: Cast, state: str) -> Appeal:
    return _appeal(make_letter(cast, "told"), cast, state)


def _appeal(proposal: Proposal, cast: Cast, state: str) -> Appeal:
    done: dict[str, Any] = {}
    if state == "answered":
        done = {"verdict": "dismissed", "remedy": "none", "answer": "เหตุผล", "answered_at": clock.now()}
    appeal = Appeal(proposal=proposal, call=proposal.call, grounds="เหตุ", filed_by=cast.partner_rep.user, **done)
    set_first_state(appeal, state=AppealState(state))
    appeal.save()
    return appeal


def make_after(proposal: Proposal, cast: Cast) -> tuple[PresentationSlot, ResultLetter, Appeal]:
    """A slot, a letter and an appeal of a proposal, whatever its state: for who may read them at all."""
    letter = _letter(proposal, days=15)
    return _slot(proposal.call, proposal), letter, _appeal(proposal, cast, "withdrawn")


KINDS: dict[str, tuple[set[str], dict, dict, Callable]] = {
    "presenting": (table.PRESENTING_STATES, table.PRESENTING_RIGHTS, attempts.PRESENTING, make_presenting),
    "slot": (table.SLOT_STATES, table.SLOT_RIGHTS, attempts.SLOT, make_slot),
    "letter": (table.LETTER_STATES, table.LETTER_RIGHTS, attempts.LETTER, make_letter),
    "appeal": (table.APPEAL_STATES, table.APPEAL_RIGHTS, attempts.APPEAL, make_appeal),
}
