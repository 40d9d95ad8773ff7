"""The fixed cast: everyone who appears in the tests, with the organisation each acts for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from allauth.account.models import EmailAddress

from core import clock
from partnerships.actors import Actor
from partnerships.enums import PARTNER_KINDS, OrganisationKind, ProvincialDutyKind, Role
from partnerships.models import (
    AuthorisedRepresentative,
    BankAccount,
    Membership,
    MembershipRole,
    Organisation,
    PrivacyAcceptance,
    PrivacyNotice,
    ProvincialDuty,
    User,
)
from partnerships.queries.actors import actor_for
from tests.built_once import built_once
from tests.factories import PASSWORD
from tests.second_factors import give_second_factor

# name → (organisation, roles, Thai name). An organisation of None: invited people without a membership.
PEOPLE: dict[str, tuple[str | None, tuple[Role, ...], str]] = {
    "officer": ("agency", (Role.OFFICER,), "นางสาวเจ้าหน้าที่ ผู้รับผิดชอบ"),
    "second_officer": ("agency", (Role.OFFICER,), "นายเจ้าหน้าที่ คนที่สอง"),
    "executive": ("agency", (Role.EXECUTIVE,), "นายผู้บริหาร หน่วยงาน"),
    "finance": ("agency", (Role.FINANCE,), "นางการเงิน หน่วยงาน"),
    "agency_admin": ("agency", (Role.ADMINISTRATOR,), "นายผู้ดูแล หน่วยงาน"),
    "partner_staff": ("partner", (Role.STAFF,), "นางสาวเจ้าหน้าที่ ภาคี"),
    "partner_rep": ("partner", (Role.REPRESENTATIVE,), "นายผู้แทน ภาคี"),
    "partner_finance": ("partner", (Role.FINANCE,), "นางการเงิน ภาคี"),
    "partner_admin": ("partner", (Role.ADMINISTRATOR,), "นางสาวผู้ดูแล ภาคี"),
    "rival_staff": ("rival", (Role.STAFF,), "นางสาวเจ้าหน้าที่ คู่แข่ง"),
    "rival_rep": ("rival", (Role.REPRESENTATIVE,), "นายผู้แทน คู่แข่ง"),
    "other_officer": ("other_agency", (Role.OFFICER,), "นายเจ้าหน้าที่ กรมอื่น"),
    "reviewer": (None, (), "รองศาสตราจารย์ผู้พิจารณา"),
    "second_reviewer": (None, (), "ดร.ผู้พิจารณา คนที่สอง"),
    "evaluator": (None, (), "ผู้ช่วยศาสตราจารย์ผู้ประเมิน"),
    "opdc": ("opdc", (Role.OPDC_STAFF,), "นางสาวเจ้าหน้าที่ ก.พ.ร."),
    "verifier": ("office", (Role.OFFICER,), "นายผู้ตรวจสอบ ประจำจังหวัด"),
    "other_verifier": ("other_office", (Role.OFFICER,), "นางผู้ตรวจสอบ จังหวัดอื่น"),
    "stranger": (None, (), "นายไม่เกี่ยวข้อง"),
}

ORGANISATIONS = {
    "ministry": (OrganisationKind.MINISTRY, "กระทรวงทดสอบ", "Ministry of Testing"),
    "agency": (OrganisationKind.DEPARTMENT, "กรมทดสอบ", "Department of Testing"),
    "other_agency": (OrganisationKind.DEPARTMENT, "กรมอื่น", "Another Department"),
    "partner": (OrganisationKind.FOUNDATION, "มูลนิธิภาคี (สมมติ)", "Partner Foundation"),
    "rival": (OrganisationKind.ASSOCIATION, "สมาคมคู่แข่ง (สมมติ)", "Rival Association"),
    "opdc": (OrganisationKind.OPDC, "สำนักงาน ก.พ.ร.", "OPDC"),
    "office": (OrganisationKind.PROVINCIAL_OFFICE, "สำนักงานทดสอบจังหวัดน่าน", "Testing Office, Nan"),
    "other_office": (OrganisationKind.PROVINCIAL_OFFICE, "สำนักงานทดสอบจังหวัดแพร่", "Testing Office, Phrae"),
}
# Partners have their address in the first province; each office is named verifier in its own.
VERIFIERS_PROVINCE, OTHER_PROVINCE = "55", "54"


# Whose roles ask for a second factor: they have an authenticator app from the start.
HAVE_SECOND_FACTOR = ("executive", "finance", "agency_admin", "opdc")


@dataclass
class Person:
    user: User
    organisation: Organisation | None

    @cached_property
    def actor(self) -> Actor:
        """The actor as the middleware makes it, with the roles held when first asked."""
        return actor_for(self.user, self.organisation.pk if self.organisation else None)


@dataclass
class Cast:
    """People by name (`cast.officer.actor`) and organisations by name (`cast.organisations["agency"]`)."""

    people: dict[str, Person]
    organisations: dict[str, Organisation] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.__dict__["people"][name]  # not there yet while a copy is being made
        except KeyError as error:
            raise AttributeError(name) from error


@built_once
def make_cast() -> Cast:
    """Store the organisations and the people, in few queries; for a browser give a person PASSWORD by `set_password`."""
    organisations = _store_organisations()
    users = User.objects.bulk_create(
        User(email=f"{name}@example.org", full_name_th=name_th, phone="02 000 0000", password="!")
        for name, (_organisation, _roles, name_th) in PEOPLE.items()
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    people = {
        name: Person(user, organisations.get(organisation or ""))
        for user, (name, (organisation, _roles, _name_th)) in zip(users, PEOPLE.items(), strict=True)
    }
    _store_memberships(people)
    give_second_factor(*(people[name].user for name in HAVE_SECOND_FACTOR))
    _store_duties(organisations, people["opdc"].user)
    have_read_the_notice(users)
    can_sign_and_be_paid(people["opdc"].user, organisations["partner"], organisations["rival"])
    return Cast(people, organisations)


def have_read_the_notice(users: Iterable[User]) -> None:
    """Nobody of the cast is interrupted by the privacy notice after log-in (where the database holds one)."""
    now = clock.real_now()
    PrivacyAcceptance.objects.bulk_create(
        PrivacyAcceptance(user=user, notice=notice, accepted_at=now)
        for notice in PrivacyNotice.objects.all()
        for user in users
    )


def can_sign_and_be_paid(recorded_by: User, *organisations: Organisation) -> None:
    """Their profiles name who may bind them, and where money goes."""
    AuthorisedRepresentative.objects.bulk_create(
        AuthorisedRepresentative(
            organisation=one, name="นายผู้แทน", position="ประธาน", authority="ข้อบังคับข้อ 12", valid_from=date(2020, 1, 1)
        )
        for one in organisations
    )
    BankAccount.objects.bulk_create(
        BankAccount(
            organisation=one,
            bank="ธนาคารทดสอบ",
            branch="สาขาทดสอบ",
            account_name=one.name_th,
            account_number="1112223334",
            recorded_by=recorded_by,
            recorded_at=clock.real_now(),
        )
        for one in organisations
    )


def _store_organisations() -> dict[str, Organisation]:
    kept: dict[str, Organisation] = {}
    for name, (kind, name_th, name_en) in ORGANISATIONS.items():
        kept[name] = Organisation(kind=kind, name_th=name_th, name_en=name_en)
        if kind in PARTNER_KINDS:
            kept[name].verified_until = clock.today() + timedelta(days=365)
            kept[name].province_code = VERIFIERS_PROVINCE
        kept[name].set_derived()
    kept["ministry"].save()
    for name in ("agency", "other_agency"):
        kept[name].parent = kept["ministry"]
    Organisation.objects.bulk_create(organisation for name, organisation in kept.items() if name != "ministry")
    return kept


def _store_duties(organisations: dict[str, Organisation], opdc: User) -> None:
    ProvincialDuty.objects.bulk_create(
        ProvincialDuty(
            office=organisations[office], kind=ProvincialDutyKind.VERIFIER, province_code=province, named_by=opdc
        )
        for office, province in (("office", VERIFIERS_PROVINCE), ("other_office", OTHER_PROVINCE))
    )


def _store_memberships(people: dict[str, Person]) -> None:
    members = {name: person for name, person in people.items() if person.organisation}
    memberships = Membership.objects.bulk_create(
        Membership(user=person.user, organisation=person.organisation) for person in members.values()
    )
    MembershipRole.objects.bulk_create(
        MembershipRole(membership=membership, role=role)
        for membership, name in zip(memberships, members, strict=True)
        for role in PEOPLE[name][1]
    )


__all__ = ["PASSWORD", "PEOPLE", "Cast", "Person", "make_cast"]
