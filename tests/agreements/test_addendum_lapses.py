"""An addendum that nobody decides before the deadline: it is not approved any more, and it holds nothing up."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.addenda import propose_addendum
from agreements.actions.call_endings import cancel_call
from agreements.actions.calls import close_submissions, is_under_consideration
from agreements.actions.decisions import endorse_decision, return_decision
from agreements.models import CallAddendum, Decision
from core.audit_verify import verify_chain
from core.models import AuditEvent, OutboxMessage
from core.workflow import Missing, NotNow, NotYou, judge, pass_door
from reporting.worklist.calls import calls_to_carry
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world):
    return world.published_call()


@pytest.fixture
def addendum(world, call) -> Decision:
    """Proposed while the call was open, undecided when its deadline passed."""
    decision = propose_addendum(
        call=world.again(call), summary="ขยายเวลา", changes={"scope": "ใหม่"}, by=world.act("officer")
    )
    world.pass_deadline(call)
    return world.again(decision)


def closed(world, call, by: str = "second_officer"):
    return close_submissions(call=world.again(call), by=world.act(by))


def test_closing_submissions_closes_it_and_tells_who_proposed_and_who_would_decide(world, call, cast, addendum):
    after = closed(world, call)
    decision = world.again(addendum)
    assert (decision.state, decision.next_holder_id, decision.next_title) == ("lapsed", None, "")
    assert (after.state, after.version) == ("screening", world.again(call).version)
    told = OutboxMessage.objects.filter(kind="decision.addendum_lapsed")
    assert {cast.officer.user.pk, cast.executive.user.pk} <= set(told.values_list("to_user_id", flat=True))
    assert AuditEvent.objects.filter(kind="decision.lapse_addendum").count() == 1
    assert CallAddendum.objects.get().number is None
    assert world.again(call).scope != "ใหม่"
    assert verify_chain().ok


def test_it_does_not_hide_the_closing_from_work_list_and_list_of_calls(world, call, cast, addendum):
    page = reverse("agreements:call_detail", args=[call.reference])
    assert page in [item.url for item in calls_to_carry(world.act("officer"))]
    client = Client()
    client.force_login(cast.officer.user)
    (row,) = client.get(reverse("agreements:call_list")).context["page"]
    assert row.next_on.waits and "ปิดรับข้อเสนอ" in row.next_on.label


def test_who_proposed_it_is_told_also_when_it_is_the_one_who_closes(world, call, cast, addendum):
    closed(world, call, by="officer")
    assert OutboxMessage.objects.filter(kind="decision.addendum_lapsed", to_user_id=cast.officer.user.pk).exists()


def test_it_holds_up_neither_the_committee_nor_what_comes_after(world, call, addendum):
    assert not is_under_consideration(world.again(call))
    closed(world, call)
    world.appoint(call)
    assert world.again(call).selection_committee.members.exists()


def test_a_call_is_not_ended_while_it_is_under_consideration(world, call, addendum):
    with pytest.raises(NotNow):
        cancel_call(call=world.again(call), reason="เลิก", by=world.act("executive"))


def test_after_the_deadline_it_is_returned_and_not_approved(world, call, addendum):
    executive = world.act("executive")
    assert [item.name for item in judge(addendum, "decide", executive).missing] == ["addendum_in_time"]
    with pytest.raises(Missing):
        endorse_decision(decision=addendum, by=executive)
    return_decision(decision=world.again(addendum), by=executive, comment="พ้นกำหนดแล้ว")
    assert world.again(addendum).state == "returned"


def test_nobody_closes_it_by_hand(world, call, addendum):
    for name in ("officer", "executive", "opdc", "partner_rep"):
        with pytest.raises(NotYou), pass_door(addendum, "lapse", by=world.act(name), root=call):
            pass


def test_its_page_says_that_it_is_too_late_and_leaves_the_return(world, call, addendum, client):
    client.force_login(world.cast.executive.user)
    detail, endorse, send_back = (
        reverse(f"agreements:decision_{name}", args=[addendum.pk]) for name in ("detail", "endorse", "return")
    )
    page = client.get(detail)
    assert page.context["too_late"]
    assert str(page.context["too_late"]) in page.text
    assert endorse not in page.text
    assert send_back in page.text
    answer = client.get(endorse)
    assert (answer.status_code, answer.url) == (302, detail)
    version = world.again(call).version
    client.post(endorse, {"version": version, "key": "a", "comment": ""})
    assert world.again(addendum).state == "pending"
    closed(world, call)
    page = client.get(detail)
    assert endorse not in page.text
    assert send_back not in page.text


def test_before_the_deadline_its_page_offers_the_approval(world, call, client):
    decision = propose_addendum(
        call=world.again(call), summary="ขยายเวลา", changes={"scope": "ใหม่"}, by=world.act("officer")
    )
    client.force_login(world.cast.executive.user)
    page = client.get(reverse("agreements:decision_detail", args=[decision.pk]))
    assert not page.context["too_late"]
    assert reverse("agreements:decision_endorse", args=[decision.pk]) in page.text
