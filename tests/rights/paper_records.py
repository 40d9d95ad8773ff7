"""A proposal on paper in each of its states."""

from __future__ import annotations

from agreements.actions.paper import confirm_paper, enter_paper_again, enter_paper_proposal
from agreements.actions.paper_mistakes import discard_paper
from agreements.actions.paper_returns import return_paper
from agreements.actions.paper_withdrawal import confirm_withdrawal, record_withdrawal
from agreements.actions.submission import withdraw_proposal
from agreements.models import Proposal
from core import clock
from tests.cast import Cast
from tests.rights import paper_attempts, paper_table
from tests.world import PROPOSAL, World, evidence, proposal_rows


def make_paper(cast: Cast, state: str) -> Proposal:
    world = World(cast)
    call = world.published_call()
    proposal = enter_paper_proposal(
        call=call,
        organisation=cast.organisations["partner"],
        title="โครงการที่ยื่นเป็นเอกสาร",
        received_at=clock.real_now(),
        scan=evidence(),
        by=world.act("officer"),
    )
    world.write(proposal, by="officer", rows=proposal_rows(), **PROPOSAL)
    made, when = state.split("/")
    if made == "discarded":
        discard_paper(proposal=world.again(proposal), reason="ผิดองค์กร", by=world.act("second_officer"))
    elif made == "returned":
        return_paper(proposal=world.again(proposal), reason="งบประมาณไม่ตรง", by=world.act("second_officer"))
    elif made != "entered":
        confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    if made in ("letter", "withdrawn", "again"):
        record_withdrawal(
            proposal=world.again(proposal),
            reason="ขาดบุคลากร",
            received_at=clock.real_now(),
            letter=evidence(),
            by=world.act("officer"),
        )
    if made in ("withdrawn", "again"):
        confirm_withdrawal(proposal=world.again(proposal), by=world.act("second_officer"))
    if made == "again":
        enter_paper_again(
            proposal=world.again(proposal), received_at=clock.real_now(), scan=evidence(), by=world.act("officer")
        )
    if when == "screening":
        world.closed_call(call)
    return world.again(proposal)


def make_online(cast: Cast, state: str) -> Proposal:
    """A proposal online, and what becomes of it when its organisation comes on paper."""
    world = World(cast)
    call = world.published_call()
    made, when = state.split("/")
    draft = made in ("draft", "aside")
    proposal = world.draft_proposal(call) if draft else world.submitted_proposal(call)
    if made in ("withdrawn", "aside_withdrawn"):
        withdraw_proposal(proposal=proposal, by=world.act("partner_rep"))
    if made.startswith("aside"):
        paper_attempts.ONLINE["enter_own"](world.again(proposal), world.act("officer"))
    if when == "screening":
        world.closed_call(call)
    return world.again(proposal)


KINDS = {
    "paper": (paper_table.PAPER_STATES, paper_table.PAPER_RIGHTS, paper_attempts.PAPER, make_paper),
    "online_paper": (paper_table.ONLINE_STATES, paper_table.ONLINE_RIGHTS, paper_attempts.ONLINE, make_online),
}
