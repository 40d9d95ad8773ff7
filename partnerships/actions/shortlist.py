"""The shortlist of a mission: partners put on it with the reason, invited, answering (§4 step 3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import state_writable
from core.workflow import NotNow, Passage, Rule, Stamp, pass_door, together
from partnerships import endorsement_hooks
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.endorsement_hooks import goes_by_chain
from partnerships.enums import PARTNER_KINDS, OrganisationStanding, Role, ShortlistState
from partnerships.models import Mission, Organisation, ShortlistEntry
from partnerships.permissions.missions import may_edit_mission

ADD_TO_SHORTLIST = Rule("add_to_shortlist", _("Put on the shortlist"), may_edit_mission)
REMOVE_FROM_SHORTLIST = Rule("remove_from_shortlist", _("Take off the shortlist"), may_edit_mission)
NEEDED_TO_INVITE = ("form_chosen", "someone_to_invite")
INVITE_SHORTLIST = Rule(
    "invite_shortlist",
    _("Invite partners of the shortlist"),
    may_edit_mission,
    requires=NEEDED_TO_INVITE,
    when=lambda mission: not goes_by_chain(mission, endorsement_hooks.INVITE_SHORTLIST),
)
PROPOSE_INVITATION = Rule(
    "propose_invitation", _("Propose whom to invite"), may_edit_mission, requires=NEEDED_TO_INVITE
)
TO_INVITE = (ShortlistState.LISTED, ShortlistState.DECLINED)


def why_not_a_candidate(organisation: Organisation) -> Any:
    """The reason why this organisation cannot be put on a shortlist or invited, or None."""
    if organisation.kind not in PARTNER_KINDS:
        return _("Only partners can receive a mission.")
    if organisation.standing != OrganisationStanding.ACTIVE:
        return _("This organisation is not in the register.")
    if organisation.is_blocked:
        return _("This organisation is blocked: it can neither submit a proposal nor be selected.")
    return None


def add_to_shortlist(
    *, mission: Mission, organisation: Organisation, reason: str, by: Actor, stamp: Stamp | None = None
) -> ShortlistEntry:
    """Put a partner on the mission's shortlist. Raises ValidationError where it is there already or may not be."""
    with pass_door(mission, ADD_TO_SHORTLIST, by=by, stamp=stamp) as door:
        if problem := why_not_a_candidate(organisation):
            raise ValidationError(problem)
        if door.root.shortlist.filter(organisation=organisation).exists():
            raise ValidationError(_("This partner is already on the shortlist."))
        entry = ShortlistEntry.objects.create(
            mission=door.root, organisation=organisation, reason=reason, added_by=by.user, added_at=clock.now()
        )
        door.payload.update(organisation=organisation.pk, name=organisation.name_th, reason=reason)
    return entry


def add_all_to_shortlist(
    *, mission: Mission, candidates: Iterable[tuple[Organisation, str]], by: Actor, stamp: Stamp | None = None
) -> Mission:
    """Put several partners on the shortlist, each with its reason: all of them or none (raises as for one)."""
    with together():
        for organisation, reason in candidates:
            add_to_shortlist(mission=mission, organisation=organisation, reason=reason, by=by, stamp=stamp)
            stamp = None  # the form spoke of the mission as it was before the first of them
    return mission


def remove_from_shortlist(*, entry: ShortlistEntry, by: Actor, stamp: Stamp | None = None) -> Mission:
    """Take a partner off as long as it was not invited; the mission's history keeps that it was there, and why."""
    with pass_door(entry.mission, REMOVE_FROM_SHORTLIST, by=by, stamp=stamp) as door:
        found = ShortlistEntry.objects.filter(pk=entry.pk, state=ShortlistState.LISTED).first()
        if found is None:
            raise NotNow()
        door.payload.update(organisation=found.organisation_id, reason=found.reason)
        found.delete()
    return door.root


# --- inviting -------------------------------------------------------------------------------------------------------


def invite_shortlist(
    *, mission: Mission, entries: Iterable[ShortlistEntry], invitation: str, by: Actor, stamp: Stamp | None = None
) -> Mission:
    """Invite partners of the shortlist, in words that they read. Raises Missing without a form, ValidationError."""
    with pass_door(mission, INVITE_SHORTLIST, by=by, stamp=stamp) as door:
        invite_them(door.root, {"entries": [entry.pk for entry in entries], "invitation": invitation}, by, door)
    return door.root


def invite_them(mission: Mission, proposal: dict[str, Any], by: Actor, door: Passage) -> None:
    """Carry an invitation out inside the mission's door: `proposal` names the entries and holds the words.

    Raises NotNow where one was invited meanwhile, ValidationError where one has been blocked.
    """
    entries = list(mission.shortlist.filter(pk__in=proposal["entries"]).select_related("organisation"))
    if not entries or len(entries) != len(set(proposal["entries"])):
        raise ValidationError({"entries": _("Choose the partners to invite.")})
    for entry in entries:
        if entry.state not in TO_INVITE:
            raise NotNow()
        if problem := why_not_a_candidate(entry.organisation):
            raise ValidationError({"entries": f"{entry.organisation.name}: {problem}"})
        entry.invited_at, entry.invitation = clock.now(), proposal["invitation"]
        entry.answer, entry.answered_by, entry.answered_at = "", None, None
        with state_writable(entry):
            entry.invite()
        entry.save()
        _tell_partner(door, entry)
    door.payload.update(invited=[entry.organisation_id for entry in entries], invitation=proposal["invitation"])


def _tell_partner(door: Passage, entry: ShortlistEntry) -> None:
    users = people_in_roles([entry.organisation_id], Role.STAFF, Role.REPRESENTATIVE)
    agency, invitation = entry.mission.agency.name_th, entry.invitation
    tell(door, users, kind="mission.invitation", about=entry.mission, agency=agency, invitation=invitation)


def propose_invitation(
    *,
    mission: Mission,
    entries: Iterable[ShortlistEntry],
    invitation: str,
    by: Actor,
    comment: str = "",
    stamp: Stamp | None = None,
) -> Any:
    """Put the invitation before the agency's chain for it; returns the decision. Raises the door's refusals."""
    proposal = {"entries": [entry.pk for entry in entries], "invitation": invitation}
    return endorsement_hooks.propose(
        kind=endorsement_hooks.INVITE_SHORTLIST, root=mission, by=by, proposal=proposal, comment=comment, stamp=stamp
    )


def _shown(mission: Mission, proposal: dict[str, Any]) -> list[tuple[Any, Any]]:
    entries = mission.shortlist.filter(pk__in=proposal["entries"]).select_related("organisation")
    rows = [(entry.organisation.name, entry.reason) for entry in entries]
    return [*rows, (_("Words of the invitation"), proposal["invitation"])]


endorsement_hooks.register_mission_matter(
    endorsement_hooks.INVITE_SHORTLIST,
    propose=PROPOSE_INVITATION,
    outcome=invite_them,
    show=_shown,
    consequence=_("The partners are told, and read the public part of the mission."),
)


# --- answering ------------------------------------------------------------------------------------------------------

ANSWERS = {ShortlistState.INTERESTED: "express_interest", ShortlistState.DECLINED: "decline"}


def answer_invitation(
    *, entry: ShortlistEntry, interested: bool, answer: str, by: Actor, stamp: Stamp | None = None
) -> ShortlistEntry:
    """The invited partner says whether it is interested, in words; the answer may be changed until then and after.

    Raises NotNow where this very answer was given already or nobody invited, NotYou, ValidationError.
    """
    move = ANSWERS[ShortlistState.INTERESTED if interested else ShortlistState.DECLINED]
    with pass_door(entry, move, by=by, stamp=stamp, root=entry.mission) as door:
        if not answer.strip() and not interested:
            raise ValidationError({"answer": _("Please say why, so that the agency can learn from it.")})
        given = door.subject
        given.answer, given.answered_by, given.answered_at = answer, by.user, clock.now()
        door.payload.update(organisation=given.organisation_id, answer=answer)
        users = {door.root.officer_id, *people_in_roles([door.root.agency_id], Role.OFFICER)}
        tell(door, users, kind="mission.answer", partner=by.organisation_name, answer=answer)
    return door.subject
