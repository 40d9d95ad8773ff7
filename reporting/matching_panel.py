"""The part of a mission's page that leads to the partners who fit, and shows the mission to them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from core.workflow import judge
from partnerships.actions.showing import HIDE_MISSION, SHOW_MISSION
from partnerships.models import Mission
from reporting.permissions import may_match

MOVES = ((SHOW_MISSION, "partnerships:mission_show"), (HIDE_MISSION, "partnerships:mission_hide"))


def matching_panel(request: HttpRequest, mission: Mission) -> dict[str, Any] | None:
    """Nothing for those who do not look for receivers."""
    if not may_match(mission, request.actor):
        return None
    actions = [
        {
            "label": rule.title,
            "url": reverse(name, args=[mission.reference]),
            "method": "post",
            "tone": "outline-primary",
        }
        for rule, name in MOVES
        if judge(mission, rule, request.actor).open
    ]
    return {"actions": actions}
