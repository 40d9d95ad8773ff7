"""In the selection the officer is asked for the resolution only when every score is in."""

import pytest

from agreements.enums import CapacityKind
from agreements.models import Capacity, ProposalVersion, Review, ReviewAssignment, SelectionCommittee
from core import clock
from reporting.worklist.calls import calls_to_carry
from tests.reporting.waiting_calls import a_call, a_proposal

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(cast):
    call = a_call(cast, "selection")
    Capacity.objects.create(user=cast.reviewer.user, kind=CapacityKind.REVIEWER, call=call)
    proposal = a_proposal(cast, call, "eligible")
    ReviewAssignment.objects.create(proposal=proposal, reviewer=cast.reviewer.user)
    SelectionCommittee.objects.create(
        call=call, order_number="1/2569", order_on=clock.today(), recorded_by=cast.officer.user
    )
    return proposal


def asked(cast) -> list[str]:
    return [str(item.what) for item in calls_to_carry(cast.officer.actor)]


def test_missing_scores_are_followed_up_first(cast, proposal):
    assert asked(cast) == ["ติดตามผลการให้คะแนนที่ยังไม่ครบ"]


def test_the_resolution_is_asked_for_when_the_scores_are_in(cast, proposal):
    version = ProposalVersion.objects.create(
        proposal=proposal,
        number=1,
        content="{}",
        sha256="0" * 64,
        submitted_at=clock.now(),
        submitted_by=cast.partner_rep.user,
    )
    Review.objects.create(
        proposal=proposal, version=version, reviewer=cast.reviewer.user, finished_at=clock.now(), total=80
    )
    assert asked(cast) == ["บันทึกมติคณะกรรมการ"]
