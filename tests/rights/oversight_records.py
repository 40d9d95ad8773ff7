"""Organisations and agencies in each state of OPDC's oversight, stamped by hand."""

from __future__ import annotations

from datetime import timedelta

from core import clock
from core.workflow import set_first_state
from partnerships.enums import FlagKind, OrganisationKind
from partnerships.models import Flag, Organisation, ProvincialDuty
from tests.cast import VERIFIERS_PROVINCE, Cast
from tests.factories import OrganisationFactory
from tests.rights.oversight_attempts import TWIN


def make_organisation(cast: Cast, state: str) -> Organisation:
    """A foundation in the province of the cast's verifier, with an observation against it, and another beside it."""
    now, today = clock.now(), clock.today()
    made = OrganisationFactory.build(name_th="มูลนิธิที่ตรวจ (สมมติ)", province_code=VERIFIERS_PROVINCE)
    set_first_state(made, standing="active" if state == "blocked" else state)
    made.merged_into = cast.organisations["partner"] if state == "merged" else None
    made.blocked_at = now if state == "blocked" else None
    made.save()
    facts = {"organisation": made, "raised_by": cast.opdc.user, "raised_at": now, "raised_on": today, "reason": "เหตุ"}
    Flag.objects.create(kind=FlagKind.OBSERVATION, **facts)
    if state == "blocked":
        Flag.objects.create(kind=FlagKind.BLOCKED, legal_ground="ข้อ 1", hearing="ไม่ชี้แจง", heard_on=today, **facts)
    OrganisationFactory(name_th=TWIN, province_code=VERIFIERS_PROVINCE)
    return made


def make_agency(cast: Cast, state: str) -> Organisation:
    """A provincial office with a duty; retired: it existed until yesterday."""
    yesterday = clock.today() - timedelta(days=1)
    office = OrganisationFactory(
        kind=OrganisationKind.PROVINCIAL_OFFICE,
        name_th="สำนักงานที่ดูแล (สมมติ)",
        parent=cast.organisations["agency"],
        valid_until=yesterday if state == "retired" else None,
    )
    ProvincialDuty.objects.create(office=office, kind="coordinator", province_code="55", named_by=cast.opdc.user)
    return office
