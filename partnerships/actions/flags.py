"""Flags that OPDC raises against a partner, and their lifting; both stay on record (§4 step 3, trustworthiness)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import NotNow, Rule, Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import FlagKind, Role
from partnerships.models import Flag, FlagLifting, Organisation
from partnerships.permissions.oversight import is_partner_in_use, may_flag
from partnerships.queries.standing import open_flags, words_of_block

RAISE_FLAG = Rule("raise_flag", _("Raise a flag"), may_flag, when=is_partner_in_use)
LIFT_FLAG = Rule("lift_flag", _("Lift the flag"), may_flag)

TOLD = (Role.ADMINISTRATOR, Role.REPRESENTATIVE)


def raise_flag(
    *,
    organisation: Organisation,
    kind: str,
    reason: str,
    legal_ground: str = "",
    hearing: str = "",
    heard_on: date | None = None,
    by: Actor,
    stamp: Stamp | None = None,
) -> Flag:
    """Hold something against a partner and tell it. A block needs its legal ground and the hearing given before.

    The Administrative Procedure Act B.E. 2539 (s. 30, 37) asks for both before a person's rights are touched. Raises
    ValidationError, NotYou, NotNow, Stale, AlreadyDone.
    """
    if kind == FlagKind.BLOCKED:
        _refuse_unheard(legal_ground, hearing, heard_on)
    with pass_door(organisation, RAISE_FLAG, by=by, stamp=stamp) as door:
        moment = clock.now()
        flag = Flag.objects.create(
            organisation=door.root,
            kind=kind,
            reason=reason,
            legal_ground=legal_ground,
            hearing=hearing,
            heard_on=heard_on,
            raised_by=by.user,
            raised_at=moment,
            raised_on=clock.today(),
        )
        if kind == FlagKind.BLOCKED and door.root.blocked_at is None:
            door.root.blocked_at = moment
        door.payload.update(flag=flag.pk, kind=kind)
        people = people_in_roles([door.root.pk], *TOLD)
        body: str | Promise = f"{door.root.name_th}: {flag.get_kind_display()}. {reason}"
        if kind == FlagKind.BLOCKED:
            body = words_of_block(flag)
        tell(door, people, kind="organisation.flagged", subject=_SUBJECTS[kind], body=body)
    return flag


_SUBJECTS: dict[str, Any] = {
    FlagKind.OBSERVATION: _("OPDC has recorded an observation about your organisation"),
    FlagKind.WARNING: _("OPDC has recorded a warning against your organisation"),
    FlagKind.BLOCKED: _("Your organisation has been blocked"),
}


def _refuse_unheard(legal_ground: str, hearing: str, heard_on: date | None) -> None:
    errors: dict[str, Any] = {}
    if not legal_ground.strip():
        errors["legal_ground"] = _("A block needs its legal ground.")
    if not hearing.strip():
        errors["hearing"] = _("Write what the organisation was heard on and what it said, or that it did not answer.")
    if heard_on is None:
        errors["heard_on"] = _("Enter the day of the hearing.")
    elif heard_on > clock.today():
        errors["heard_on"] = _("The hearing comes before the block: the day cannot be in the future.")
    if errors:
        raise ValidationError(errors)


def bound_by(flag: Flag) -> Organisation:
    """The organisation that the flag binds: where its record was merged, the one that was kept."""
    return flag.organisation.merged_into or flag.organisation


def lift_flag(*, flag: Flag, reason: str, by: Actor, stamp: Stamp | None = None) -> FlagLifting:
    """Take a flag back by a new record with its reason; the organisation is told. Raises NotNow when lifted already."""
    with pass_door(bound_by(flag), LIFT_FLAG, by=by, stamp=stamp) as door:
        if FlagLifting.objects.filter(flag=flag).exists():
            raise NotNow(_("This flag has been lifted already."))
        lifting = FlagLifting.objects.create(
            flag=flag, reason=reason, lifted_by=by.user, lifted_at=clock.now(), lifted_on=clock.today()
        )
        blocks = [held.raised_at for held in open_flags(door.root) if held.kind == FlagKind.BLOCKED]
        door.root.blocked_at = min(blocks, default=None)
        door.payload.update(flag=flag.pk, kind=flag.kind)
        body = format_lazy(
            "{name}: {kind}. {reason}", name=door.root.name_th, kind=FlagKind(flag.kind).label, reason=reason
        )
        subject = _("OPDC has lifted a flag against your organisation")
        tell(door, people_in_roles([door.root.pk], *TOLD), kind="organisation.flag_lifted", subject=subject, body=body)
    return lifting
