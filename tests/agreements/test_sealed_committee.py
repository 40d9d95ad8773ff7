"""A committee that is named before submissions are closed: its form tells of no applicant, and no applicant judges."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError

from agreements.actions.calls import begin_selection, close_submissions
from agreements.actions.selection_committee import Member, appoint_committee
from agreements.enums import CapacityKind
from agreements.models import Call
from agreements.requirements.call_facts import load
from core import clock
from core.models import AuditEvent
from core.workflow import Missing
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world):
    return world.published_call("grant")


def appoint(world: World, call: Call, *names: str) -> None:
    people = [world.cast.people[name].user for name in names]
    members = [Member(user.full_name_th, "ผู้ทรงคุณวุฒิ", "member", user) for user in people]
    by_name = [Member("นางประธาน สมมติ", "รองอธิบดี", "chair"), Member("นางเลขา สมมติ", "นักพัฒนาสังคม", "secretary")]
    facts = {"order_number": "1/2569", "order_on": clock.today(), "members": [*by_name, *members]}
    appoint_committee(call=world.again(call), by=world.act("officer"), **facts)


def sits(world: World, call: Call, name: str) -> bool:
    return call.has_capacity(world.cast.people[name].user.pk, CapacityKind.COMMITTEE_MEMBER)


def test_before_closing_the_answer_is_the_same_whether_an_organisation_has_submitted(world, call):
    appoint(world, call, "partner_finance")
    world.submitted_proposal(call)
    appoint(world, call, "partner_finance", "evaluator")
    assert sits(world, call, "partner_finance")


def test_closing_shuts_out_who_belongs_to_an_applicant_and_the_committee_is_recorded_anew(world, call):
    appoint(world, call, "partner_finance", "evaluator")
    proposal = world.submitted_proposal(call)
    world.pass_deadline(call)
    close_submissions(call=world.again(call), by=world.act("officer"))
    assert (sits(world, call, "partner_finance"), sits(world, call, "evaluator")) == (False, True)
    event = AuditEvent.objects.get(kind="call.close_submissions", root_id=call.pk)
    assert json.loads(event.payload)["shut_out"] == [world.cast.people["partner_finance"].user.pk]

    world.screen(proposal)
    world.name_reviewers(call)
    assert load(world.again(call)).committee_of_applicants == 1
    with pytest.raises(Missing) as refused:
        begin_selection(call=world.again(call), by=world.act("officer"))
    assert [one.name for one in refused.value.items] == ["committee_apart"]
    with pytest.raises(ValidationError):
        appoint(world, call, "partner_finance", "evaluator")
    appoint(world, call, "evaluator")
    begin_selection(call=world.again(call), by=world.act("officer"))
    assert world.again(call).state == "selection"
