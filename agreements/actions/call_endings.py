"""Ending a call before its time: cancelled, or declared void after the deadline; everyone is told the reason."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.enums import DecisionState
from agreements.models import Call
from agreements.queries.call_people import concerned_with
from core import clock
from core.workflow import NotNow, Stamp, pass_door
from partnerships.actions.notices import tell
from partnerships.actors import Actor


def cancel_call(*, call: Call, reason: str, by: Actor, stamp: Stamp | None = None) -> Call:
    """End a call that is not decided, with the reason.

    Raises NotNow while a matter of this call is before its deciders: they return it first.
    """
    return _end(call, "cancel", reason, by, stamp, "call.cancelled")


def declare_void(*, call: Call, reason: str, by: Actor, stamp: Stamp | None = None) -> Call:
    """No result comes of a call after its deadline: nobody fit, or a flaw in the procedure. Refusals as above."""
    return _end(call, "declare_void", reason, by, stamp, "call.void")


def _end(call: Call, move: str, reason: str, by: Actor, stamp: Stamp | None, notice: str) -> Call:
    with pass_door(call, move, by=by, stamp=stamp) as door:
        if door.root.decisions.filter(state=DecisionState.PENDING).exists():
            raise NotNow(_("A matter of this call is under consideration. Return it first, then end the call."))
        door.root.cancel_reason, door.root.ended_at = reason, clock.now()
        door.payload["reason"] = reason
        people = concerned_with(door.root) if door.root.published_at else []  # of a draft nobody outside knows
        tell(door, people, kind=notice, about=door.root, reason=reason)
    return door.root
