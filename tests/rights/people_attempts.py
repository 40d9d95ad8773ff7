"""How each action of `people_table` is tried."""

from __future__ import annotations

from partnerships.actions.appointments import confirm_appointment, decline_appointment, propose_appointment
from partnerships.actions.closing import close_account
from partnerships.actions.invitations import (
    accept_invitation,
    cancel_invitation,
    decline_invitation,
    invite,
    send_invitation_again,
)
from partnerships.actions.members import change_member, end_membership, leave_organisation
from partnerships.actions.own_account import edit_profile
from partnerships.enums import Role
from partnerships.models import User
from tests.rights.attempts import Attempt

BASE = "https://phakhi.example/"


def _staff() -> User:
    return User.objects.get(email="partner_staff@example.org")


ORGANISATION: dict[str, Attempt] = {
    "invite": lambda o, by: invite(
        organisation=o, email="new@example.org", roles=[Role.ADMINISTRATOR], by=by, base=BASE
    ),
    "propose_appointment": lambda o, by: propose_appointment(
        organisation=o, user=_staff(), role=Role.REPRESENTATIVE, by=by
    ),
}
INVITATION: dict[str, Attempt] = {
    "send_again": lambda i, by: send_invitation_again(invitation=i, by=by, base=BASE),
    "cancel": lambda i, by: cancel_invitation(invitation=i, by=by),
    "accept": lambda i, by: accept_invitation(invitation=i, by=by),
    "decline": lambda i, by: decline_invitation(invitation=i, by=by),
}
APPOINTMENT: dict[str, Attempt] = {
    "confirm": lambda a, by: confirm_appointment(appointment=a, by=by),
    "decline": lambda a, by: decline_appointment(appointment=a, note="เหตุผล", by=by),
}
MEMBERSHIP: dict[str, Attempt] = {
    "change": lambda m, by: change_member(membership=m, roles=[Role.STAFF, Role.FINANCE], by=by),
    "end": lambda m, by: end_membership(membership=m, reason="ครบวาระ", by=by),
    "leave": lambda m, by: leave_organisation(membership=m, by=by),
}
ACCOUNT: dict[str, Attempt] = {
    "edit_profile": lambda u, by: edit_profile(user=u, by=by, full_name_en="Name"),
    "close": lambda u, by: close_account(user=u, by=by),
}
