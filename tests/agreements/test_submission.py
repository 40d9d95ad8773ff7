"""Sending a proposal in: deadline and grace to the second, what was read is what is submitted, the receipt."""

import os
import time
from datetime import UTC, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from agreements.actions.submission import fingerprint_of, submit_proposal, withdraw_proposal
from agreements.documents.receipt import build_receipt
from agreements.models import Call, Proposal
from core import clock
from core.ui import show_moment
from core.workflow import NotNow, Stale
from tests.agreements.test_races import at_once, refusals
from tests.documents.reading import page_texts
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def draft(world):
    return world.draft_proposal(world.published_call())


def deadline(proposal: Proposal, *, closed_for: timedelta, grace: int = 0) -> None:
    """Let the deadline have passed that long ago (negative: still ahead)."""
    closes_at = clock.real_now() - closed_for
    Call.objects.filter(pk=proposal.call_id).update(closes_at=closes_at, grace_minutes=grace)


def send(world: World, proposal: Proposal, **facts):
    return submit_proposal(proposal=world.again(proposal), by=world.act("partner_rep"), **facts)


# --- the deadline ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("grace", [0, 15])
def test_the_deadline_holds_to_the_second_and_grace_only_where_the_call_gives_it(world, draft, grace, monkeypatch):
    closes_at = clock.real_now()
    Call.objects.filter(pk=draft.call_id).update(closes_at=closes_at, grace_minutes=grace)
    last = closes_at + timedelta(minutes=grace)
    monkeypatch.setattr(clock, "now", lambda: last + timedelta(microseconds=1))
    with pytest.raises(NotNow) as refusal:
        send(world, draft)
    assert "กำหนด" in str(refusal.value) or "deadline" in str(refusal.value)
    assert not draft.versions.exists()
    monkeypatch.setattr(clock, "now", lambda: last)
    assert send(world, draft).submitted_at == last


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_the_servers_own_time_zone_changes_nothing(world, draft, zone, monkeypatch):
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    try:
        deadline(draft, closed_for=timedelta(seconds=2))
        with pytest.raises(NotNow):
            send(world, draft)
        deadline(draft, closed_for=-timedelta(minutes=5))
        version = send(world, draft)
        bangkok = (version.submitted_at.astimezone(UTC) + timedelta(hours=7)).strftime("%H:%M:%S")
        assert build_receipt(version).received.endswith(f"เวลา {bangkok} น.")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_late_is_refused_politely_and_the_draft_stays(world, draft, client):
    deadline(draft, closed_for=timedelta(minutes=1))
    client.force_login(world.cast.partner_rep.user)
    page = client.get(reverse("agreements:proposal_detail", args=[draft.reference]))
    assert draft.title in page.text
    answer = client.post(reverse("agreements:proposal_submit", args=[draft.reference]), {"key": "late"}, follow=True)
    assert "กำหนด" in answer.text
    assert world.again(draft).state == "draft"
    assert world.again(draft).activities == draft.activities


# --- what was read is what is submitted -----------------------------------------------------------------------------


def test_what_was_changed_after_the_check_is_not_submitted_unread(world, draft):
    read = fingerprint_of(world.again(draft))
    world.write(draft, title="ชื่อที่เพื่อนร่วมงานแก้")
    with pytest.raises(Stale):
        send(world, draft, checked=read)
    version = send(world, draft, checked=fingerprint_of(world.again(draft)))
    assert "ชื่อที่เพื่อนร่วมงานแก้" in version.content


def test_withdrawn_amended_and_submitted_again_keeps_each_version(world, draft):
    first = send(world, draft)
    withdraw_proposal(proposal=world.again(draft), by=world.act("partner_rep"))
    world.write(draft, title="ชื่อใหม่")
    second = send(world, draft)
    assert [first.number, second.number] == [1, 2]
    assert first.sha256 != second.sha256
    assert draft.versions.count() == 2
    assert first.receipt_number != second.receipt_number


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_submitting_and_withdrawing_at_once_leaves_one_story(cast):
    world = World(cast)
    proposal = world.submitted_proposal(world.published_call())
    rep = cast.partner_rep.actor
    answers = at_once(
        lambda: withdraw_proposal(proposal=proposal, by=rep), lambda: withdraw_proposal(proposal=proposal, by=rep)
    )
    assert refusals(answers) == [NotNow]
    assert world.again(proposal).state == "withdrawn"


# --- the receipt ----------------------------------------------------------------------------------------------------


def test_the_receipt_is_mailed_to_the_submitter_too_and_printed_with_number_second_and_hash(
    world, draft, client, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        version = send(world, draft)
    number = version.receipt_number
    letters = [letter for letter in mail.outbox if number in letter.body]
    assert {world.cast.partner_rep.user.email, world.cast.partner_staff.user.email} == {
        letter.to[0] for letter in letters
    }
    assert version.sha256 in letters[0].body
    assert reverse("agreements:proposal_receipt", args=[draft.reference]) in letters[0].body
    client.force_login(world.cast.partner_staff.user)
    answer = client.get(reverse("agreements:proposal_receipt_pdf", args=[draft.reference]))
    assert answer["Content-Type"] == "application/pdf"
    text = "".join(page_texts(answer.content))
    local = version.submitted_at.astimezone(clock.BANGKOK)
    assert version.sha256 in text
    assert "ใบรับข้อเสนอโครงการ" in text
    assert draft.title in text
    assert f"{local:%H:%M:%S}".translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) in text


@pytest.mark.parametrize("name", ["officer", "rival_rep", "opdc", "stranger"])
def test_the_receipt_is_nobody_elses(world, draft, client, name):
    send(world, draft)
    client.force_login(world.cast.people[name].user)
    assert client.get(reverse("agreements:proposal_receipt_pdf", args=[draft.reference])).status_code == 404


def receipt_page(client, world: World, proposal: Proposal, page: str = "proposal_receipt"):
    client.force_login(world.cast.partner_rep.user)
    return client.get(reverse(f"agreements:{page}", args=[proposal.reference]))


def test_page_letter_and_printed_proposal_tell_the_second_too(world, draft, client, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        version = send(world, draft)
    local = version.submitted_at.astimezone(clock.BANGKOK)
    time_told = f"{local:%H:%M:%S}"
    assert all(time_told in letter.body for letter in mail.outbox if version.receipt_number in letter.body)
    receipt = receipt_page(client, world, draft).text
    assert time_told in receipt
    assert '<p class="receipt-label">เลขที่ใบรับข้อเสนอ</p>' in receipt
    assert time_told in receipt_page(client, world, draft, "proposal_detail").text
    printed = "".join(page_texts(receipt_page(client, world, draft, "proposal_print").content))
    assert time_told.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")) in printed


def test_the_receipt_of_what_was_withdrawn_says_that_it_does_not_take_part(world, draft, client):
    send(world, draft)
    promise = "หลังจากนั้นหน่วยงานจะตรวจคุณสมบัติ"
    assert promise in receipt_page(client, world, draft).text
    withdraw_proposal(proposal=world.again(draft), by=world.act("partner_rep"))
    deadline(draft, closed_for=timedelta(minutes=1), grace=10)
    page = receipt_page(client, world, draft).text
    assert promise not in page
    assert f"เว้นแต่จะยื่นข้อเสนอใหม่ภายใน {show_moment(world.again(draft).call.accepts_until)}" in page
    deadline(draft, closed_for=timedelta(minutes=1))
    page = receipt_page(client, world, draft).text
    assert "ฉบับที่ 1 จะไม่ได้รับการพิจารณา" in page
    assert "เว้นแต่" not in page


def test_in_grace_the_page_of_withdrawing_names_the_last_moment(world, draft, client):
    send(world, draft)
    deadline(draft, closed_for=timedelta(minutes=1), grace=10)
    lead = receipt_page(client, world, draft, "proposal_withdraw").context["lead"]
    assert show_moment(world.again(draft).call.accepts_until) in lead


def test_what_another_window_submitted_is_answered_by_its_receipt_without_a_refusal(world, draft, client):
    read = fingerprint_of(world.again(draft))
    send(world, draft)
    client.force_login(world.cast.partner_rep.user)
    stale = {"version": draft.version, "key": "other window", "checked": read}
    answer = client.post(reverse("agreements:proposal_submit", args=[draft.reference]), stale, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("agreements:proposal_receipt", args=[draft.reference])
    assert not list(answer.context["messages"])
    assert draft.versions.count() == 1
