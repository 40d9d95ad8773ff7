"""The joint committee or formal body, or the reason for having none (§3.1-3.3, §4 step 6)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.notes import is_running
from agreements.enums import Side
from agreements.models import Agreement, Committee, CommitteeMember
from agreements.permissions.agreements import either_side_writer, giver_officer
from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.enums import Form

RECORD_COMMITTEE = Rule("record_committee", _("Record the committee"), role=either_side_writer, when=is_running)
WAIVE_COMMITTEE = Rule(
    "waive_committee",
    _("Record why no committee is set up"),
    role=giver_officer,
    when=lambda agreement: is_running(agreement) and agreement.form != Form.COMMISSIONING,
)


def record_committee(
    *,
    agreement: Agreement,
    name: str,
    order_number: str,
    ordered_on: date,
    ordered_by: str,
    members: list[dict[str, Any]],
    by: Any,
    secretariat: str = "",
    stamp: Stamp | None = None,
) -> Committee:
    """Record the body as its order or announcement says; a later order replaces it (the history keeps both).

    `members`: name, position, side, role, can_decide. Commissioning wants a secretariat and members of both sides
    (§3.3). Raises ValidationError at the field.
    """
    _check_body(agreement, secretariat, ordered_on, members)
    facts = {"name": name, "order_number": order_number, "ordered_on": ordered_on, "ordered_by": ordered_by}
    with pass_door(agreement, RECORD_COMMITTEE, by=by, stamp=stamp) as door:
        committee = _write(door.root, by, **facts, secretariat=secretariat, waiver_reason="")
        CommitteeMember.objects.bulk_create(CommitteeMember(committee=committee, **member) for member in members)
        sides = {side: sum(member["side"] == side for member in members) for side in Side.values}
        door.payload.update(order=order_number, ordered_on=ordered_on, members=sides)
    return committee


def _check_body(agreement: Agreement, secretariat: str, ordered_on: date, members: list[dict[str, Any]]) -> None:
    errors: dict[str, Any] = {}
    if ordered_on > clock.today():
        errors["ordered_on"] = _("The order must have been made already: the date cannot be in the future.")
    sides = {member["side"] for member in members}
    if not members:
        errors["__all__"] = _("Enter the members of the committee.")
    if agreement.form == Form.COMMISSIONING:
        if not secretariat.strip():
            errors["secretariat"] = _("A joint contract has a secretariat office.")
        if members and not {Side.GIVER, Side.RECEIVER} <= sides:
            errors["__all__"] = _("A joint contract has members of both sides, giver and receivers.")
    if errors:
        raise ValidationError(errors)


def waive_committee(*, agreement: Agreement, reason: str, by: Any, stamp: Stamp | None = None) -> Committee:
    """Record why Grant or PBC goes without a committee (it *may* be set up, §3.0)."""
    with pass_door(agreement, WAIVE_COMMITTEE, by=by, stamp=stamp) as door:
        nothing = {"name": "", "order_number": "", "ordered_on": None, "ordered_by": "", "secretariat": ""}
        committee = _write(door.root, by, **nothing, waiver_reason=reason)
        door.payload["reason"] = reason
    return committee


def _write(agreement: Agreement, by: Any, **facts: Any) -> Committee:
    stamped = {**facts, "recorded_by": by.user, "recorded_at": clock.now()}
    committee, _created = Committee.objects.update_or_create(agreement=agreement, defaults=stamped)
    committee.members.all().delete()
    return committee
