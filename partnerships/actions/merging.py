"""Two records of one organisation made one, or found to be two organisations. By OPDC; nothing is deleted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import AlreadyDone, NotNow, Rule, Stamp, lock, pass_door, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import PARTNER_KINDS, FlagKind, OrganisationStanding, Role
from partnerships.merging import merge_steps, obstacles
from partnerships.models import Merge, NotDuplicate, Organisation
from partnerships.permissions.oversight import is_opdc_staff, is_partner_in_use, works_there
from partnerships.queries.standing import open_flags

TAKE_OVER = Rule("take_over", _("Merge"), is_opdc_staff, when=is_partner_in_use, unless=works_there)
FIND_TWO = Rule("not_duplicate", _("Not the same"), is_opdc_staff, when=is_partner_in_use)
NUMBERS = ("tax_number", "registration_number")


def merge_organisations(
    *, kept: Organisation, merged: Organisation, reason: str, by: Actor, stamp: Stamp | None = None
) -> Merge:
    """Make two records one: what belongs to `merged` belongs to `kept`, flags bind it, the merged one leads to it.

    Both are locked in the order of their ids. Texts that were signed keep the name they were signed under, and the
    history of the merged one stays where it was written. Raises NotNow with the reason where they cannot be merged.
    """
    if kept.pk == merged.pk:
        raise ValidationError(_("Choose two different organisations."))
    with together():
        for pk in sorted((kept.pk, merged.pk)):
            lock(Organisation(pk=pk))
        _refuse_impossible(kept, merged)
        moved, given = _empty(kept, merged, reason, by)
        with pass_door(kept, TAKE_OVER, by=by, stamp=stamp) as door:
            _complete(door.root, given)
            record = Merge.objects.create(
                kept=door.root, merged=merged, reason=reason, merged_by=by.user, merged_at=clock.now(), moved=moved
            )
            door.payload.update(merged=merged.pk, name=merged.name_th, moved=moved, reason=reason)
            people = people_in_roles([door.root.pk], Role.ADMINISTRATOR, Role.REPRESENTATIVE)
            body = f"{merged.name_th} → {door.root.name_th}. {reason}"
            subject = _("Two records of your organisation have been made one")
            tell(door, people, kind="organisation.merged", subject=subject, body=body)
    return record


def _refuse_impossible(kept: Organisation, merged: Organisation) -> None:
    """Asked again under the locks, of the rows as they are now."""
    one, other = (Organisation.objects.get(pk=organisation.pk) for organisation in (kept, merged))
    for organisation in (one, other):
        if organisation.standing == OrganisationStanding.MERGED:
            raise NotNow(_("%(name)s has been merged already.") % {"name": organisation.name_th})
        if organisation.kind not in PARTNER_KINDS:
            raise NotNow(_("Only partners are merged; agencies are renamed, moved or retired."))
    if not is_partner_in_use(one):
        raise NotNow(_("The record that is kept has to be sent in or in the register."))
    if reasons := obstacles(one, other):
        raise NotNow(" ".join(str(reason) for reason in reasons))


def _empty(kept: Organisation, merged: Organisation, reason: str, by: Actor) -> tuple[dict[str, int], dict[str, Any]]:
    """Move what belongs to the merged one and close it; gives counts by step, and the numbers that it had."""
    with pass_door(merged, "merge_away", by=by) as door:
        door.root.merged_into = kept
        moved = {step.name: step.move(kept, door.root) for step in merge_steps()}
        door.payload.update(into=kept.pk, reason=reason)
        return moved, {name: getattr(door.root, name) for name in (*NUMBERS, "kind")}


def _complete(kept: Organisation, given: dict[str, Any]) -> None:
    """Numbers that the one kept lacks, and the block that binds it from now on."""
    kept.tax_number = kept.tax_number or given["tax_number"]
    if kept.kind == given["kind"]:
        kept.registration_number = kept.registration_number or given["registration_number"]
    blocks = [flag.raised_at for flag in open_flags(kept) if flag.kind == FlagKind.BLOCKED]
    kept.blocked_at = min(blocks, default=None)


def find_not_duplicate(
    *, first: Organisation, second: Organisation, reason: str, by: Actor, stamp: Stamp | None = None
) -> NotDuplicate:
    """Keep that someone looked at the two and found two organisations; they are not offered as a pair again."""
    one, other = sorted((first, second), key=lambda organisation: organisation.pk)
    with pass_door(one, FIND_TWO, by=by, stamp=stamp) as door:
        try:
            with transaction.atomic():
                found = NotDuplicate.objects.create(
                    first=door.root, second=other, reason=reason, decided_by=by.user, decided_at=clock.now()
                )
        except IntegrityError as error:
            raise AlreadyDone() from error
        door.payload.update(other=other.pk, reason=reason)
    return found
