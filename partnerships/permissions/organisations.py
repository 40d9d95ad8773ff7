"""Who may do what with organisations and their registration (§2). Records are asked by their own attributes."""

from __future__ import annotations

from typing import Any

from partnerships.enums import OrganisationStanding, Role
from partnerships.permissions import works_for

# --- the organisation's own people


def may_register(_about: Any, actor: Any) -> bool:
    """Anyone logged in may begin to register a partner organisation, of which he or she becomes administrator."""
    return actor.user_id is not None


def may_edit_profile(organisation: Any, actor: Any) -> bool:
    """Those who keep the profile: administrator, staff, representative."""
    return works_for(organisation.pk, actor, Role.ADMINISTRATOR, Role.STAFF, Role.REPRESENTATIVE)


def may_edit_identity(organisation: Any, actor: Any) -> bool:
    """Name, kind and numbers say who the organisation is: its administrator or representative."""
    return works_for(organisation.pk, actor, Role.ADMINISTRATOR, Role.REPRESENTATIVE)


def may_edit_bank_account(organisation: Any, actor: Any) -> bool:
    """Where money goes is said by those who answer for it, never by staff alone."""
    return works_for(organisation.pk, actor, Role.ADMINISTRATOR, Role.FINANCE, Role.REPRESENTATIVE)


def may_submit_registration(organisation: Any, actor: Any) -> bool:
    return works_for(organisation.pk, actor, Role.ADMINISTRATOR, Role.REPRESENTATIVE)


# --- OPDC and provincial offices


def may_verify(organisation: Any, actor: Any) -> bool:
    """OPDC's staff, or an officer of the office named as verifier in the organisation's province; never one's own."""
    if actor.user_id is None or actor.organisation_id == organisation.pk:
        return False
    if actor.is_opdc:
        return True
    return actor.is_provincial and actor.holds(Role.OFFICER) and organisation.has_verifier(actor.organisation_id)


def may_merge(_organisation: Any, actor: Any) -> bool:
    return actor.is_opdc


# --- sponsors of unregistered groups


def may_ask_sponsor(organisation: Any, actor: Any) -> bool:
    return works_for(organisation.pk, actor, Role.ADMINISTRATOR, Role.REPRESENTATIVE)


def may_answer_sponsorship(sponsorship: Any, actor: Any) -> bool:
    """The sponsor's word binds it: its representative or administrator gives it."""
    return works_for(sponsorship.sponsor_id, actor, Role.ADMINISTRATOR, Role.REPRESENTATIVE)


def may_end_sponsorship(sponsorship: Any, actor: Any) -> bool:
    """Either side."""
    return may_answer_sponsorship(sponsorship, actor) or works_for(
        sponsorship.group_id, actor, Role.ADMINISTRATOR, Role.REPRESENTATIVE
    )


# --- standing


def is_out_of_draft(organisation: Any) -> bool:
    """Whether the registration has been sent in (or accepted): only then can the organisation propose."""
    return organisation.standing in (OrganisationStanding.SUBMITTED, OrganisationStanding.ACTIVE)
