"""A partner registers itself: the draft is born with its first administrator, and is sent in when complete (§2)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Rule, Stamp, birth, pass_door, set_first_state
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import PARTNER_KINDS, OrganisationKind, OrganisationStanding, ProvincialDutyKind, Role
from partnerships.models import Membership, MembershipRole, Organisation, ProvincialDuty
from partnerships.permissions.organisations import may_register
from partnerships.reference.kinds import KINDS

# One person may have so many registrations that were not sent in yet: names cannot be reserved by the hundred.
DRAFTS_AT_MOST = 3
FIRST_ROLES = (Role.ADMINISTRATOR, Role.STAFF)


def _has_enough_drafts(_about: Any, actor: Actor) -> Any:
    begun = Organisation.objects.filter(registered_by_id=actor.user_id, standing=OrganisationStanding.DRAFT)
    if begun.count() >= DRAFTS_AT_MOST:
        return _("You have registrations that are not finished yet. Finish one of them before you begin another.")
    return None


REGISTER = Rule("register", _("Register a partner organisation"), may_register, unless=_has_enough_drafts)


def register_organisation(
    *,
    kind: str,
    name_th: str,
    by: Actor,
    local_type: str = "",
    is_unregistered: bool = False,
    stamp: Stamp | None = None,
) -> Organisation:
    """A draft of a partner; who registers it becomes its first administrator and staff.

    A representative, who can bind it, is appointed by two people. Raises NotYou (with the reason) for a person who
    has too many drafts, ValueError for a kind that is no partner.
    """
    if kind not in PARTNER_KINDS:
        raise ValueError(f"{kind} does not register itself")
    with birth(REGISTER, by=by, stamp=stamp) as door:
        organisation = Organisation(kind=kind, name_th=name_th, registered_by=by.user)
        organisation.local_type = local_type if kind == OrganisationKind.LOCAL_GOVERNMENT else ""
        organisation.is_unregistered = is_unregistered and KINDS[kind].may_be_unregistered
        set_first_state(organisation, standing=OrganisationStanding.DRAFT)
        organisation.save()
        membership = Membership.objects.create(user=by.user, organisation=organisation)
        MembershipRole.objects.bulk_create(MembershipRole(membership=membership, role=role) for role in FIRST_ROLES)
        door.root = organisation
        door.payload.update(kind=kind, name=name_th, roles=[str(role) for role in FIRST_ROLES])
    return organisation


def submit_registration(*, organisation: Organisation, by: Actor, stamp: Stamp | None = None) -> Organisation:
    """Send the registration in; OPDC and the province's verifiers are told. Raises Missing, NotNow, NotYou."""
    with pass_door(organisation, "submit_registration", by=by, stamp=stamp) as door:
        door.root.submitted_at = clock.now()
        door.payload.update(name=door.root.name_th, kind=door.root.kind)
        tell(
            door,
            verifiers_of(door.root),
            kind="organisation.submitted",
            subject=_("A partner's registration waits to be checked"),
            body=door.root.name_th,
        )
    return door.root


def verifiers_of(organisation: Organisation) -> list[int]:
    """Ids of those who may check a registration: OPDC's staff, officers of the province's named verifiers."""
    named = ProvincialDuty.objects.filter(kind=ProvincialDutyKind.VERIFIER, province_code=organisation.province_code)
    offices = named.current(clock.today()).values_list("office", flat=True) if organisation.province_code else []
    opdc = Organisation.objects.filter(kind=OrganisationKind.OPDC).values_list("pk", flat=True)
    return sorted({*people_in_roles(opdc, Role.OPDC_STAFF), *people_in_roles(offices, Role.OFFICER)})


def receipt_number(organisation: Organisation) -> str:
    """The number under which a registration is spoken of: fixed for the organisation, whatever its name becomes."""
    return f"ORG-{organisation.pk:06d}"
