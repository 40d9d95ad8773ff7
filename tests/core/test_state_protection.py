"""`step` and `standing` change through the door alone, whichever way one tries."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from agreements.actions.agreements import open_commissioning
from agreements.enums import Standing
from agreements.models import Agreement
from core.fields import StateProtected
from partnerships.enums import Form
from tests.factories import MissionFactory

FIRST = "commissioning_1_priorities"
LATER = "commissioning_5_delivery"


@pytest.fixture
def agreement(cast):
    mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user, form=Form.COMMISSIONING)
    partner = cast.organisations["partner"]
    return open_commissioning(mission=mission, title="สัญญาร่วม", partner_ids=[partner.pk], by=cast.officer.actor)


def stored(agreement: Agreement) -> tuple[str, str]:
    return Agreement.objects.values_list("step", "standing").get(pk=agreement.pk)


@pytest.mark.parametrize(
    "attempt",
    [
        lambda a: setattr(a, "step", LATER),
        lambda a: setattr(a, "standing", Standing.CLOSED),
        lambda a: Agreement.objects.update(step=LATER),
        lambda a: Agreement.objects.filter(pk=a.pk).update(standing=Standing.CLOSED),
        lambda a: Agreement.objects.bulk_update([a], ["step"]),
        lambda a: Agreement.objects.bulk_update([a], iter(["title", "standing"])),
        lambda a: Agreement(step=LATER),
        lambda a: Agreement.objects.create(standing=Standing.CLOSED),
        lambda a: Agreement.objects.bulk_create(
            [a], update_conflicts=True, update_fields=["step"], unique_fields=["id"]
        ),
        lambda a: a.assess_needs(),
        lambda a: a.close(),
    ],
)
def test_every_way_around_the_door_raises_and_changes_nothing(agreement, attempt):
    with pytest.raises(StateProtected):
        attempt(agreement)
    assert stored(agreement) == (FIRST, Standing.PREPARING)


def test_other_fields_stay_free(agreement):
    Agreement.objects.filter(pk=agreement.pk).update(title="ชื่อใหม่")
    agreement.refresh_from_db()
    assert agreement.title == "ชื่อใหม่"


def test_full_clean_and_refresh_work_and_leave_the_protection_on(agreement):
    agreement.full_clean()
    agreement.refresh_from_db()
    agreement.refresh_from_db(fields=["step"])
    with pytest.raises(StateProtected):
        agreement.step = LATER


def test_the_protection_holds_in_one_thread_while_another_refreshes(agreement):
    """django-fsm's own flag sits on the shared field: one thread's refresh opened it for all. Ours does not."""
    copies = [Agreement.objects.get(pk=agreement.pk) for _ in range(2)]
    slipped: list[str] = []
    stop = threading.Event()

    def write() -> None:
        while not stop.is_set():
            try:
                copies[1].step = LATER
                slipped.append(LATER)
            except StateProtected:
                pass

    thread = threading.Thread(target=write)
    thread.start()
    for _ in range(60):
        copies[0].refresh_from_db()
    stop.set()
    thread.join()
    assert slipped == []


@pytest.mark.parametrize(
    "broken",
    [
        {"step": "pbc_5_first_instalment"},
        {"step": "unknown"},
        {"step": "commissioning_2_needs"},
        {"standing": "in_force"},
        {"standing": "closed"},
        {"standing": "cancelled"},
    ],
)
def test_raw_sql_that_breaks_the_stamps_fails_in_the_database(agreement, broken):
    assignments = ", ".join(f"{name} = %s" for name in broken)
    sql = f"UPDATE agreements_agreement SET {assignments} WHERE id = %s"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [*broken.values(), agreement.pk])
    assert stored(agreement) == (FIRST, Standing.PREPARING)


def test_broken_stamps_are_told_in_words(agreement):
    other = Agreement.objects.get(pk=agreement.pk)
    other.starts_on = other.ends_on = other.created_at.date()
    with pytest.raises(ValidationError) as caught:
        other.full_clean()
    assert caught.value.messages
