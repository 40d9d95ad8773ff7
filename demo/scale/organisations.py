"""Partners in quantity with their people, and the agencies with theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from stdnum.th import pin

from demo.scale.names import Body, bodies
from demo.scale.rows import store_rows
from partnerships.actions.loading import load_agencies
from partnerships.enums import OrganisationKind, Role
from partnerships.models import Membership, MembershipRole, Organisation, User

BATCH = 2000
PHONE = "0 2000 0000 (สมมติ)"
UNUSABLE = "!"  # nobody logs in by password
OPDC_NAME = "สำนักงานคณะกรรมการพัฒนาระบบราชการ (สำนักงาน ก.พ.ร.)"
OPDC_NAME_EN = "Office of the Public Sector Development Commission (OPDC)"
AGENCY_TEAM = (Role.OFFICER, Role.OFFICER, Role.FINANCE, Role.EXECUTIVE)
VERIFIED_OF_10 = 6
NUMBERED = frozenset(OrganisationKind) - {OrganisationKind.COMMUNITY, OrganisationKind.NETWORK}
PARTNER_ROLES = (Role.STAFF, Role.REPRESENTATIVE, Role.ADMINISTRATOR)


def record_agencies(day: date) -> tuple[list[Organisation], dict[int, list[User]]]:
    """The departments, and of each the team: two officers, finance, executive. OPDC has one officer."""
    departments = list(load_agencies()[0].values())
    opdc = Organisation.objects.create(kind=OrganisationKind.OPDC, name_th=OPDC_NAME, name_en=OPDC_NAME_EN)
    posts = [(department, role) for department in departments for role in AGENCY_TEAM]
    people = record_people("agency", [*posts, (opdc, Role.OPDC_STAFF)], day)
    width = len(AGENCY_TEAM)
    teams = {one.pk: people[at * width : (at + 1) * width] for at, one in enumerate(departments)}
    return departments, teams


def record_partners(size: int, random: Random, day: date) -> list[Organisation]:
    """`size` partners, each with one person who holds all roles there (a small body is run so)."""
    drawn = (_organisation(body, number, random, day) for number, body in enumerate(bodies(size, random), 1))
    partners = Organisation.objects.bulk_create(drawn, batch_size=BATCH)
    record_people("partner", [(one, *PARTNER_ROLES) for one in partners], day)
    return partners


def _organisation(body: Body, number: int, random: Random, day: date) -> Organisation:
    place = body.place
    return Organisation(
        kind=body.kind,
        local_type=body.local_type,
        name_th=body.name_th,
        name_en=body.name_en,
        tax_number=tax_number(number) if body.kind in NUMBERED else "",
        province_code=place.province_code,
        district_code=place.district_code,
        subdistrict_code=place.subdistrict_code,
        postal_code=place.postal_code,
        address=f"{number % 300 + 1} หมู่ {random.randint(1, 12)}",
        phone=PHONE,
        about="องค์กรสมมติสำหรับวัดความเร็วของระบบ",
        founded_year=random.randint(1960, 2020),
        staff_count=random.randint(0, 60),
        volunteer_count=random.randint(0, 200),
        # Of the verified, one in eight no longer.
        verified_until=day + timedelta(days=random.randint(-100, 700)) if number % 10 < VERIFIED_OF_10 else None,
    )


def tax_number(number: int) -> str:
    """A 13-digit number with its check digit, of an office (99) that gives none out."""
    twelve = f"0099{number:08}"
    return twelve + pin.calc_check_digit(twelve)


def record_people(group: str, posts: Iterable[Sequence], day: date) -> list[User]:
    """One user for each post (organisation, role, …), a member since a year before `day`."""
    posts = list(posts)
    users = User.objects.bulk_create(
        (
            User(
                email=f"{group}{number}@scale.example",
                full_name_th=f"บุคคลสมมติ ที่ {number}",
                phone=PHONE,
                password=UNUSABLE,
            )
            for number in range(1, len(posts) + 1)
        ),
        batch_size=BATCH,
    )
    since = day - timedelta(days=365)
    members = Membership.objects.bulk_create(
        (Membership(user=user, organisation=post[0], starts_on=since) for user, post in zip(users, posts, strict=True)),
        batch_size=BATCH,
    )
    roles = ((member.pk, str(role)) for member, post in zip(members, posts, strict=True) for role in post[1:])
    store_rows(MembershipRole, ("membership_id", "role"), roles)
    return users
