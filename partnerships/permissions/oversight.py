"""Who may do what in OPDC's oversight of organisations (§2): flags, duplicates, agencies, provincial duties."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from partnerships.enums import PARTNER_KINDS, OrganisationKind, OrganisationStanding
from partnerships.permissions.organisations import may_verify

IN_USE = (OrganisationStanding.SUBMITTED, OrganisationStanding.ACTIVE)


def is_opdc_staff(_about: Any, actor: Any) -> bool:
    """OPDC keeps the register: duplicates, agencies, organisations entered by hand."""
    return actor.is_opdc


def may_flag(organisation: Any, actor: Any) -> bool:
    """OPDC's staff; never against their own house."""
    return actor.is_opdc and actor.organisation_id != organisation.pk


def is_partner_in_use(organisation: Any) -> bool:
    """A partner that was sent in or is in the register: only that can be verified or flagged."""
    return organisation.kind in PARTNER_KINDS and organisation.standing in IN_USE


def is_agency_in_use(organisation: Any) -> bool:
    """A ministry, department or provincial office that exists today."""
    kept = (OrganisationKind.MINISTRY, OrganisationKind.DEPARTMENT, OrganisationKind.PROVINCIAL_OFFICE)
    ended = organisation.valid_until is not None and organisation.valid_until < clock.today()
    return organisation.kind in kept and organisation.standing == OrganisationStanding.ACTIVE and not ended


def works_there(organisation: Any, actor: Any) -> Any:
    """Why this very person may not check the organisation: he or she registered it, works or worked for it; or None."""
    if organisation.registered_by_id is not None and organisation.registered_by_id == actor.user_id:
        return _("You registered this organisation yourself: someone else verifies it.")
    if actor.user_id and organisation.memberships.filter(user_id=actor.user_id).exists():
        return _("You work or worked for this organisation: someone else verifies it.")
    return None


def may_see_findings(organisation: Any, actor: Any) -> bool:
    """The checks and comments of a verification, observations, hearings: its own people, OPDC, its verifiers."""
    return actor.is_opdc or actor.organisation_id == organisation.pk or may_verify(organisation, actor)


def sees_waiting_list(actor: Any) -> bool:
    """The list of what is to be verified: OPDC, and provincial offices (each its own provinces)."""
    return actor.is_opdc or actor.is_provincial
