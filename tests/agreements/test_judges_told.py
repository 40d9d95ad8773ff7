"""Who stops judging a call is told so, and of a conflict declared late those before whom the selection lies."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from agreements.actions.awards import propose_selection
from agreements.actions.calls import begin_selection, close_submissions
from agreements.actions.decisions import endorse_decision
from agreements.actions.reviewers import dismiss_reviewer
from agreements.models import Proposal
from core.models import OutboxMessage
from core.notice_texts import notice_kind
from partnerships.enums import Role
from partnerships.models import User
from tests.agreements.test_conflicts import named, screened
from tests.agreements.test_judges_apart import given
from tests.agreements.test_resolution_stands import proposed, resolved
from tests.agreements.test_sealed_committee import appoint
from tests.chains import DEPUTY, acting, chain_of_four, deputy_for, in_days, person
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def told(kind: str) -> dict[int, OutboxMessage]:
    """Who was told of it: user id → the notice; never twice the same person."""
    rows = list(OutboxMessage.objects.filter(kind=kind))
    by_user = {row.to_user_id: row for row in rows}
    assert len(rows) == len(by_user)
    return by_user


def names_nobody(message: OutboxMessage) -> bool:
    """Neither applicant nor proposal stands in the notice."""
    text = f"{message.subject}\n{message.body}"
    words = {
        word
        for proposal in Proposal.objects.select_related("organisation")
        for word in (
            proposal.reference,
            proposal.title,
            proposal.organisation.name_th,
            proposal.organisation.name_en,
        )
    }
    assert words
    return not any(word in text for word in words)


# --- shut out at closing


def test_who_is_shut_out_at_closing_is_told_without_any_applicants_name(world, cast):
    call = world.published_call("grant")
    appoint(world, call, "partner_finance", "evaluator")
    world.submitted_proposal(call)
    world.submitted_proposal(call, by="rival")
    world.pass_deadline(call)
    close_submissions(call=world.again(call), by=world.act("officer"))
    letters = told("call.judge_shut_out")
    assert set(letters) == {cast.partner_finance.user.pk}
    [letter] = letters.values()
    assert call.title in letter.body and names_nobody(letter)
    assert not told("call.invitation_ended"), "told once, and why"


def test_nobody_is_told_where_nobody_belongs_to_an_applicant(world):
    call = world.published_call("grant")
    appoint(world, call, "evaluator")
    world.submitted_proposal(call)
    world.pass_deadline(call)
    close_submissions(call=world.again(call), by=world.act("officer"))
    assert not told("call.judge_shut_out")


# --- an invitation that ends


def test_who_is_dismissed_is_told_and_not_why(world, cast):
    """The reason is the agency's, kept in the chain: it may name an applicant."""
    call, partner, _rival = screened(world)
    named(world, call, "reviewer", "second_reviewer")
    call.__class__.objects.filter(pk=call.pk).update(contact_phone="02 111 1111")
    reason = f"ญาติเป็นประธาน{partner.organisation.name_th}"
    capacity = call.capacities.get(user=cast.reviewer.user)
    dismiss_reviewer(call=world.again(call), capacity=capacity, reason=reason, by=world.act("officer"))
    letters = told("call.invitation_ended")
    assert set(letters) == {cast.reviewer.user.pk}
    [letter] = letters.values()
    assert names_nobody(letter) and "ญาติ" not in letter.body
    assert call.title in letter.body and "02 111 1111" in letter.body, "whom to ask"


def test_a_member_whom_the_order_names_no_more_is_told_and_who_stays_is_not(world, cast):
    call = world.published_call("grant")
    appoint(world, call, "evaluator", "reviewer")
    appoint(world, call, "evaluator")
    assert set(told("call.invitation_ended")) == {cast.reviewer.user.pk}
    appoint(world, call, "evaluator")
    assert set(told("call.invitation_ended")) == {cast.reviewer.user.pk}, "once"


@pytest.mark.parametrize("language", ["th", "en"])
def test_each_reads_it_in_the_own_language(language, world, cast):
    User.objects.filter(pk=cast.evaluator.user.pk).update(language=language)
    call = world.published_call("grant")
    appoint(world, call, "evaluator", "reviewer")
    appoint(world, call, "reviewer")
    [letter] = told("call.invitation_ended").values()
    with override(language):
        assert letter.subject == str(notice_kind("call.invitation_ended").subject)
    assert letter.subject.isascii() == (language == "en")


# --- a conflict declared late


def test_a_conflict_declared_while_the_selection_waits_is_told_to_whom_it_waits_for(world, cast):
    call, partner, _rival = resolved(world)
    proposed(world, call)
    world.declare(call, "reviewer", {partner.organisation_id: "พี่น้อง"})
    letters = told("decision.conflict")
    assert set(letters) == {cast.executive.user.pk}
    [letter] = letters.values()
    assert cast.reviewer.user.full_name_th in letter.body
    assert "พี่น้อง" not in letter.body, "what the relation is stays with the declaration"
    assert set(told("call.conflict")) == {cast.officer.user.pk}


def test_before_it_is_proposed_and_once_it_is_returned_the_officer_alone_is_told(world, cast):
    call, partner, _rival = resolved(world)
    world.declare(call, "reviewer", {partner.organisation_id: "พี่น้อง"})
    assert set(told("call.conflict")) == {cast.officer.user.pk}
    assert not told("decision.conflict")


def test_the_same_answer_again_is_no_news(world):
    call, partner, rival = resolved(world)
    world.declare(call, "reviewer", {partner.organisation_id: "พี่น้อง"})
    world.resolve(world.again(call), {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")})
    proposed(world, call)
    world.declare(call, "reviewer", {partner.organisation_id: "พี่น้องร่วมบิดา"})
    assert not told("decision.conflict")


def test_a_member_of_the_meeting_who_declares_for_the_first_time_is_told_of_too(world, cast):
    """The first declaration of a member who was there overtakes the resolution as a later one does."""
    call, partner, _rival = resolved(world, "evaluator")
    proposed(world, call)
    world.declare(call, "evaluator", {partner.organisation_id: "น้องสาวเป็นประธาน"})
    assert set(told("call.conflict")) == {cast.officer.user.pk}
    assert set(told("decision.conflict")) == {cast.executive.user.pk}


def test_a_first_declaration_before_any_resolution_is_the_usual_course_and_told_to_nobody(world):
    call, partner, _rival = screened(world)
    named(world, call, "reviewer")
    world.declare(call, "reviewer", {partner.organisation_id: "พี่น้อง"})
    assert not told("call.conflict") and not told("decision.conflict")


def test_an_executive_who_may_not_decide_as_a_judge_is_not_told_of_the_others(world, cast):
    call, partner, rival = screened(world)
    world.name_reviewers(call, "reviewer", "executive")
    other = given(cast, "finance", Role.EXECUTIVE)
    begin_selection(call=world.again(call), by=world.act("officer"))
    for proposal in (partner, rival):
        for name in ("reviewer", "executive"):
            world.score(proposal, by=name)
    world.resolve(world.again(call), {partner.pk: ("selected", "ดี"), rival.pk: ("not_selected", "รอง")})
    propose_selection(call=world.again(call), by=world.act("officer"))
    world.declare(call, "reviewer", {partner.organisation_id: "พี่น้อง"})
    assert set(told("decision.conflict")) == {other.user_id}


def test_on_a_longer_way_the_next_holder_and_todays_deputy_are_told_and_the_others_not(world, cast):
    call, partner, _rival = resolved(world)
    holders = chain_of_four(cast)
    deputy, later = person(cast, DEPUTY), person(cast, "นายผู้แทนเดือนหน้า")
    deputy_for(cast, 2, deputy)
    deputy_for(cast, 2, later, starts_on=in_days(30))
    endorse_decision(decision=proposed(world, call), by=acting(holders[0]))
    world.declare(call, "reviewer", {partner.organisation_id: "พี่น้อง"})
    assert set(told("decision.conflict")) == {holders[1].pk, deputy.pk}
