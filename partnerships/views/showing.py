"""Showing a mission to partners, and taking it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.views import run_move
from partnerships.actions.showing import hide_mission, show_mission
from partnerships.models import Mission


@require_POST
def mission_show(request: HttpRequest, reference: str) -> HttpResponse:
    mission = get_object_or_404(Mission.objects.visible_to(request.actor), reference=reference)
    done = _("Partners can now read what the mission is about.")
    return run_move(request, show_mission, back=_page(mission), done=done, mission=mission)


@require_POST
def mission_hide(request: HttpRequest, reference: str) -> HttpResponse:
    mission = get_object_or_404(Mission.objects.visible_to(request.actor), reference=reference)
    done = _("The mission is no longer shown to partners.")
    return run_move(request, hide_mission, back=_page(mission), done=done, mission=mission)


def _page(mission: Mission) -> str:
    return reverse("partnerships:mission_detail", args=[mission.reference])
