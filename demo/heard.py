"""Chapters of the presentations: times in the calendar, the invitation, the time chosen (§3.2 step 3)."""

from __future__ import annotations

import datetime as dt

from agreements.actions.presentations import invite_one_to_present
from agreements.actions.slots import add_slots, book_slot
from agreements.models import Call, Proposal
from core import clock
from demo.story import Story, again

TIMES, HALF_HOUR = 4, dt.timedelta(minutes=30)


def room_of(call: Call) -> str:
    return f"ห้องประชุม {call.agency.name_th}"


def make_times(story: Story, call: Call, officer: str, ago: int) -> None:
    """Four half-hours of that morning, in the agency's meeting room."""
    first = dt.datetime.combine(story.day(ago), dt.time(9, 30), tzinfo=clock.BANGKOK)
    begins = [first + HALF_HOUR * number for number in range(TIMES)]
    slots = [{"starts_at": each, "ends_at": each + HALF_HOUR, "place": room_of(call), "link": ""} for each in begins]
    add_slots(call=again(call), slots=slots, by=story.act(officer))


def invite_only(story: Story, proposal: Proposal, officer: str) -> None:
    invite_one_to_present(proposal=proposal, by=story.act(officer))


def invite_and_book(story: Story, proposal: Proposal, officer: str) -> None:
    """Invited; whoever began the proposal chooses the first time that is free."""
    invite_only(story, proposal, officer)
    key = next(key for key, user in story.cast.users.items() if user.pk == proposal.created_by_id)
    slot = proposal.call.slots.filter(proposal=None).order_by("starts_at").first()
    if slot is not None:
        book_slot(slot=slot, proposal=again(proposal), by=story.act(key))
