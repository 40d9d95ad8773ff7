"""Factories for what tests need in numbers; single people come from `tests.cast`."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone

from agreements.models import Call, Proposal
from partnerships.enums import Form, OrganisationKind, Role
from partnerships.identity.policy import has_second_factor, needs_second_factor
from partnerships.models import (
    Membership,
    MembershipRole,
    Mission,
    Organisation,
    PrivacyAcceptance,
    PrivacyNotice,
    User,
)
from tests.second_factors import give_second_factor

PASSWORD = "ผ่านเข้าระบบเพื่อทดสอบ-2569"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    full_name_th = factory.Sequence(lambda n: f"บุคคล ที่{n}")
    phone = "02 000 0000"

    @factory.post_generation
    def address(self, create: bool, extracted: object, **kwargs: object) -> None:
        """The address is verified, as everyone's is who may log in."""
        if create:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)

    @factory.post_generation
    def read_the_notice(self: User, create: bool, wanted: bool | None, **kwargs: object) -> None:
        """Has read the privacy notice, unless told `read_the_notice=False`."""
        if create and wanted is not False:
            now = timezone.now()
            for notice in PrivacyNotice.objects.all():
                PrivacyAcceptance.objects.create(user=self, notice=notice, accepted_at=now)


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = OrganisationKind.FOUNDATION
    name_th = factory.Sequence(lambda n: f"มูลนิธิตัวอย่าง {n} (สมมติ)")
    name_en = factory.Sequence(lambda n: f"Sample Foundation {n}")
    verified_until = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=365))


class MissionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Mission

    reference = factory.Sequence(lambda n: f"MIS-T-{n:05d}")
    agency = factory.SubFactory(OrganisationFactory, kind=OrganisationKind.DEPARTMENT)
    title = "การดูแลผู้สูงอายุในชุมชน"
    objectives = "ให้ผู้สูงอายุได้รับการดูแล"
    target_group = "ผู้สูงอายุ"
    area = "จังหวัดนนทบุรี"
    legal_basis = "พระราชบัญญัติผู้สูงอายุ พ.ศ. 2546"
    officer = factory.SubFactory(UserFactory)
    form = Form.PBC
    form_reason = "เป็นบริการต่อเนื่อง"
    form_chosen_on = factory.LazyFunction(timezone.localdate)
    created_on = factory.LazyFunction(timezone.localdate)


class CallFactory(factory.django.DjangoModelFactory):
    """A call in draft; use `tests.world` for one that went through the door."""

    class Meta:
        model = Call

    reference = factory.Sequence(lambda n: f"CALL-T-{n:05d}")
    mission = factory.SubFactory(MissionFactory)
    agency = factory.SelfAttribute("mission.agency")
    officer = factory.SelfAttribute("mission.officer")
    form = Form.PBC
    title = "ประกาศเปิดรับข้อเสนอ"
    budget_ceiling = Decimal("1000000.00")
    closes_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))
    instalment_count = 2


class ProposalFactory(factory.django.DjangoModelFactory):
    """A proposal in draft."""

    class Meta:
        model = Proposal

    reference = factory.Sequence(lambda n: f"PROP-T-{n:05d}")
    call = factory.SubFactory(CallFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    title = "ข้อเสนอโครงการ"
    created_by = factory.SubFactory(UserFactory)


def member_of(organisation: Organisation, *roles: Role, user: User | None = None, **fields: object) -> User:
    """A user (a new one by default) who holds these roles in the organisation, with an authenticator app if need be."""
    user = user or UserFactory(**fields)
    membership = Membership.objects.create(user=user, organisation=organisation, starts_on=timezone.localdate())
    MembershipRole.objects.bulk_create(MembershipRole(membership=membership, role=role) for role in roles)
    if needs_second_factor(user) and not has_second_factor(user):
        give_second_factor(user)
    return user
