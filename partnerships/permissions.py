"""Who may do what on the ground floor. Denied unless given; views and templates ask only these."""

from __future__ import annotations

from typing import Any

from partnerships.enums import Role


def works_for(organisation_id: int | None, actor: Any, *roles: str) -> bool:
    """Whether the actor acts for that organisation in one of the roles."""
    return organisation_id is not None and actor.organisation_id == organisation_id and actor.holds(*roles)


def may_create_mission(_about: Any, actor: Any) -> bool:
    """An agency's officer writes up the missions that the agency owns (§2)."""
    return actor.is_agency and actor.holds(Role.OFFICER)


def may_edit_mission(mission: Any, actor: Any) -> bool:
    return works_for(mission.agency_id, actor, Role.OFFICER)


def may_see_partners(actor: Any) -> bool:
    """OPDC and agencies look for partners (§4 step 3)."""
    return actor.is_opdc or actor.is_agency
