"""Who may do what with missions (§2, §4 steps 1-3)."""

from __future__ import annotations

from typing import Any

from partnerships.enums import Role
from partnerships.permissions import works_for


def may_create_mission(_about: Any, actor: Any) -> bool:
    """An agency's officer writes up the missions that the agency owns (§2)."""
    return actor.is_agency and actor.holds(Role.OFFICER)


def may_edit_mission(mission: Any, actor: Any) -> bool:
    return works_for(mission.agency_id, actor, Role.OFFICER)
