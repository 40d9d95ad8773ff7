"""What overtakes a committee's resolution: scores, conflicts declared later, another committee (§3.2 step 4)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.actions.assignments import assign_reviewers
from agreements.actions.awards import propose_selection
from agreements.actions.calls import begin_selection
from agreements.actions.decisions import endorse_decision, return_decision
from agreements.actions.result_letters import issue_result_letters
from agreements.actions.reviewers import dismiss_reviewer
from agreements.actions.reviews import reopen_review
from agreements.actions.selection_committee import Member, appoint_committee
from agreements.documents.minutes import build_minutes
from agreements.models import Decision, Resolution
from core import clock
from core.workflow import Missing
from reporting.worklist.calls import calls_to_carry
from tests.built_once import built_once
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@built_once
def resolved(world, *committee: str):
    """Two reviewers; the partner has 5 and 1 (mean 60), the rival 2 and 2 (mean 40); the partner is selected."""
    call = world.published_call("grant")
    partner, rival = world.submitted_proposal(call), world.submitted_proposal(call, by="rival")
    world.closed_call(call)
    for proposal in (partner, rival):
        world.screen(proposal)
    world.name_reviewers(call, "reviewer", "second_reviewer")
    world.appoint(call, *committee)
    begin_selection(call=world.again(call), by=world.act("officer"))
    for proposal, given in ((partner, (5, 1)), (rival, (2, 2))):
        for name, points in zip(("reviewer", "second_reviewer"), given, strict=True):
            world.score(proposal, points=points, by=name)
    resolve_again(world, call, partner, rival)
    return world.again(call), world.again(partner), world.again(rival)


def resolve_again(world, call, partner, rival) -> None:
    world.resolve(world.again(call), {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")})


def proposed(world, call) -> Decision:
    return propose_selection(call=world.again(call), by=world.act("officer"))


def missing(act) -> list[str]:
    with pytest.raises(Missing) as error:
        act()
    return [item.name for item in error.value.items]


def on_the_list(world, call) -> list[str]:
    address = reverse("agreements:call_detail", args=[call.reference])
    return [item.what for item in calls_to_carry(world.act("officer")) if item.url == address]


# --- conflicts ------------------------------------------------------------------------------------------------------


def test_a_conflict_declared_after_the_resolution_asks_the_committee_for_another_look(world, cast):
    call, partner, rival = resolved(world)
    decision = proposed(world, call)
    world.declare(call, "reviewer", {partner.organisation_id: "พี่น้อง"})  # always possible, also now
    client = Client()
    client.force_login(cast.executive.user)
    page = reverse("agreements:decision_endorse", args=[decision.pk])
    matter = client.get(reverse("agreements:decision_detail", args=[decision.pk])).text
    assert "อนุมัติตามที่เสนอไม่ได้" in matter and page not in matter
    assert reverse("agreements:decision_return", args=[decision.pk]) in matter
    sent = {"comment": "", "version": world.again(call).version, "key": "k"}
    assert "การแจ้งส่วนได้เสีย" in client.post(page, sent, follow=True).text  # said in words where it is approved
    assert missing(lambda: endorse_decision(decision=world.again(decision), by=world.act("executive"))) == [
        "resolution_complete"
    ]
    assert (world.again(call).state, world.again(partner).state) == ("selection", "eligible")
    return_decision(decision=world.again(decision), comment="คะแนนเปลี่ยนไปแล้ว", by=world.act("executive"))
    assert on_the_list(world, call) == [_("Record the committee's resolution")]
    assert missing(lambda: proposed(world, call)) == ["resolution_complete"]
    resolve_again(world, call, partner, rival)
    assert on_the_list(world, call) == [_("Propose the selection")]
    endorse_decision(decision=proposed(world, call), by=world.act("executive"))
    assert world.again(partner).state == "selected"


def test_the_form_says_that_each_reason_goes_into_the_applicants_letter_and_so_it_does(world, cast):
    call, partner, rival = resolved(world)
    client = Client(headers={"accept-language": "th"})
    client.force_login(cast.officer.user)
    page = client.get(reverse("agreements:call_resolution", args=[call.reference])).text
    assert page.count("ข้อความนี้จะปรากฏในหนังสือแจ้งผลถึงผู้ยื่นข้อเสนอรายนี้") == 2
    endorse_decision(decision=proposed(world, call), by=world.act("executive"))
    issue_result_letters(call=world.again(call), by=world.act("officer"))
    told = {pk: proposal.result_letters.get().content["reasons"] for pk, proposal in (("ก", partner), ("ข", rival))}
    assert told == {"ก": ["ก"], "ข": ["ข"]}


def test_what_was_declared_before_and_is_declared_again_overtakes_nothing(world):
    call, partner, rival = resolved(world)
    world.declare(call, "reviewer", {rival.organisation_id: "เคยร่วมงาน"})
    resolve_again(world, call, partner, rival)
    world.declare(call, "reviewer", {rival.organisation_id: "เคยร่วมงานเมื่อห้าปีก่อน"})  # the same answer, more words
    world.declare(call, "second_reviewer")  # no conflict, as before
    endorse_decision(decision=proposed(world, call), by=world.act("executive"))
    assert world.again(call).state == "decided"


def test_a_member_who_was_there_and_then_declares_a_conflict_asks_for_another_look(world):
    call, partner, rival = resolved(world, "evaluator")
    world.declare(call, "evaluator", {partner.organisation_id: "น้องสาวเป็นประธาน"})
    assert missing(lambda: proposed(world, call)) == ["resolution_complete"]
    resolve_again(world, call, partner, rival)
    assert Resolution.objects.get().outcomes.get(proposal=partner).stepped_out
    proposed(world, call)


def test_without_any_review_that_counts_another_reviewer_is_asked_first(world):
    call, partner, rival = resolved(world)
    for name in ("reviewer", "second_reviewer"):
        world.declare(call, name, {partner.organisation_id: "พี่น้อง"})
    assert missing(lambda: proposed(world, call)) == ["all_scored", "resolution_complete"]
    world.name_reviewers(call, "finance")
    third = {partner.pk: [world.cast.people["finance"].user.pk]}
    assign_reviewers(call=world.again(call), assignments=third, by=world.act("officer"))
    world.score(partner, by="finance")
    assert missing(lambda: proposed(world, call)) == ["resolution_complete"]
    resolve_again(world, call, partner, rival)
    proposed(world, call)


def test_a_review_that_was_opened_again_and_never_came_back_asks_for_another_look(world):
    call, partner, _rival = resolved(world)
    review = partner.reviews.get(reviewer=world.cast.reviewer.user)
    reopen_review(review=review, reason="ให้คะแนนสลับช่อง", by=world.act("officer"))
    capacity = call.capacities.get(user=world.cast.reviewer.user)
    dismiss_reviewer(call=world.again(call), capacity=capacity, reason="ย้าย", by=world.act("officer"))
    assert missing(lambda: proposed(world, call)) == ["resolution_complete"]


# --- the committee --------------------------------------------------------------------------------------------------

MEMBERS = (
    Member("นางประธาน สมมติ", "รองอธิบดี", "chair"),
    Member("นายกรรมการ สมมติ", "ผู้อำนวยการกอง"),
    Member("นางเลขา สมมติ", "นักพัฒนาสังคม", "secretary"),
)


def appoint(world, call, members=MEMBERS, order: str = "1/2569") -> None:
    appoint_committee(
        call=world.again(call), order_number=order, order_on=clock.today(), members=members, by=world.act("officer")
    )


def test_another_committee_resolves_for_itself(world, cast):
    call, partner, rival = resolved(world)
    chair, *others = MEMBERS
    appoint(world, call, [Member("คนใหม่ หนึ่ง", "", "chair"), Member("คนใหม่ สอง"), Member("คนใหม่ สาม")], "9/2570")
    assert missing(lambda: proposed(world, call)) == ["resolution_complete"]
    assert on_the_list(world, call) == [_("Record the committee's resolution")]
    minutes = build_minutes(Resolution.objects.get())
    assert [row[0] for row in minutes.present] == [chair.name, *[one.name for one in others]]
    assert (minutes.absent, minutes.presided_by) == ((), chair.name)  # who sits now was not asked to come
    resolve_again(world, call, partner, rival)
    assert build_minutes(Resolution.objects.get()).present[0][0] == "คนใหม่ หนึ่ง"
    proposed(world, call)


def test_a_role_a_name_or_the_order_makes_another_committee_and_a_position_does_not(world, cast):
    call, _partner, _rival = resolved(world)
    chair, member, secretary = MEMBERS
    appoint(world, call, [chair, replace(member, title="ผู้อำนวยการสำนัก"), secretary])
    client = Client()
    client.force_login(cast.officer.user)
    page = client.get(reverse("agreements:call_committee", args=[call.reference]))
    assert "ต้องบันทึกมติใหม่" in page.text
    standing = Resolution.objects.standing()
    assert standing.exists()
    others = (
        {"order": "2/2569"},
        {"members": [replace(chair, role="member"), replace(member, role="chair"), secretary]},
        {"members": [chair, replace(member, name="นายกรรมการ อื่น"), secretary]},
        {"members": [*MEMBERS, Member("นายเพิ่ม สมมติ")]},
    )
    for changed in others:
        appoint(world, call)
        Resolution.objects.update(recorded_at=clock.now())
        assert standing.exists()
        appoint(world, call, **changed)
        assert not standing.exists(), changed
