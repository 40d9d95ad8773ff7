"""The last minutes of a call, as the organisation sees them: how long is left, and what is said when it is over."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.submission import submit_proposal
from agreements.models import Call, Proposal
from agreements.queries.call_public import time_left
from core import clock
from tests.journeys.visitor import thai
from tests.world import World

pytestmark = pytest.mark.django_db

LATE_PAGES = ("proposal_check", "proposal_files")


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def draft(world):
    return world.draft_proposal(world.published_call())


@pytest.fixture
def rep(cast):
    client = Client()
    client.force_login(cast.partner_rep.user)
    return client


def page(name: str, proposal: Proposal, *more: str) -> str:
    return reverse(f"agreements:{name}", args=[proposal.reference, *more])


def closes_in(proposal: Proposal, left: timedelta, grace: int = 0) -> Call:
    Call.objects.filter(pk=proposal.call_id).update(closes_at=clock.real_now() + left, grace_minutes=grace)
    return Call.objects.get(pk=proposal.call_id)


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=2, minutes=1), "เหลืออีก 2 วัน"),
        (timedelta(hours=23, minutes=10), "เหลืออีก 23 ชั่วโมง 10 นาที"),
        (timedelta(minutes=5), "เหลืออีก 5 นาที"),
        (timedelta(seconds=20), "เหลือไม่ถึง 1 นาที"),
        (timedelta(minutes=-1), ""),
    ],
)
def test_on_the_last_day_hours_and_minutes_are_left(draft, monkeypatch, left, words):
    now = clock.real_now()
    monkeypatch.setattr(clock, "now", lambda: now)
    Call.objects.filter(pk=draft.call_id).update(closes_at=now + left)
    assert time_left(Call.objects.get(pk=draft.call_id)) == words


def test_in_the_grace_period_it_says_until_when(draft):
    assert "ผ่อนผัน" in time_left(closes_in(draft, timedelta(minutes=-1), grace=15))


@pytest.mark.parametrize("name", ["proposal_detail", "proposal_check", "proposal_files", "proposal_edit"])
def test_every_page_on_which_one_writes_says_how_long_is_left(draft, rep, name):
    closes_in(draft, timedelta(minutes=5, seconds=30))
    more = ("work",) if name == "proposal_edit" else ()
    assert "เหลืออีก 5 นาที" in rep.get(page(name, draft, *more)).content.decode()


@pytest.mark.parametrize("name", LATE_PAGES)
def test_whoever_goes_on_after_the_deadline_is_told_so_once_and_that_the_draft_stays(draft, rep, name):
    closes_in(draft, timedelta(seconds=-1))
    answer = rep.get(page(name, draft), follow=True).content.decode()
    assert answer.count("จึงส่งข้อมูลเพิ่มไม่ได้แล้ว") == 1
    assert thai("This cannot be done at the present stage.") not in answer


def test_a_late_submission_is_told_once(draft, rep):
    closes_in(draft, timedelta(seconds=-1))
    stamp = {"version": draft.version, "key": "late"}
    answer = rep.post(page("proposal_submit", draft), stamp, follow=True).content.decode()
    assert answer.count("จึงส่งข้อมูลเพิ่มไม่ได้แล้ว") == 1
    assert thai("This cannot be done at the present stage.") not in answer


def test_whoever_writes_on_after_submitting_is_told_to_withdraw_first(world, draft, rep):
    submit_proposal(proposal=draft, by=world.act("partner_rep"))
    answer = rep.get(page("proposal_edit", draft, "work"), follow=True).content.decode()
    assert thai("The proposal has been submitted. To change it, the representative withdraws it first.") in answer


def test_withdrawing_asks_once_more(world, draft, rep):
    submit_proposal(proposal=draft, by=world.act("partner_rep"))
    answer = rep.get(page("proposal_withdraw", draft))
    assert f"{draft.reference}/1" in answer.content.decode()
    assert world.again(draft).state == "submitted"
    rep.post(page("proposal_withdraw", draft), {"version": world.again(draft).version, "key": "w"})
    assert world.again(draft).state == "withdrawn"


def test_the_staff_cannot_come_to_the_question_whether_to_withdraw(world, draft, cast):
    submit_proposal(proposal=draft, by=world.act("partner_rep"))
    staff = Client()
    staff.force_login(cast.partner_staff.user)
    assert staff.get(page("proposal_withdraw", draft)).status_code == 403


def test_after_the_deadline_a_call_is_not_called_open(draft):
    assert closes_in(draft, timedelta(minutes=1)).state_shown == "เปิดรับข้อเสนอ"
    assert closes_in(draft, timedelta(minutes=-1)).state_shown == thai("Closed for proposals, to be screened")


@pytest.mark.parametrize(("part", "following"), [("work", "proposal_edit"), ("network", "proposal_files")])
def test_a_section_leads_on_to_the_next_one(draft, rep, part, following):
    form = rep.get(page("proposal_edit", draft, part)).context["form"]
    kinds = rep.get(page("proposal_edit", draft, part)).context["formsets"]
    sent = {"version": draft.version, "key": "k", "title": "โครงการ", "go_on": "1"}
    sent |= {"part_version": form["part_version"].value(), "drawn": form["drawn"].value()}
    for rows in kinds:
        sent |= {f"{rows.prefix}-TOTAL_FORMS": 0, f"{rows.prefix}-INITIAL_FORMS": 0}
    more = ("activities",) if following == "proposal_edit" else ()
    assert rep.post(page("proposal_edit", draft, part), sent).url == page(following, draft, *more)
    del sent["go_on"]
    version = rep.get(page("proposal_edit", draft, part)).context["form"]["part_version"].value()
    back = rep.post(page("proposal_edit", draft, part), sent | {"key": "k2", "part_version": version})
    assert back.url == f"{page('proposal_detail', draft)}#parts"


# --- the session ends before the button is pressed -----------------------------------------------------------------


def test_after_logging_in_again_one_is_back_on_the_page_from_which_something_was_sent(client, draft):
    check = page("proposal_check", draft)
    answer = client.post(page("proposal_submit", draft), headers={"referer": f"http://testserver{check}"})
    assert answer.url == f"{reverse('account_login')}?next={check.replace('/', '%2F')}&unsent=1"
    assert "ระบบยังไม่ได้บันทึกสิ่งที่ท่านเพิ่งส่ง" in client.get(answer.url).content.decode()


@pytest.mark.parametrize("sent_from", ["", "https://elsewhere.example/proposals/", "//elsewhere.example/"])
def test_what_was_sent_from_elsewhere_leads_home(client, draft, sent_from):
    answer = client.post(page("proposal_submit", draft), headers={"referer": sent_from})
    assert answer.url == f"{reverse('account_login')}?next=%2F&unsent=1"
