"""Notices to the sides of an agreement."""

from __future__ import annotations

from agreements.enums import Side
from core.workflow import Passage
from partnerships.actions.notices import people_in_roles, tell
from partnerships.enums import Role

WRITERS = (Role.OFFICER, Role.STAFF, Role.REPRESENTATIVE)
HEADS = (Role.EXECUTIVE, Role.REPRESENTATIVE)


def tell_side(door: Passage, side: str, *, kind: str, roles: tuple[str, ...] = WRITERS) -> None:
    """Tell those of one side of the agreement (`door.root`) who hold one of the roles."""
    organisations = [party.organisation_id for party in door.root.party_list if party.side == side]
    agreement = door.root
    users = people_in_roles(organisations, *roles)
    if side == Side.GIVER and Role.OFFICER in roles:
        users = [agreement.officer_id]
    tell(door, users, kind=kind)
