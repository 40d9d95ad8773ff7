"""A call at the presentations, and a decided one with a winner and a loser, for tests of what follows."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from agreements.actions.calls import begin_selection
from agreements.actions.presentations import invite_to_present
from agreements.actions.screening import screen_proposal
from agreements.actions.slots import add_slots
from agreements.enums import DecisionKind
from agreements.models import Call, PresentationSlot, Proposal
from core import clock
from tests.built_once import built_once
from tests.world import World

ROOM, MEETING = "ห้องประชุม 1", "https://meet.example/room"


@built_once
def presenting(world: World, weight: int = 0) -> tuple[Call, Proposal, Proposal]:
    """A PBC call with two eligible proposals that were not invited yet."""
    call = world.published_call("pbc")
    both = [world.submitted_proposal(call), world.submitted_proposal(call, by="rival")]
    Call.objects.filter(pk=call.pk).update(presentation_weight=weight)
    world.closed_call(world.again(call))
    for proposal in both:
        find_eligible(world, proposal)
    return world.again(call), *[world.again(proposal) for proposal in both]


@built_once
def find_eligible(world: World, proposal: Proposal, met: bool = True) -> None:
    """Screened, nothing more: `World.screen` also records the presentation."""
    rows = proposal.call.criteria.filter(kind="eligibility")
    checks = {row.pk: (met, "ตรวจจากเอกสารแล้ว") for row in rows}
    screen_proposal(proposal=world.again(proposal), checks=checks, by=world.act("officer"))


@built_once
def invited(world: World, weight: int = 0) -> tuple[Call, Proposal, Proposal]:
    call, mine, rival = presenting(world, weight)
    invite_to_present(proposals=[mine, rival], by=world.act("officer"))
    return world.again(call), world.again(mine), world.again(rival)


def moment(days: int, hour: int = 9, minute: int = 0) -> datetime:
    """A time of day in Bangkok, so many days from today."""
    return datetime.combine(clock.today() + timedelta(days=days), time(hour, minute), tzinfo=clock.BANGKOK)


def make_slots(world: World, call: Call, count: int = 2, days: int = 5, place: str = ROOM) -> list[PresentationSlot]:
    """Half-hours in one room, one after the other."""
    half = timedelta(minutes=30)
    rows: list[dict[str, Any]] = [
        {"starts_at": moment(days) + half * n, "ends_at": moment(days) + half * (n + 1), "place": place, "link": ""}
        for n in range(count)
    ]
    add_slots(call=world.again(call), slots=rows, by=world.act("officer"))
    return list(call.slots.filter(place=place).order_by("starts_at"))


@built_once
def decided(world: World, form: str = "grant") -> tuple[Call, Proposal, Proposal]:
    """The partner selected, the rival not."""
    call = world.published_call(form)
    winner, loser = world.submitted_proposal(call), world.submitted_proposal(call, by="rival")
    world.closed_call(call)
    for proposal in (winner, loser):
        world.screen(proposal)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    world.score(winner, 5)
    world.score(loser, 2)
    outcomes = {winner.pk: ("selected", "คะแนนสูงสุด"), loser.pk: ("not_selected", "คะแนนไม่ถึงเกณฑ์")}
    world.resolve(world.again(call), outcomes)
    world.decide(DecisionKind.SELECT_PROPOSALS, world.again(call))
    return world.again(call), world.again(winner), world.again(loser)
