"""The part of a mission's page that this floor draws: the first steps of the frame, its calls and its agreements."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from agreements.actions.agreements import OPEN_COMMISSIONING
from agreements.actions.calls import OPEN_CALL
from agreements.actions.prior import ENTER
from agreements.queries.missions import agreements_of, calls_of, mission_frame, search_so_far
from core.registry import register_panel
from core.workflow import judge
from partnerships.models import Mission


def mission_panel(request: HttpRequest, mission: Mission) -> dict[str, Any]:
    """Calls and agreements of the mission, and the button that opens the next one where the reader may."""
    calls, agreements = calls_of(mission, request.actor), agreements_of(mission, request.actor)
    searched = search_so_far(mission, calls)
    return {
        "mission": mission,
        "frame": mission_frame(mission, searched=searched, found=bool(agreements)),
        "calls": calls,
        "agreements": agreements,
        "call_url": _address(mission, OPEN_CALL, request, "agreements:call_create"),
        "prior_url": _address(mission, ENTER, request, "agreements:prior_create"),
        "contract_url": _address(mission, OPEN_COMMISSIONING, request, "agreements:agreement_create"),
    }


def _address(mission: Mission, rule: Any, request: HttpRequest, url_name: str) -> str:
    return reverse(url_name, args=[mission.reference]) if judge(mission, rule, request.actor).open else ""


register_panel("mission_detail", "agreements", "agreements/_panel_mission.html", context=mission_panel, order=10)
