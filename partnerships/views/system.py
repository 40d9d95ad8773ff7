"""The hub from which OPDC keeps the system."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from core.registry import admin_cards_for
from core.workflow import NotYou
from partnerships.permissions.administration import may_administer


def refuse_outsiders(request: HttpRequest) -> None:
    """403 for everyone but those who keep the system: that there are such pages is no secret."""
    if not may_administer(None, request.actor):
        raise PermissionDenied(str(NotYou.message))


@require_GET
def system(request: HttpRequest) -> HttpResponse:
    """Cards of everything that this person may keep."""
    cards = admin_cards_for(request.actor)
    if not cards:
        raise PermissionDenied(str(NotYou.message))
    return render(request, "partnerships/system.html", {"cards": cards})
