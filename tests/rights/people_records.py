"""Invitations, appointments, memberships and accounts in each state, stamped by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from core import clock
from core.workflow import set_first_state
from partnerships.enums import OrganisationStanding, Role
from partnerships.models import Appointment, Invitation, Membership, Organisation, User
from tests.cast import Cast


def make_organisation(cast: Cast, state: str) -> Organisation:
    partner = cast.organisations["partner"]
    if state == "merged":
        stamped = {"standing": OrganisationStanding.MERGED, "merged_into": cast.organisations["rival"]}
        QuerySet(Organisation).filter(pk=partner.pk).update(**stamped)
    return Organisation.objects.get(pk=partner.pk)


def make_invitation(cast: Cast, state: str = "open", roles: tuple[str, ...] = (Role.STAFF,)) -> Invitation:
    """To the stranger, by the partner's administrator."""
    now = clock.real_now()
    answered = state in ("accepted", "declined", "cancelled")
    invitation = Invitation(
        organisation=cast.organisations["partner"],
        email=cast.stranger.user.email,
        roles=list(roles),
        token_hash=f"hash of {state}",
        invited_by=cast.partner_admin.user,
        invited_at=now,
        expires_at=now + timedelta(days=-1 if state == "expired" else 14),
        answered_by=cast.stranger.user if answered else None,
        answered_at=now if answered else None,
    )
    set_first_state(invitation, state=state if answered else "open")
    invitation.save()
    return invitation


def make_appointment(cast: Cast, state: str = "proposed") -> Appointment:
    appointment = _store(cast, "partner", "partner_staff", "partner_admin", "proposed" if state == "left" else state)
    if state == "left":
        yesterday = clock.today() - timedelta(days=1)
        left = Membership.objects.filter(user=cast.partner_staff.user)
        left.update(starts_on=yesterday, ends_on=yesterday)
    return appointment


def make_appointment_alone(cast: Cast, state: str = "proposed") -> Appointment:
    return _store(cast, "rival", "rival_staff", "rival_rep", state)


def _store(cast: Cast, organisation: str, who: str, by: str, state: str) -> Appointment:
    now: Any = clock.real_now()
    decided = state != "proposed"
    appointment = Appointment(
        organisation=cast.organisations[organisation],
        user=cast.people[who].user,
        role=Role.REPRESENTATIVE,
        proposed_by=cast.people[by].user,
        proposed_at=now,
        decided_by=cast.partner_rep.user if decided else None,
        decided_at=now if decided else None,
    )
    set_first_state(appointment, state=state)
    appointment.save()
    return appointment


def make_membership(cast: Cast, state: str) -> Membership:
    found = Membership.objects.filter(user=cast.partner_staff.user)
    if state == "ended":
        yesterday = clock.today() - timedelta(days=1)
        found.update(starts_on=yesterday, ends_on=yesterday)
    return found.get()


def make_account(cast: Cast, state: str) -> User:
    if state == "closed":
        make_membership(cast, "ended")
        User.objects.filter(pk=cast.partner_staff.user.pk).update(closed_at=clock.real_now())
    return User.objects.get(pk=cast.partner_staff.user.pk)
