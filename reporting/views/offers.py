"""What fits a partner: open calls, and missions that agencies show to partners (§4 step 3)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from agreements.models import Call
from core.workflow import NotYou
from partnerships.models import Mission, Organisation
from reporting.matching.offers import calls_for, missions_for
from reporting.permissions import may_see_offers


@require_safe
def own_offers(request: HttpRequest) -> HttpResponse:
    """For the partner acted for."""
    if not request.actor.is_partner:
        raise PermissionDenied(str(NotYou.message))
    return _offers(request, request.actor.organisation)


@require_safe
def partner_offers(request: HttpRequest, pk: int) -> HttpResponse:
    """For one partner, to OPDC, which brings both sides together (§2)."""
    organisation = get_object_or_404(Organisation.objects.partners().visible_to(request.actor), pk=pk)
    if not may_see_offers(organisation, request.actor):
        raise Http404
    return _offers(request, organisation)


def _offers(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    context = {
        "organisation": organisation,
        "own": organisation.pk == request.actor.organisation_id,
        "calls": calls_for(organisation, Call.objects.visible_to(request.actor)),
        "missions": missions_for(organisation, Mission.objects.shown_to(request.actor)),
    }
    return render(request, "reporting/offers.html", context)


@require_safe
def offered_mission(request: HttpRequest, reference: str) -> HttpResponse:
    """What a partner may read of a mission that its agency shows."""
    missions = Mission.objects.shown_to(request.actor).select_related("agency", "officer")
    mission = get_object_or_404(missions.prefetch_related("fields_of_work", "target_groups"), reference=reference)
    return render(request, "reporting/offered_mission.html", {"mission": mission})
