"""Who may do what with candidates: shortlist, invitations, readiness (§4 step 3)."""

from __future__ import annotations

from typing import Any

from partnerships.enums import Role
from partnerships.permissions import works_for
from partnerships.permissions.missions import may_edit_mission


def may_keep_entry(entry: Any, actor: Any) -> bool:
    """The officers of the agency that owns the mission."""
    return may_edit_mission(entry.mission, actor)


def may_see_invitation(entry: Any, actor: Any) -> bool:
    """Those who speak for the partner that was invited."""
    return works_for(entry.organisation_id, actor, Role.STAFF, Role.REPRESENTATIVE)


def may_assess(mission: Any, actor: Any) -> bool:
    """Officers and executives of the owning agency, and OPDC as the third party (§4 step 3)."""
    return actor.is_opdc or works_for(mission.agency_id, actor, Role.OFFICER, Role.EXECUTIVE)


def may_rate_itself(request: Any, actor: Any) -> bool:
    """Those who speak for the partner that was asked."""
    return works_for(request.organisation_id, actor, Role.STAFF, Role.REPRESENTATIVE)
