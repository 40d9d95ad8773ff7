"""The approach to the agency, and the meetings on the way (§4 step 2)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.views import run_action
from partnerships.actions.approach import (
    APPROACH_FIELDS,
    RECORD_APPROACH,
    RECORD_MEETING,
    record_approach,
    record_meeting,
)
from partnerships.enums import ApproachOrigin, OrganisationKind, ThirdPartyKind
from partnerships.forms.approach import ApproachForm, MeetingForm
from partnerships.models import Mission
from partnerships.views.guards import not_yet
from partnerships.views.missions import find_mission, mission_url


@require_http_methods(["GET", "POST"])
def approach_edit(request: HttpRequest, reference: str) -> HttpResponse:
    mission = find_mission(request, reference)
    back = mission_url(mission, "approach")
    if answer := not_yet(request, mission, RECORD_APPROACH, back):
        return answer
    form = ApproachForm(request.POST or None, root=mission, initial=_so_far(mission))
    if request.method == "POST" and form.is_valid():
        done = _("The approach has been saved.")
        if run_action(request, form, record_approach, done=done, mission=mission, **form.facts).ok:
            return redirect(back)
    words = {"heading": _("The approach to the agency"), "submit": _("Save the approach")}
    words["lead"] = _("Fill in what has been done so far; the later stages are added as they come.")
    return render(
        request, "partnerships/mission_form.html", {"form": form, "mission": mission, "cancel": back, **words}
    )


def _so_far(mission: Mission) -> dict[str, Any]:
    """What is on record; before that, what the proposal says from which the mission came."""
    if mission.approach:
        return {name: getattr(mission.approach, name) for name in APPROACH_FIELDS}
    suggestion = mission.suggestions.select_related("suggested_by").first()
    if suggestion is None:
        return {}
    by_opdc = suggestion.suggested_by.kind == OrganisationKind.OPDC
    return {
        "origin": ApproachOrigin.OUTSIDE,
        "third_party": ThirdPartyKind.OPDC if by_opdc else ThirdPartyKind.PARTNER,
        "third_party_name": suggestion.suggested_by.name_th,
        "idea": suggestion.idea,
    }


@require_http_methods(["GET", "POST"])
def meeting_create(request: HttpRequest, reference: str) -> HttpResponse:
    mission = find_mission(request, reference)
    back = mission_url(mission, "approach")
    if answer := not_yet(request, mission, RECORD_MEETING, back):
        return answer
    form = MeetingForm(request.POST or None, request.FILES or None, root=mission)
    if request.method == "POST" and form.is_valid():
        done = _("The meeting has been recorded.")
        if run_action(request, form, record_meeting, done=done, mission=mission, **form.facts).ok:
            return redirect(back)
    words = {"heading": _("Record a meeting"), "submit": _("Record the meeting")}
    return render(
        request, "partnerships/mission_form.html", {"form": form, "mission": mission, "cancel": back, **words}
    )
