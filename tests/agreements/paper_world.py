"""Proposals on paper in the tests' world: a call that has been open for a while, and what came to it from a scan."""

from __future__ import annotations

from datetime import datetime, timedelta

from agreements.actions.paper import enter_paper_proposal
from agreements.models import Call, Proposal
from core import clock
from tests.world import PROPOSAL, World, evidence, proposal_rows


def ago(minutes: int) -> datetime:
    return clock.real_now() - timedelta(minutes=minutes)


def call_open_for_two_hours(world: World) -> Call:
    call = world.published_call()
    Call.objects.filter(pk=call.pk).update(published_at=ago(120))
    return world.again(call)


def entered(world: World, call: Call, *, who: str = "partner", by: str = "officer", minutes: int = 30) -> Proposal:
    """Its entry is begun: title, scan, and that it came so many minutes ago."""
    return enter_paper_proposal(
        call=world.again(call),
        organisation=world.cast.organisations[who],
        title="โครงการที่ยื่นเป็นเอกสาร",
        received_at=ago(minutes),
        scan=evidence("สแกน.png"),
        by=world.act(by),
    )


def written(world: World, call: Call, *, by: str = "officer", **more) -> Proposal:
    """Entered with all that is asked for: ready to be compared by a second person."""
    return world.write(entered(world, call, by=by, **more), by=by, rows=proposal_rows(), **PROPOSAL)
