"""Who may do what with the people of an organisation, and with one's own account."""

from __future__ import annotations

from typing import Any

from core import clock
from partnerships.enums import APPOINTED_ROLES, Role
from partnerships.permissions import works_for

SECONDING_ROLES = (Role.ADMINISTRATOR, *sorted(APPOINTED_ROLES))


def may_see_people(organisation: Any, actor: Any) -> bool:
    """The organisation's own members, and OPDC."""
    return actor.organisation_id == organisation.pk or actor.is_opdc


def manages_people(organisation: Any, actor: Any) -> bool:
    """The organisation's administrators."""
    return works_for(organisation.pk, actor, Role.ADMINISTRATOR)


def manages_some_people(actor: Any) -> bool:
    """Whether the actor is an administrator of the organisation acted for."""
    return actor.holds(Role.ADMINISTRATOR)


def may_invite(organisation: Any, actor: Any) -> bool:
    """The administrators; OPDC too, so that an organisation can get its first administrator, or one after the last."""
    return manages_people(organisation, actor) or actor.is_opdc


def is_self(user: Any, actor: Any) -> bool:
    return actor.user_id is not None and actor.user_id == user.pk


def is_own_membership(membership: Any, actor: Any) -> bool:
    return actor.user_id is not None and actor.user_id == membership.user_id


def seconders(appointment: Any) -> Any:
    """Current members who can be the second person: administrators and those who bind the organisation already.

    Neither who proposed nor who is to be appointed; none of them in a body of one.
    """
    current = appointment.organisation.memberships.current(clock.today())
    able = current.filter(roles__role__in=SECONDING_ROLES, user__is_active=True)
    return able.exclude(user_id__in=[appointment.proposed_by_id, appointment.user_id])


def may_second(appointment: Any, actor: Any) -> bool:
    """A second person of the organisation; where there is none, OPDC."""
    if seconders(appointment).exists():
        return works_for(appointment.organisation_id, actor, *SECONDING_ROLES)
    return actor.is_opdc


def may_see_appointment(appointment: Any, actor: Any) -> bool:
    """The organisation's administrators and those who bind it, whom it is about, and OPDC."""
    own = works_for(appointment.organisation_id, actor, *SECONDING_ROLES)
    return own or actor.is_opdc or (actor.user_id is not None and actor.user_id == appointment.user_id)
