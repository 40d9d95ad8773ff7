"""OPDC's dashboard; an agency sees its own ministry's part."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reporting.forms import DashboardFilterForm
from reporting.permissions import may_see_dashboard
from reporting.queries.dashboard import dashboard_of, openable


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """Counts and baht by form, step, ministry and fiscal year, and what is late."""
    if not may_see_dashboard(request.actor):
        raise PermissionDenied
    form = DashboardFilterForm(request.GET or {}, actor=request.actor)
    numbers = dashboard_of(request.actor, form.filters)
    context = {
        "form": form,
        "numbers": numbers,
        "openable": openable(request.actor, numbers.late),
        "ministry": None if request.actor.is_opdc else request.actor.organisation.ministry,
    }
    return render(request, "reporting/dashboard.html", context)
