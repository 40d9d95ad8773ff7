"""Who may do what about a call: rights come from its agency (§3.1 step 1, §3.2 step 1)."""

from __future__ import annotations

from typing import Any

from agreements.permissions.judging import call_judge
from partnerships.enums import Role
from partnerships.permissions import works_for


def may_open_call(mission: Any, actor: Any) -> bool:
    return works_for(mission.agency_id, actor, Role.OFFICER)


def call_officer(call: Any, actor: Any) -> bool:
    return works_for(call.agency_id, actor, Role.OFFICER)


def call_executive(call: Any, actor: Any) -> bool:
    """Who can call off a call; what a decision carries out is judged by `by_decision`."""
    return works_for(call.agency_id, actor, Role.EXECUTIVE)


def desk_reader(actor: Any) -> bool:
    """Who works on received proposals over all calls: an agency's officers and executives, and OPDC."""
    return actor.is_opdc or (actor.is_agency and actor.holds(Role.OFFICER, Role.EXECUTIVE))


def call_exporter(call: Any, actor: Any) -> bool:
    """Who takes all proposals of a closed call away: who works on them, and does not judge the call."""
    own = actor.is_opdc or call.agency_id == actor.organisation_id
    return own and desk_reader(actor) and call.closed_at is not None and not call_judge(call, actor)


def may_begin_proposal(call: Any, actor: Any) -> bool:
    """Any partner's staff on an open call; on a direct invitation, those invited (§3.1, §3.2)."""
    return actor.is_partner and actor.holds(Role.STAFF, Role.REPRESENTATIVE) and call.admits(actor.organisation_id)
