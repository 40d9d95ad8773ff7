"""Who judges a call, or has a conflict on it, neither does its agency's work on it nor decides, returns or ends it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.appeals import file_appeal, propose_answer
from agreements.actions.assignments import assign_reviewers
from agreements.actions.call_endings import cancel_call, declare_void
from agreements.actions.calls import begin_selection
from agreements.actions.decisions import endorse_decision, propose_decision, return_decision
from agreements.actions.result_letters import issue_result_letters
from agreements.actions.reviewers import dismiss_reviewer, name_reviewer
from agreements.actions.reviews import reopen_review
from agreements.actions.screening import screen_proposal
from agreements.enums import DecisionKind
from agreements.queries.decisions import others_of, waiting_for
from core.workflow import NotYou
from partnerships.enums import Role
from partnerships.models import Membership, MembershipRole
from partnerships.queries.actors import actor_for
from reporting.worklist import work_of
from tests.agreements.test_conflicts import logged_in, named, screened, url
from tests.built_once import built_once
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def given(cast, name: str, role: str):
    """The person with one role more in his or her organisation, as a fresh actor."""
    person = cast.people[name]
    membership = Membership.objects.get(user=person.user, organisation=person.organisation)
    MembershipRole.objects.create(membership=membership, role=role)
    return actor_for(person.user, person.organisation.pk)


def items_of(actor) -> list:
    """What waits for the person, and for colleagues who are responsible."""
    work = work_of(actor)
    return [*work.colleagues, *(item for group in work.groups for item in group.items)]


@built_once
def an_officer_reviews(world):
    """Two reviewers of each, one of them an officer of the agency; nothing is scored yet."""
    call, partner, rival = screened(world)
    world.name_reviewers(call, "reviewer", "second_officer")
    begin_selection(call=world.again(call), by=world.act("officer"))
    return world.again(call), world.again(partner), world.again(rival)


def test_an_officer_who_reviews_neither_sees_nor_reopens_the_others_review_before_scoring(world, cast):
    _call, partner, _rival = an_officer_reviews(world)
    world.score(partner, by="reviewer")
    review = partner.reviews.get()
    page = reverse("agreements:proposal_review_reopen", args=[partner.reference, review.pk])
    answer = logged_in(cast.second_officer.user).get(page)
    assert answer.status_code in (403, 404)
    assert "80.00" not in answer.text
    with pytest.raises(NotYou) as told:
        reopen_review(review=review, reason="ดูก่อน", by=world.act("second_officer"))
    assert str(told.value.message) != str(NotYou.message), "the reason is said"
    assert logged_in(cast.officer.user).get(page).status_code == 200
    reopen_review(review=review, reason="คะแนนสลับข้อ", by=world.act("officer"))


def test_what_waits_for_the_agency_does_not_wait_for_its_officer_who_judges(world, cast):
    call, _partner, rival = an_officer_reviews(world)

    def waits(name: str) -> set[str]:
        return {item.reference for item in items_of(world.act(name)) if item.url.startswith("/calls/")}

    assert waits("officer") == {call.reference}
    assert waits("second_officer") == set()
    offered = logged_in(cast.second_officer.user).get(url("call_detail", call)).context["actions"]
    assert [action["name"] for action in offered] == []
    assert logged_in(cast.second_officer.user).get(url("call_assignments", call)).status_code == 403
    with pytest.raises(NotYou):
        assign_reviewers(call=call, assignments={rival.pk: []}, by=world.act("second_officer"))


def test_an_officer_who_left_with_a_conflict_does_not_come_back_to_the_agencys_work(world, cast):
    call, _partner, rival = screened(world)
    named(world, call, "second_officer", "reviewer")
    world.declare(call, "reviewer")
    world.declare(call, "second_officer", {rival.organisation_id: "น้องสาวเป็นประธาน"})
    left = call.capacities.get(user=cast.second_officer.user)
    dismiss_reviewer(call=world.again(call), capacity=left, reason="ย้าย", by=world.act("officer"))
    with pytest.raises(NotYou) as told:
        name_reviewer(call=world.again(call), user=cast.evaluator.user, by=world.act("second_officer"))
    assert str(told.value.message) != str(NotYou.message)
    assert not [item for item in items_of(world.act("second_officer")) if item.reference == call.reference]


@built_once
def before_an_executive_who_left(world):
    """The executive was named reviewer, declared a conflict and was dismissed; the selection waits for a decision."""
    call, partner, rival = screened(world)
    named(world, call, "executive")
    world.declare(call, "executive", {rival.organisation_id: "น้องสาวเป็นประธาน"})
    left = call.capacities.get(user=world.cast.executive.user)
    dismiss_reviewer(call=world.again(call), capacity=left, reason="ย้าย", by=world.act("officer"))
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    for proposal in (partner, rival):
        world.score(proposal)
    world.resolve(world.again(call), {partner.pk: ("not_selected", "รอง"), rival.pk: ("selected", "ดี")})
    root = world.again(call)
    return propose_decision(kind=DecisionKind.SELECT_PROPOSALS, root=root, by=world.act("officer"))


def test_who_declared_a_conflict_and_left_neither_decides_nor_returns_nor_ends(world, cast):
    decision = before_an_executive_who_left(world)
    call, executive = decision.call, world.act("executive")
    for attempt in (
        lambda: endorse_decision(decision=world.again(decision), by=executive),
        lambda: return_decision(decision=world.again(decision), by=executive, comment="ไม่เห็นด้วย"),
        lambda: declare_void(call=world.again(call), reason="เหตุผล", by=executive),
        lambda: cancel_call(call=world.again(call), reason="เหตุผล", by=executive),
    ):
        with pytest.raises(NotYou) as told:
            attempt()
        assert str(told.value.message) != str(NotYou.message), "the reason is said"
    assert (list(waiting_for(executive)), list(others_of(executive))) == ([], [decision, *before(decision)])
    page = logged_in(cast.executive.user).get(reverse("agreements:decision_detail", args=[decision.pk]))
    assert not page.context["mine"]
    assert str(told.value.message)[:20] in page.text, "and on the page too"
    offered = logged_in(cast.executive.user).get(url("call_detail", call)).context["actions"]
    assert {"call_void", "call_cancel"}.isdisjoint(action["name"] for action in offered)


def before(decision) -> list:
    """The call's earlier decisions, the latest first."""
    return list(decision.call.decisions.exclude(pk=decision.pk).order_by("-pk"))


def test_another_executive_returns_and_ends_what_the_judge_may_not(world, cast):
    decision = before_an_executive_who_left(world)
    other = given(cast, "finance", Role.EXECUTIVE)
    assert list(waiting_for(other)) == [decision]
    return_decision(decision=decision, by=other, comment="ทบทวน")
    declare_void(call=world.again(decision.call), reason="เริ่มใหม่", by=other)
    assert world.again(decision.call).state == "void"


def test_a_member_of_the_committee_neither_returns_the_selection_nor_ends_the_call(world, cast):
    call, partner, rival = screened(world)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    for proposal in (partner, rival):
        world.score(proposal)
    world.appoint(call, "executive")
    with pytest.raises(NotYou):
        cancel_call(call=world.again(call), reason="เหตุผล", by=world.act("executive"))
    world.resolve(world.again(call), {partner.pk: ("selected", "ดี"), rival.pk: ("not_selected", "รอง")})
    decision = propose_decision(
        kind=DecisionKind.SELECT_PROPOSALS, root=world.again(call), by=world.act("second_officer")
    )
    with pytest.raises(NotYou):
        return_decision(decision=decision, by=world.act("executive"), comment="ไม่เห็นด้วย")


def test_who_screened_an_applicant_out_decides_neither_the_selection_nor_its_appeal(world, cast):
    both = given(cast, "executive", Role.OFFICER)
    call = world.published_call("pbc")
    partner, rival = world.submitted_proposal(call), world.submitted_proposal(call, by="rival")
    world.closed_call(call)
    world.screen(partner)
    checks = {one.pk: (False, "ไม่มีผลงาน") for one in call.criteria.filter(kind="eligibility")}
    screen_proposal(proposal=world.again(rival), checks=checks, by=both)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    world.score(partner)
    world.resolve(world.again(call), {partner.pk: ("selected", "ดี")})
    other = given(cast, "finance", Role.EXECUTIVE)

    def only_another_decides(decision) -> None:
        with pytest.raises(NotYou) as told:
            endorse_decision(decision=decision, by=both)
        assert str(told.value.message) != str(NotYou.message)
        assert (list(waiting_for(both)), list(waiting_for(other))) == ([], [decision])
        endorse_decision(decision=decision, by=other)

    root = world.again(call)
    only_another_decides(propose_decision(kind=DecisionKind.SELECT_PROPOSALS, root=root, by=world.act("officer")))
    issue_result_letters(call=world.again(call), by=world.act("officer"))
    appeal = file_appeal(proposal=world.again(rival), grounds="เรามีผลงาน", by=world.act("rival_rep"))
    said = {"verdict": "dismissed", "remedy": "none", "answer": "ยืนตามเดิม"}
    only_another_decides(propose_answer(appeal=appeal, by=world.act("officer"), **said))


def test_the_responsible_officer_is_no_judge_and_so_can_always_go_on(world, cast):
    call, _partner, _rival = screened(world)
    for kind in ("reviewer", "committee_member"):
        with pytest.raises(ValidationError):
            name_reviewer(call=call, user=cast.officer.user, kind=kind, by=world.act("second_officer"))
    with pytest.raises(ValidationError):
        world.appoint(call, "officer")
    world.appoint(call, "second_officer")
    with pytest.raises(NotYou):
        name_reviewer(call=world.again(call), user=cast.reviewer.user, by=world.act("second_officer"))
    name_reviewer(call=world.again(call), user=cast.reviewer.user, by=world.act("officer"))
