"""A presentation is on the officer's list once its time has come, not while it lies ahead (§3.2 step 3)."""

from datetime import timedelta

import pytest

from agreements.actions.paper import enter_paper_proposal
from agreements.actions.slots import book_slot
from agreements.actions.submission import submit_proposal
from agreements.models import PresentationSlot
from core import clock
from reporting.worklist import work_of
from tests.agreements.after_world import invited, make_slots
from tests.world import World, evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


def to_record(cast) -> set[str]:
    """Addresses on the officer's list where a presentation is recorded."""
    return {
        item.url
        for group in work_of(cast.officer.actor).groups
        for item in group.items
        if item.url.endswith("/presentation/")
    }


def page_of(proposal) -> str:
    return f"/proposals/{proposal.reference}/presentation/"


def test_what_is_still_to_come_is_not_yet_work(cast, world):
    call, mine, rival = invited(world)
    slot = make_slots(world, call)[0]
    assert to_record(cast) == {page_of(mine), page_of(rival)}

    book_slot(slot=slot, proposal=mine, by=world.act("partner_rep"))
    assert to_record(cast) == {page_of(rival)}

    past = clock.now() - timedelta(hours=1)
    PresentationSlot.objects.filter(pk=slot.pk).update(starts_at=past, ends_at=past + timedelta(minutes=30))
    assert to_record(cast) == {page_of(mine), page_of(rival)}


def test_the_steps_duties_are_not_shown_to_an_applicant_that_is_out(cast, world, client):
    _call, mine, _rival = invited(world)
    client.force_login(cast.people["partner_staff"].user)
    assert client.get(f"/proposals/{mine.reference}/").context["is_out"] is False
    type(mine)._base_manager.filter(pk=mine.pk).update(state="not_selected")
    assert client.get(f"/proposals/{mine.reference}/").context["is_out"] is True
    client.force_login(cast.people["officer"].user)
    assert client.get(f"/proposals/{mine.reference}/").context["is_out"] is False


def test_it_is_the_applicants_turn_only_while_the_proposal_asks_something_of_it(cast, world, client):
    client.force_login(cast.people["partner_staff"].user)

    def turn(proposal) -> str:
        page = client.get(f"/proposals/{proposal.reference}/")
        assert ("รอท่านดำเนินการ" in page.text) == (page.context["turn"] == "receiver")
        return page.context["turn"]

    open_call = world.published_call()
    draft = world.draft_proposal(open_call)
    assert turn(draft) == "receiver"
    submit_proposal(proposal=world.again(draft), by=world.act("partner_rep"))
    assert turn(draft) == ""
    world.closed_call(open_call)
    assert turn(draft) == "giver"  # to be screened

    type(draft)._base_manager.filter(pk=draft.pk).update(state="eligible")
    assert turn(draft) == "giver"  # to be invited
    type(draft)._base_manager.filter(pk=draft.pk).update(presentation_invited_at=clock.now())
    assert turn(draft) == "receiver"  # to choose a time
    make_slots(world, world.again(open_call))
    book_slot(slot=open_call.slots.first(), proposal=world.again(draft), by=world.act("partner_rep"))
    assert turn(draft) == ""


def test_while_the_agency_enters_a_paper_it_is_the_agencys_turn(cast, world, client):
    call = world.published_call()
    paper = enter_paper_proposal(
        call=world.again(call),
        organisation=cast.organisations["partner"],
        title="บริการเด็กบนดอย",
        received_at=clock.now(),
        scan=evidence(),
        by=world.act("officer"),
    )
    client.force_login(cast.people["partner_rep"].user)
    assert client.get(f"/proposals/{paper.reference}/").context["turn"] == "giver"
