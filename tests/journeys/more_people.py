"""Partners and reviewers beside those of the cast, for journeys in which many meet."""

from __future__ import annotations

from datetime import timedelta

from core import clock
from partnerships.enums import OrganisationKind, Role
from partnerships.models import Membership, Organisation
from tests.cast import VERIFIERS_PROVINCE, Person, can_sign_and_be_paid
from tests.factories import UserFactory, member_of
from tests.journeys.stage import Stage

MORE_PARTNERS = {
    "third": (OrganisationKind.FOUNDATION, "มูลนิธิลำดับสาม (สมมติ)"),
    "fourth": (OrganisationKind.ASSOCIATION, "สมาคมลำดับสี่ (สมมติ)"),
    "fifth": (OrganisationKind.FOUNDATION, "มูลนิธิส่งกระดาษ (สมมติ)"),
}


def more_partners(stage: Stage) -> None:
    """Three verified partners beside the two of the cast, each with staff and a representative."""
    cast = stage.cast
    for key, (kind, name) in MORE_PARTNERS.items():
        organisation = Organisation(kind=kind, name_th=name, name_en=key.title(), province_code=VERIFIERS_PROVINCE)
        organisation.verified_until = clock.today() + timedelta(days=365)
        organisation.set_derived()
        organisation.save()
        cast.organisations[key] = organisation
        for part, role in (("staff", Role.STAFF), ("rep", Role.REPRESENTATIVE)):
            user = member_of(organisation, role, email=f"{key}_{part}@example.org", full_name_th=f"คน{part} {key}")
            cast.people[f"{key}_{part}"] = Person(user, organisation)
    can_sign_and_be_paid(cast.opdc.user, *(cast.organisations[key] for key in MORE_PARTNERS))


def more_reviewers(stage: Stage) -> None:
    """Two beside those of the cast; one was a member of the fourth partner until last month."""
    for key, name in (("once_member", "ดร.เคยเป็น สมาชิกเก่า"), ("sixth_reviewer", "ดร.ผู้พิจารณา คนที่หก")):
        user = UserFactory(email=f"{key}@example.org", full_name_th=name)
        stage.cast.people[key] = Person(user, None)
    Membership.objects.create(
        user=stage.cast.once_member.user,
        organisation=stage.cast.organisations["fourth"],
        starts_on=clock.today() - timedelta(days=700),
        ends_on=clock.today() - timedelta(days=30),
    )
