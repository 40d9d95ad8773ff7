"""Organisations with a full profile, every private part of which is recognised by its words when it leaks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from core import clock
from core.files import store_file
from core.workflow import set_first_state
from partnerships.actors import Actor
from partnerships.enums import DocumentKind, OrganisationKind, OrganisationStanding, Role, SponsorshipState
from partnerships.models import (
    AuthorisedRepresentative,
    BankAccount,
    Contact,
    FieldOfWork,
    Membership,
    MembershipRole,
    Organisation,
    OrganisationDocument,
    ServiceArea,
    Sponsorship,
    TargetGroup,
    TrackRecord,
)
from partnerships.queries.actors import actor_for
from tests.factories import UserFactory
from tests.pdfs import PDF

TAX_NUMBER = "0993000000013"  # ends in its check digit; invented


def file_of(organisation: Organisation, kind: str, name: str) -> Any:
    return store_file(PDF, name=name, root=organisation, kind=kind, by=None)


def furnish_profile(organisation: Organisation, cast: Any) -> tuple[Any, Any, Any]:
    """Fill a profile so that a registration could be sent in. Returns a document, a representative, a sponsorship."""
    for name, value in {
        "tax_number": TAX_NUMBER,
        "registration_number": "ลป 77/2549",
        "address": "เลขที่ 9 ถนนสมมติ",
        "province_code": "52",
        "district_code": "5201",
        "subdistrict_code": "520101",
        "postal_code": "52000",
        "phone": "054 000 111",
        "founded_year": 2006,
        "staff_count": 4,
        "volunteer_count": 31,
        "yearly_income": Decimal("1234567.89"),
        "about": "ดูแลผู้สูงอายุในชุมชน",
    }.items():
        setattr(organisation, name, value)
    organisation.save()
    # Tests with transactions of their own begin without the words that a migration filled in.
    field, _made = FieldOfWork.objects.get_or_create(
        code="elderly_care", defaults={"name_th": "ดูแล", "name_en": "Care"}
    )
    group, _made = TargetGroup.objects.get_or_create(
        code="older_persons", defaults={"name_th": "สูงวัย", "name_en": "Old"}
    )
    organisation.fields_of_work.set([field])
    organisation.target_groups.set([group])
    ServiceArea.objects.create(organisation=organisation, province_code="52")
    Contact.objects.create(organisation=organisation, name="นางเปิดเผย ชื่อเสียง", phone="054 111 111", is_public=True)
    Contact.objects.create(organisation=organisation, name="นายส่วนตัว ปกปิด", email="private@example.org")
    TrackRecord.objects.create(
        organisation=organisation, title="โครงการที่ผ่านมา", giver="กรมทดสอบ", year_from=2020, result="สำเร็จ"
    )
    document = add_papers(organisation)
    return document, add_money_and_people(organisation, cast), add_sponsorship(organisation, cast)


def add_papers(organisation: Organisation) -> OrganisationDocument:
    kinds = (
        DocumentKind.REGISTRATION,
        DocumentKind.REGULATIONS,
        DocumentKind.BOARD_RESOLUTION,
        DocumentKind.TAX_CARD,
    )
    made = [
        OrganisationDocument.objects.create(
            organisation=organisation, kind=kind, file=file_of(organisation, f"document_{kind}", f"{kind}.pdf")
        )
        for kind in kinds
    ]
    return made[0]


def add_money_and_people(organisation: Organisation, cast: Any) -> AuthorisedRepresentative:
    """In place of what the cast gave it."""
    organisation.bank_accounts.all().delete()
    organisation.representatives.all().delete()
    BankAccount.objects.create(
        organisation=organisation,
        bank="ธนาคารทดสอบ",
        branch="ลำปาง",
        account_name="มูลนิธิภาคี",
        account_number="5550001112",
        book=file_of(organisation, "bank_book", "book.pdf"),
        recorded_by=cast.opdc.user,
        recorded_at=clock.now(),
    )
    return AuthorisedRepresentative.objects.create(
        organisation=organisation,
        name="นายลงนาม แทนองค์กร",
        position="ประธาน",
        authority="ตามข้อบังคับข้อ 12",
        is_delegate=True,
        delegation=file_of(organisation, "delegation", "delegation.pdf"),
        valid_from=date(2020, 1, 1),
    )


def add_sponsorship(organisation: Organisation, cast: Any) -> Sponsorship:
    """An unregistered group that the organisation has been asked to sponsor."""
    group = Organisation.objects.create(kind="community", name_th="กลุ่มทดสอบ (สมมติ)", is_unregistered=True)
    return Sponsorship.objects.create(
        group=group, sponsor=organisation, request="ขอให้เป็นพี่เลี้ยง", asked_by=cast.opdc.user, asked_at=clock.now()
    )


def registered(
    kind: str = OrganisationKind.FOUNDATION,
    standing: str = OrganisationStanding.DRAFT,
    roles: tuple[str, ...] = (Role.ADMINISTRATOR, Role.STAFF),
    **facts: Any,
) -> tuple[Organisation, Actor]:
    """An organisation in that standing, with one person of its own."""
    organisation = Organisation(kind=kind, name_th=facts.pop("name_th", "มูลนิธิใหม่ (สมมติ)"), **facts)
    set_first_state(organisation, standing=standing)
    organisation.save()
    user = UserFactory()
    membership = Membership.objects.create(user=user, organisation=organisation)
    MembershipRole.objects.bulk_create(MembershipRole(membership=membership, role=role) for role in roles)
    return organisation, actor_for(user, organisation.pk)


def agreed(sponsorship: Sponsorship) -> Sponsorship:
    """The sponsor's word given."""

    Sponsorship.objects.filter(pk=sponsorship.pk).delete()
    made = Sponsorship(group=sponsorship.group, sponsor=sponsorship.sponsor, asked_by=sponsorship.asked_by)
    made.asked_at = sponsorship.asked_at
    set_first_state(made, state=SponsorshipState.AGREED)
    made.save()
    return made
