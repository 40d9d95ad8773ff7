"""Lessons of working together: from both sides, concluded once."""

from __future__ import annotations

import pytest

from agreements.models import Clearance
from core.workflow import Missing, NotNow, NotYou
from evaluations.actions.lessons import conclude_lessons, record_lesson
from tests.evaluations.helpers import agreement_in_force

pytestmark = pytest.mark.django_db


def _learn(agreement, *people):
    for person in people:
        record_lesson(agreement=agreement, kind="obstacle", text="ระเบียบการเบิกจ่ายไม่ชัด", by=person.actor)


def test_each_side_writes_its_lessons(cast):
    agreement = agreement_in_force(cast, "pbc_9_account_closing")
    _learn(agreement, cast.officer, cast.partner_rep)
    assert sorted(agreement.lessons.values_list("side", flat=True)) == ["giver", "receiver"]


@pytest.mark.parametrize(
    "who", ["executive", "finance", "partner_finance", "rival_rep", "opdc", "evaluator", "stranger"]
)
def test_others_write_no_lessons(cast, who):
    with pytest.raises(NotYou):
        _learn(agreement_in_force(cast, "pbc_9_account_closing"), getattr(cast, who))


def test_both_sides_must_have_learnt_something(cast):
    agreement = agreement_in_force(cast, "pbc_9_account_closing")
    _learn(agreement, cast.officer)
    with pytest.raises(Missing) as refused:
        conclude_lessons(agreement=agreement, by=cast.officer.actor)
    assert [item.name for item in refused.value.items] == ["receiver_lesson"]


def test_lessons_are_concluded_once_by_the_officer(cast):
    agreement = agreement_in_force(cast, "grant_4_delivery")
    _learn(agreement, cast.officer, cast.partner_staff)
    for who in (cast.executive, cast.partner_rep):
        with pytest.raises(NotYou):
            conclude_lessons(agreement=agreement, by=who.actor)
    conclude_lessons(agreement=agreement, by=cast.officer.actor)
    with pytest.raises(NotNow):
        conclude_lessons(agreement=agreement, by=cast.officer.actor)
    assert list(Clearance.objects.values_list("kind", "ordinal", "verdict")) == [("lessons", 1, "pass")]
    with pytest.raises(NotNow):
        _learn(agreement, cast.officer)


def test_lessons_are_not_concluded_before_the_end(cast):
    agreement = agreement_in_force(cast, "pbc_5_first_instalment")
    _learn(agreement, cast.officer, cast.partner_staff)
    with pytest.raises(NotNow):
        conclude_lessons(agreement=agreement, by=cast.officer.actor)
