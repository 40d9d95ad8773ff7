"""Inviting someone without an account to judge a call: a letter now, an answer once the person has signed up."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from agreements.actions.conflicts import is_being_judged
from agreements.actions.reviewers import admit_judge, while_reviewers_change
from agreements.judges import JUDGES
from agreements.models import Call, Capacity, JudgeInvitation
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_runs_not, why_judge_works_not
from core import clock
from core.workflow import Passage, Rule, Stamp, pass_door
from partnerships.actors import Actor
from partnerships.models import User
from partnerships.queries.people import owns_address

NOTICE = "call.judge_invitation"
OVER = _("This invitation is no longer valid.")


def is_addressed_to(invitation: JudgeInvitation, actor: Actor) -> bool:
    """Whether the invited address is one that the person who asks has proven to be his or hers."""
    return actor.user is not None and owns_address(actor.user, invitation.email)


def can_be_answered(invitation: JudgeInvitation) -> bool:
    return invitation.is_open and is_being_judged(invitation.call)


def _of_call(invitation: JudgeInvitation, actor: Actor) -> bool:
    return call_officer(invitation.call, actor)


INVITE = Rule(
    "invite_judge",
    _("Invite someone without an account"),
    call_officer,
    when=while_reviewers_change,
    unless=why_judge_runs_not,
)
CANCEL = Rule(
    "cancel_judge_invitation",
    _("Take the invitation back"),
    _of_call,
    when=lambda row: row.is_open,
    unless=why_judge_works_not,
)
ACCEPT = Rule("accept_judge_invitation", _("Accept"), is_addressed_to, when=can_be_answered, not_now=OVER)
DECLINE = Rule("decline_judge_invitation", _("Decline"), is_addressed_to, when=can_be_answered, not_now=OVER)


def invite_judge(
    *, call: Call, email: str, kind: str, base: str, by: Actor, stamp: Stamp | None = None
) -> JudgeInvitation:
    """Write to an address that has no account. `base`: the site's address, for the link. Raises ValidationError."""
    email = email.strip().lower()
    with pass_door(call, INVITE, by=by, stamp=stamp) as door:
        if kind not in JUDGES:
            raise ValueError(f"{kind} judges no call")
        waiting = JudgeInvitation.objects.filter(call=door.root, kind=kind, accepted=None, cancelled_at=None)
        if waiting.filter(email__iexact=email).exists():
            raise ValidationError({"email": _("This person has already been invited.")})
        if User.objects.filter(email__iexact=email, is_active=True).exists():
            raise ValidationError({"email": _("This person has an account: name him or her directly.")})
        invitation = JudgeInvitation.objects.create(
            call=door.root, kind=kind, email=email, invited_by=by.user, invited_at=clock.now()
        )
        door.payload.update(invitation=invitation.pk, capacity=str(kind))
        _send(door, invitation, base)
    return invitation


def cancel_judge_invitation(*, invitation: JudgeInvitation, by: Actor, stamp: Stamp | None = None) -> JudgeInvitation:
    with pass_door(invitation, CANCEL, by=by, stamp=stamp, root=invitation.call, kind=f"call.{CANCEL.name}") as door:
        door.subject.cancelled_at = clock.now()
        door.payload["invitation"] = invitation.pk
    return door.subject


def accept_judge_invitation(*, invitation: JudgeInvitation, by: Actor, stamp: Stamp | None = None) -> Capacity:
    """Become a judge of the call. Raises ValidationError for whoever cannot be one (belongs to an applicant)."""
    with pass_door(invitation, ACCEPT, by=by, stamp=stamp, root=invitation.call, kind=f"call.{ACCEPT.name}") as door:
        _answered(door, accepted=True)
        return admit_judge(door, by.user, door.subject.kind)


def decline_judge_invitation(*, invitation: JudgeInvitation, by: Actor, stamp: Stamp | None = None) -> JudgeInvitation:
    with pass_door(invitation, DECLINE, by=by, stamp=stamp, root=invitation.call, kind=f"call.{DECLINE.name}") as door:
        _answered(door, accepted=False)
    return door.subject


def _answered(door: Passage, *, accepted: bool) -> None:
    invitation = door.subject
    invitation.accepted, invitation.answered_by, invitation.answered_at = accepted, door.by.user, clock.now()
    door.payload["invitation"] = invitation.pk


def _send(door: Passage, invitation: JudgeInvitation, base: str) -> None:
    """Thai first, English below: nobody knows yet which language the receiver reads."""
    link = base.rstrip("/") + reverse("agreements:judge_invitation", args=[invitation.pk])
    parts = []
    for language in ("th", "en"):
        with override(language):
            facts = {"agency": door.root.agency.name, "call": door.root.title, "email": invitation.email}
            parts.append(
                gettext(
                    "%(agency)s invites you to judge the proposals on “%(call)s”. Open the link below; if you have no "
                    "account yet, sign up with this address (%(email)s). If you did not expect this, you need do "
                    "nothing."
                )
                % facts
            )
    with override("th"):
        subject = gettext("Invitation to judge proposals")
    door.notify(kind=NOTICE, to_email=invitation.email, subject=subject, body="\n\n".join([*parts, link]))
