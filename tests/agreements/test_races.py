"""Two people at the same moment, on two connections: one wins, there is one event, the other is told why."""

from __future__ import annotations

from typing import Any

import pytest

from agreements.actions.agreements import make_move
from agreements.actions.calls import propose_publication
from agreements.actions.decisions import endorse_decision
from agreements.models import Agreement, Call
from core.audit import history_of
from core.audit_verify import verify_chain
from core.models import AuditEvent
from core.workflow import AlreadyDone, NotNow, Stale, Stamp
from partnerships.enums import Role
from partnerships.queries.actors import actor_for
from tests.factories import member_of
from tests.races import at_once, refusals
from tests.rights.records import make_agreement, store_instalment
from tests.world import World


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_move_from_two_pages_is_made_once(cast):
    agreement = first = _received(cast, make_agreement(cast, "pbc_5"))
    officers = [cast.officer.actor, cast.second_officer.actor]
    acts = [
        lambda by=by, n=n: make_move(
            agreement=first, move="begin_midterm_evaluation", by=by, stamp=Stamp(first.version, f"key{n}")
        )
        for n, by in enumerate(officers)
    ]
    answers = at_once(*acts)
    assert refusals(answers) == [Stale]
    assert Agreement.objects.get().step == "pbc_6_midterm_evaluation"
    assert history_of(agreement).filter(kind="agreement.begin_midterm_evaluation").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_without_a_stamp_the_second_is_told_that_it_is_not_the_time_any_more(cast):
    agreement = _received(cast, make_agreement(cast, "pbc_5"))
    move = "begin_midterm_evaluation"
    answers = at_once(*[lambda: make_move(agreement=agreement, move=move, by=cast.officer.actor)] * 3)
    assert refusals(answers) == [NotNow, NotNow]
    assert AuditEvent.objects.filter(kind=f"agreement.{move}").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_form_posted_twice_acts_once(cast):
    agreement = _received(cast, make_agreement(cast, "pbc_5"))
    stamp = Stamp(agreement.version, "the same key")
    move = "begin_midterm_evaluation"
    answers = at_once(*[lambda: make_move(agreement=agreement, move=move, by=cast.officer.actor, stamp=stamp)] * 2)
    assert refusals(answers) == [AlreadyDone]
    assert AuditEvent.objects.filter(kind=f"agreement.{move}").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_executives_decide_once_and_the_call_gets_one_number(cast):
    second = actor_for(member_of(cast.organisations["agency"], Role.EXECUTIVE))
    call = World(cast).draft_call("pbc")
    decision = propose_publication(call=call, by=cast.officer.actor)
    people = [cast.executive.actor, second]
    answers = at_once(*[lambda by=by: endorse_decision(decision=decision, by=by) for by in people])
    assert refusals(answers) == [NotNow]
    assert Call.objects.get().state == "published"
    assert AuditEvent.objects.filter(kind="call.publish").count() == 1
    assert verify_chain().ok


def test_a_form_posted_twice_acts_once_on_any_database(cast):
    """One after the other, as an impatient person clicks."""
    agreement = _received(cast, make_agreement(cast, "pbc_5"))
    stamp = Stamp(agreement.version, "the same key")
    move = "begin_midterm_evaluation"
    make_move(agreement=agreement, move=move, by=cast.officer.actor, stamp=stamp)
    with pytest.raises(AlreadyDone):
        make_move(agreement=agreement, move=move, by=cast.officer.actor, stamp=stamp)
    assert AuditEvent.objects.filter(kind=f"agreement.{move}").count() == 1


def _received(cast: Any, agreement: Agreement) -> Agreement:
    """The first instalment has arrived: the mid-term evaluation may begin."""
    agreement.instalments.filter(ordinal=1).delete()
    store_instalment(agreement, 1, cast, "received")
    return Agreement.objects.get(pk=agreement.pk)
