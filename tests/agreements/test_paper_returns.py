"""An entry from paper until it is as the paper: sent back, put right, compared again, never by who wrote it."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.paper import PAPER_SCAN, REPLACED_SCAN, confirm_paper, correct_paper, enter_paper_again
from agreements.actions.paper_returns import report_corrected, return_paper
from agreements.actions.paper_withdrawal import confirm_withdrawal, record_withdrawal
from agreements.actions.proposals import attach_file
from agreements.models import Call
from core import clock
from core.audit import history_of
from core.files import files_of
from core.outbox import deliver_due
from core.workflow import NotNow, NotYou
from tests.agreements.paper_world import ago, call_open_for_two_hours, written
from tests.world import World, evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world) -> Call:
    return call_open_for_two_hours(world)


def page_of(proposal, name: str = "proposal_detail") -> str:
    return reverse(f"agreements:{name}", args=[proposal.reference])


# --- the time of receipt, and the scan ------------------------------------------------------------------------------


def test_who_entered_it_corrects_the_time_and_the_scan_and_what_counts_is_the_time_as_corrected(world, call):
    proposal = written(world, call, minutes=30)
    first, right = files_of(proposal, PAPER_SCAN).get(), ago(50)
    correct_paper(proposal=proposal, received_at=right, scan=evidence("ครบทุกหน้า.png"), by=world.act("officer"))
    assert files_of(proposal, PAPER_SCAN).get().name == "ครบทุกหน้า.png"
    assert files_of(proposal, REPLACED_SCAN).get().pk == first.pk
    confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    assert world.again(proposal).submitted_at == right
    facts = history_of(proposal).get(kind="proposal.correct_paper").facts
    assert facts["received_at_before"] != facts["received_at"] and facts["sha256"]


def test_a_scan_that_was_replaced_is_read_by_the_agency_alone_as_it_may_be_of_another_organisations_paper(
    world, call, client
):
    proposal = written(world, call)
    wrong = files_of(proposal, PAPER_SCAN).get()
    correct_paper(proposal=proposal, received_at=ago(40), scan=evidence("ถูกฉบับ.png"), by=world.act("officer"))
    right = files_of(proposal, PAPER_SCAN).get()
    for name, seen in {"officer": 200, "second_officer": 200, "partner_rep": 404}.items():
        client.force_login(world.cast.people[name].user)
        assert client.get(wrong.get_absolute_url()).status_code == seen, name
        assert (wrong.get_absolute_url() in client.get(page_of(proposal)).text) is (seen == 200), name
        assert client.get(right.get_absolute_url()).status_code == 200, name


def test_without_a_new_scan_the_one_that_is_there_stays(world, call):
    proposal = written(world, call)
    scan = files_of(proposal, PAPER_SCAN).get()
    correct_paper(proposal=proposal, received_at=ago(40), scan=None, by=world.act("officer"))
    assert files_of(proposal, PAPER_SCAN).get() == scan and not files_of(proposal, REPLACED_SCAN).exists()


def test_a_colleague_corrects_neither_and_once_confirmed_nobody_does(world, call):
    proposal = written(world, call)
    with pytest.raises(NotYou):
        correct_paper(proposal=proposal, received_at=ago(40), scan=None, by=world.act("second_officer"))
    confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    with pytest.raises(NotNow):
        correct_paper(proposal=world.again(proposal), received_at=ago(40), scan=None, by=world.act("officer"))


def test_a_time_after_the_deadline_or_ahead_is_refused_at_its_field(world, call, client):
    proposal = written(world, call)
    Call.objects.filter(pk=call.pk).update(closes_at=ago(10))
    for wrong in (ago(5), ago(-60), ago(200)):
        with pytest.raises(ValidationError) as refused:
            correct_paper(proposal=world.again(proposal), received_at=wrong, scan=None, by=world.act("officer"))
        assert set(refused.value.message_dict) == {"received_at"}
    assert not history_of(proposal).filter(kind="proposal.correct_paper").exists()


def test_a_paper_that_came_again_cannot_have_come_before_the_letter_that_withdrew_the_first(world, call):
    proposal = written(world, call, minutes=60)
    confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    letter = {"reason": "ขาดบุคลากร", "received_at": ago(30), "letter": evidence()}
    record_withdrawal(proposal=world.again(proposal), by=world.act("officer"), **letter)
    confirm_withdrawal(proposal=world.again(proposal), by=world.act("second_officer"))
    enter_paper_again(proposal=world.again(proposal), received_at=ago(5), scan=evidence(), by=world.act("officer"))
    with pytest.raises(ValidationError):
        correct_paper(proposal=world.again(proposal), received_at=ago(45), scan=None, by=world.act("officer"))
    correct_paper(proposal=world.again(proposal), received_at=ago(6), scan=None, by=world.act("officer"))


def test_on_its_page_the_form_shows_what_was_read_and_bad_input_is_answered(world, call, client):
    proposal = written(world, call)
    client.force_login(world.cast.officer.user)
    address = page_of(proposal, "proposal_paper_correct")
    assert address in client.get(page_of(proposal)).text
    form = client.get(address).context["form"]
    at = proposal.received_at.astimezone(clock.BANGKOK)
    assert form.initial == {"received_on": at.date(), "received_time": at.time()}
    data = {"version": world.again(proposal).version, "key": "c", "received_on": f"{at:%d/%m}/{at.year + 543}"}
    refused = client.post(address, data | {"received_time": "25:99"})
    assert set(refused.context["form"].errors) == {"received_time"} and "25:99" in refused.text
    right = ago(50).astimezone(clock.BANGKOK)
    data |= {"received_on": f"{right:%d/%m}/{right.year + 543}", "received_time": f"{right:%H.%M}"}
    assert client.post(address, data).status_code == 302
    assert world.again(proposal).received_at == right.replace(second=0, microsecond=0)
    client.force_login(world.cast.second_officer.user)
    assert client.get(address).status_code == 403
    assert address not in client.get(page_of(proposal)).text


# --- sent back and compared again -----------------------------------------------------------------------------------


def test_sent_back_it_waits_for_who_entered_it_and_corrected_for_who_sent_it_back(world, call, client):
    proposal = written(world, call)
    return_paper(proposal=proposal, reason="งบประมาณไม่ตรง", by=world.act("second_officer"))
    client.force_login(world.cast.officer.user)
    shown = client.get(page_of(proposal)).text
    assert "งบประมาณไม่ตรง" in shown and page_of(proposal, "proposal_paper_corrected") in shown
    world.write(world.again(proposal), by="officer", title="ชื่อที่ถูกต้อง")
    deliver_due()
    mail.outbox.clear()
    stamp = {"version": world.again(proposal).version, "key": "r"}
    assert client.post(page_of(proposal, "proposal_paper_corrected"), stamp).status_code == 302
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [[world.cast.second_officer.user.email]]
    shown = client.get(page_of(proposal)).text.split('id="history"')[0]
    assert "งบประมาณไม่ตรง" not in shown and page_of(proposal, "proposal_paper_corrected") not in shown
    confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))


def test_nothing_sent_back_is_not_reported_corrected_and_sent_back_twice_the_newer_words_stand(world, call):
    proposal = written(world, call)
    with pytest.raises(NotNow):
        report_corrected(proposal=proposal, by=world.act("officer"))
    return_paper(proposal=world.again(proposal), reason="งบประมาณไม่ตรง", by=world.act("second_officer"))
    return_paper(proposal=world.again(proposal), reason="ขาดหน้า 3", by=world.act("executive"))
    assert world.again(proposal).open_return.reason == "ขาดหน้า 3"
    confirm_paper(proposal=world.again(proposal), by=world.act("executive"))
    assert world.again(proposal).open_return is None


def test_whoever_wrote_a_part_of_it_does_not_confirm_it_and_is_told_why(world, call, client):
    proposal = written(world, call)
    world.write(world.again(proposal), by="second_officer", title="แก้โดยผู้ที่จะยืนยัน")
    with pytest.raises(NotYou, match="กรอก"):
        confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    client.force_login(world.cast.second_officer.user)
    assert "ท่านเป็นผู้กรอก" in client.get(page_of(proposal, "proposal_paper")).text
    confirm_paper(proposal=world.again(proposal), by=world.act("executive"))


def test_whoever_attached_a_file_to_it_does_not_confirm_it(world, call):
    proposal = written(world, call)
    attach_file(proposal=world.again(proposal), upload=evidence("หนังสือรับรอง.png"), by=world.act("second_officer"))
    with pytest.raises(NotYou):
        confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    confirm_paper(proposal=world.again(proposal), by=world.act("executive"))


def test_what_was_confirmed_before_a_letter_withdrew_it_does_not_keep_its_writer_from_comparing_the_new_paper(
    world, call
):
    proposal = written(world, call, minutes=60)
    confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    letter = {"reason": "ขาดบุคลากร", "received_at": ago(30), "letter": evidence()}
    record_withdrawal(proposal=world.again(proposal), by=world.act("officer"), **letter)
    confirm_withdrawal(proposal=world.again(proposal), by=world.act("second_officer"))
    by = world.act("second_officer")
    enter_paper_again(proposal=world.again(proposal), received_at=ago(5), scan=evidence(), by=by)
    confirm_paper(proposal=world.again(proposal), by=world.act("officer"))
    assert world.again(proposal).state == "submitted"
