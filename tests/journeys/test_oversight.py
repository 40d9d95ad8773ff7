"""OPDC looks after the register: verifies, flags, merges, renames; a blocked partner is told why (§2, §4 step 3)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from core import clock
from core.workflow import set_first_state
from partnerships.enums import OrganisationStanding, Role
from partnerships.models import Flag, Organisation
from partnerships.reference.checks import checks_for
from tests.cast import VERIFIERS_PROVINCE
from tests.factories import OrganisationFactory, member_of
from tests.journeys.papers import today
from tests.journeys.stage import Stage
from tests.world import World

pytestmark = pytest.mark.journey


def sent_in() -> Organisation:
    """A foundation whose registration was sent in."""
    made = OrganisationFactory.build(
        name_th="มูลนิธิบ้านริมธาร (สมมติ)", province_code=VERIFIERS_PROVINCE, verified_until=None
    )
    set_first_state(made, standing=OrganisationStanding.SUBMITTED)
    made.submitted_at = clock.now()
    made.save()
    member_of(made, Role.ADMINISTRATOR)
    return made


def all_met(organisation: Organisation) -> dict[str, str]:
    return {f"check_{check.code}": "yes" for check in checks_for(organisation.kind)}


def verify(stage: Stage, organisation: Organisation) -> None:
    """From the work list; a check answered no without a word is refused at the field, and nothing is lost."""
    opdc = stage.opdc.open("reporting:home").sees(organisation.name_th)
    opdc.open("partnerships:verification_list").follow("partnerships:organisation_detail", organisation.pk)
    opdc.follow("partnerships:organisation_verify", organisation.pk)
    opdc.send_wrong({**all_met(organisation), "check_board": "no", "passed": "yes"})
    assert opdc.error_at("comment_board")
    assert opdc.error_at("passed")
    assert opdc.kept("check_identity") == "yes"
    opdc.send({"check_board": "yes", "passed": "yes"})
    organisation = stage.fresh(organisation)
    assert (organisation.standing, organisation.is_verified) == (OrganisationStanding.ACTIVE, True)
    opdc.sees("ผ่านการตรวจสอบถึง")


def test_opdc_verifies_and_merges(stage: Stage) -> None:
    foundation = sent_in()
    verify(stage, foundation)
    twin = OrganisationFactory(name_th="มูลนิธิ บ้านริมธาร", province_code=VERIFIERS_PROVINCE, verified_until=None)
    opdc = stage.opdc.open("partnerships:duplicate_list")
    opdc.page.locator('main select[name="province"]').select_option(VERIFIERS_PROVINCE)
    opdc.choose("แสดง", role="button").look("found")
    opdc.follow("partnerships:duplicate_compare", foundation.pk, twin.pk)
    opdc.send_wrong({"reason": "ชื่อและที่อยู่เดียวกัน"})
    opdc.send({"kept": str(foundation.pk)})
    assert stage.fresh(twin).merged_into_id == foundation.pk
    opdc.sees(twin.name_th, "ชื่อและที่อยู่เดียวกัน")
    opdc.open("partnerships:organisation_detail", twin.pk).sees(foundation.name_th)


def test_a_blocked_partner_is_told_why_until_the_block_is_lifted(stage: Stage) -> None:
    world = World(stage.cast)
    call, partner = world.published_call(), stage.cast.organisations["partner"]
    opdc = stage.opdc.open("partnerships:organisation_detail", partner.pk)
    opdc.follow("partnerships:flag_raise", partner.pk).send_wrong({"kind": "blocked", "reason": "ไม่คืนเงินเหลือจ่าย"})
    assert opdc.error_at("legal_ground")
    opdc.send({"legal_ground": "ระเบียบ (สมมติ) ข้อ 12", "heard_on": today(), "hearing": "ไม่ชี้แจงภายในกำหนด"})
    assert stage.fresh(partner).is_blocked

    staff = stage.partner_staff.open("partnerships:organisation_detail", partner.pk)
    staff.sees("องค์กรของท่านถูกระงับสิทธิ", "ไม่คืนเงินเหลือจ่าย", "ระเบียบ (สมมติ) ข้อ 12")
    answer = stage.page.request.get(stage.server + reverse("agreements:proposal_create", args=[call.reference]))
    assert answer.status == 403
    assert "ไม่คืนเงินเหลือจ่าย" in answer.text()

    flag = Flag.objects.get(kind="blocked")
    opdc = stage.opdc.open("partnerships:organisation_detail", partner.pk)
    opdc.follow("partnerships:flag_lift", flag.pk).send({"reason": "คืนเงินครบแล้ว"})
    opdc.sees("ยกเลิกแล้ว", "คืนเงินครบแล้ว")
    stage.partner_staff.open("agreements:proposal_create", call.reference).send({"title": "โครงการดูแลผู้สูงอายุ"})


def test_opdc_keeps_the_agencies(stage: Stage) -> None:
    ministry = stage.cast.organisations["ministry"]
    opdc = stage.opdc.open("partnerships:agency_list").follow("partnerships:agency_rename", ministry.pk)
    opdc.send_wrong({"name_th": "กระทรวงทดสอบและพัฒนา", "valid_from": "31/2/2569"})
    opdc.send({"valid_from": today()})
    opdc.sees("กระทรวงทดสอบและพัฒนา", "เดิมชื่อ", "กระทรวงทดสอบ")
    opdc.follow("partnerships:duty_list").follow("partnerships:duty_create")
    office = stage.cast.organisations["office"]
    opdc.send({"office": office.pk, "kind": "coordinator", "province_code": "55", "starts_on": today()})
    opdc.sees(office.name_th, "ผู้ประสานงาน")
    opdc.open("partnerships:organisation_list").follow("partnerships:organisation_enter").send(
        {"kind": "local_government", "local_type": "sao", "name_th": "อบต.นาฝัน (สมมติ)", "province_code": "55"}
    )
    opdc.sees("อบต.นาฝัน (สมมติ)", "ยังไม่ผ่านการตรวจสอบ")
