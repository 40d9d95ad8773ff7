"""Reminders before the deadline: to who has a draft, once, again after an extension, never to who has sent it in."""

from datetime import timedelta

import pytest

from agreements.actions.submission import withdraw_proposal
from agreements.models import Call
from agreements.reminders import DEADLINE, remind_of_deadlines
from core import clock
from core.models import OutboxMessage
from tests.world import World

pytestmark = pytest.mark.django_db


def told() -> list[int]:
    return sorted(OutboxMessage.objects.filter(kind=DEADLINE).values_list("to_user_id", flat=True))


def closes_in(call: Call, **ahead: int) -> None:
    Call.objects.filter(pk=call.pk).update(closes_at=clock.real_now() + timedelta(**ahead))


def test_who_has_not_sent_it_in_is_reminded_three_days_and_one_day_before_and_not_twice(cast):
    world = World(cast)
    call = world.published_call()
    world.draft_proposal(call)
    world.submitted_proposal(call, by="rival")
    people = sorted([cast.partner_staff.user.pk, cast.partner_rep.user.pk])
    remind_of_deadlines()
    assert told() == []
    closes_in(call, days=2)
    remind_of_deadlines()
    remind_of_deadlines()
    assert told() == people
    closes_in(call, hours=20)
    remind_of_deadlines()
    assert told() == sorted(people * 2)
    world.pass_deadline(call)
    remind_of_deadlines()
    assert told() == sorted(people * 2)


def test_who_withdrew_and_did_not_send_it_in_again_is_reminded(cast):
    world = World(cast)
    call = world.published_call()
    withdraw_proposal(proposal=world.submitted_proposal(call), by=world.act("partner_rep"))
    closes_in(call, hours=5)
    remind_of_deadlines()
    assert cast.partner_rep.user.pk in told()
