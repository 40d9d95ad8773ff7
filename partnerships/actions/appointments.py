"""Roles that bind the organisation (executive, authorised representative): one person proposes, another confirms."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import state_writable
from core.workflow import Passage, Rule, Stamp, pass_door, set_first_state
from core.workflow.refusals import Text
from partnerships.actions.notices import tell
from partnerships.enums import APPOINTED_ROLES, AppointmentState, OrganisationStanding, roles_of_kind
from partnerships.models import Appointment, Membership, MembershipRole, Organisation, User
from partnerships.permissions.people import manages_people, may_second, seconders
from partnerships.queries.people import held_roles, opdc_staff


def _is_waiting(appointment: Appointment) -> bool:
    return appointment.state == AppointmentState.PROPOSED


def _membership_of(appointment: Appointment) -> Membership | None:
    current = appointment.organisation.memberships.current(clock.today())
    return current.filter(user_id=appointment.user_id).first()


def _can_be_confirmed(appointment: Appointment) -> bool:
    """Waiting, of someone who is still a member, and of an organisation that was not merged into another."""
    in_use = is_in_use(appointment.organisation)
    return _is_waiting(appointment) and in_use and _membership_of(appointment) is not None


def _own_hand_in_it(appointment: Appointment, actor: Any) -> Text | None:
    if actor.user_id is not None and actor.user_id == appointment.proposed_by_id:
        return _("You proposed this appointment yourself: another person confirms it.")
    if actor.user_id is not None and actor.user_id == appointment.user_id:
        return _("Nobody confirms his or her own appointment.")
    return None


def is_in_use(organisation: Organisation) -> bool:
    return organisation.standing != OrganisationStanding.MERGED


PROPOSE = Rule("propose_appointment", _("Propose an appointment"), role=manages_people, when=is_in_use)
CONFIRM = Rule(
    "confirm",
    _("Confirm the appointment"),
    role=may_second,
    when=_can_be_confirmed,
    unless=_own_hand_in_it,
)
DECLINE = Rule("decline", _("Do not confirm"), role=may_second, when=_is_waiting, unless=_own_hand_in_it)


def propose_appointment(
    *, organisation: Organisation, user: User, role: str, by: Any, note: str = "", stamp: Stamp | None = None
) -> Appointment:
    """Propose a current member for a role that binds the organisation. Raises ValidationError at the field."""
    with pass_door(organisation, PROPOSE, by=by, stamp=stamp) as door:
        membership = door.root.memberships.current(clock.today()).filter(user=user).first()
        if membership is None:
            raise ValidationError({"user": _("Choose a current member of the organisation.")})
        if role not in APPOINTED_ROLES & roles_of_kind(door.root.kind):
            raise ValidationError({"role": _("This role does not fit this kind of organisation.")})
        if role in held_roles(membership):
            raise ValidationError({"role": _("This person holds the role already.")})
        if _waiting(door.root, user, role):
            raise ValidationError({"role": _("This appointment is already waiting for the second person.")})
        appointment = _propose(door, user, role, by.user, note)
        door.payload.update(appointment=appointment.pk, member=user.pk, role=role)
    return appointment


def propose_at_admission(door: Passage, *, user: User, role: str, proposed_by: User) -> None:
    """Inside the organisation's door: who invited has thereby proposed, unless that waits already."""
    if not _waiting(door.root, user, role):
        _propose(door, user, role, proposed_by, "")


def confirm_appointment(
    *, appointment: Appointment, by: Any, note: str = "", stamp: Stamp | None = None
) -> Appointment:
    """The second person confirms: from now on the member holds the role."""
    with pass_door(appointment, CONFIRM, by=by, stamp=stamp, root=appointment.organisation) as door:
        MembershipRole.objects.get_or_create(membership=_membership_of(door.subject), role=door.subject.role)
        _decide(door, AppointmentState.CONFIRMED, note, _("The appointment was confirmed"))
    return door.subject


def decline_appointment(*, appointment: Appointment, by: Any, note: str, stamp: Stamp | None = None) -> Appointment:
    """The second person does not confirm, and says why."""
    with pass_door(appointment, DECLINE, by=by, stamp=stamp, root=appointment.organisation) as door:
        _decide(door, AppointmentState.DECLINED, note, _("The appointment was not confirmed"))
    return door.subject


def decline_for_leaver(door: Passage, user: User) -> None:
    """Inside the organisation's door: nobody is appointed who is leaving."""
    for appointment in Appointment.objects.filter(organisation=door.root, user=user, state=AppointmentState.PROPOSED):
        with state_writable(appointment):
            appointment.state, appointment.decided_at = AppointmentState.DECLINED, clock.now()
        if door.by.user_id != appointment.proposed_by_id:
            appointment.decided_by = door.by.user
        appointment.save()


def _waiting(organisation: Organisation, user: User, role: str) -> bool:
    proposed = Appointment.objects.filter(state=AppointmentState.PROPOSED)
    return proposed.filter(organisation=organisation, user=user, role=role).exists()


def _propose(door: Passage, user: User, role: str, proposed_by: User, note: str) -> Appointment:
    appointment = Appointment(organisation=door.root, user=user, role=role, note=note)
    appointment.proposed_by, appointment.proposed_at = proposed_by, clock.now()
    set_first_state(appointment, state=AppointmentState.PROPOSED)
    appointment.save()
    second = list(seconders(appointment).values_list("user_id", flat=True)) or opdc_staff()
    subject = _("An appointment waits for you as the second person")
    tell(door, second, kind="appointment.proposed", subject=subject, body=_about(appointment))
    return appointment


def _decide(door: Passage, state: str, note: str, subject: Text) -> None:
    appointment = door.subject
    appointment.state, appointment.decided_by, appointment.decided_at = state, door.by.user, clock.now()
    appointment.note = "\n\n".join(part for part in (appointment.note, note) if part)
    door.payload.update(appointment=appointment.pk, member=appointment.user_id, role=appointment.role)
    users = {appointment.user_id, appointment.proposed_by_id}
    tell(door, users, kind="appointment.decided", subject=subject, body=_about(appointment))


def _about(appointment: Appointment) -> str:
    return f"{appointment.user.full_name_th} · {appointment.organisation.name_th}"
