"""Those who may act for one position come together: one of them endorses."""

from __future__ import annotations

import pytest

from agreements.actions.calls import propose_publication
from agreements.actions.decisions import endorse_decision
from agreements.models import Call, Decision
from core.audit import history_of
from core.workflow import NotNow, NotYou
from partnerships.models import User
from tests.cast import Cast
from tests.chains import (
    acting,
    again,
    chain_of_four,
    deputy_for,
    draft_call,
    person,
)
from tests.races import at_once, refusals

pytestmark = pytest.mark.django_db


def proposed(cast: Cast) -> Decision:
    return propose_publication(call=draft_call(cast), by=cast.officer.actor, comment="ขอความเห็นชอบ")


def endorse(decision: Decision, *users: User) -> Decision:
    for user in users:
        decision = endorse_decision(decision=again(decision), by=acting(user), comment="เห็นชอบ")
    return again(decision)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_holder_and_two_deputies_at_once_endorse_once(cast: Cast) -> None:
    holders = chain_of_four(cast)
    deputies = [person(cast, f"นายแทน {n}") for n in range(2)]
    for user in deputies:
        deputy_for(cast, 1, user)
    decision = proposed(cast)
    actors = [acting(user) for user in (holders[0], *deputies)]
    answers = at_once(*[lambda by=by: endorse_decision(decision=decision, by=by) for by in actors])
    assert refusals(answers) == [NotYou, NotYou]
    assert again(decision).reached == 1
    assert again(decision).steps.count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_last_position_decides_once_when_holder_and_deputy_come_together(cast: Cast) -> None:
    holders = chain_of_four(cast)
    user = person(cast, "นายแทน")
    deputy_for(cast, 4, user)
    decision = endorse(proposed(cast), *holders[:3])
    actors = [acting(holders[3]), acting(user)]
    answers = at_once(*[lambda by=by: endorse_decision(decision=decision, by=by) for by in actors])
    assert refusals(answers) == [NotNow]
    assert history_of(Call.objects.get()).filter(kind="call.publish").count() == 1
