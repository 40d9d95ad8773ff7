"""Papers, letters, addenda, times and questions of a call are no work of its judges; closing at the deadline may be."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from agreements.actions.addenda import propose_addendum
from agreements.actions.calls import close_submissions
from agreements.actions.cure import ask_cure, attach_to_cure
from agreements.actions.paper import confirm_paper, enter_paper_proposal
from agreements.actions.questions import answer_question, ask_question
from agreements.actions.result_letters import issue_result_letters
from agreements.actions.slots import book_slot, release_slot
from agreements.models import Call, Decision, ResultLetter
from core import clock
from core.models import OutboxMessage, SecurityEvent
from core.workflow import NotYou
from partnerships.enums import Role
from partnerships.queries.actors import actor_for
from tests.agreements.after_world import invited, make_slots
from tests.agreements.test_conflicts import logged_in, url
from tests.agreements.test_half_seen import decided, judged
from tests.agreements.test_judges_apart import given, items_of
from tests.agreements.test_sealed_committee import appoint
from tests.world import PROPOSAL, World, evidence, proposal_rows

pytestmark = pytest.mark.django_db
ON_PAPER = "โครงการที่ยื่นเป็นเอกสาร"


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world):
    """Published two hours ago, with the second officer on its committee."""
    call = world.published_call("grant")
    Call.objects.filter(pk=call.pk).update(published_at=clock.real_now() - timedelta(hours=2))
    appoint(world, call, "second_officer")
    return world.again(call)


def entered(world: World, call: Call, by: str = "officer"):
    proposal = enter_paper_proposal(
        call=world.again(call),
        organisation=world.cast.organisations["partner"],
        title=ON_PAPER,
        received_at=clock.real_now() - timedelta(minutes=30),
        scan=evidence("สแกน.png"),
        by=world.act(by),
    )
    return world.write(proposal, by=by, rows=proposal_rows(), **PROPOSAL | {"title": ON_PAPER})


def told_why(act) -> None:
    with pytest.raises(NotYou) as refused:
        act()
    assert str(refused.value.message) != str(NotYou.message), "the reason is said"


# --- papers


def test_a_member_of_the_committee_enters_no_paper_and_learns_of_no_draft_by_trying(world, call, cast):
    world.draft_proposal(call)
    told_why(lambda: entered(world, call, by="second_officer"))
    assert not OutboxMessage.objects.filter(kind="proposal.set_aside").exists()
    assert not SecurityEvent.objects.filter(kind="refused_paper").exists()
    client = logged_in(cast.second_officer.user)
    page = client.get(url("paper_create", call))
    assert page.status_code == 403 and "เจ้าหน้าที่ท่านอื่น" in page.text
    offered = client.get(url("call_detail", call)).context["actions"]
    assert {"paper_create", "addendum_create"}.isdisjoint(action["name"] for action in offered)


def test_a_paper_waits_on_no_judges_work_list_and_its_title_is_not_told_there(world, call, cast):
    paper = entered(world, call)

    def matters(name: str) -> list[str]:
        return [item.matter for item in items_of(world.act(name))]

    assert ON_PAPER in matters("executive")
    assert ON_PAPER not in matters("second_officer")
    told_why(lambda: confirm_paper(proposal=world.again(paper), by=world.act("second_officer")))
    confirm_paper(proposal=world.again(paper), by=world.act("executive"))


def test_the_gaps_of_a_paper_are_completed_by_an_officer_who_judges_nothing(world, call, cast):
    paper = entered(world, call)
    confirm_paper(proposal=world.again(paper), by=world.act("executive"))
    world.closed_call(call)
    Call.objects.filter(pk=call.pk).update(cure_days=5)
    ask_cure(proposal=world.again(paper), gaps="ขาดหนังสือมอบอำนาจ", by=world.act("officer"))
    told_why(lambda: attach_to_cure(proposal=world.again(paper), upload=evidence(), by=world.act("second_officer")))
    assert ON_PAPER not in [item.matter for item in items_of(world.act("second_officer"))]
    other = given(cast, "finance", Role.OFFICER)
    attach_to_cure(proposal=world.again(paper), upload=evidence(), by=other)


# --- letters


def test_who_judged_issues_no_letters_is_told_so_and_has_none_on_the_work_list(world, cast):
    call, partner, rival = judged(world, "second_officer", "reviewer", conflicted=False)
    world.score(rival, by="second_officer")
    resolved_and_decided(world, call, partner, rival)
    assert page_of_letters(call) in addresses(world, "officer")
    assert page_of_letters(call) not in addresses(world, "second_officer")
    told_why(lambda: issue_result_letters(call=world.again(call), by=world.act("second_officer")))
    client = logged_in(cast.second_officer.user)
    page = client.get(page_of_letters(call))
    assert page.status_code == 200, "this judge knows every applicant"
    assert url("call_letters_issue", call) not in page.text
    assert "เจ้าหน้าที่ท่านอื่น" in page.text
    client.post(url("call_letters_issue", call), {"version": call.version, "key": "k"})
    assert not ResultLetter.objects.exists()
    assert len(issue_result_letters(call=world.again(call), by=world.act("officer"))) == 2


def resolved_and_decided(world, call, partner, rival) -> None:
    world.resolve(world.again(call), {partner.pk: ("selected", "ดี"), rival.pk: ("not_selected", "รอง")})
    world.decide("select_proposals", world.again(call))


def page_of_letters(call: Call) -> str:
    return url("call_letters", call)


def addresses(world: World, name: str) -> list[str]:
    return [item.url for item in items_of(world.act(name))]


def test_the_page_of_letters_says_nothing_of_it_to_others_of_the_agency(world, cast):
    call, partner, rival = judged(world, "second_officer", "reviewer")
    decided(world, call, partner, rival)
    for name in ("executive", "finance", "officer"):
        assert "เจ้าหน้าที่ท่านอื่น" not in logged_in(cast.people[name].user).get(page_of_letters(call)).text


# --- addenda, and closing


def test_a_member_of_the_committee_writes_no_addendum(world, call, cast):
    changes = {"scope": "ขยายพื้นที่"}
    by = world.act("second_officer")
    told_why(lambda: propose_addendum(call=world.again(call), summary="แก้", changes=changes, by=by))
    assert logged_in(cast.second_officer.user).get(url("addendum_create", call)).status_code == 403
    decisions = Decision.objects.count()
    propose_addendum(call=world.again(call), summary="แก้", changes=changes, by=world.act("officer"))
    assert Decision.objects.count() == decisions + 1


def test_the_only_officer_there_may_close_submissions_though_a_judge_and_reads_nothing_by_it(world, call, cast):
    """The deadline has said already what is in time: nobody who handed in on time waits for a colleague's return."""
    proposal = world.submitted_proposal(call, title="งานที่ยังไม่แจ้งส่วนได้เสีย")
    world.pass_deadline(call)
    client = logged_in(cast.second_officer.user)
    stamp = {"version": world.again(call).version, "key": "k"}
    page = client.post(url("call_close", call), stamp, follow=True)
    assert world.again(call).state == "screening"
    for word in (proposal.title, proposal.reference, proposal.organisation.name):
        assert word not in page.text
    assert client.get(reverse("agreements:proposal_detail", args=[proposal.reference])).status_code == 404
    world.screen(world.again(proposal))


def test_closing_by_a_judge_who_belongs_to_an_applicant_ends_the_own_invitation_too(world, cast):
    call = world.published_call("grant")
    appoint(world, call, "second_officer")
    cast.second_officer.user.memberships.create(organisation=cast.organisations["rival"], starts_on="2026-01-01")
    world.submitted_proposal(call, by="rival")
    world.pass_deadline(call)
    close_submissions(call=world.again(call), by=actor_for(cast.second_officer.user, call.agency_id))
    assert not call.capacities.current().exists()


# --- times of presentations, and questions


def test_a_member_of_the_committee_books_no_time_for_an_applicant_and_the_applicant_still_does(world, cast):
    call, mine, rival = invited(world)
    first, second = make_slots(world, call)
    appoint(world, call, "second_officer")
    told_why(lambda: book_slot(slot=first, proposal=world.again(mine), by=world.act("second_officer")))
    book_slot(slot=first, proposal=world.again(mine), by=world.act("partner_rep"))
    told_why(lambda: release_slot(proposal=world.again(mine), by=world.act("second_officer")))
    book_slot(slot=second, proposal=world.again(rival), by=world.act("officer"))
    assert {slot.proposal for slot in call.slots.all()} == {mine, rival}


def test_who_asked_is_not_told_to_a_member_of_the_committee_who_does_not_answer_either(world, call, cast):
    question = ask_question(call=call, text="ยื่นร่วมกันได้หรือไม่", by=world.act("partner_staff"))
    asker, partner = cast.partner_staff.user.get_full_name(), cast.organisations["partner"].name
    page = logged_in(cast.second_officer.user).get(url("question_list", call))
    assert question.text in page.text and "เจ้าหน้าที่ท่านอื่น" in page.text
    answering = reverse("agreements:question_answer", args=[question.pk])
    assert answering not in page.text
    refused = logged_in(cast.second_officer.user).get(answering, follow=True)
    for text in (page.text, refused.text):
        assert asker not in text and partner not in text
    told_why(lambda: answer_question(question=question, answer="ได้", by=world.act("second_officer")))
    assert url("question_list", call) not in addresses(world, "second_officer")
    assert url("question_list", call) in addresses(world, "officer")
    page = logged_in(cast.officer.user).get(url("question_list", call))
    assert asker in page.text and answering in page.text
