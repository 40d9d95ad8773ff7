"""How each action of OPDC's oversight is tried, with input that is sound as far as the rights go."""

from __future__ import annotations

from typing import Any

from core import clock
from partnerships.actions import agencies
from partnerships.actions.entering import enter_organisation
from partnerships.actions.flags import lift_flag, raise_flag
from partnerships.actions.merging import find_not_duplicate, merge_organisations
from partnerships.actions.verification import verify_organisation
from partnerships.models import Organisation
from partnerships.reference.checks import checks_for
from tests.factories import OrganisationFactory
from tests.rights.attempts import Attempt

TWIN = "มูลนิธิคู่เทียบ (สมมติ)"


def _verify(organisation: Any, actor: Any) -> None:
    answers = {check.code: (True, "") for check in checks_for(organisation.kind)}
    verify_organisation(organisation=organisation, answers=answers, passed=True, by=actor)


def _twin() -> Organisation:
    return Organisation.objects.get(name_th=TWIN)


def _department(_agency: Any, actor: Any) -> None:
    ministry = Organisation.objects.get(name_en="Ministry of Testing")
    agencies.add_agency(kind="department", name_th="กรมใหม่", parent=ministry, by=actor)


def _move(agency: Any, actor: Any) -> None:
    other = OrganisationFactory.build(kind="department", name_th="กรมที่รับย้าย")
    other.save()
    agencies.move_agency(agency=agency, parent=other, valid_from=clock.today(), by=actor)


ORGANISATION: dict[str, Attempt] = {
    "verify": _verify,
    "raise_flag": lambda o, by: raise_flag(organisation=o, kind="warning", reason="ส่งรายงานช้า", by=by),
    "lift_flag": lambda o, by: lift_flag(flag=o.flags.get(kind="observation"), reason="แก้ไขแล้ว", by=by),
    "merge_away": lambda o, by: merge_organisations(kept=_twin(), merged=o, reason="องค์กรเดียวกัน", by=by),
    "take_over": lambda o, by: merge_organisations(kept=o, merged=_twin(), reason="องค์กรเดียวกัน", by=by),
    "not_duplicate": lambda o, by: find_not_duplicate(first=o, second=_twin(), reason="คนละองค์กร", by=by),
    "enter": lambda _o, by: enter_organisation(kind="foundation", name_th="มูลนิธิที่ ก.พ.ร. บันทึก", by=by),
}

AGENCY: dict[str, Attempt] = {
    "add": _department,
    "rename": lambda a, by: agencies.rename_agency(agency=a, name_th="ชื่อใหม่", valid_from=clock.today(), by=by),
    "move": _move,
    "retire": lambda a, by: agencies.retire_agency(agency=a, valid_until=clock.today(), reason="ยุบเลิก", by=by),
    "name_duty": lambda a, by: agencies.name_duty(
        office=a, kind="coordinator", province_code="54", starts_on=clock.today(), by=by
    ),
    "end_duty": lambda a, by: agencies.end_duty(duty=a.provincial_duties.get(), ends_on=clock.today(), by=by),
}
