"""Ministries, departments and provincial offices, kept by OPDC as data: names from day to day, parents, duties.

A name is never overwritten: the old one is kept with the day until which it held. Agreements keep the names under which
they were signed.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Rule, Stamp, birth, pass_door
from partnerships.actors import Actor
from partnerships.enums import STATE_KINDS, OrganisationKind, ProvincialDutyKind
from partnerships.models import FormerName, Organisation, ProvincialDuty
from partnerships.permissions.oversight import is_agency_in_use, is_opdc_staff

ADD_AGENCY = Rule("add_agency", _("Add an agency"), is_opdc_staff)
RENAME_AGENCY = Rule("rename_agency", _("Rename"), is_opdc_staff, when=is_agency_in_use)
MOVE_AGENCY = Rule(
    "move_agency",
    _("Move to another ministry"),
    is_opdc_staff,
    when=lambda agency: is_agency_in_use(agency) and agency.kind != OrganisationKind.MINISTRY,
)
RETIRE_AGENCY = Rule(
    "retire_agency",
    _("Record the end"),
    is_opdc_staff,
    when=lambda agency: is_agency_in_use(agency) and agency.valid_until is None,
)
NAME_DUTY = Rule("name_duty", _("Give a duty"), is_opdc_staff, when=is_agency_in_use)
END_DUTY = Rule("end_duty", _("End the duty"), is_opdc_staff)

# What each kind of agency stands under.
PARENT_OF = {
    OrganisationKind.MINISTRY: None,
    OrganisationKind.DEPARTMENT: OrganisationKind.MINISTRY,
    OrganisationKind.PROVINCIAL_OFFICE: OrganisationKind.DEPARTMENT,
}


def add_agency(
    *,
    kind: str,
    name_th: str,
    parent: Organisation | None = None,
    name_en: str = "",
    short_name: str = "",
    code: str = "",
    province_code: str = "",
    valid_from: date | None = None,
    by: Actor,
    stamp: Stamp | None = None,
) -> Organisation:
    """A ministry, a department under one, or a department's office in a province. Raises ValidationError."""
    _refuse_wrong_parent(kind, parent)
    if kind == OrganisationKind.PROVINCIAL_OFFICE and not province_code:
        raise ValidationError({"province_code": _("Choose the province of the office.")})
    with birth(ADD_AGENCY, by=by, stamp=stamp) as door:
        _refuse_taken(name_th, code)
        door.root = Organisation.objects.create(
            kind=kind,
            parent=parent,
            name_th=name_th,
            name_en=name_en,
            short_name=short_name,
            code=code,
            province_code=province_code,
            valid_from=valid_from,
            registered_by=by.user,
        )
        door.payload.update(name=name_th, parent=parent.pk if parent else None, valid_from=valid_from)
    return door.root


def _refuse_wrong_parent(kind: str, parent: Organisation | None) -> None:
    wanted = PARENT_OF[OrganisationKind(kind)]
    if wanted is None and parent is not None:
        raise ValidationError({"parent": _("A ministry stands under no other agency.")})
    if wanted is not None and (parent is None or parent.kind != wanted or not is_agency_in_use(parent)):
        words = {
            OrganisationKind.MINISTRY: _("Choose the ministry."),
            OrganisationKind.DEPARTMENT: _("Choose the department."),
        }
        raise ValidationError({"parent": words[wanted]})


def _refuse_taken(name_th: str, code: str, but: int | None = None) -> None:
    """Two agencies that exist today bear neither the same name nor the same code."""
    today = clock.today()
    others = Organisation.objects.filter(kind__in=STATE_KINDS).exclude(pk=but).named_on(today)
    if others.filter(name_th=name_th).exists():
        raise ValidationError({"name_th": _("An agency of this name is already on record.")})
    if code and others.filter(code=code).exists():
        raise ValidationError({"code": _("An agency with this code is already on record.")})


def rename_agency(
    *,
    agency: Organisation,
    name_th: str,
    valid_from: date,
    name_en: str = "",
    short_name: str = "",
    by: Actor,
    stamp: Stamp | None = None,
) -> Organisation:
    """Another name from a day on (today or before); the old one is kept as a former name."""
    _refuse_out_of_order(agency, valid_from)
    with pass_door(agency, RENAME_AGENCY, by=by, stamp=stamp) as door:
        if name_th == door.root.name_th and name_en == door.root.name_en:
            raise ValidationError({"name_th": _("The agency bears this name already.")})
        _refuse_taken(name_th, "", but=door.root.pk)
        _keep_former(door.root, valid_from)
        door.payload.update({"from": door.root.name_th, "to": name_th, "valid_from": valid_from})
        door.root.name_th, door.root.name_en, door.root.short_name = name_th, name_en, short_name
        door.root.valid_from = valid_from
    return door.root


def _refuse_out_of_order(agency: Organisation, day: date) -> None:
    if day > clock.today():
        raise ValidationError({"valid_from": _("Enter it on the day from which it holds, or later.")})
    if agency.valid_from and day <= agency.valid_from:
        raise ValidationError({"valid_from": _("The day must be later than that of the name before.")})


def _keep_former(agency: Organisation, until: date) -> None:
    FormerName.objects.create(
        organisation=agency,
        name_th=agency.name_th,
        name_en=agency.name_en,
        parent=agency.parent,
        valid_from=agency.valid_from,
        valid_until=until - timedelta(days=1),
    )


def move_agency(
    *, agency: Organisation, parent: Organisation, valid_from: date, by: Actor, stamp: Stamp | None = None
) -> Organisation:
    """Under another ministry (an office: another department) from a day on; where it stood before is kept."""
    _refuse_wrong_parent(agency.kind, parent)
    _refuse_out_of_order(agency, valid_from)
    with pass_door(agency, MOVE_AGENCY, by=by, stamp=stamp) as door:
        if door.root.parent_id == parent.pk:
            raise ValidationError({"parent": _("It stands there already.")})
        _keep_former(door.root, valid_from)
        door.payload.update({"from": door.root.parent_id, "to": parent.pk, "valid_from": valid_from})
        door.root.parent, door.root.valid_from = parent, valid_from
    return door.root


def retire_agency(
    *, agency: Organisation, valid_until: date, reason: str, by: Actor, stamp: Stamp | None = None
) -> Organisation:
    """It exists until that day. Raises ValidationError while agencies that exist stand under it."""
    if agency.valid_from and valid_until < agency.valid_from:
        raise ValidationError({"valid_until": _("The end must not be before the beginning.")})
    with pass_door(agency, RETIRE_AGENCY, by=by, stamp=stamp) as door:
        if door.root.children.filter(valid_until=None).exists():
            raise ValidationError(_("Agencies that stand under it have to be moved or retired first."))
        door.root.valid_until = valid_until
        door.payload.update(valid_until=valid_until, reason=reason)
    return door.root


# --- duties of provincial offices


def name_duty(
    *,
    office: Organisation,
    kind: str,
    province_code: str,
    starts_on: date,
    ends_on: date | None = None,
    by: Actor,
    stamp: Stamp | None = None,
) -> ProvincialDuty:
    """Name a provincial office coordinator, or verifier of partners, in a province. Raises ValidationError."""
    if ends_on and ends_on < starts_on:
        raise ValidationError({"ends_on": _("The end must not be before the beginning.")})
    with pass_door(office, NAME_DUTY, by=by, stamp=stamp) as door:
        if door.root.kind != OrganisationKind.PROVINCIAL_OFFICE:
            raise ValidationError({"office": _("Only a provincial office is given such a duty.")})
        same = door.root.provincial_duties.filter(kind=kind, province_code=province_code)
        if same.exclude(ends_on__lt=starts_on).exists():
            raise ValidationError({"province_code": _("The office has this duty in this province already.")})
        duty = ProvincialDuty.objects.create(
            office=door.root,
            kind=kind,
            province_code=province_code,
            starts_on=starts_on,
            ends_on=ends_on,
            named_by=by.user,
        )
        door.payload.update(duty=duty.pk, kind=kind, province=province_code, starts_on=starts_on, ends_on=ends_on)
    return duty


def end_duty(*, duty: ProvincialDuty, ends_on: date, by: Actor, stamp: Stamp | None = None) -> ProvincialDuty:
    """The office has the duty until that day. Raises ValidationError for a day before it began."""
    with pass_door(duty.office, END_DUTY, by=by, stamp=stamp) as door:
        current = ProvincialDuty.objects.get(pk=duty.pk)
        if ends_on < current.starts_on:
            raise ValidationError({"ends_on": _("The end must not be before the beginning.")})
        current.ends_on = ends_on
        current.save(update_fields=["ends_on"])
        door.payload.update(duty=duty.pk, kind=ProvincialDutyKind(current.kind).value, ends_on=ends_on)
    return current


DETAILS: tuple[str, ...] = ("name_th", "name_en", "short_name")


def details_of(agency: Organisation) -> dict[str, Any]:
    """What a form for another name begins with."""
    return {name: getattr(agency, name) for name in DETAILS}
