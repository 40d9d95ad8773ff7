"""OPDC enters a partner that does not register itself, such as a local government (§2)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.workflow import Rule, Stamp, birth
from partnerships.actors import Actor
from partnerships.enums import PARTNER_KINDS, OrganisationKind
from partnerships.models import Organisation
from partnerships.permissions.oversight import is_opdc_staff

ENTER = Rule("enter", _("Enter an organisation"), is_opdc_staff)


def enter_organisation(*, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Organisation:
    """A partner in the register from its first moment, not verified yet: somebody else verifies it.

    facts: kind, local_type, name_th, name_en, tax_number, registration_number, province_code, phone, email. Raises
    ValidationError at the field for a number that is on record already, and for a local government without its kind.
    """
    if facts["kind"] not in PARTNER_KINDS:
        raise ValidationError({"kind": _("Choose a kind of partner.")})
    if (facts["kind"] == OrganisationKind.LOCAL_GOVERNMENT) != bool(facts.get("local_type")):
        raise ValidationError({"local_type": _("Choose the kind of local government; others have none.")})
    with birth(ENTER, by=by, stamp=stamp) as door:
        made = Organisation(registered_by=by.user, **facts)
        made.set_derived()
        _refuse_taken_numbers(made)
        made.save()
        door.root = made
        door.payload.update(name=made.name_th, kind=made.kind)
    return made


def _refuse_taken_numbers(made: Organisation) -> None:
    """The constraints' own messages, at the number."""
    errors = {}
    for constraint in Organisation._meta.constraints:
        names = getattr(constraint, "fields", ())
        name = next((field for field in names if field.endswith("_number")), "")
        if name:
            try:
                constraint.validate(Organisation, made)
            except ValidationError as error:
                errors[name] = error.messages
    if errors:
        raise ValidationError(errors)
