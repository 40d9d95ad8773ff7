"""What the selection's decision rests on: the day of the meeting, scores and reasons before those who decide."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.awards import propose_selection
from agreements.actions.result_letters import issue_result_letters
from agreements.documents.memo import build_memo
from agreements.models import Call, Presentation, Resolution, Review, SelectionCommittee
from core import clock
from core.ui import show_day
from tests.agreements.after_world import decided
from tests.agreements.test_reserve import in_reserve
from tests.agreements.test_selection import JUDGES, logged_in, resolution, scored, scoring, typed, url
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def test_the_meeting_is_not_before_the_committee_the_closing_and_the_last_review(world, cast):
    call, partner, rival = scored(world)
    world.appoint(call)
    outcomes = {partner.pk: ("selected", "ก"), rival.pk: ("reserve", "ข")}
    today, one_day = clock.today(), timedelta(days=1)

    def refused(held_on) -> str:
        with pytest.raises(ValidationError) as error:
            world.resolve(world.again(call), outcomes, held_on=held_on)
        assert list(error.value.message_dict) == ["held_on"]
        return error.value.message_dict["held_on"][0]

    SelectionCommittee.objects.update(order_on=today - 30 * one_day)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - 20 * one_day)
    assert "ส่งผลการให้คะแนน" in (text := refused(today - one_day))
    assert show_day(today, "long") in text
    Review.objects.update(finished_at=clock.now() - 9 * one_day)
    SelectionCommittee.objects.update(order_on=today - 4 * one_day)
    assert "แต่งตั้ง" in refused(today - 5 * one_day)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.now() - 3 * one_day)
    assert "ปิดรับ" in refused(today - 4 * one_day)
    early = resolution(world.again(call), held_on=typed(today - 4 * one_day))
    early |= {f"outcome_{partner.pk}": "selected", f"outcome_{rival.pk}": "reserve", f"reserve_rank_{rival.pk}": "1"}
    early |= {f"reason_{one.pk}": "คะแนน" for one in (partner, rival)}
    page = logged_in(cast, "officer").post(url("call_resolution", call), early)
    assert list(page.context["form"].errors) == ["held_on"]
    world.resolve(world.again(call), outcomes, held_on=today - 3 * one_day)
    assert Resolution.objects.get().held_on == today - 3 * one_day


# --- the ranking in words -------------------------------------------------------------------------------------------


def without_place(world, call) -> dict:
    """What the ranking's page says of each proposal that has no place."""
    page = logged_in(world.cast, "officer").get(url("call_ranking", call))
    return {one.row.proposal: one.lacks for one in page.context["incomplete"] if one.lacks in page.text}


def test_the_ranking_says_that_reviews_or_points_for_the_presentation_are_outstanding(world):
    call, mine, rival = scoring(world)
    assert without_place(world, call) == dict.fromkeys((mine, rival), "ส่งผลแล้ว 0 จาก 2 คน")
    Call.objects.filter(pk=call.pk).update(presentation_weight=20)
    both = "ส่งผลแล้ว 0 จาก 2 คน · คะแนนการนำเสนอยังไม่ครบ"
    assert without_place(world, call) == dict.fromkeys((mine, rival), both)
    for name in JUDGES:
        world.score(mine, points=4, by=name)
    assert without_place(world, call) == {mine: both.replace("0 จาก", "2 จาก"), rival: both}
    held = {"held_on": clock.today(), "minutes": "ครบ", "recorded_by": world.cast.officer.user}
    for proposal in (mine, rival):
        shown = Presentation.objects.create(proposal=proposal, **held)
        for user in (world.cast.reviewer.user, world.cast.second_reviewer.user):
            shown.scores.create(reviewer=user, points=3, reason="ดี")
    assert without_place(world, call) == {rival: "ส่งผลแล้ว 0 จาก 2 คน"}


def test_who_came_onto_the_reserve_list_by_an_appeal_is_not_said_to_be_waiting_for_reviews(world):
    call, winner, _loser = decided(world)
    newcomer = in_reserve(call, 1, None)
    assert without_place(world, call) == {newcomer: "ไม่ได้ให้คะแนน (เข้าบัญชีสำรองตามผลอุทธรณ์)"}
    assert "เข้าบัญชีสำรองตามผลอุทธรณ์" in logged_in(world.cast, "officer").get(url("call_detail", call)).text
    Review.objects.filter(proposal=winner).delete()
    winner.assignments.all().delete()
    assert without_place(world, call)[winner] == "ส่งผลแล้ว 0 จาก 0 คน"


# --- before those who decide, and to the applicant ------------------------------------------------------------------


def test_those_who_decide_read_ceiling_sum_scores_and_reasons_on_page_and_memo(world, cast):
    call, partner, rival = scored(world)
    outcomes = {partner.pk: ("selected", "ตรงวัตถุประสงค์"), rival.pk: ("selected", "ครอบคลุมพื้นที่ <b>")}
    above = "มีเงินเหลือจากประกาศก่อน"
    world.resolve(call, outcomes, over_ceiling_reason=above)
    decision = propose_selection(call=world.again(call), by=world.act("officer"))
    page = logged_in(cast, "executive").get(reverse("agreements:decision_detail", args=[decision.pk])).text
    first, second = "คะแนนรวม 90.00 จาก 100 ลำดับที่ 1", "คะแนนรวม 70.00 จาก 100 ลำดับที่ 2"
    papers = (url("call_ranking", call), url("call_minutes", call))
    for words in (
        "1,000,000.00",
        "1,300,000.00",
        above,
        first,
        second,
        "ตรงวัตถุประสงค์",
        "ครอบคลุมพื้นที่ &lt;b&gt;",
        *papers,
    ):
        assert words in page, words
    facts = build_memo(decision).facts
    assert "วงเงินรวม 1,300,000.00 บาท" in facts[1]
    assert "จากวงเงินของประกาศ 1,000,000.00 บาท" in facts[1]
    assert facts[2] == f"เหตุผลที่คัดเลือกเกินวงเงินของประกาศ: {above}"
    assert [("90.00" in row, row.rpartition(": ")[2]) for row in facts[3:]] == [
        (True, "ตรงวัตถุประสงค์"),
        (False, "ครอบคลุมพื้นที่ <b>"),
    ]


def test_the_letter_calls_the_score_what_the_ranking_calls_it(world):
    call, winner, _loser = decided(world)
    issue_result_letters(call=call, by=world.act("officer"))
    assert winner.result_letters.get().content["score"] == "คะแนนรวมของข้อเสนอโครงการของท่าน 100.00 จากคะแนนเต็ม 100 คะแนน"
