"""An organisation's own people keep its profile, part by part, as far as it is known (§2).

Until the registration is sent in everything can be changed. While it is being checked, who it is stays fixed. In the
register a change of name or numbers is accepted at once, keeps the former name, and ends the verification: whoever
relies on it sees that it must be verified again. The kind is then changed by OPDC alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Passage, Rule, Stamp, pass_door
from partnerships.actions.notices import tell
from partnerships.actions.registration import verifiers_of
from partnerships.actors import Actor
from partnerships.enums import OrganisationKind, OrganisationStanding
from partnerships.models import FormerName, Organisation, ServiceArea
from partnerships.permissions.organisations import may_edit_identity, may_edit_profile
from partnerships.reference.kinds import KINDS

TAKEN = _(
    "This organisation is already registered. Ask the administrator of the organisation to invite you; if you do not "
    "know who that is, ask OPDC."
)


def is_kept(organisation: Organisation) -> bool:
    return organisation.standing != OrganisationStanding.MERGED


def identity_may_change(organisation: Organisation) -> bool:
    return organisation.standing in (OrganisationStanding.DRAFT, OrganisationStanding.ACTIVE)


CHECKED_NOW = _("Name, kind and numbers stay as they are while the registration is being checked.")
EDIT_IDENTITY = Rule(
    "edit_identity", _("Edit name and kind"), may_edit_identity, when=identity_may_change, not_now=CHECKED_NOW
)
EDIT_NUMBERS = Rule("edit_numbers", _("Edit numbers"), may_edit_identity, when=identity_may_change, not_now=CHECKED_NOW)
EDIT_ADDRESS = Rule("edit_address", _("Edit the address"), may_edit_profile, when=is_kept)
EDIT_WORK = Rule("edit_work", _("Edit fields of work and areas"), may_edit_profile, when=is_kept)
EDIT_SIZE = Rule("edit_size", _("Edit size and year founded"), may_edit_profile, when=is_kept)

IDENTITY = ("kind", "local_type", "is_unregistered", "name_th", "name_en", "short_name")
VERIFIED_FACTS = {"local_type", "is_unregistered", "name_th", "name_en", "tax_number", "registration_number"}
NUMBERS = ("tax_number", "registration_number")
ADDRESS = ("address", "province_code", "district_code", "subdistrict_code", "postal_code", "phone", "email", "website")
SIZE = ("founded_year", "staff_count", "volunteer_count", "yearly_income")


def edit_identity(*, organisation: Organisation, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Organisation:
    """Name and kind (IDENTITY). In the register the kind stays; a new name ends the verification.

    Raises ValidationError at the field where a number is taken, NotNow while the registration is being checked.
    """
    with pass_door(organisation, EDIT_IDENTITY, by=by, stamp=stamp) as door:
        if door.root.standing != OrganisationStanding.DRAFT:
            facts.pop("kind", None)
        before = (door.root.name_th, door.root.name_en)
        _write_identity(door, IDENTITY, facts)
        if door.root.standing == OrganisationStanding.ACTIVE and before != (door.root.name_th, door.root.name_en):
            _keep_former_name(door.root, *before)
    return door.root


def edit_numbers(*, organisation: Organisation, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Organisation:
    """Tax and registration number. Raises ValidationError at the number that another organisation has."""
    with pass_door(organisation, EDIT_NUMBERS, by=by, stamp=stamp) as door:
        _write_identity(door, NUMBERS, facts)
    return door.root


def edit_address(*, organisation: Organisation, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Organisation:
    """Address, telephone, e-mail, website (ADDRESS)."""
    with pass_door(organisation, EDIT_ADDRESS, by=by, stamp=stamp) as door:
        _write(door, ADDRESS, facts)
    return door.root


def edit_size(*, organisation: Organisation, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Organisation:
    """Year founded (CE), staff and volunteers (people), yearly income (baht); None is "not told"."""
    with pass_door(organisation, EDIT_SIZE, by=by, stamp=stamp) as door:
        _write(door, SIZE, facts)
    return door.root


def edit_work(*, organisation: Organisation, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Organisation:
    """What it does (`about`), fields of work, target groups, provinces served (codes); those named are replaced."""
    with pass_door(organisation, EDIT_WORK, by=by, stamp=stamp) as door:
        _write(door, ("about",), facts)
        for name in ("fields_of_work", "target_groups"):
            if name in facts:
                getattr(door.root, name).set(facts[name])
                door.payload[name] = sorted(word.code for word in facts[name])
        if "provinces" in facts:
            _serve(door.root, set(facts["provinces"]))
            door.payload["provinces"] = sorted(facts["provinces"])
    return door.root


# --- writing


def _write(door: Passage, names: tuple[str, ...], facts: Mapping[str, Any]) -> list[str]:
    """Write what was given and differs; the event keeps which, not what (it may be personal)."""
    changed = [name for name in names if name in facts and getattr(door.root, name) != facts[name]]
    for name in changed:
        setattr(door.root, name, facts[name])
    door.payload["changed"] = changed
    return changed


def _write_identity(door: Passage, names: tuple[str, ...], facts: Mapping[str, Any]) -> None:
    changed = _write(door, names, facts)
    _drop_what_the_kind_has_not(door.root)
    if changed:
        _refuse_taken(door.root)
    if VERIFIED_FACTS.isdisjoint(changed) or door.root.verified_until is None:
        return
    door.root.verified_until = None
    door.payload["verification_ended"] = True
    subject = _("A verified partner changed its name or numbers and must be verified again")
    tell(door, verifiers_of(door.root), kind="organisation.reverify", subject=subject, body=door.root.name_th)


def _drop_what_the_kind_has_not(organisation: Organisation) -> None:
    row = KINDS[organisation.kind]
    if organisation.kind != OrganisationKind.LOCAL_GOVERNMENT:
        organisation.local_type = ""
    organisation.is_unregistered = organisation.is_unregistered and row.may_be_unregistered
    if organisation.is_unregistered:
        organisation.tax_number = organisation.registration_number = ""


def _refuse_taken(organisation: Organisation) -> None:
    """Say at the field that a number is taken, also when another registration takes it at the same moment."""
    others = Organisation.objects.exclude(pk=organisation.pk).exclude(standing=OrganisationStanding.MERGED)
    if organisation.tax_number and others.filter(tax_number=organisation.tax_number).exists():
        raise ValidationError({"tax_number": TAKEN})
    same_kind = others.filter(kind=organisation.kind, registration_number=organisation.registration_number)
    if organisation.registration_number and same_kind.exists():
        raise ValidationError({"registration_number": TAKEN})
    try:
        with transaction.atomic():
            organisation.save()
    except IntegrityError as error:
        raise ValidationError(TAKEN) from error


def _keep_former_name(organisation: Organisation, name_th: str, name_en: str) -> None:
    FormerName.objects.create(
        organisation=organisation,
        name_th=name_th,
        name_en=name_en,
        valid_from=organisation.valid_from,
        valid_until=clock.today(),
    )
    organisation.valid_from = clock.today()


def _serve(organisation: Organisation, wanted: set[str]) -> None:
    now = set(organisation.service_areas.values_list("province_code", flat=True))
    organisation.service_areas.filter(province_code__in=now - wanted).delete()
    ServiceArea.objects.bulk_create(
        ServiceArea(organisation=organisation, province_code=code) for code in sorted(wanted - now)
    )
