"""The list of calls: what waits for its reader first, what comes next on each, and pages that go on from a cursor."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext, override

from agreements.actions.appeals import file_appeal, propose_answer
from agreements.actions.decisions import propose_decision
from agreements.actions.result_letters import issue_result_letters
from agreements.enums import CapacityKind, DecisionKind
from agreements.models import Call, Capacity, Proposal
from core import clock
from core.workflow import set_first_state
from tests.agreements.after_world import decided
from tests.factories import CallFactory, MissionFactory
from tests.world import World

pytestmark = pytest.mark.django_db
URL = "agreements:call_list"


@pytest.fixture
def world(cast):
    return World(cast)


def on_record(cast, state: str, *, days: int = 30, agency: str = "agency", **facts) -> Call:
    """A call in a state whose deadline lies so many days ahead."""
    now = clock.now()
    stamps = {"closes_at": now + timedelta(days=days)}
    if state != "draft":
        stamps["published_at"] = now - timedelta(days=60)
    if state in ("screening", "selection", "decided"):
        stamps["closed_at"] = now
    if state == "decided":
        stamps["decided_at"] = stamps["letters_issued_at"] = now
    mission = MissionFactory(agency=cast.organisations[agency])
    call = CallFactory.build(mission=mission, officer=cast.officer.user, **{**stamps, **facts})
    set_first_state(call, state=state)
    call.save()
    return call


def listed(cast, name: str, **query) -> list[Call]:
    client = Client()
    client.force_login(cast.people[name].user)
    return list(client.get(reverse(URL), query).context["page"])


def test_an_officer_reads_what_needs_action_first(cast):
    expected = [
        on_record(cast, "published", days=-1),  # to be closed
        on_record(cast, "published", days=2),  # closes soon
        on_record(cast, "published", days=6),
        on_record(cast, "selection", days=-20),  # judged, the longest waiting first
        on_record(cast, "screening", days=-10),
        on_record(cast, "published", days=8),
        on_record(cast, "draft", days=5),
        on_record(cast, "published", days=1, agency="other_agency"),
    ]
    older, newer = on_record(cast, "decided", days=-90), on_record(cast, "decided", days=-100)
    assert listed(cast, "officer") == [*expected, newer, older]
    assert [call.next_on.waits for call in listed(cast, "officer")] == [True, *[False] * 9]


def test_a_partner_reads_open_calls_before_those_being_judged_and_is_told_of_nobody_that_is_late(cast):
    judged = on_record(cast, "selection", days=-20, decision_by=clock.today() - timedelta(days=3))
    over, soon, later = on_record(cast, "decided", days=-90), on_record(cast, "published", days=3), None
    later = on_record(cast, "published", days=30)
    past = on_record(cast, "published", days=-1)
    rows = listed(cast, "partner_staff")
    assert rows == [soon, later, judged, past, over]
    assert not [call for call in rows if call.next_on.late or call.next_on.waits]
    assert next(call for call in listed(cast, "officer") if call == judged).next_on.late


def test_a_matter_comes_first_for_whom_it_waits_and_is_said_to_nobody_outside(cast, world):
    soon = on_record(cast, "published", days=1)
    matter = world.draft_call()
    propose_decision(kind=DecisionKind.PUBLISH_CALL, root=matter, by=world.act("officer"))
    first = listed(cast, "executive")[0]
    assert (first, first.next_on.waits) == (matter, True)
    rows = listed(cast, "officer")
    assert rows[0] == soon and not rows[-1].next_on.waits
    label = {call.pk: call.next_on.label for call in rows}[matter.pk]
    assert label == {call.pk: call.next_on.label for call in listed(cast, "opdc")}[matter.pk]
    assert matter not in listed(cast, "partner_staff")


def test_a_reviewer_reads_the_call_to_score_first(cast):
    on_record(cast, "published", days=1)
    call = on_record(cast, "selection", days=-20)
    Capacity.objects.create(user=cast.reviewer.user, kind=CapacityKind.REVIEWER, call=call)
    first = listed(cast, "reviewer")[0]
    assert (first, first.next_on.waits) == (call, True)


def test_an_appeal_brings_a_decided_call_to_the_front_until_its_answer_is_on_its_way(cast, world):
    call, _winner, loser = decided(world)
    on_record(cast, "published", days=1)
    issue_result_letters(call=call, by=world.act("officer"))
    appeal = file_appeal(proposal=world.again(loser), grounds="รวมคะแนนผิด", by=world.act("rival_rep"))
    first = listed(cast, "officer")[0]
    assert (first, first.next_on.waits) == (call, True)
    propose_answer(appeal=appeal, verdict="dismissed", remedy="none", answer="ถูกต้อง", by=world.act("officer"))
    assert listed(cast, "officer")[-1] == call
    assert listed(cast, "executive")[0] == call


def test_letters_that_are_not_issued_bring_a_decided_call_to_the_front(cast, world):
    call, _winner, _loser = decided(world)
    on_record(cast, "published", days=1)
    told = on_record(cast, "decided", days=-1)
    first, *rest = listed(cast, "officer")
    with override("th"):
        assert (first, first.next_on.waits, str(first.next_on.label)) == (
            call,
            True,
            gettext("Issue the result letters"),
        )
    assert rest[-1] == told and not rest[-1].next_on.waits
    for name in ("executive", "opdc", "partner_staff"):  # not theirs to issue: among what is over
        rows = listed(cast, name)
        assert set(rows[-2:]) == {call, told} and not any(row.next_on.waits for row in rows), name
    issue_result_letters(call=call, by=world.act("officer"))
    assert set(listed(cast, "officer")[-2:]) == {call, told}
    assert not listed(cast, "officer")[-1].next_on.waits


def test_pages_go_on_through_the_whole_order_and_back_without_a_gap_or_a_repeat(cast):
    moment = clock.now()
    for number in range(12):
        for state in ("published", "selection", "decided", "draft"):
            on_record(cast, state, days=number // 4 + 1, closes_at=moment + timedelta(days=number // 4 + 1))
    client = Client()
    client.force_login(cast.officer.user)
    page = client.get(reverse(URL)).context["page"]
    first, shown = page, list(page)
    page = client.get(reverse(URL) + page.next_url).context["page"]
    shown += list(page)
    assert len(shown) == len({call.pk for call in shown}) == 48
    assert [call.turn for call in shown] == sorted(call.turn for call in shown)
    back = client.get(reverse(URL) + page.previous_url).context["page"]
    assert list(back) == list(first)


def test_calls_on_record_from_before_are_told_apart_by_their_letters(cast, world):
    told, _winner, _loser = decided(world)
    issue_result_letters(call=told, by=world.act("officer"))
    first = world.again(told).letters_issued_at
    nobody = on_record(cast, "decided", days=-1)
    waiting = on_record(cast, "decided", days=-1)
    proposal = Proposal(
        reference="PROP-1",
        call=waiting,
        organisation=cast.organisations["partner"],
        title="ข้อเสนอ",
        created_by=cast.partner_staff.user,
        submitted_at=clock.now(),
    )
    set_first_state(proposal, state="selected")
    proposal.save()
    Call.objects.update(letters_issued_at=None)
    import_module("agreements.migrations.0015_letters_issued").fill(apps, None)
    assert abs(world.again(told).letters_issued_at - first) < timedelta(seconds=10)
    assert world.again(nobody).letters_issued_at == nobody.decided_at
    assert world.again(waiting).letters_issued_at is None
