"""What partners tell of themselves and what was found out about them, in quantity: what filters and matching read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db.models import Model

from demo.scale.organisations import BATCH
from demo.scale.rows import store_rows
from demo.scale.work import at_noon
from partnerships.enums import ApproachOrigin
from partnerships.models import (
    Approach,
    FieldOfWork,
    Membership,
    Mission,
    MissionArea,
    Organisation,
    ServiceArea,
    TargetGroup,
    TrackRecord,
    Verification,
)

FICTITIOUS = "ข้อมูลสมมติ"
ELSEWHERE = ("10", "30", "50", "80")


def record_profiles(partners: list[Organisation], random: Random, opdc: Membership, day: date) -> None:
    """Two fields of work and two target groups each; for half of them other provinces and past projects."""
    _tag(Organisation, "fieldofwork_id", partners, FieldOfWork, random)
    _tag(Organisation, "targetgroup_id", partners, TargetGroup, random)
    store_rows(ServiceArea, ("organisation_id", "province_code"), _areas(partners, random))
    past = (_past_project(one, random, day) for one in partners[1::2])
    TrackRecord.objects.bulk_create(past, batch_size=BATCH)
    found = (_verification(one, opdc, day) for one in partners if one.verified_until)
    Verification.objects.bulk_create(found, batch_size=BATCH)


def record_mission_profiles(missions: list[Mission], random: Random) -> None:
    """What each mission is about, for whom, and where (every fourth: in the whole country), and how it was won."""
    _tag(Mission, "fieldofwork_id", missions, FieldOfWork, random)
    _tag(Mission, "targetgroup_id", missions, TargetGroup, random)
    local = (one for number, one in enumerate(missions) if number % 4)
    store_rows(MissionArea, ("mission_id", "province_code"), ((one.pk, random.choice(ELSEWHERE)) for one in local))
    won = (
        Approach(
            mission=one,
            origin=ApproachOrigin.NOT_NEEDED,
            reason=FICTITIOUS,
            recorded_by_id=one.officer_id,
            recorded_at=at_noon(one.created_on),
        )
        for one in missions
    )
    Approach.objects.bulk_create(won, batch_size=BATCH)


def _tag(owner: type[Model], column: str, records: list[Any], words: type[Model], random: Random) -> None:
    """Two words of a list to each record."""
    relation = next(f for f in owner._meta.local_many_to_many if f.related_model is words)
    known = list(words._base_manager.order_by("pk").values_list("pk", flat=True))
    pairs = ((one.pk, word) for one in records for word in random.sample(known, 2))
    store_rows(relation.remote_field.through, (f"{owner._meta.model_name}_id", column), pairs)


def _areas(partners: list[Organisation], random: Random) -> Iterator[tuple[int, str]]:
    """Every other partner serves its own province and one more."""
    for one in partners[::2]:
        for code in sorted({one.province_code, random.choice(ELSEWHERE)}):
            yield one.pk, code


def _past_project(organisation: Organisation, random: Random, day: date) -> TrackRecord:
    begun = day.year - random.randint(2, 8)
    return TrackRecord(
        organisation=organisation,
        title=f"โครงการสมมติ {begun + 543}",
        giver="หน่วยงานสมมติ",
        amount=random.randint(1, 60) * 50_000,
        year_from=begun,
        year_until=begun + 1,
        result=FICTITIOUS,
    )


def _verification(organisation: Organisation, opdc: Membership, day: date) -> Verification:
    found_on = day - timedelta(days=60)
    return Verification(
        organisation=organisation,
        passed=True,
        note=FICTITIOUS,
        valid_until=organisation.verified_until,
        verified_by_id=opdc.user_id,
        verified_by_name="บุคคลสมมติ",
        verifier_id=opdc.organisation_id,
        verified_on=found_on,
        recorded_at=at_noon(found_on),
    )
