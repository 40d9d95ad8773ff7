"""What the endorsement chain returned is read where it is mended, by the agency's people, until it is sent again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.addenda import propose_addendum
from agreements.actions.awards import propose_selection
from agreements.actions.calls import propose_publication
from agreements.actions.decisions import endorse_decision, return_decision
from agreements.enums import CapacityKind
from agreements.models import Capacity
from agreements.queries.returned import returned_to_officer
from core import clock
from core.ui import show_moment
from tests.agreements.test_resolution_stands import resolved
from tests.world import World

pytestmark = pytest.mark.django_db
COMMENT = "โปรดระบุพื้นที่ให้ชัดเจน\nและแก้วันปิดรับ"


@pytest.fixture
def world(cast):
    return World(cast)


def page(world, name: str, call, page_name: str = "call_detail", *args) -> str:
    client = Client(headers={"accept-language": "th"})
    client.force_login(world.cast.people[name].user)
    return client.get(reverse(f"agreements:{page_name}", args=[call.reference, *args])).text


def returned(world, decision) -> None:
    return_decision(decision=decision, by=world.act("executive"), comment=COMMENT)


def shows(text: str) -> bool:
    return "โปรดระบุพื้นที่ให้ชัดเจน<br>และแก้วันปิดรับ" in text


def test_a_returned_call_tells_who_returned_it_when_and_why_wherever_it_is_written(world):
    call = world.draft_call("pbc")
    assert not shows(page(world, "officer", call))
    decision = propose_publication(call=call, by=world.act("officer"))
    returned(world, decision)
    step = decision.steps.get(act="returned")
    shown = page(world, "officer", call)
    assert shows(shown) and step.by_name in shown and show_moment(step.at) in shown
    assert reverse("agreements:decision_detail", args=[decision.pk]) in shown
    for part in ("content", "money", "dates", "judging", "procedure"):
        assert shows(page(world, "officer", call, "call_edit_part", part)), part
    for form in ("call_criteria", "call_documents", "call_propose_publication"):
        assert shows(page(world, "officer", call, form)), form
    assert shows(page(world, "executive", call))

    again = propose_publication(call=world.again(call), by=world.act("officer"))
    assert not shows(page(world, "officer", call)), "it was sent again"
    endorse_decision(decision=again, by=world.act("executive"))
    assert not shows(page(world, "officer", call)) and returned_to_officer(world.again(call)) is None


def test_a_returned_addendum_tells_it_until_it_is_sent_again_and_no_outsider(world, monkeypatch):
    call = world.published_call("pbc")
    changes = {"scope": "ขอบเขตใหม่"}
    facts = {"summary": "แก้ขอบเขต", "changes": changes, "by": world.act("officer")}
    returned(world, propose_addendum(call=call, **facts))
    assert shows(page(world, "officer", call)) and shows(page(world, "officer", call, "addendum_create"))
    for outsider in ("partner_rep", "rival_staff", "stranger", "opdc"):
        assert not shows(page(world, outsider, call)), outsider
    with monkeypatch.context() as later:
        at = call.closes_at + timedelta(minutes=1)
        later.setattr(clock, "now", lambda: at)
        assert not shows(page(world, "officer", call)), "after the deadline no addendum is sent any more"
    again = propose_addendum(call=world.again(call), **facts)
    assert not shows(page(world, "officer", call))
    endorse_decision(decision=again, by=world.act("executive"))
    assert not shows(page(world, "officer", call, "addendum_create"))


def test_a_returned_resolution_tells_it_to_the_agency_and_to_no_judge(world):
    call, _partner, _rival = resolved(world)
    returned(world, propose_selection(call=call, by=world.act("officer")))
    assert shows(page(world, "officer", call)) and shows(page(world, "officer", call, "call_resolution"))
    assert shows(page(world, "officer", call, "call_propose_selection"))
    for outsider in ("reviewer", "second_reviewer", "partner_rep"):
        assert not shows(page(world, outsider, call)), outsider
    assert shows(page(world, "second_officer", call))
    colleague = world.cast.people["second_officer"].user
    Capacity.objects.create(call=call, user=colleague, kind=CapacityKind.REVIEWER)
    assert not shows(page(world, "second_officer", call)), "a judge who does not know every applicant"
    propose_selection(call=world.again(call), by=world.act("officer"))
    assert not shows(page(world, "officer", call))


def test_it_costs_the_page_one_query_once_returned_and_others_none(world):
    def asked(name: str) -> int:
        page(world, name, call)  # what is asked once and kept is not counted
        with CaptureQueriesContext(connection) as queries:
            page(world, name, call)
        return len(queries)

    call = world.draft_call("pbc")
    before = asked("officer")
    for _time in range(3):
        returned(world, propose_publication(call=world.again(call), by=world.act("officer")))
        with CaptureQueriesContext(connection) as queries:
            page(world, "officer", call)
        steps = [row["sql"] for row in queries if 'FROM "agreements_decisionstep"' in row["sql"]]
        assert len(steps) == 1
    assert asked("officer") == before + 1

    call = world.published_call("pbc")
    facts = {"summary": "แก้ขอบเขต", "changes": {"scope": "ขอบเขตใหม่"}, "by": world.act("officer")}
    outside = asked("partner_rep")
    returned(world, propose_addendum(call=call, **facts))
    assert asked("partner_rep") == outside
