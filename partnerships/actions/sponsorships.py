"""An unregistered group asks a registered organisation to stand in for it, and is answered on record (§2)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import PARTNER_KINDS, OrganisationStanding, Role, SponsorshipState
from partnerships.models import Organisation, Sponsorship
from partnerships.permissions.organisations import may_ask_sponsor

CURRENT = (SponsorshipState.ASKED, SponsorshipState.AGREED)
ANSWERING = (Role.ADMINISTRATOR, Role.REPRESENTATIVE)


def _may_have_sponsor(group: Organisation) -> bool:
    return group.is_unregistered and group.standing != OrganisationStanding.MERGED


ASK_SPONSOR = Rule(
    "ask_sponsor",
    _("Ask an organisation to be the sponsor"),
    may_ask_sponsor,
    when=_may_have_sponsor,
    not_now=_("Only a group that is not registered as a legal person has a sponsor."),
)


def ask_sponsor(
    *, organisation: Organisation, sponsor: Organisation, request: str, by: Actor, stamp: Stamp | None = None
) -> Sponsorship:
    """Ask; the sponsor's administrators and representatives are told. One is asked at a time.

    Raises ValidationError where the other cannot be a sponsor or another was asked already.
    """
    if sponsor.pk == organisation.pk or not can_sponsor(sponsor):
        raise ValidationError(_("This organisation cannot be a sponsor: choose a registered one."))
    with pass_door(organisation, ASK_SPONSOR, by=by, stamp=stamp) as door:
        sponsorship = Sponsorship(group=door.root, sponsor=sponsor, request=request)
        sponsorship.asked_by, sponsorship.asked_at = by.user, clock.now()
        try:
            with transaction.atomic():
                sponsorship.save()
        except IntegrityError as error:
            raise ValidationError(_("A sponsor has already been asked or has agreed.")) from error
        door.payload.update(sponsorship=sponsorship.pk, sponsor=sponsor.pk)
        told = people_in_roles([sponsor.pk], *ANSWERING)
        subject = _("A group asks your organisation to be its sponsor")
        tell(door, told, kind="sponsorship.asked", subject=subject, body=door.root.name_th)
    return sponsorship


def can_sponsor(organisation: Organisation) -> bool:
    """Registered as a legal person, in the register, and not blocked."""
    registered = organisation.kind in PARTNER_KINDS and not organisation.is_unregistered
    return registered and organisation.standing == OrganisationStanding.ACTIVE and not organisation.is_blocked


def agree_to_sponsor(*, sponsorship: Sponsorship, answer: str = "", by: Actor, stamp: Stamp | None = None) -> None:
    """The sponsor's word that it answers for the group. Raises NotNow, NotYou."""
    _answer(sponsorship, "agree_to_sponsor", answer, by, stamp)


def decline_to_sponsor(*, sponsorship: Sponsorship, answer: str, by: Actor, stamp: Stamp | None = None) -> None:
    """With the reason; the group may ask another. Raises NotNow, NotYou."""
    _answer(sponsorship, "decline_to_sponsor", answer, by, stamp)


def _answer(sponsorship: Sponsorship, move: str, answer: str, by: Actor, stamp: Stamp | None) -> None:
    with pass_door(sponsorship, move, by=by, stamp=stamp, root=sponsorship.group) as door:
        door.subject.answer, door.subject.answered_by, door.subject.answered_at = answer, by.user, clock.now()
        door.payload.update(sponsor=door.subject.sponsor_id, answer=answer)
        told = people_in_roles([door.root.pk], *ANSWERING)
        subject = _("The organisation that you asked to be your sponsor has answered")
        tell(door, told, kind="sponsorship.answered", subject=subject, body=door.subject.sponsor.name_th)


def end_sponsorship(*, sponsorship: Sponsorship, reason: str, by: Actor, stamp: Stamp | None = None) -> None:
    """Either side takes its word back, with the reason; the other side and whoever verifies see it on the page."""
    with pass_door(sponsorship, "end_sponsorship", by=by, stamp=stamp, root=sponsorship.group) as door:
        door.subject.ended_at = clock.now()
        door.payload.update(sponsor=door.subject.sponsor_id, reason=reason)
        told = people_in_roles([door.root.pk, door.subject.sponsor_id], *ANSWERING)
        subject = _("A sponsorship was ended")
        tell(door, told, kind="sponsorship.ended", subject=subject, body=reason or door.root.name_th)
