"""The ranking of a call: places, ties, spread, budget, what one reviewer changes; as a page and as a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.enums import CallState
from agreements.models import Call
from agreements.permissions.judging import ranking_reader
from agreements.queries.ranking import whole_ranking
from agreements.ranking import FAR
from agreements.views.calls import call_url, find_call
from agreements.views.ranking_rows import page_of
from agreements.views.ranking_sheet import workbook_of
from agreements.views.selection_committee import may_read_minutes
from core.spreadsheet import CONTENT_TYPE

RANKED_STATES = (CallState.SELECTION, CallState.DECIDED)


@require_safe
def call_ranking(request: HttpRequest, reference: str) -> HttpResponse:
    call = _readable(request, reference)
    if call.state not in RANKED_STATES:
        return redirect(call_url(call))
    context = {"call": call, "far": FAR, **page_of(whole_ranking(call, request.actor))}
    return render(request, "agreements/call_ranking.html", context)


@require_safe
def call_ranking_xlsx(request: HttpRequest, reference: str) -> HttpResponse:
    """The same as a spreadsheet with Thai headings: the ranking, the scores one by one, and the sensitivity."""
    call = _readable(request, reference)
    if call.state not in RANKED_STATES:
        return redirect(call_url(call))
    with translation.override("th"):
        content = workbook_of(whole_ranking(call, request.actor))
    response = HttpResponse(content, content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="ranking-{call.reference}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def papers_of(call: Call, actor: Any) -> list[tuple[str, str]]:
    """What a selection rests on, for who may read it: (title, url) of ranking and minutes."""
    if call.state not in RANKED_STATES:
        return []
    told = []
    if ranking_reader(call, actor):
        told.append((_("Ranking, ties and sensitivity"), reverse("agreements:call_ranking", args=[call.reference])))
    if hasattr(call, "resolution") and may_read_minutes(call, actor):
        told.append((_("Minutes (PDF)"), reverse("agreements:call_minutes", args=[call.reference])))
    return told


def _readable(request: HttpRequest, reference: str) -> Call:
    call = find_call(request, reference)
    if not ranking_reader(call, request.actor):
        raise PermissionDenied(
            _("The ranking is shown to those who judge once all their own scores are given, presentations included.")
        )
    return call
