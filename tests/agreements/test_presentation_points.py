"""Points for presentations: of every assigned reviewer, before others' scores are read, and then for good (§3.2)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.assignments import assign_reviewers
from agreements.actions.awards import propose_selection
from agreements.actions.calls import begin_selection
from agreements.actions.presentations import record_presentation, score_presentation
from agreements.actions.reviewers import dismiss_reviewer
from agreements.actions.reviews import reopen_review
from agreements.blind import is_scored
from agreements.documents.minutes import build_minutes
from agreements.models import Call, Presentation, Resolution
from agreements.queries.ranking import places_of, reviews_seen
from agreements.queries.results import score_of
from core import clock
from core.workflow import Missing, NotNow, NotYou
from reporting.worklist.calls import calls_to_carry
from reporting.worklist.results import presentations_to_score
from tests.agreements.after_world import ROOM, presenting
from tests.built_once import built_once
from tests.world import World

pytestmark = pytest.mark.django_db
JUDGES = ("reviewer", "second_reviewer")


@pytest.fixture
def world(cast):
    return World(cast)


@built_once
def reviewed(world, *names: str):
    """A PBC call that weighs presentations 20 percent; all reviews are finished, no points for presentations given.

    The partner has 5 of each reviewer, the rival 3, and did not come to present.
    """
    call, partner, rival = presenting(world, weight=20)
    for proposal, came in ((partner, True), (rival, False)):
        record_presentation(
            proposal=world.again(proposal), held_on=clock.today(), place=ROOM, minutes="บันทึก", attended=came,
            by=world.act("officer"),
        )  # fmt: skip
    world.name_reviewers(call, *(names or JUDGES))
    begin_selection(call=world.again(call), by=world.act("officer"))
    for name in names or JUDGES:
        world.score(partner, points=5, by=name)
        world.score(rival, points=3, by=name)
    world.appoint(call)
    return world.again(call), world.again(partner), world.again(rival)


def give(world, proposal, points: int, by: str) -> None:
    score_presentation(proposal=world.again(proposal), points=points, reason="ชัดเจน", by=world.act(by))


def resolve(world, call, partner, rival) -> None:
    world.resolve(world.again(call), {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")})


def missing(act) -> list[str]:
    with pytest.raises(Missing) as error:
        act()
    return [item.name for item in error.value.items]


def reads(world, call, name: str) -> int:
    client = Client()
    client.force_login(world.cast.people[name].user)
    return client.get(reverse("agreements:call_ranking", args=[call.reference])).status_code


def test_nobody_reads_others_scores_before_giving_points_and_nobody_changes_them_after(world):
    call, partner, _rival = reviewed(world)
    give(world, partner, 5, "second_reviewer")
    assert (reads(world, call, "reviewer"), reads(world, call, "second_reviewer")) == (403, 200)
    assert not reviews_seen(partner, world.act("reviewer"))
    assert len(reviews_seen(partner, world.act("second_reviewer"))) == 2
    give(world, partner, 0, "reviewer")
    assert reads(world, call, "reviewer") == 200
    with pytest.raises(NotYou):
        give(world, partner, 5, "reviewer")
    review = partner.reviews.get(reviewer=world.cast.reviewer.user)
    reopen_review(review=review, reason="ให้คะแนนสลับช่อง", by=world.act("officer"))
    assert reads(world, call, "reviewer") == 403
    give(world, partner, 4, "reviewer")  # with the review, for the officer's reason
    world.score(partner, points=5, by="reviewer")
    assert score_of(world.again(partner)) == Decimal("98.00")  # the mean of 5 and 4 points


def points_page(world, proposal, by: str) -> str:
    client = Client(headers={"accept-language": "th"})
    client.force_login(world.cast.people[by].user)
    return client.get(reverse("agreements:presentation_points", args=[proposal.reference])).text


def test_who_gives_points_reads_what_was_recorded_but_not_where_it_would_tell_who_proposes(world):
    call, partner, _rival = reviewed(world)
    said = {"minutes": "นำเสนอแผนบ้านเรียนรู้", "questions": "ถามเรื่องต้นทุน ตอบว่าเท่าทุน", "attendees": "ผู้แทนสามคน"}
    Presentation.objects.filter(proposal=partner).update(**said)
    shown = points_page(world, partner, "reviewer")
    assert [words for words in said.values() if words not in shown] == []
    Call.objects.filter(pk=call.pk).update(is_blind=True)
    hidden = points_page(world, partner, "reviewer")
    assert 'name="points"' in hidden and [words for words in said.values() if words in hidden] == []
    assert "ไม่แสดงบันทึกการนำเสนอ" in hidden


def test_ranking_and_resolution_wait_for_the_points_of_each_assigned_reviewer(world):
    call, partner, rival = reviewed(world)
    give(world, partner, 5, "second_reviewer")
    assert score_of(world.again(partner)) is None
    assert places_of(call) == {rival.pk: 1}  # who did not come has none to wait for
    assert not is_scored(call)
    assert missing(lambda: resolve(world, call, partner, rival)) == ["presentations_scored"]
    assert [item.what for item in calls_to_carry(world.act("officer"))] == ["ติดตามผลการให้คะแนนที่ยังไม่ครบ"]
    asked = {name: [item.url for item in presentations_to_score(world.act(name))] for name in JUDGES}
    page = reverse("agreements:presentation_points", args=[partner.reference])
    assert asked == {"reviewer": [page], "second_reviewer": []}
    give(world, partner, 0, "reviewer")
    assert is_scored(call)
    assert score_of(world.again(partner)) == Decimal("90.00")
    resolve(world, call, partner, rival)
    assert [row.score for row in build_minutes(Resolution.objects.get()).rows] == ["90.00", "48.00"]
    propose_selection(call=world.again(call), by=world.act("officer"))
    with pytest.raises(NotNow):
        give(world, partner, 5, "reviewer")


def test_who_is_dismissed_owes_no_points_and_one_with_a_conflict_has_given_none_that_count(world):
    call, partner, rival = reviewed(world)
    give(world, partner, 5, "second_reviewer")
    capacity = call.capacities.get(user=world.cast.reviewer.user)  # reviews are finished, points never came
    dismiss_reviewer(call=world.again(call), capacity=capacity, reason="ย้าย", by=world.act("officer"))
    assert score_of(world.again(partner)) == Decimal("100.00")
    resolve(world, call, partner, rival)
    world.declare(call, "second_reviewer", {partner.organisation_id: "พี่น้อง"})
    assert score_of(world.again(partner)) is None
    assert "presentations_scored" in missing(lambda: resolve(world, call, partner, rival))
    world.name_reviewers(call, "evaluator")
    third = {partner.pk: [world.cast.reviewer.user.pk, world.cast.evaluator.user.pk]}
    assign_reviewers(call=world.again(call), assignments=third, by=world.act("officer"))
    world.score(partner, points=5, by="evaluator")
    give(world, partner, 0, "evaluator")  # also after a resolution, which is then given again
    assert missing(lambda: propose_selection(call=world.again(call), by=world.act("officer"))) == [
        "resolution_complete"
    ]
    assert score_of(world.again(partner)) == Decimal("80.00")
    resolve(world, call, partner, rival)
    propose_selection(call=world.again(call), by=world.act("officer"))


def test_an_officer_who_reviews_sees_others_points_after_giving_his_or_her_own(world):
    _call, partner, _rival = reviewed(world, "reviewer", "second_officer")
    give(world, partner, 5, "reviewer")
    client = Client()
    client.force_login(world.cast.second_officer.user)
    page = reverse("agreements:proposal_detail", args=[partner.reference])
    assert not client.get(page).context["points_given"]
    give(world, partner, 3, "second_officer")
    assert len(client.get(page).context["points_given"]) == 2


def test_a_call_that_does_not_weigh_presentations_waits_for_no_points(world):
    call, partner, rival = reviewed(world)
    Call.objects.filter(pk=call.pk).update(presentation_weight=0)
    assert reads(world, call, "reviewer") == 200
    resolve(world, call, partner, rival)
    propose_selection(call=world.again(call), by=world.act("officer"))


def test_the_calls_page_goes_by_the_final_score_where_the_presentation_counts(world, cast):
    call, partner, rival = reviewed(world)
    for name in JUDGES:
        give(world, partner, 0, name)
    client = Client()
    client.force_login(cast.officer.user)
    page = client.get(reverse("agreements:call_detail", args=[call.reference]))
    rows = page.context["ranking"]
    assert [row.proposal.pk for row in rows] == [partner.pk, rival.pk]
    assert [str(row.place.final) for row in rows] == ["80.00", "48.00"]  # the means of the reviews are 100 and 60
    assert "80.00" in page.text and "คะแนนรวม (เต็ม 100)" in page.text
