"""A proposal on paper in each of its states."""

from __future__ import annotations

from agreements.actions.paper import confirm_paper, enter_paper_proposal
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
    if made == "confirmed":
        confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    if when == "screening":
        world.closed_call(call)
    return world.again(proposal)


KINDS = {"paper": (paper_table.PAPER_STATES, paper_table.PAPER_RIGHTS, paper_attempts.PAPER, make_paper)}
