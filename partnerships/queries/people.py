"""Reads about people: members of an organisation, whose address it is, the privacy notice in force."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, QuerySet

from core import clock
from partnerships.enums import APPOINTED_ROLES, AppointmentState, InvitationState, Role
from partnerships.models import (
    Appointment,
    Invitation,
    Membership,
    MembershipRole,
    Organisation,
    PrivacyAcceptance,
    PrivacyNotice,
    User,
)
from partnerships.permissions.people import SECONDING_ROLES


def held_roles(membership: Membership) -> set[str]:
    """The roles of a membership, asked afresh; of one that is not stored yet none."""
    if membership.pk is None:
        return set()
    return set(MembershipRole.objects.filter(membership=membership).values_list("role", flat=True))


def other_administrators(membership: Membership) -> QuerySet[Membership]:
    """Other current administrators of the organisation who stay at least as long as this member."""
    others = Membership.objects.current(clock.today()).filter(
        organisation_id=membership.organisation_id, roles__role=Role.ADMINISTRATOR, user__is_active=True
    )
    others = others.exclude(pk=membership.pk)
    if membership.ends_on is None:
        return others.filter(ends_on=None)
    return others.filter(ends_on=None) | others.filter(ends_on__gte=membership.ends_on)


def opdc_staff() -> list[int]:
    """Ids of OPDC's staff."""
    held = MembershipRole.objects.filter(role=Role.OPDC_STAFF, membership__user__is_active=True)
    current = held.filter(membership__in=Membership.objects.current(clock.today()))
    return sorted(set(current.values_list("membership__user", flat=True)))


def owns_address(user: User, address: str) -> bool:
    """Whether an e-mail address is the user's and was not left unproven."""
    address = address.strip().lower()
    known = EmailAddress.objects.filter(user=user, email__iexact=address).values_list("verified", flat=True).first()
    return known if known is not None else user.email.lower() == address


# --- an organisation's people


def current_members(organisation: Organisation) -> QuerySet[Membership]:
    found = Membership.objects.current(clock.today()).filter(organisation=organisation)
    return found.select_related("user").prefetch_related("roles")


def former_members(organisation: Organisation, most: int = 50) -> QuerySet[Membership]:
    """Those whose time is over, the latest first."""
    ended = Membership.objects.filter(organisation=organisation, ends_on__lt=clock.today())
    return ended.select_related("user").prefetch_related("roles").order_by("-ends_on", "-pk")[:most]


def open_invitations(organisation: Organisation, most: int = 100) -> QuerySet[Invitation]:
    found = Invitation.objects.filter(organisation=organisation, state=InvitationState.OPEN)
    return found.select_related("invited_by")[:most]


def waiting_appointments() -> QuerySet[Appointment]:
    """Appointments that wait for a second person, oldest first."""
    waiting = Appointment.objects.filter(state=AppointmentState.PROPOSED)
    return waiting.select_related("organisation", "user", "proposed_by").order_by("proposed_at", "pk")


def appointments_for(actor: Any) -> QuerySet[Appointment]:
    """Those that wait for this actor: as second person of the organisation, or for OPDC where it has none."""
    others = waiting_appointments().exclude(proposed_by_id=actor.user_id).exclude(user_id=actor.user_id)
    if actor.is_opdc:
        able = MembershipRole.objects.filter(
            membership__organisation=OuterRef("organisation"),
            membership__in=Membership.objects.current(clock.today()),
            membership__user__is_active=True,
            role__in=SECONDING_ROLES,
        ).exclude(membership__user=OuterRef("user"))
        return others.filter(~Exists(able.exclude(membership__user=OuterRef("proposed_by"))))
    if actor.holds(*SECONDING_ROLES):
        return others.filter(organisation_id=actor.organisation_id)
    return others.none()


def signatory_of(organisation: Organisation) -> tuple[str, str]:
    """Name and title of the one person who signs for the organisation; empty where there is none, or more than one."""
    current = Membership.objects.current(clock.today()).filter(organisation=organisation, user__is_active=True)
    heads = list(current.filter(roles__role__in=APPOINTED_ROLES).select_related("user").distinct()[:2])
    if len(heads) != 1:
        return "", ""
    user = heads[0].user
    return user.name_to_sign, user.signature_title or heads[0].title or user.position_title


# --- the privacy notice


def notice_in_force() -> PrivacyNotice | None:
    return PrivacyNotice.objects.filter(valid_from__lte=clock.today()).order_by("-version").first()


def notice_to_accept(user: User) -> PrivacyNotice | None:
    """The notice in force, unless the user has accepted it; one query."""
    accepted = PrivacyAcceptance.objects.filter(user=user, notice=OuterRef("pk"))
    in_force = PrivacyNotice.objects.filter(valid_from__lte=clock.today()).annotate(accepted=Exists(accepted))
    notice = in_force.order_by("-version").first()
    return None if notice is None or notice.accepted else notice
