"""Inviting someone into an organisation: by e-mail, with a secret of which only the hash is kept."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from core import clock
from core.models import OutboxMessage
from core.settings_catalogue import value_of
from core.workflow import Passage, Rule, Stamp, pass_door, set_first_state
from partnerships.actions.appointments import is_in_use
from partnerships.actions.members import admit
from partnerships.actions.notices import people_in_roles, tell
from partnerships.enums import InvitationState, Role, roles_of_kind
from partnerships.models import Invitation, Membership, Organisation
from partnerships.permissions.people import may_invite
from partnerships.queries.people import owns_address

DAYS = "identity.invitation_days"
NOTICE = "invitation"
SALT = "partnerships.invitation"

NOT_ADDRESSED = _("This invitation is addressed to another person.")
EXPIRED = _("This invitation is no longer valid. Ask the organisation's administrator to send it again.")


def is_open(invitation: Invitation) -> bool:
    return invitation.state == InvitationState.OPEN


def can_be_answered(invitation: Invitation) -> bool:
    """Open, and not past its last day: time alone changes no state."""
    in_time = invitation.expires_at > clock.real_now()
    return is_open(invitation) and in_time and is_in_use(invitation.organisation)


def is_addressed_to(invitation: Invitation, actor: Any) -> bool:
    """Whether the invited address is one that the person who asks has proven to be his or hers."""
    return actor.user is not None and owns_address(actor.user, invitation.email)


def _of_organisation(invitation: Invitation, actor: Any) -> bool:
    return may_invite(invitation.organisation, actor)


INVITE = Rule("invite", _("Invite someone"), role=may_invite, when=is_in_use)
SEND_AGAIN = Rule("send_again", _("Send again"), role=_of_organisation, when=is_open)
CANCEL = Rule("cancel", _("Cancel the invitation"), role=_of_organisation, when=is_open)
ACCEPT = Rule("accept", _("Accept"), role=is_addressed_to, when=can_be_answered, not_now=EXPIRED)
DECLINE = Rule("decline", _("Decline"), role=is_addressed_to, when=can_be_answered, not_now=EXPIRED)


def invite(
    *,
    organisation: Organisation,
    email: str,
    roles: Iterable[str],
    by: Any,
    base: str,
    full_name: str = "",
    title: str = "",
    ends_on: date | None = None,
    stamp: Stamp | None = None,
) -> Invitation:
    """Invite an address to act for the organisation. `base`: the site's address, for the link in the letter.

    OPDC can only invite administrators. Raises ValidationError at the field.
    """
    email, roles = email.strip().lower(), sorted(set(roles))
    with pass_door(organisation, INVITE, by=by, stamp=stamp) as door:
        _refuse_wrong(door.root, email, roles, ends_on, by)
        invitation = Invitation(organisation=door.root, email=email, full_name=full_name, title=title, roles=roles)
        invitation.ends_on, invitation.invited_by, invitation.invited_at = ends_on, by.user, clock.now()
        set_first_state(invitation, state=InvitationState.OPEN)
        nonce = _renew(invitation)
        invitation.save()
        _send(door, invitation, nonce, base)
        door.payload.update(invitation=invitation.pk, roles=roles, ends_on=ends_on)
    return invitation


def send_invitation_again(*, invitation: Invitation, by: Any, base: str, stamp: Stamp | None = None) -> Invitation:
    """A new letter with a new link and a new term; the link of the letter before is void."""
    with pass_door(invitation, SEND_AGAIN, by=by, stamp=stamp, root=invitation.organisation) as door:
        nonce = _renew(door.subject)
        _send(door, door.subject, nonce, base)
        door.payload.update(invitation=door.subject.pk)
    return door.subject


def cancel_invitation(*, invitation: Invitation, by: Any, stamp: Stamp | None = None) -> Invitation:
    """Take an invitation back: its link is void."""
    with pass_door(invitation, CANCEL, by=by, stamp=stamp, root=invitation.organisation) as door:
        _answered(door, InvitationState.CANCELLED)
    return door.subject


def accept_invitation(*, invitation: Invitation, by: Any, stamp: Stamp | None = None) -> Membership:
    """Become a member: ordinary roles at once, those that bind the organisation wait for a second person."""
    with pass_door(invitation, ACCEPT, by=by, stamp=stamp, root=invitation.organisation) as door:
        invitation = door.subject
        _answered(door, InvitationState.ACCEPTED)
        membership = admit(
            door,
            user=by.user,
            roles=invitation.roles,
            title=invitation.title,
            ends_on=invitation.ends_on,
            proposed_by=invitation.invited_by,
        )
        _tell_administrators(door, _("An invitation was accepted"))
    return membership


def decline_invitation(*, invitation: Invitation, by: Any, stamp: Stamp | None = None) -> Invitation:
    """Say no to an invitation."""
    with pass_door(invitation, DECLINE, by=by, stamp=stamp, root=invitation.organisation) as door:
        _answered(door, InvitationState.DECLINED)
        _tell_administrators(door, _("An invitation was declined"))
    return door.subject


def hash_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def complete_letter(message: OutboxMessage) -> str:
    """The letter with its link: the token is worked out from its seed and the server's key when the letter is sent."""
    link = reverse("partnerships:invitation_answer", args=[_token(message.context["nonce"])])
    return f"{message.body}\n\n{message.context['base'].rstrip('/')}{link}\n"


def _refuse_wrong(organisation: Organisation, email: str, roles: list[str], ends_on: date | None, by: Any) -> None:
    wrong: dict[str, Any] = {}
    if not roles:
        wrong["roles"] = _("Choose at least one role.")
    elif set(roles) - roles_of_kind(organisation.kind):
        wrong["roles"] = _("This role does not fit this kind of organisation.")
    elif by.organisation_id != organisation.pk and roles != [Role.ADMINISTRATOR]:
        wrong["roles"] = _("From outside, only an administrator can be invited.")
    if ends_on and ends_on < clock.today():
        wrong["ends_on"] = _("The last day cannot be in the past.")
    if Invitation.objects.filter(organisation=organisation, email__iexact=email, state=InvitationState.OPEN).exists():
        wrong["email"] = _("This person has already been invited. The invitation can be sent again.")
    members = Membership.objects.current(clock.today()).filter(organisation=organisation)
    if members.filter(user__email__iexact=email).exists():
        wrong["email"] = _("This person is a member already. Change the roles there.")
    if wrong:
        raise ValidationError(wrong)


def _renew(invitation: Invitation) -> str:
    """A new secret and term; returns the seed from which the token is worked out again when the letter is sent."""
    nonce = secrets.token_urlsafe(24)
    invitation.token_hash = hash_of(_token(nonce))
    invitation.expires_at = clock.real_now() + timedelta(days=value_of(DAYS))
    return nonce


def _token(nonce: str) -> str:
    digest = salted_hmac(SALT, nonce, algorithm="sha256").digest()
    return urlsafe_b64encode(digest).decode().rstrip("=")


def _send(door: Passage, invitation: Invitation, nonce: str, base: str) -> None:
    """Thai first, English below: nobody knows yet which language the receiver reads."""
    parts = []
    for language, name in (("th", door.root.name_th), ("en", door.root.name_en or door.root.name_th)):
        with override(language):
            facts = {"organisation": name, "days": value_of(DAYS)}
            parts.append(
                gettext(
                    "%(organisation)s invites you to act for it in Phakhi. Open the link below to accept or decline; "
                    "it is valid for %(days)s days. If you did not expect this, you need do nothing."
                )
                % facts
            )
    with override("th"):
        subject = gettext("Invitation to act for %(organisation)s") % {"organisation": door.root.name_th}
    door.notify(
        kind=NOTICE,
        to_email=invitation.email,
        subject=subject,
        body="\n\n".join(parts),
        context={"nonce": nonce, "base": base, "organisation": door.root.pk},
    )


def _answered(door: Passage, state: str) -> None:
    invitation = door.subject
    invitation.state, invitation.answered_by, invitation.answered_at = state, door.by.user, clock.now()
    door.payload.update(invitation=invitation.pk, roles=list(invitation.roles))


def _tell_administrators(door: Passage, subject: Any) -> None:
    users = [*people_in_roles([door.root.pk], Role.ADMINISTRATOR), door.subject.invited_by_id]
    tell(door, users, kind="invitation.answered", subject=subject, body=door.root.name_th)
