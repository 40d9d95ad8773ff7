"""What an applicant reads of what comes next, after the screening, the decision and the deadline."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.agreements import end_agreement
from agreements.actions.presentations import invite_to_present
from agreements.actions.slots import book_slot
from agreements.models import Proposal
from core import clock
from core.ui import show_moment
from core.workflow import NotYou
from reporting.worklist.results import times_to_choose
from tests.agreements.after_world import make_slots, presenting
from tests.agreements.test_proposal_timeline import client_of, coming, listed, steps_of
from tests.agreements.test_reserve import in_reserve
from tests.agreements.test_results import decided
from tests.cast import Cast
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_presentation_is_what_comes_next_and_whoever_is_invited_chooses_its_time(cast: Cast) -> None:
    world = World(cast)
    call, mine, rival = presenting(world)
    assert (coming(mine), steps_of(mine)["presentation"].label) == ("presentation", "การนำเสนอ")
    invite_to_present(proposals=[mine], by=cast.officer.actor)
    first, _second = make_slots(world, call)
    choose = "เลือกเวลานำเสนอ"
    assert steps_of(mine)["presentation"].label == choose and choose in listed(cast, "partner_staff")
    assert choose not in listed(cast, "rival_staff")
    book_slot(slot=first, proposal=world.again(mine), by=cast.partner_rep.actor)
    assert steps_of(mine)["presentation"].when == show_moment(first.starts_at)
    assert (coming(mine), choose in listed(cast, "partner_staff")) == ("presentation", False)
    assert coming(rival) == "presentation"


def test_the_people_of_whoever_proposed_on_paper_choose_the_time_too(cast: Cast) -> None:
    """The agency writes the paper down; who comes to present is the organisation's own matter."""
    world = World(cast)
    call, mine, _rival = presenting(world)
    hands = {"entered_by": cast.officer.user, "confirmed_by": cast.executive.user}
    Proposal.objects.filter(pk=mine.pk).update(source="paper", received_at=clock.real_now(), **hands)
    invite_to_present(proposals=[world.again(mine)], by=cast.officer.actor)
    first, second = make_slots(world, call)
    (item,) = times_to_choose(cast.partner_staff.actor)
    assert client_of(cast, "partner_staff").get(item.url).status_code == 200
    book_slot(slot=first, proposal=world.again(mine), by=cast.partner_staff.actor)
    with pytest.raises(NotYou):
        book_slot(slot=second, proposal=world.again(mine), by=cast.rival_rep.actor)
    book_slot(slot=second, proposal=world.again(mine), by=cast.officer.actor)


def test_the_hour_of_the_deadline_stands_on_the_work_list(cast: Cast) -> None:
    world = World(cast)
    draft = world.draft_proposal(world.published_call())
    page = client_of(cast, "partner_staff").get(reverse("reporting:home")).text
    assert draft.title in page and show_moment(draft.call.closes_at) in page


def test_an_agreement_that_was_cancelled_is_told_as_such_also_to_the_public(cast: Cast) -> None:
    world = World(cast)
    call, winner, _loser = decided(world)
    end_agreement(agreement=winner.agreement, move="cancel", reason="องค์กรถอนตัว", by=cast.partner_rep.actor)
    step = steps_of(winner)["agreement"]
    assert (step.state, step.note) == ("stopped", "องค์กรถอนตัว")
    assert step.when == show_moment(world.again(winner).agreement.ended_at)
    page = Client().get(reverse("agreements:call_detail", args=[call.reference])).text
    assert winner.organisation.name_th in page and "ข้อตกลงถูกยกเลิกก่อนลงนาม" in page
    assert "ประกาศผลเมื่อ" in page and "ประกาศผลภายใน" not in page


def test_the_reserve_list_is_what_waits_for_whoever_is_on_it(cast: Cast) -> None:
    call, winner, _loser = decided(World(cast))
    waiting = in_reserve(call, 1, 1)
    assert "บัญชีสำรอง" in steps_of(waiting)["reserve"].label
    assert "reserve" not in steps_of(winner)


def test_earlier_states_are_compared_after_submitting_and_after_the_deadline_too(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    sent, late = world.submitted_proposal(call), world.draft_proposal(call, by="rival_staff")
    world.pass_deadline(call)
    for proposal, name in ((sent, "partner_staff"), (late, "rival_staff")):
        page = client_of(cast, name).get(reverse("agreements:proposal_detail", args=[proposal.reference]))
        states_page = reverse("agreements:proposal_revision_list", args=[proposal.reference])
        assert states_page in page.text
        assert client_of(cast, name).get(states_page).status_code == 200
    officer = client_of(cast, "officer").get(reverse("agreements:proposal_detail", args=[sent.reference]))
    assert "revisions" not in officer.text
