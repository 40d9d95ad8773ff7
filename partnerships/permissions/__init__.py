"""Who may do what on the ground floor. Denied unless given; views and templates ask only these."""

from __future__ import annotations

from typing import Any


def works_for(organisation_id: int | None, actor: Any, *roles: str) -> bool:
    """Whether the actor acts for that organisation in one of the roles."""
    return organisation_id is not None and actor.organisation_id == organisation_id and actor.holds(*roles)


def may_see_partners(actor: Any) -> bool:
    """OPDC, agencies and their provincial offices look for partners (§4 step 3)."""
    return actor.is_opdc or actor.is_agency or actor.is_provincial
