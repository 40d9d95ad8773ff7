"""Who sees the reports. Denied unless given."""

from __future__ import annotations

from typing import Any


def may_see_dashboard(actor: Any) -> bool:
    """OPDC sees every agreement, an agency its own ministry's part (§2)."""
    return actor.is_opdc or actor.is_agency


def may_match(mission: Any, actor: Any) -> bool:
    """Who looks for a receiver: the agency that owns the mission, and OPDC, which brings both together (§2)."""
    return actor.is_opdc or (actor.is_agency and actor.organisation_id == mission.agency_id)


def may_see_offers(organisation: Any, actor: Any) -> bool:
    """What fits a partner: its own people, and OPDC."""
    return actor.is_opdc or (actor.is_partner and actor.organisation_id == organisation.pk)
