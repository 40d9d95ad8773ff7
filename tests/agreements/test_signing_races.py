"""Two sessions at once at the signing: each party signs once, each text gets its own number."""

import threading

import pytest
from django.db import connection

from agreements.actions.decisions import endorse_decision
from agreements.actions.signing import sign_on_screen
from agreements.models import Agreement, Signature
from core.audit import history_of
from core.workflow import Refusal, Stamp
from tests.agreements.signing_world import current, freeze, party_of, prepare_contract, propose
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def prepared(world):
    return prepare_contract(world)


@pytest.fixture
def frozen(world, prepared):
    return freeze(world, prepared)


def at_once(*acts) -> list[BaseException | None]:
    """Run each act in a thread with a connection of its own, all released together; what each raised."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(index, act):
        try:
            gate.wait(timeout=20)
            act()
        except Refusal as refusal:
            answers[index] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index, act)) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_both_parties_sign_at_once_one_signature_each(world, frozen):
    sha256 = current(frozen).sha256
    parties = {name: party_of(world, frozen, name) for name in ("agency", "partner")}
    actors = {"agency": world.act("executive"), "partner": world.act("partner_rep")}
    acts = [
        lambda name=name: sign_on_screen(
            party=parties[name], sha256=sha256, by=actors[name], stamp=Stamp(version=frozen.version, key=name)
        )
        for name in parties
    ]

    assert at_once(*acts) == [None, None]
    assert Signature.objects.count() == 2
    assert world.again(frozen).standing == "in_force"
    assert history_of(frozen).filter(kind="agreement.enter_into_force").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_party_in_two_sessions_signs_once(world, frozen):
    sha256, party, actor = current(frozen).sha256, party_of(world, frozen, "agency"), world.act("executive")
    answers = at_once(*[lambda: sign_on_screen(party=party, sha256=sha256, by=actor)] * 2)

    assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "NotNow"]
    assert Signature.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_texts_frozen_at_once_get_two_numbers(world):
    decisions = []
    for _agreement in range(2):
        agreement = world.born("commissioning")
        world.prepare(agreement)
        decisions.append(propose(world, agreement))
    executive = world.act("executive")
    answers = at_once(*[lambda one=one: endorse_decision(decision=one, by=executive) for one in decisions])

    assert answers == [None, None]
    assert sorted(each.number.split("/")[0] for each in Agreement.objects.all()) == ["1", "2"]
