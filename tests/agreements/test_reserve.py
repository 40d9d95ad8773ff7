"""The reserve list after an appeal: where the newcomer stands, who moves down, what is told, and who is promoted first."""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from agreements.actions.agreements import end_agreement
from agreements.actions.appeals import file_appeal, propose_answer
from agreements.actions.decisions import endorse_decision
from agreements.actions.promotion import propose_promotion
from agreements.actions.result_letters import issue_result_letters
from agreements.models import Call, Proposal, Review, ReviewScore
from agreements.queries.proposal_timeline import timeline
from agreements.queries.reserve import place_on_appeal, reserve_of
from agreements.views.call_page import outcomes_of
from core import clock
from core.models import AuditEvent, OutboxMessage
from core.workflow import set_first_state
from partnerships.enums import Role
from tests.agreements.after_world import decided
from tests.factories import OrganisationFactory, ProposalFactory, UserFactory, member_of
from tests.html_tools import page_of
from tests.world import World

pytestmark = pytest.mark.django_db
UPHELD = {"verdict": "upheld", "remedy": "reserve", "answer": "คะแนนรวมผิดพลาดจริง"}
LOSERS_POINTS = 2  # of 5 on every criterion, in `decided`


@pytest.fixture
def world(cast):
    return World(cast)


def in_reserve(call: Call, place: int | None, points: int | None) -> Proposal:
    """As it lies on record; without points it was never scored."""
    proposal = ProposalFactory.build(
        call=call,
        organisation=OrganisationFactory(),
        created_by=UserFactory(),
        submitted_at=clock.now(),
        reserve_place=place,
    )
    set_first_state(proposal, state="reserve")
    proposal.save()
    if points is not None:
        version = proposal.versions.create(
            number=1, content="{}", sha256="0" * 64, submitted_at=clock.now(), submitted_by=call.officer
        )
        total = Decimal(points * 20)
        review = Review.objects.create(
            proposal=proposal, version=version, reviewer=UserFactory(), total=total, finished_at=clock.now()
        )
        for criterion in call.criteria.filter(kind="scoring"):
            ReviewScore.objects.create(review=review, criterion=criterion, points=points)
    return proposal


def accepted(world: World, call: Call, loser: Proposal) -> Proposal:
    issue_result_letters(call=world.again(call), by=world.act("officer"))
    appeal = file_appeal(proposal=world.again(loser), grounds="รวมคะแนนผิด", by=world.act("rival_rep"))
    decision = propose_answer(appeal=appeal, by=world.act("officer"), **UPHELD)
    endorse_decision(decision=decision, by=world.act("executive"))
    return world.again(loser)


def places(call: Call) -> list[tuple[int, int | None]]:
    return [(row.pk, row.reserve_place) for row in reserve_of(call)]


@pytest.mark.parametrize(
    ("others", "place"),
    [
        ([], 1),
        ([(1, 4), (2, 1)], 2),  # between the better and the worse
        ([(1, 1), (2, 1)], 1),  # before both
        ([(1, 4), (2, 3)], 3),  # behind both
        ([(1, 2), (2, 1)], 2),  # equal on every criterion: the committee's own goes first
        ([(1, 1), (2, 4)], 3),  # nobody with a higher score is passed by, whatever the committee's order
        ([(2, 4), (5, 1)], 5),  # numbers that fell vacant are not filled
        ([(1, None)], 1),  # who was never scored stands behind who was
    ],
)
def test_the_newcomer_stands_where_the_scores_put_it(world, others, place):
    call, _winner, loser = decided(world)
    rows = [in_reserve(call, at, points) for at, points in others]
    found, behind = place_on_appeal(world.again(loser))
    assert found == place
    assert behind == [row for row in rows if row.reserve_place >= place]


def test_without_a_score_it_stands_last(world):
    call, _winner, loser = decided(world)
    first = in_reserve(call, 1, 1)
    Review.objects.filter(proposal=loser).delete()
    assert place_on_appeal(world.again(loser)) == (2, [])
    assert places(call) == [(first.pk, 1)]


def test_others_move_down_are_told_and_their_history_says_from_where_to_where(world, cast):
    call, _winner, loser = decided(world)
    better, worse, worst = in_reserve(call, 1, 4), in_reserve(call, 2, 1), in_reserve(call, 3, 0)
    person = member_of(worse.organisation, Role.REPRESENTATIVE)
    loser = accepted(world, call, loser)
    assert places(call) == [(better.pk, 1), (loser.pk, 2), (worse.pk, 3), (worst.pk, 4)]
    moved = AuditEvent.objects.filter(kind="proposal.move_down", root_id=worse.pk).get()
    payload = json.loads(moved.payload)
    assert (payload["place_before"], payload["place"]) == (2, 3)
    assert not AuditEvent.objects.filter(kind="proposal.move_down", root_id=better.pk).exists()
    letter = OutboxMessage.objects.get(kind="proposal.reserve_moved", to_user_id=person.pk)
    assert "3" in letter.subject and loser.organisation.name_th not in letter.subject + letter.body
    assert loser.result_letters.order_by("-pk").first().content["place"] == "ลำดับที่ 2 ในบัญชีสำรอง"
    assert any("2" in step.label for step in timeline(loser) if step.code == "result_changed")


def test_a_dismissed_appeal_and_one_that_selects_move_nobody(world):
    call, _winner, loser = decided(world)
    row = in_reserve(call, 1, 1)
    issue_result_letters(call=world.again(call), by=world.act("officer"))
    appeal = file_appeal(proposal=world.again(loser), grounds="รวมคะแนนผิด", by=world.act("rival_rep"))
    decision = propose_answer(appeal=appeal, by=world.act("officer"), **{**UPHELD, "remedy": "select"})
    endorse_decision(decision=decision, by=world.act("executive"))
    assert places(call) == [(row.pk, 1)]
    assert world.again(loser).reserve_place is None


def test_promotion_follows_the_places_and_the_promoted_gives_its_place_up(world, cast):
    call, winner, loser = decided(world)
    worse = in_reserve(call, 1, 1)
    loser = accepted(world, call, loser)
    end_agreement(agreement=winner.agreement, move="cancel", reason="ถอนตัว", by=world.act("partner_rep"))
    with pytest.raises(ValidationError) as refused:  # the second, without a reason
        propose_promotion(call=world.again(call), proposal=worse, by=world.act("officer"))
    assert list(refused.value.message_dict) == ["skip_reason"]
    decision = propose_promotion(call=world.again(call), proposal=loser, by=world.act("officer"))
    endorse_decision(decision=decision, by=world.act("executive"))
    loser = world.again(loser)
    assert (loser.state, loser.reserve_place) == ("selected", None)
    assert places(call) == [(worse.pk, 2)]


def test_the_calls_page_shows_the_present_place_beside_the_committees(world, cast):
    call, winner, loser = decided(world)
    worse = in_reserve(call, 1, 1)
    call.resolution.outcomes.create(proposal=worse, outcome="reserve", reason="ลำดับรอง", reserve_rank=1)

    def now() -> dict[int, str]:
        with override("th"):
            return {row.proposal_id: row.now for row in outcomes_of(world.again(call), world.act("officer"))}

    assert set(now().values()) == {""}
    loser = accepted(world, call, loser)
    first, second = "ปัจจุบันอยู่ลำดับที่ 1 ในบัญชีสำรอง", "ปัจจุบันอยู่ลำดับที่ 2 ในบัญชีสำรอง"
    assert now() == {winner.pk: "", loser.pk: first, worse.pk: second}
    client = Client()
    client.force_login(cast.officer.user)
    page = client.get(reverse("agreements:call_detail", args=[call.reference])).text
    assert first in page and second in page
    listed = page_of(page).one("#ranking").words
    assert "ลำดับที่ 1 ในบัญชีสำรอง" in listed and "ลำดับที่ 2 ในบัญชีสำรอง" in listed
    end_agreement(agreement=winner.agreement, move="cancel", reason="ถอนตัว", by=world.act("partner_rep"))
    decision = propose_promotion(call=world.again(call), proposal=loser, by=world.act("officer"))
    endorse_decision(decision=decision, by=world.act("executive"))
    assert now() == {winner.pk: "", loser.pk: "ปัจจุบัน: ได้รับการคัดเลือก", worse.pk: second}


def test_on_record_from_before_the_committees_places_are_kept_and_others_come_behind_them(world):
    call, _winner, _loser = decided(world)
    later, earlier, ranked = in_reserve(call, None, 1), in_reserve(call, None, 1), in_reserve(call, None, 1)
    Proposal.objects.filter(pk=earlier.pk).update(submitted_at=clock.now() - timedelta(days=2))
    call.resolution.outcomes.create(proposal=ranked, outcome="reserve", reason="ลำดับรอง", reserve_rank=1)
    import_module("agreements.migrations.0013_reserve_places_filled").fill(apps, None)
    assert places(call) == [(ranked.pk, 1), (earlier.pk, 2), (later.pk, 3)]
