"""Before a form is shown: may this person know of the record, is it the moment, is it this person's?"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from core.workflow import Missing, NotNow, NotYou, Rule, judge
from partnerships.models import Organisation
from partnerships.permissions.oversight import may_see_findings


def find_overseen(request: HttpRequest, pk: int) -> Organisation:
    """An organisation whose findings the actor may see (its own people, OPDC, its verifiers), or 404."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.actor).select_related("parent"), pk=pk)
    if not may_see_findings(organisation, request.actor):
        raise Http404
    return organisation


def find_for_opdc(request: HttpRequest, rows: models.QuerySet, **by: Any) -> Any:
    """A record that only OPDC keeps, or 404 for everyone else."""
    if not request.actor.is_opdc:
        raise Http404
    return get_object_or_404(rows, **by)


def opdc_only(request: HttpRequest) -> None:
    """A page that only OPDC works on: 403 for everyone else."""
    if not request.actor.is_opdc:
        raise PermissionDenied(str(NotYou.message))


def not_yet(request: HttpRequest, subject: models.Model, rule: Rule | str, back: Any) -> HttpResponse | None:
    """None when the form may be shown; else the way back, with the reason as a message.

    Raises PermissionDenied for an insider without the right. The door judges again when the form is sent.
    """
    judgement = judge(subject, rule, request.actor)
    if not judgement.you:
        raise PermissionDenied(str(judgement.why_not_you or NotYou.message))
    if not judgement.now:
        messages.error(request, str(judgement.why_not_now or NotNow.message))
        return redirect(back)
    if judgement.missing:
        messages.error(request, str(Missing(list(judgement.missing)).message))
        return redirect(back)
    return None


def organisation_url(organisation: Organisation) -> str:
    return reverse("partnerships:organisation_detail", args=[organisation.pk])


def need(rule: Rule, request: HttpRequest) -> None:
    """Raise PermissionDenied unless the actor has the role for a record that is not born yet."""
    if not rule.role(None, request.actor):
        raise PermissionDenied(str(NotYou.message))
