"""Showing a mission to partners, so that those whom it fits can come forward (§4 step 3), and taking it back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.actors import Actor
from partnerships.models import Mission
from partnerships.permissions.missions import may_edit_mission

SHOW_MISSION = Rule("show", _("Show to partners"), may_edit_mission, when=lambda mission: mission.shown_at is None)
HIDE_MISSION = Rule(
    "hide", _("No longer show to partners"), may_edit_mission, when=lambda mission: mission.shown_at is not None
)


def show_mission(*, mission: Mission, by: Actor, stamp: Stamp | None = None) -> Mission:
    """Let every partner read what the mission is about. Raises NotNow where it is shown already, NotYou."""
    with pass_door(mission, SHOW_MISSION, by=by, stamp=stamp) as door:
        door.root.shown_at = clock.now()
    return door.root


def hide_mission(*, mission: Mission, by: Actor, stamp: Stamp | None = None) -> Mission:
    """Take the mission back from the partners' list. Raises NotNow, NotYou."""
    with pass_door(mission, HIDE_MISSION, by=by, stamp=stamp) as door:
        door.payload["shown_since"] = door.root.shown_at
        door.root.shown_at = None
    return door.root
