"""Two people at the same moment while a call is being selected: one wins, the other is told why (PostgreSQL)."""

from __future__ import annotations

import pytest

from agreements.actions.awards import propose_selection
from agreements.actions.decisions import endorse_decision
from agreements.actions.reviews import finish_review, reopen_review
from agreements.models import Agreement, Review
from core.audit_verify import verify_chain
from core.models import AuditEvent
from core.workflow import NotNow
from partnerships.enums import Role
from partnerships.queries.actors import actor_for
from tests.agreements.test_selection import scored
from tests.factories import member_of
from tests.races import at_once, refusals
from tests.world import World

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_two_executives_decide_the_selection_once_and_one_agreement_is_opened(cast):
    world = World(cast)
    call, partner, rival = scored(world)
    world.resolve(call, {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")})
    second = actor_for(member_of(cast.organisations["agency"], Role.EXECUTIVE))
    decision = propose_selection(call=world.again(call), by=cast.officer.actor)
    people = [cast.executive.actor, second]
    answers = at_once(*[lambda by=by: endorse_decision(decision=decision, by=by) for by in people])
    assert refusals(answers) == [NotNow]
    assert Agreement.objects.count() == 1
    assert AuditEvent.objects.filter(kind="call.decide").count() == 1
    assert verify_chain().ok


def test_a_review_is_opened_again_or_the_selection_proposed_never_both(cast):
    world = World(cast)
    call, partner, rival = scored(world)
    world.resolve(call, {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")})
    call, review = world.again(call), partner.reviews.first()
    answers = at_once(
        lambda: reopen_review(review=review, reason="ตรวจคะแนนใหม่", by=cast.second_officer.actor),
        lambda: propose_selection(call=call, by=cast.officer.actor),
    )
    assert len(refusals(answers)) == 1
    open_again = Review.objects.get(pk=review.pk).finished_at is None
    assert open_again != call.decisions.filter(kind="select_proposals").exists()


def test_finishing_twice_and_opening_again_leave_one_finished_review_or_one_open(cast):
    world = World(cast)
    call, partner, _rival = scored(world)
    review = partner.reviews.get(reviewer=cast.reviewer.user)
    reopen_review(review=review, reason="ตรวจคะแนนใหม่", by=cast.officer.actor)
    scores = {row.pk: (3, "เหมาะสม") for row in call.criteria.filter(kind="scoring")}

    def finish():
        return finish_review(proposal=partner, scores=scores, comment="", by=cast.reviewer.actor)

    answers = at_once(finish, finish, lambda: reopen_review(review=review, reason="อีกครั้ง", by=cast.officer.actor))
    now = Review.objects.get(pk=review.pk)
    assert refusals(answers) or now.finished_at is not None  # finished, opened again, finished: nobody is refused
    assert (now.finished_at is None) == (now.total is None)
    finished = AuditEvent.objects.filter(kind="proposal.finish_review").count()
    reopened = AuditEvent.objects.filter(kind="proposal.reopen_review").count()
    assert finished - reopened == Review.objects.finished().count()
    assert verify_chain().ok
