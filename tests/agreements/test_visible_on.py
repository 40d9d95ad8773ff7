"""Of one call at hand the same proposals are read as of all: the quick way in lets nobody see more, nor less."""

from __future__ import annotations

import pytest

from agreements.actions.calls import begin_selection
from agreements.enums import RECEIVED_PROPOSALS, CapacityKind
from agreements.models import Call, Capacity, Proposal
from core import clock
from core.workflow import set_first_state
from tests.cast import Cast
from tests.world import World

pytestmark = pytest.mark.django_db
STATES = (
    *("draft", "submitted", "withdrawn", "curing", "eligible", "ineligible", "selected", "reserve", "not_selected"),
    *("set_aside", "discarded"),
)


def _same_for_everybody(cast: Cast, world: World, call) -> dict[str, int]:
    """Who reads how many; each way asked of every person of the cast."""
    seen = {}
    for name in cast.people:
        actor, fresh = world.act(name), world.again(call)
        all_ways = set(Proposal.objects.visible_to(actor).filter(call=fresh).values_list("pk", flat=True))
        assert set(Proposal.objects.visible_on(fresh, actor).values_list("pk", flat=True)) == all_ways, name
        seen[name] = len(all_ways)
    return seen


def test_both_ways_agree_for_the_whole_cast_as_a_call_goes_on(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    ours, theirs = world.submitted_proposal(call), world.submitted_proposal(call, by="rival")
    sealed = _same_for_everybody(cast, world, call)
    assert (sealed["officer"], sealed["opdc"], sealed["partner_staff"], sealed["rival_rep"]) == (0, 0, 1, 1)
    world.closed_call(call)
    opened = _same_for_everybody(cast, world, call)
    assert (opened["officer"], opened["opdc"], opened["partner_staff"], opened["stranger"]) == (2, 2, 1, 0)
    for proposal in (ours, theirs):
        world.screen(proposal)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=cast.officer.actor)
    judged = _same_for_everybody(cast, world, call)
    assert judged["reviewer"] > 0
    Capacity.objects.create(call=call, user=cast.officer.user, kind=CapacityKind.COMMITTEE_MEMBER)
    assert _same_for_everybody(cast, world, call)["officer"] == 0  # a judge who has declared nothing yet


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("on_paper", [False, True])
def test_both_ways_agree_in_every_state(cast: Cast, state: str, on_paper: bool) -> None:
    world = World(cast)
    call, officer = world.published_call(), cast.officer.user
    proposal = Proposal(
        reference="PROP-1",
        call=call,
        organisation=cast.organisations["partner"],
        title="ข้อเสนอ",
        created_by=officer if on_paper else cast.partner_staff.user,
        entered_by=officer if on_paper else None,
        submitted_at=clock.now(),
        reserve_place=1 if state == "reserve" else None,
    )
    set_first_state(proposal, state=state)
    proposal.save()
    sealed = _same_for_everybody(cast, world, call)
    assert sealed["officer"] == int(on_paper)
    Call.objects.filter(pk=call.pk).update(closed_at=clock.now())
    opened = _same_for_everybody(cast, world, call)
    assert opened["officer"] == int(on_paper or state in RECEIVED_PROPOSALS)
    assert opened["partner_staff"] == int(state != "discarded")
