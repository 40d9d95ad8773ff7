"""What is put back is what the actions left: rows, letters, callbacks, and what the builder gave."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import connection, transaction

from agreements.models import Call, Proposal
from core import clock
from core.audit_verify import verify_chain
from core.models import AuditEvent
from partnerships.models import Membership, Organisation
from tests import built_once
from tests.built_once import history, read, tables
from tests.cast import make_cast
from tests.world import World

pytestmark = pytest.mark.django_db


def everything() -> dict[str, built_once.Rows]:
    return {table: rows for table in tables() if (rows := read(table))}


def from_the_beginning(build):
    """Twice from the same beginning: (what the database held, what was given), each; the second is put back."""
    seen = []
    for _time in range(2):
        history.begin({}, empty=True)
        with transaction.atomic():
            given = build(World(make_cast()))
            seen.append((everything(), given))
            transaction.set_rollback(True)
    return seen


def test_what_is_put_back_is_every_row_as_it_was():
    (built, first), (put_back, second) = from_the_beginning(lambda world: world.agreement("pbc", at="pbc_4_selection"))
    assert built == put_back
    assert len(built) > 20
    assert first is not second
    assert (first.pk, first.step, first.total) == (second.pk, second.step, second.total)


def test_the_audit_chain_that_is_put_back_is_whole_and_goes_on():
    def build(world):
        world.published_call()
        history.begin({}, empty=False)  # from here on nothing is put back
        world.draft_call()
        return verify_chain().ok, AuditEvent.objects.count()

    (_built, first), (_again, second) = from_the_beginning(build)
    assert first == second


def test_a_builder_runs_once_from_one_beginning_and_for_each_argument(monkeypatch):
    ran = []
    build = built_once.built_once(lambda cast, name: ran.append(name))
    for name in ("ก", "ข", "ก"):
        history.begin({}, empty=True)
        with transaction.atomic():
            build(make_cast(), name)
            transaction.set_rollback(True)
    assert ran == ["ก", "ข"]


def test_what_a_test_writes_itself_is_no_beginning(cast):
    ran = []
    build = built_once.built_once(lambda cast: ran.append(1))
    build(cast)
    build(cast)
    Organisation.objects.filter(pk=cast.organisations["rival"].pk).update(name_en="Renamed")
    build(cast)
    build(cast)
    assert len(ran) == 3


def test_what_is_taken_back_is_no_beginning(cast):
    world = World(cast)
    with transaction.atomic():
        world.draft_call()
        transaction.set_rollback(True)
    assert not Call.objects.exists()
    world.published_call()
    assert Call.objects.count() == 1


@pytest.mark.parametrize("other", ["settings", "patch"])
def test_under_other_rules_builders_run(cast, settings, monkeypatch, other):
    ran = []
    build = built_once.built_once(lambda cast: ran.append(1))
    if other == "settings":
        settings.HELP_CONTACT = "สายด่วน"
    else:
        monkeypatch.setattr(Membership, "unheard_of", 1, raising=False)
    build(cast)
    build(cast)
    assert len(ran) == 2


def test_an_argument_holds_what_the_builder_made_of_it():
    def number(world):
        world.agreement("pbc", at="pbc_4_selection", instalments=3)
        return world.instalment_count

    seen = from_the_beginning(number)
    assert [given for _rows, given in seen] == [3, 3]


def test_the_cast_in_what_is_given_is_the_tests_own(cast):
    world = World(cast)
    proposal = world.draft_proposal(world.published_call(), budget=Decimal(5))
    assert Proposal.objects.get() == proposal
    assert world.cast is cast
    assert connection.in_atomic_block


def test_what_is_no_longer_just_now_is_built_again(cast):
    ran = []
    build = built_once.built_once(lambda cast: ran.append(1))
    build(cast)
    for kept in history.here.known.values():
        kept.made -= built_once.KEPT_FOR
    build(cast)
    assert len(ran) == 2


def test_what_was_built_before_midnight_in_bangkok_is_built_again_after_it(monkeypatch):
    ran = []
    build = built_once.built_once(lambda cast: ran.append(1))
    for moment in ("2026-12-31T16:58:00Z", "2026-12-31T16:59:00Z", "2026-12-31T17:00:00Z"):
        monkeypatch.setattr(clock, "real_now", lambda moment=moment: datetime.fromisoformat(moment))
        history.begin({}, empty=True)
        with transaction.atomic():
            build(make_cast())
            transaction.set_rollback(True)
    assert len(ran) == 2
