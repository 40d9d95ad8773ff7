"""The ranking of a call: places, ties, spread, budget, what one reviewer changes; as a page and as a spreadsheet."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.enums import CallState
from agreements.models import Call
from agreements.permissions import ranking_reader
from agreements.queries.ranking import whole_ranking
from agreements.ranking import FAR
from agreements.views.calls import call_url, find_call
from agreements.views.ranking_rows import page_of
from agreements.views.ranking_sheet import workbook_of
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


def _readable(request: HttpRequest, reference: str) -> Call:
    call = find_call(request, reference)
    if not ranking_reader(call, request.actor):
        raise PermissionDenied(_("The ranking is shown to those who judge once they have finished their own reviews."))
    return call
