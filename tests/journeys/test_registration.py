"""A foundation registers on a telephone: step by step, with mistakes, papers and a place, up to the receipt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from partnerships.enums import OrganisationStanding
from partnerships.models import FieldOfWork, Organisation, TargetGroup
from tests.journeys.refusals import refused
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor
from tests.journeys.watch import DESK
from tests.pdfs import PDF

PHONE = {"width": 360, "height": 740}
NAME = "มูลนิธิบ้านริมธาร (สมมติ)"


@pytest.fixture
def phone(stage: Stage) -> Iterator[Stage]:
    stage.page.set_viewport_size(PHONE)
    yield stage
    stage.page.set_viewport_size(DESK)


def paper(name: str) -> dict[str, Any]:
    return {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": PDF}


def fits(person: Visitor) -> None:
    """No page is wider than the telephone (a close look leaves the window as wide as a desk)."""
    person.page.set_viewport_size(PHONE)
    assert person.page.evaluate("document.documentElement.scrollWidth <= 360"), person.page.url


def test_a_foundation_registers_on_a_phone(phone: Stage) -> None:
    phone.public.open("partnerships:registration_start")
    fits(phone.public)
    assert phone.public.offers("partnerships:registration_create") or "next=/register/new/" in phone.page.content()

    person = phone.stranger.open("partnerships:registration_start").follow("partnerships:registration_create")
    refused(person, {"kind": "local_government", "name_th": NAME}, local_type="")
    person.send({"kind": "foundation", "name_th": NAME})
    draft = Organisation.objects.get(name_th=NAME)
    fits(person)

    tell_numbers(person, draft)
    tell_address(person, draft)
    tell_work_and_contact(person, draft)
    hand_in_papers(person, draft)

    person.follow("partnerships:registration_check", draft.pk)
    fits(person)
    person.press("partnerships:registration_submit", draft.pk)
    expect(phone.page.locator(".receipt-number")).to_have_text(f"ORG-{draft.pk:06d}")
    fits(person)
    assert phone.fresh(draft).standing == OrganisationStanding.SUBMITTED


def tell_numbers(person: Visitor, draft: Organisation) -> None:
    person.follow("partnerships:profile_numbers", draft.pk)
    wrong = {"tax_number": "0993000000014", "registration_number": "ลป ๑๒/๒๕๕๐"}
    refused(person, wrong, tax_number="")
    fits(person)
    person.send({"tax_number": "0-99-3-000-00001-3"})


def tell_address(person: Visitor, draft: Organisation) -> None:
    """The lists follow one another; what was typed before stays."""
    person.follow("partnerships:profile_address", draft.pk)
    page = person.page
    page.locator("[name=address]").fill("เลขที่ 9 หมู่ 2")
    for name, code, following in (
        ("province_code", "52", "district_code"),
        ("district_code", "5201", "subdistrict_code"),
        ("subdistrict_code", "520101", "postal_code"),
    ):
        page.locator(f"[name={name}]").select_option(code)
        expect(page.locator(f"[name={following}] option")).not_to_have_count(1)
    expect(page.locator("[name=postal_code]")).to_have_value("52000")
    assert page.locator("[name=address]").input_value() == "เลขที่ 9 หมู่ 2"
    person.look("places chosen")
    fits(person)
    person.send()
    assert person.stage.fresh(draft).postal_code == "52000"


def tell_work_and_contact(person: Visitor, draft: Organisation) -> None:
    person.follow("partnerships:profile_work", draft.pk)
    fits(person)
    words = {"fields_of_work": [FieldOfWork.objects.first().pk], "target_groups": [TargetGroup.objects.first().pk]}
    person.send({"about": "ดูแลเด็กและผู้สูงอายุ", "areas_north": ["50", "52"], **words})
    person.follow("partnerships:profile_contacts", draft.pk)
    refused(person, {"rows-0-name": "นางติดต่อ ง่ายดาย (สมมติ)"}, rows__0__phone="")
    person.send({"rows-0-phone": "054 000 111"})


def hand_in_papers(person: Visitor, draft: Organisation) -> None:
    person.follow("partnerships:profile_documents", draft.pk)
    disguised = {"name": "ใบสำคัญ.pdf", "mimeType": "application/pdf", "buffer": b"<html></html>"}
    refused(person, {"kind": "registration", "file": disguised}, file="")
    for kind in ("registration", "regulations", "board_resolution"):
        person.send({"kind": kind, "file": paper(kind), "expires_on": "1/10/2599"})
        fits(person)
    person.open("partnerships:profile_detail", draft.pk)
