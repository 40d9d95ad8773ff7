"""What partners tell of themselves and what was found out about them, in quantity: what filters and matching read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db.models import Model

from demo.scale.organisations import BATCH
from demo.scale.work import at_noon
from partnerships.models import (
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
PROVINCES_ELSEWHERE = ("10", "30", "50", "80")


def record_profiles(partners: list[Organisation], random: Random, opdc: Membership, day: date) -> None:
    """Two fields of work and one or two target groups each; for half of them other provinces and past projects."""
    fields, groups = _ids(FieldOfWork), _ids(TargetGroup)
    _tag(Organisation.fields_of_work.through, "fieldofwork_id", partners, fields, random)
    _tag(Organisation.target_groups.through, "targetgroup_id", partners, groups, random)
    _store(ServiceArea, _areas(partners, random))
    _store(TrackRecord, [_past_project(one, random, day) for one in partners[1::2]])
    _store(Verification, [_verification(one, opdc, day) for one in partners if one.verified_until])


def record_mission_profiles(missions: list[Mission], random: Random) -> None:
    """What each mission is about, for whom, and where; every fourth is for the whole country."""
    _tag(Mission.fields_of_work.through, "fieldofwork_id", missions, _ids(FieldOfWork), random)
    _tag(Mission.target_groups.through, "targetgroup_id", missions, _ids(TargetGroup), random)
    local = [one for number, one in enumerate(missions) if number % 4]
    _store(MissionArea, [MissionArea(mission=one, province_code=random.choice(PROVINCES_ELSEWHERE)) for one in local])


def _ids(model: type[Model]) -> list[int]:
    return list(model._base_manager.order_by("pk").values_list("pk", flat=True))


def _store(model: type[Model], rows: Iterable[Any]) -> None:
    model._base_manager.bulk_create(rows, batch_size=BATCH)


def _tag(through: type[Model], column: str, records: list[Any], words: list[int], random: Random) -> None:
    """Two words of the list to each record."""
    owner = next(f.attname for f in through._meta.fields if f.is_relation and f.related_model is type(records[0]))
    _store(through, (through(**{owner: one.pk, column: word}) for one in records for word in random.sample(words, 2)))


def _areas(partners: list[Organisation], random: Random) -> list[ServiceArea]:
    """Every other partner serves its own province and one more."""
    return [
        ServiceArea(organisation=one, province_code=code)
        for one in partners[::2]
        for code in sorted({one.province_code, random.choice(PROVINCES_ELSEWHERE)})
    ]


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
