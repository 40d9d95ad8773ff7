"""Calls that an officer and the executive of the agency judge, and what belongs to them, stamped by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from agreements.models import Call, Capacity, ConflictDeclaration, Decision, Proposal, ScreeningCheck
from core import clock
from tests.cast import Cast
from tests.rights import apart_table as table
from tests.rights import (
    attempts,
    chains_attempts,
    judging_attempts,
    paper_attempts,
    results_attempts,
    selection_attempts,
)
from tests.rights.judging_records import make_gap
from tests.rights.paper_records import make_paper
from tests.rights.records import make_call
from tests.rights.results_records import make_appeal, make_letter, make_presenting, make_slot
from tests.rights.selection_records import make_finished_review, make_selecting

Make = Callable[[Cast, str], Any]


def judge(call: Call, cast: Cast, *names: str, left: bool = False) -> None:
    """Let people of the agency judge the call; `left`: no more, but with a conflict declared."""
    for name in names:
        user = cast.people[name].user
        ends_on = clock.today() - timedelta(days=1) if left else None
        Capacity.objects.create(user=user, call=call, kind="reviewer", ends_on=ends_on, starts_on=clock.today())
        for proposal in call.proposals.all() if left else ():
            ConflictDeclaration.objects.create(
                call=call, user=user, organisation=proposal.organisation, is_conflicted=True, relation="ญาติ"
            )


def make_judged_call(cast: Cast, state: str) -> Call:
    own, _plus, left = state.partition("+")
    call = make_call(cast, own)
    judge(call, cast, "second_officer", "executive", left=bool(left))
    return call


def make_matter(cast: Cast, state: str) -> Decision:
    call = make_selecting(cast, "selection+pending")
    if state == "screened":
        proposal = Proposal.objects.get(call=call)
        criterion = call.criteria.get(kind="eligibility")
        ScreeningCheck.objects.create(proposal=proposal, criterion=criterion, met=True, checked_by=cast.executive.user)
    else:
        judge(call, cast, "executive", left=state == "left")
    return call.decisions.get()


def judged(make: Make, call_of: Callable[[Any], Call], *, left: bool = False) -> Make:
    """The same record, on a call that the second officer judges, or (`left`) left with a conflict declared."""

    def made(cast: Cast, state: str) -> Any:
        record = make(cast, state)
        judge(call_of(record), cast, "second_officer", left=left)
        return record

    return made


def _own_call(record: Any) -> Call:
    return record.call


def _kind(states: set[str], rights: table.Rights, tried: dict[str, Callable], make: Make) -> tuple:
    return states, rights, {name: tried[name] for name in rights}, make


CALL = {**attempts.CALL, **selection_attempts.SELECTING, **judging_attempts.CALL}
KINDS: dict[str, tuple[set[str], dict, dict, Callable]] = {
    "call judged by its agency": _kind(table.CALL_STATES, table.CALL_RIGHTS, CALL, make_judged_call),
    "presenting, judged": _kind(
        table.PROPOSAL_STATES, table.PROPOSAL_RIGHTS, results_attempts.PRESENTING, judged(make_presenting, _own_call)
    ),
    "slot, judged": _kind({"free/screening"}, table.SLOT_RIGHTS, results_attempts.SLOT, judged(make_slot, _own_call)),
    "gap, judged": _kind(
        {"submitted", "curing/over", "eligible"}, table.GAP_RIGHTS, judging_attempts.GAPS, judged(make_gap, _own_call)
    ),
    "finished review, judged": _kind(
        {"eligible/selection"},
        table.REVIEW_RIGHTS,
        selection_attempts.REVIEW,
        judged(make_finished_review, lambda review: review.proposal.call),
    ),
    "vacancy, judged": _kind(
        {"decided+vacancy"},
        table.PROMOTION_RIGHTS,
        selection_attempts.SELECTING,
        judged(make_selecting, lambda call: call),
    ),
    "appeal, judged": _kind({"filed"}, table.APPEAL_RIGHTS, results_attempts.APPEAL, judged(make_appeal, _own_call)),
    **{
        f"{what}, {how}": _kind(states, rights, tried, judged(make, _own_call, left=how == "left"))
        for how in ("judged", "left")
        for what, states, rights, tried, make in (
            ("paper", table.PAPER_STATES, table.PAPER_RIGHTS, paper_attempts.PAPER, make_paper),
            ("letter", {"selected", "ineligible"}, table.LETTER_RIGHTS, results_attempts.LETTER, make_letter),
        )
    },
    "matter before a judge": _kind(table.MATTER_STATES, table.MATTER_RIGHTS, chains_attempts.MATTER, make_matter),
}
