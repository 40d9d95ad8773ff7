"""Hearing of new calls by e-mail: confirmed by a link, told once, ended in one click; nobody learns who is subscribed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from agreements.actions.subscriptions import end_url, link_token, subscribe
from agreements.models import Call, CallAddendum, CallArea, CallSubscription
from agreements.subscription_letters import forget_subscribers, subscribers_of, tell_subscribers
from core import clock
from core.models import OutboxMessage
from partnerships.actors import ANONYMOUS
from partnerships.models import FieldOfWork
from tests.cast import Cast
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)
FORM = "agreements:subscription_create"
LINK = re.compile(r"http://testserver(\S+)")


@pytest.fixture
def fields() -> list[FieldOfWork]:
    return [
        FieldOfWork.objects.create(code=f"field-{number}", name_th=f"สาขา {number}", name_en=f"Field {number}")
        for number in (1, 2)
    ]


def confirmed(email: str, fields: Any = (), provinces: Any = ()) -> CallSubscription:
    made = subscribe(email=email, fields=fields, provinces=provinces, by=ANONYMOUS)
    CallSubscription.objects.filter(pk=made.pk).update(confirmed_at=clock.real_now() - timedelta(hours=1))
    return CallSubscription.objects.get(pk=made.pk)


def letters_to(email: str) -> list[Any]:
    return [letter for letter in mail.outbox if letter.to == [email]]


def test_a_stranger_subscribes_confirms_is_told_once_and_ends_it(cast: Cast) -> None:
    client, who = Client(), "someone@example.org"
    wrong = client.post(reverse(FORM), {"email": "no address", "provinces": ["99"]}).content.decode()
    assert "name@example.org" in wrong
    assert "no address" in wrong  # input kept
    sent = client.post(reverse(FORM), {"email": " Someone@Example.org ", "provinces": ["55"]})
    assert sent.url == reverse("agreements:subscription_sent")
    (letter,) = letters_to(who)
    link = LINK.search(letter.body).group(1)
    assert link not in OutboxMessage.objects.get(to_email=who).body

    assert client.get(link).status_code == 200  # a scanner that opens the link confirms nothing
    assert CallSubscription.objects.get().confirmed_at is None
    assert client.post(link).status_code == 200
    assert CallSubscription.objects.get().confirmed_at is not None

    call = World(cast).published_call()
    assert len(letters_to(who)) == 1  # nothing is sent while the executive waits for the page
    for _twice in range(2):
        call_command("tick")
    (_confirm, news) = letters_to(who)
    assert call.title in news.subject
    assert reverse("agreements:call_detail", args=[call.reference]) in news.body
    end = LINK.search(news.extra_headers["List-Unsubscribe"].strip("<>")).group(1)
    assert news.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert end in news.body

    assert client.get(end).status_code == 200  # reading ends nothing either
    assert CallSubscription.objects.get().ended_at is None
    one_click = Client(enforce_csrf_checks=True).post(end, {"List-Unsubscribe": "One-Click"})
    assert one_click.status_code == 200
    row = CallSubscription.objects.get()
    assert (row.email, row.ended_at is None) == ("", False)
    assert not OutboxMessage.objects.filter(to_email=who).exists()
    assert client.post(end).status_code == 200
    World(cast).published_call(title="ประกาศถัดไป")
    call_command("tick")
    assert len(letters_to(who)) == 2


def test_the_page_says_the_same_whether_an_address_is_subscribed_or_not(cast: Cast) -> None:
    confirmed("known@example.org")
    answers = []
    for address in ("known@example.org", "unknown@example.org"):
        answer = Client().post(reverse(FORM), {"email": address})
        answers.append((answer.status_code, answer.url, len(letters_to(address)[-1].body)))
    assert answers[0][:2] == answers[1][:2]


def test_no_second_letter_goes_to_an_address_while_one_of_the_last_day_waits(cast: Cast) -> None:
    client, who = Client(), "stranger@example.org"
    answers = {client.post(reverse(FORM), {"email": who, "provinces": [code]}).url for code in ("55", "54", "10")}
    assert answers == {reverse("agreements:subscription_sent")}
    assert len(letters_to(who)) == 1
    row = CallSubscription.objects.get(email=who)
    assert [area.province_code for area in row.areas.all()] == ["10"]  # the latest wish is the one that is confirmed

    CallSubscription.objects.update(created_at=clock.real_now() - timedelta(days=1, seconds=1))
    client.post(reverse(FORM), {"email": who})
    first, second = letters_to(who)  # a lost letter comes again
    link = LINK.search(second.body).group(1)
    assert link != LINK.search(first.body).group(1)
    assert Client().post(link).context["confirmed"]
    client.post(reverse(FORM), {"email": who})
    assert len(letters_to(who)) == 3  # a confirmed one is changed by a letter as before


def test_a_logged_in_person_counts_at_once_with_the_own_proven_address_alone(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.partner_staff.user)
    client.post(reverse(FORM), {"email": cast.partner_staff.user.email})
    assert CallSubscription.objects.get().confirmed_at is not None
    assert letters_to(cast.partner_staff.user.email) == []
    client.post(reverse(FORM), {"email": "another@example.org"})
    assert CallSubscription.objects.get(email="another@example.org").confirmed_at is None


def test_confirming_again_replaces_the_earlier_choice(cast: Cast) -> None:
    first = confirmed("twice@example.org", provinces=["55"])
    second = subscribe(email="twice@example.org", fields=[], provinces=["54"], by=ANONYMOUS)
    Client().post(reverse("agreements:subscription_confirm", args=[link_token(second)]))
    first.refresh_from_db()
    assert first.ended_at is not None
    assert CallSubscription.objects.get(ended_at=None).areas.get().province_code == "54"


@pytest.mark.parametrize("token", ["nothing", "a:b", "ก"])
def test_links_that_were_not_given_out_open_nothing(cast: Cast, token: str) -> None:
    row = confirmed("kept@example.org")
    for name in ("subscription_confirm", "subscription_end"):
        for guessed in (token, row.token):  # what stands in the database is no key either
            address = reverse(f"agreements:{name}", args=[guessed])
            assert (Client().get(address).status_code, Client().post(address).status_code) == (404, 404)
    row.refresh_from_db()
    assert row.ended_at is None


def test_a_link_too_old_confirms_nothing(cast: Cast) -> None:
    row = subscribe(email="late@example.org", fields=[], provinces=[], by=ANONYMOUS)
    CallSubscription.objects.filter(pk=row.pk).update(created_at=clock.real_now() - timedelta(days=8))
    Client().post(reverse("agreements:subscription_confirm", args=[link_token(row)]))
    row.refresh_from_db()
    assert row.confirmed_at is None


def test_whom_a_call_fits_by_field_and_province(cast: Cast, fields: list[FieldOfWork]) -> None:
    one, two = fields
    rows = {
        "all": confirmed("all@example.org"),
        "field": confirmed("field@example.org", [one]),
        "other field": confirmed("other@example.org", [two]),
        "province": confirmed("province@example.org", [], ["55"]),
        "other province": confirmed("elsewhere@example.org", [], ["54"]),
        "both": confirmed("both@example.org", [one], ["54", "55"]),
        "field elsewhere": confirmed("far@example.org", [one], ["10"]),
    }
    subscribe(email="unconfirmed@example.org", fields=[], provinces=[], by=ANONYMOUS)
    call = World(cast).published_call()

    def told() -> set[str]:
        found = set(subscribers_of(call, clock.real_now()).values_list("pk", flat=True))
        return {name for name, row in rows.items() if row.pk in found}

    assert told() == set(rows)  # a call of no field and no province is for everybody
    call.fields_of_work.add(one)
    CallArea.objects.create(call=call, province_code="55")
    assert told() == {"all", "field", "province", "both"}


def test_direct_invitations_and_old_calls_are_told_nobody_and_an_addendum_is(cast: Cast) -> None:
    world, who = World(cast), "news@example.org"
    confirmed(who)
    invited = [cast.organisations["partner"]]
    world.published_call(procedure="direct", procedure_reason="มีรายเดียว", invited=invited)
    old = world.published_call(title="ประกาศเก่า")
    Call.objects.filter(pk=old.pk).update(published_at=clock.real_now() - timedelta(days=4))
    tell_subscribers_now()
    assert OutboxMessage.objects.filter(to_email=who, kind="subscription.call").count() == 0
    addendum = {"summary": "ขยายกำหนดปิดรับ", "written_by": cast.officer.user, "published_at": clock.real_now()}
    CallAddendum.objects.create(call=old, number=1, **addendum)
    CallAddendum.objects.create(call=old, summary="ยังไม่เผยแพร่", written_by=cast.officer.user)
    for _twice in range(2):
        tell_subscribers_now()
    (message,) = OutboxMessage.objects.filter(to_email=who, kind="subscription.addendum")
    assert "ขยายกำหนดปิดรับ" in message.body


def test_a_worker_writes_right_after_the_publication_and_tick_nothing_more(cast: Cast, settings: Any) -> None:
    confirmed("soon@example.org")
    settings.TASKS_BACKEND = "database"  # as told to the hook: the tasks of the tests run at once
    World(cast).published_call()
    (_asked, news) = letters_to("soon@example.org")
    assert "List-Unsubscribe" in news.extra_headers
    call_command("tick")
    assert len(letters_to("soon@example.org")) == 2


def tell_subscribers_now() -> None:
    with transaction.atomic():
        tell_subscribers()


def test_who_ended_it_meanwhile_is_not_written_to(cast: Cast) -> None:
    row = confirmed("gone@example.org")
    World(cast).published_call()
    CallSubscription.objects.filter(pk=row.pk).update(ended_at=clock.real_now())
    OutboxMessage.objects.create(
        kind="subscription.call",
        to_email="gone@example.org",
        subject="x",
        body="x",
        context={"subscription": row.pk},
        created_at=clock.real_now(),
        due_at=clock.real_now(),
    )
    before = len(mail.outbox)
    call_command("tick")
    assert len(mail.outbox) == before
    assert not OutboxMessage.objects.filter(kind="subscription.call").exists()


def test_what_is_not_needed_any_more_is_forgotten(cast: Cast) -> None:
    kept = confirmed("kept@example.org")
    subscribe(email="never@example.org", fields=[], provinces=[], by=ANONYMOUS)
    CallSubscription.objects.filter(email="never@example.org").update(created_at=clock.real_now() - timedelta(days=8))
    OutboxMessage.objects.update(created_at=clock.real_now() - timedelta(days=31))
    forget_subscribers()
    assert list(CallSubscription.objects.all()) == [kept]
    assert not OutboxMessage.objects.exists()


def test_asking_too_often_is_slowed_down(cast: Cast, settings: Any) -> None:
    settings.SUBSCRIPTION_RATE_LIMITS = {"subscribe": "2/h/key"}
    client = Client()
    answers = [client.post(reverse(FORM), {"email": "flood@example.org"}).status_code for _n in range(3)]
    assert answers == [302, 302, 429]
    assert client.post(reverse(FORM), {"email": "calm@example.org"}).status_code == 302
    assert len(letters_to("flood@example.org")) == 1


def test_the_pages_of_a_link_are_neither_cached_nor_told_to_others(cast: Cast) -> None:
    page = Client().get(end_url(confirmed("quiet@example.org")).removeprefix("http://testserver"))
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "strict-origin"


def test_letters_are_in_the_language_of_the_page_on_which_it_was_asked_for(cast: Cast) -> None:
    english = Client(headers={"accept-language": "en"})
    english.cookies["django_language"] = "en"
    english.post(reverse(FORM), {"email": "english@example.org"})
    Client().post(reverse(FORM), {"email": "thai@example.org"})
    languages = dict(CallSubscription.objects.values_list("email", "language"))
    assert languages == {"english@example.org": "en", "thai@example.org": "th"}
    CallSubscription.objects.update(confirmed_at=clock.real_now() - timedelta(hours=1))
    call = World(cast).published_call()
    call_command("tick")
    theirs, ours = letters_to("english@example.org")[-1], letters_to("thai@example.org")[-1]
    assert theirs.subject == f"New call for proposals: {call.title}"
    assert call.agency.name_en in theirs.body and "End it here" in theirs.body
    assert call.agency.name_th in ours.body and "End it here" not in ours.body
