"""The grace of a call, wherever the end of the time for proposals is asked: to its last moment the call is open."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from agreements.actions.calls import close_submissions
from agreements.actions.submission import submit_proposal
from agreements.models import Call, Proposal
from agreements.queries.call_public import deadline_line
from agreements.reminders import unsent
from core import clock
from core.workflow import Missing
from reporting.worklist.calls import calls_to_carry, proposals_to_submit
from tests.journeys.visitor import thai
from tests.world import World

pytestmark = pytest.mark.django_db
GRACE = 30  # minutes
IN_GRACE, AFTER_GRACE = timedelta(minutes=5), timedelta(minutes=GRACE, seconds=1)


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def draft(world):
    return world.draft_proposal(world.published_call("grant", grace_minutes=GRACE))


def closed_for(draft: Proposal, since: timedelta) -> Call:
    Call.objects.filter(pk=draft.call_id).update(closes_at=clock.real_now() - since)
    return Call.objects.get(pk=draft.call_id)


def page(cast, name: str, who: str, *args: str, **query: str):
    client = Client()
    if who:
        client.force_login(cast.people[who].user)
    return client.get(reverse(name, args=args), query)


def test_submissions_are_closed_after_the_grace_and_not_within_it(world, draft):
    call = closed_for(draft, IN_GRACE)
    with pytest.raises(Missing) as refused:
        close_submissions(call=call, by=world.act("officer"))
    assert [one.name for one in refused.value.items] == ["deadline_passed"]
    submit_proposal(proposal=world.again(draft), by=world.act("partner_rep"))
    assert world.again(draft).state == "submitted"
    closed_for(draft, AFTER_GRACE)
    close_submissions(call=world.again(call), by=world.act("officer"))
    assert world.again(call).state == "screening"


@pytest.mark.parametrize(("since", "is_open"), [(IN_GRACE, True), (AFTER_GRACE, False)])
def test_every_list_and_page_goes_by_the_same_moment(world, draft, cast, since, is_open):
    call = closed_for(draft, since)
    assert call.is_open() is is_open
    assert Call.objects.open().filter(pk=call.pk).exists() is is_open

    client_of = {"officer": calls_to_carry, "partner_rep": proposals_to_submit}
    waits = {name: bool(list(items(world.act(name)))) for name, items in client_of.items()}
    assert waits == {"officer": not is_open, "partner_rep": is_open}

    close = reverse("agreements:call_close", args=[call.reference])
    assert (close in page(cast, "agreements:call_detail", "officer", call.reference).content.decode()) is not is_open
    for state in ("", "closed"):
        listed = page(cast, "agreements:public_calls", "", state=state).context["page"].rows
        assert (call in listed) is (is_open is (state == ""))

    (row,) = page(cast, "agreements:call_list", "officer").context["page"]
    assert (row.next_on.waits, row.next_on.late) == (not is_open, not is_open)
    (row,) = page(cast, "agreements:call_list", "partner_staff").context["page"]
    assert ("ผ่อนผัน" in row.next_on.label) is is_open


def test_in_the_grace_the_deadline_is_still_what_is_told(draft, cast):
    call = closed_for(draft, IN_GRACE)
    for name, args in (("agreements:public_calls", ()), ("agreements:call_detail", (call.reference,))):
        answer = page(cast, name, "", *args).content.decode()
        assert "ผ่อนผันให้ยื่นได้ถึง" in answer
        assert thai("Closed for proposals, to be screened") not in answer
    assert not list(unsent(clock.real_now()))  # nobody is reminded of a deadline that has passed
    assert not Call.objects.before_deadline().exists()


def test_a_page_left_open_over_the_deadline_tells_of_the_grace(draft):
    over = deadline_line(draft.call)["deadline"]["over"]
    assert "ผ่อนผันให้ยื่นได้ถึง" in over
    draft.call.grace_minutes = 0
    assert deadline_line(draft.call)["deadline"]["over"] == thai("The deadline has passed")


@pytest.mark.postgres
def test_open_calls_by_their_deadline_are_read_from_their_index(draft):
    rows = Call.objects.public().open().order_by("closes_at", "pk")[:20]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "call_open_by_deadline" in rows.explain()
