"""What a page asks of one proposal says the same as what lists, and the door, ask."""

from __future__ import annotations

import pytest

from agreements.actions.appeals import FILE_APPEAL
from agreements.actions.presentations import INVITE_TO_PRESENT, PRESENT, SCORE_PRESENTATION
from agreements.actions.proposals import EDIT_PROPOSAL
from agreements.actions.reviews import REOPEN_REVIEW, REVIEW
from agreements.actions.screening import SCREEN
from agreements.actions.slots import BOOK_SLOT
from agreements.models import Proposal
from core.workflow import is_open, judge
from tests.agreements.test_half_seen import JUDGES_WITH_A_CONFLICT, judged
from tests.world import World

pytestmark = pytest.mark.django_db
RULES = (
    EDIT_PROPOSAL, SCREEN, PRESENT, REVIEW, REOPEN_REVIEW, INVITE_TO_PRESENT, BOOK_SLOT, SCORE_PRESENTATION, FILE_APPEAL,
)  # fmt: skip


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.mark.parametrize(("judge_name", "kind"), JUDGES_WITH_A_CONFLICT)
def test_one_is_read_by_whom_the_list_shows_it_and_buttons_are_those_of_the_door(world, judge_name, kind):
    judged(world, judge_name, kind)
    call = world.published_call("grant")
    world.submitted_proposal(call)  # sealed: nobody but its own organisation reads it yet
    world.draft_proposal(call, by="rival_staff")
    read, opened = set(), set()
    for name in world.cast.people:
        actor = world.act(name)
        seen = set(Proposal.objects.visible_to(actor).values_list("pk", flat=True))
        for proposal in Proposal.objects.select_related("call"):
            one = Proposal.objects.one_visible_to(actor, reference=proposal.reference)
            assert one.exists() == (proposal.pk in seen), (name, proposal.reference)
            for rule in RULES:
                answer = is_open(proposal, rule, actor)
                assert answer == judge(proposal, rule, actor).open, (name, rule.name, proposal.reference)
                opened |= {rule.name} if answer else set()
            read |= {proposal.pk in seen}
    assert read == {True, False}
    assert EDIT_PROPOSAL.name in opened
    assert opened & {rule.name for rule in (SCREEN, PRESENT, REVIEW, REOPEN_REVIEW, INVITE_TO_PRESENT)}
