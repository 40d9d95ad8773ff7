"""The demonstration can be loaded on any day of the week: weekends fold into the Friday before them (`Story.day`)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.translation import override

from agreements.enums import CallState
from agreements.models import Call, Proposal
from core import clock
from demo.load import FIRST_DAY
from demo.people import DemoCast, record_cast
from demo.profiles import tell_profiles
from demo.rarer import tell_screening
from demo.story import Story
from demo.verified import tell_verification

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_cast() -> DemoCast:
    """Who the chapters need, as they stand before the first call."""
    today = clock.today()
    with override("th"):
        with clock.acting_on(today - timedelta(days=FIRST_DAY)):
            cast = record_cast()
        story = Story(cast, today)
        tell_profiles(story)
        tell_verification(story)
    return cast


@pytest.mark.parametrize("back", range(7))
def test_papers_and_the_closing_keep_their_order_on_each_day_of_the_week(demo_cast: DemoCast, back: int) -> None:
    """The chapter that has to do with hours: papers come in before they are entered, and the call closes after its hour."""
    with override("th"):
        call = tell_screening(Story(demo_cast, clock.today() - timedelta(days=back)))
    call = Call.objects.get(pk=call.pk)
    assert (call.state, call.closed_at > call.closes_at) == (CallState.SCREENING, True)
    papers = Proposal._base_manager.filter(call=call, source="paper")
    assert len(papers) == 2
    assert all(paper.received_at < call.closes_at for paper in papers)
    assert all(paper.received_at < paper.created_at for paper in papers)
