"""Reads of the ground floor that more than one page wants."""

from __future__ import annotations

from core import clock
from partnerships.actors import Actor, held_roles
from partnerships.models import Membership, User


def memberships_of(user: User) -> list[Membership]:
    """The user's current memberships with organisation and roles, in a stable order (two queries).

    Every request of everyone logged in begins with it: it reads no more than what an actor is.
    """
    current = Membership.objects.current(clock.today()).filter(user=user)
    return list(current.select_related("organisation").prefetch_related("roles").order_by("pk"))


def actor_for(user: User, organisation_id: int | None = None) -> Actor:
    """The actor that a user is for one of his or her organisations (the first where none or a foreign one is named)."""
    return actor_among(memberships_of(user), user, organisation_id)


def actor_among(memberships: list[Membership], user: User, organisation_id: int | None = None) -> Actor:
    """As `actor_for`, of memberships that have been read already."""
    chosen = next((m for m in memberships if m.organisation_id == organisation_id), None)
    membership = chosen or (memberships[0] if memberships else None)
    held = held_roles(user, memberships)
    if membership is None:
        return Actor(user=user, held=held)
    roles = frozenset(role.role for role in membership.roles.all())
    return Actor(user=user, organisation=membership.organisation, roles=roles, title=membership.title, held=held)
