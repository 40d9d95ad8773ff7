"""Who waits to be verified, and what was found before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from core import clock
from core.settings_catalogue import value_of
from partnerships.enums import OrganisationStanding, ProvincialDutyKind
from partnerships.models import Organisation, ProvincialDuty, Verification
from partnerships.querysets import OrganisationQuerySet

SUBMITTED, EXPIRING, EXPIRED, NEVER = "submitted", "expiring", "expired", "never"


def to_verify(actor: Any, waiting: str = "") -> OrganisationQuerySet:
    """Partners that this actor may verify and that wait for it: sent in, expiring soon, expired (or one of these).

    `never`: in the register and never verified (entered by OPDC); shown when asked for.
    """
    partners = Organisation.objects.partners()
    if not actor.is_opdc:
        partners = partners.filter(verified_here(actor)).exclude(pk=actor.organisation_id)
    today = clock.today()
    active = Q(standing=OrganisationStanding.ACTIVE)
    kinds = {
        SUBMITTED: Q(standing=OrganisationStanding.SUBMITTED),
        EXPIRING: active & Q(verified_until__gte=today, verified_until__lte=today + timedelta(days=soon())),
        EXPIRED: active & Q(verified_until__lt=today),
        NEVER: active & Q(verified_until=None),
    }
    return partners.filter(kinds.get(waiting) or kinds[SUBMITTED] | kinds[EXPIRING] | kinds[EXPIRED])


def soon() -> int:
    """Days before its expiry from which a verification waits to be renewed: the first reminder's."""
    return max(value_of("verification.reminder_days"), default=0)


def verified_here(actor: Any) -> Exists:
    """Whether the actor's office is named, today, as verifier in the organisation's province (the outer row)."""
    duties = ProvincialDuty.objects.current(clock.today()).filter(
        office=actor.organisation_id, kind=ProvincialDutyKind.VERIFIER, province_code=OuterRef("province_code")
    )
    return Exists(duties)


def waiting_words(organisation: Organisation) -> str:
    """Which of the lists an organisation is on."""
    today = clock.today()
    if organisation.standing == OrganisationStanding.SUBMITTED:
        return SUBMITTED
    if organisation.verified_until is None:
        return NEVER
    return EXPIRED if organisation.verified_until < today else EXPIRING


def verifications_of(organisation: Organisation) -> list[Verification]:
    """All that were recorded, with their checks, the latest first; those of records merged into it too."""
    rows = Verification.objects.filter(Q(organisation=organisation) | Q(organisation__merged_into=organisation))
    return list(rows.select_related("verifier", "organisation").prefetch_related("checks"))
