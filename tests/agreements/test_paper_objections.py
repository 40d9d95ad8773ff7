"""The organisation in whose name a paper was entered says that it is not its own, or that it goes on online."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.paper import confirm_paper, enter_paper_again
from agreements.actions.paper_mistakes import discard_paper
from agreements.actions.paper_objections import object_to_paper
from agreements.actions.paper_returns import return_paper
from agreements.actions.paper_withdrawal import confirm_withdrawal, record_withdrawal
from agreements.actions.submission import submit_proposal
from agreements.models import Call, PaperObjection, Proposal
from core import clock
from core.audit_verify import verify_chain
from core.models import AuditEvent, OutboxMessage
from core.workflow import NotNow, NotYou
from tests.agreements.paper_world import call_open_for_two_hours, written
from tests.agreements.test_conflicts import logged_in
from tests.agreements.test_sealed_committee import appoint
from tests.races import at_once, refusals
from tests.world import World, evidence

pytestmark = pytest.mark.django_db
REASON = "ไม่ได้ส่งเอกสาร ขอยื่นออนไลน์ต่อ"
TYPED = "สิ่งที่พิมพ์ไว้ก่อนหน้า"


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world):
    return call_open_for_two_hours(world)


@pytest.fixture
def draft(world, call):
    return world.draft_proposal(call, objectives=TYPED)


def objected(world: World, paper: Proposal, by: str = "partner_staff", reason: str = REASON) -> PaperObjection:
    return object_to_paper(proposal=world.again(paper), reason=reason, by=world.act(by))


def url(page: str, proposal: Proposal) -> str:
    return reverse(f"agreements:{page}", args=[proposal.reference])


def told() -> dict[int, OutboxMessage]:
    return {row.to_user_id: row for row in OutboxMessage.objects.filter(kind="proposal.paper_objected")}


# --- from the draft to the officer


def test_from_the_draft_that_was_set_aside_one_page_leads_to_the_officer(world, call, draft, cast):
    paper = written(world, call, by="second_officer")
    client, page = logged_in(cast.partner_staff.user), url("proposal_paper_object", paper)
    assert page in client.get(url("proposal_detail", draft)).text, "the way is on the draft itself"
    assert page in client.get(url("proposal_detail", paper)).text, "and on the paper's page"
    assert client.get(page).status_code == 200
    answer = client.post(page, {"reason": REASON, "version": world.again(paper).version, "key": "k"})
    assert answer.url == url("proposal_detail", paper)
    assert set(told()) == {cast.officer.user.pk, cast.second_officer.user.pk}
    assert all(REASON in row.body and paper.reference in row.body for row in told().values())
    assert AuditEvent.objects.get(kind="proposal.object_to_paper").facts["reason"] == REASON
    assert verify_chain().ok


def test_the_officer_learns_nothing_of_the_draft(world, call, draft, cast):
    paper = written(world, call)
    objected(world, paper)
    words = [TYPED, draft.reference]
    assert not any(word in row.body for row in told().values() for word in words)
    for name in ("officer", "executive"):
        for page in ("proposal_detail", "proposal_paper"):
            text = logged_in(cast.people[name].user).get(url(page, paper)).text
            assert not any(word in text for word in words)


def test_who_compares_the_paper_reads_the_objection_before_confirming(world, call, cast):
    paper = written(world, call)
    objected(world, paper)
    for page in ("proposal_detail", "proposal_paper"):
        assert REASON in logged_in(cast.second_officer.user).get(url(page, paper)).text, page
    assert REASON in logged_in(cast.partner_rep.user).get(url("proposal_detail", paper)).text
    assert logged_in(cast.rival_rep.user).get(url("proposal_detail", paper)).status_code == 404


def test_the_draft_says_that_it_was_asked_for_and_offers_no_second_time(world, call, draft, cast):
    paper = written(world, call)
    objected(world, paper)
    text = logged_in(cast.partner_rep.user).get(url("proposal_detail", draft)).text
    assert REASON in text
    assert url("proposal_paper_object", paper) not in text
    with pytest.raises(NotNow):
        objected(world, paper, by="partner_rep")


def test_taken_out_the_draft_goes_on_and_is_submitted(world, call, draft):
    paper = written(world, call)
    objection = objected(world, paper)
    discard_paper(proposal=world.again(paper), reason="ไม่ใช่ขององค์กรนี้", by=world.act("second_officer"))
    assert world.again(objection).answered_at is not None
    assert TYPED in submit_proposal(proposal=world.again(draft), by=world.act("partner_rep")).content


def test_without_anything_online_it_is_asked_for_all_the_same(world, call):
    paper = written(world, call)
    objected(world, paper, by="partner_rep")
    assert told()


# --- when, and who


def test_once_it_is_confirmed_or_the_call_takes_no_proposals_it_is_too_late(world, call, draft, cast):
    paper = written(world, call)
    confirm_paper(proposal=world.again(paper), by=world.act("second_officer"))
    with pytest.raises(NotNow):
        objected(world, paper)
    text = logged_in(cast.partner_rep.user).get(url("proposal_detail", draft)).text
    assert url("proposal_paper_object", paper) not in text
    assert url("proposal_detail", paper) in text, "what counts is a link away"


def test_after_the_deadline_nobody_goes_on_online(world, call):
    paper = written(world, call)
    world.pass_deadline(call)
    with pytest.raises(NotNow):
        objected(world, paper)


@pytest.mark.parametrize("name", ["officer", "second_officer", "executive", "partner_finance", "rival_rep", "opdc"])
def test_it_is_the_organisations_own_word(world, call, name):
    paper = written(world, call)
    with pytest.raises(NotYou):
        objected(world, paper, by=name)


def test_a_reason_is_asked_for(world, call, cast):
    paper = written(world, call)
    with pytest.raises(ValidationError):
        objected(world, paper, reason="  ")
    page = url("proposal_paper_object", paper)
    answer = logged_in(cast.partner_rep.user).post(page, {"reason": " ", "version": paper.version, "key": "k"})
    assert list(answer.context["form"].errors) == ["reason"]
    assert not PaperObjection.objects.exists()


def test_an_online_draft_has_no_such_page(world, call, draft, cast):
    page = url("proposal_paper_object", draft)
    assert logged_in(cast.partner_rep.user).get(page).status_code == 404


# --- what becomes of it


def test_an_entry_that_is_sent_back_for_correction_leaves_it_open_and_confirming_answers_it(world, call):
    paper = written(world, call)
    objection = objected(world, paper)
    return_paper(proposal=world.again(paper), reason="พิมพ์ผิด", by=world.act("second_officer"))
    assert world.again(objection).answered_at is None
    confirm_paper(proposal=world.again(paper), by=world.act("second_officer"))
    assert world.again(objection).answered_at is not None
    assert world.again(paper).state == "submitted", "two people have seen the paper and the objection"


def test_a_new_paper_after_a_letter_can_be_objected_to_anew(world, call, cast):
    paper = written(world, call)
    objected(world, paper)
    confirm_paper(proposal=world.again(paper), by=world.act("second_officer"))
    moment = clock.real_now() - timedelta(minutes=5)
    record_withdrawal(
        proposal=world.again(paper), reason="ถอน", received_at=moment, letter=evidence(), by=world.act("officer")
    )
    confirm_withdrawal(proposal=world.again(paper), by=world.act("second_officer"))
    enter_paper_again(
        proposal=world.again(paper), received_at=clock.real_now(), scan=evidence(), by=world.act("officer")
    )
    second = objected(world, paper, by="partner_rep", reason="ฉบับนี้ก็ไม่ใช่")
    discard_paper(proposal=world.again(paper), reason="ผิด", by=world.act("second_officer"))
    assert world.again(paper).state == "withdrawn"
    assert world.again(second).answered_at is not None
    assert PaperObjection.objects.filter(answered_at__isnull=True).count() == 0


def test_where_the_responsible_officer_entered_it_those_who_can_take_it_out_are_told_and_no_judge(world, call, cast):
    paper = written(world, call)
    objected(world, paper)
    assert set(told()) == {cast.officer.user.pk, cast.second_officer.user.pk, cast.executive.user.pk}
    OutboxMessage.objects.all().delete()
    discard_paper(proposal=world.again(paper), reason="ผิด", by=world.act("second_officer"))
    appoint(world, call, "second_officer")
    objected(world, written(world, call))
    assert set(told()) == {cast.officer.user.pk, cast.executive.user.pk}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_ask_and_one_who_confirms_at_once_leave_one_answer(cast):
    world = World(cast)
    call = world.published_call()
    Call.objects.filter(pk=call.pk).update(published_at=clock.real_now() - timedelta(hours=2))
    paper = written(world, call)
    staff, rep, second = (world.act(name) for name in ("partner_staff", "partner_rep", "second_officer"))
    answers = at_once(
        lambda: object_to_paper(proposal=paper, reason=REASON, by=staff),
        lambda: object_to_paper(proposal=paper, reason=REASON, by=rep),
        lambda: confirm_paper(proposal=paper, by=second),
    )
    assert set(refusals(answers)) == {NotNow}
    assert world.again(paper).state == "submitted"
    assert PaperObjection.objects.count() <= 1
    assert not PaperObjection.objects.filter(answered_at__isnull=True).exists()
