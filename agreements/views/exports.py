"""Taking the desk's list away: CSV at once, XLSX at once or made aside, the proposals of a call as PDF in a ZIP."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.actions.exports import (
    ask_archive,
    ask_judge_archive,
    ask_table,
    has_worker,
    is_expired,
    is_stalled,
    start_again,
    take_turn,
)
from agreements.enums import UNFINISHED_EXPORTS, ExportState
from agreements.forms.desk import DeskFilter
from agreements.models import Export
from agreements.permissions.calls import call_exporter
from agreements.permissions.judging import call_judge
from agreements.queries.desk_table import csv_blocks, write_xlsx
from agreements.queries.proposal_desk import desk_rows, order_of, to_keep, with_columns
from agreements.views.calls import call_url, find_call
from agreements.views.desk import chosen_columns, guard_desk
from core.forms import HouseForm
from core.settings_catalogue import value_of
from core.spreadsheet import CONTENT_TYPE
from core.views import run_action
from core.workflow import NotYou

READ_AT_ONCE = 2000
XLSX_AT_ONCE = 3000  # rows; more are written aside


def _attached(response: Any, name: str) -> Any:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _to_the_list(request: HttpRequest) -> HttpResponse:
    """The list says which condition cannot be read; a file of more than was asked for would not tell."""
    return redirect(f"{reverse('agreements:desk_list')}?{request.GET.urlencode()}")


@require_safe
def desk_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    guard_desk(request)
    filters = DeskFilter(request.GET)
    if not filters.is_valid():
        return _to_the_list(request)
    columns = chosen_columns(request, filters)
    rows = with_columns(desk_rows(request.actor, filters.chosen), columns).order_by(*order_of(filters.chosen))
    blocks = csv_blocks(rows.iterator(chunk_size=READ_AT_ONCE), columns, get_language() or "th")
    return _attached(StreamingHttpResponse(blocks, content_type="text/csv; charset=utf-8"), "proposals.csv")


@require_safe
def desk_xlsx(request: HttpRequest) -> HttpResponse:
    """The file itself for a list of usual length; for a long one the page on which it is made."""
    guard_desk(request)
    filters = DeskFilter(request.GET)
    if not filters.is_valid():
        return _to_the_list(request)
    rows, columns = desk_rows(request.actor, filters.chosen), chosen_columns(request, filters)
    total = rows.order_by().count()
    if total > XLSX_AT_ONCE:
        codes, language = [column.code for column in columns], get_language() or "th"
        chosen = to_keep(filters.chosen)
        return redirect(_url(ask_table(chosen=chosen, columns=codes, language=language, total=total, by=request.actor)))
    out = io.BytesIO()
    rows = with_columns(rows, columns).order_by(*order_of(filters.chosen))
    write_xlsx(out, rows.iterator(READ_AT_ONCE), columns)
    return _attached(HttpResponse(out.getvalue(), content_type=CONTENT_TYPE), "proposals.xlsx")


# --- made aside -----------------------------------------------------------------------------------------------------


def _url(export: Export) -> str:
    return reverse("agreements:export_detail", args=[export.pk])


def _find(request: HttpRequest, pk: int) -> Export:
    rows = Export.objects.visible_to(request.actor).select_related("call", "file", "asked_by")
    return get_object_or_404(rows, pk=pk)


@require_POST
def call_archive(request: HttpRequest, reference: str) -> HttpResponse:
    """Have the proposals of a call printed into one ZIP: all, or what a judge reads; asked again, the same."""
    call = find_call(request, reference)
    if call_exporter(call, request.actor):
        return _started(request, lambda by: ask_archive(call=call, by=by), call_url(call))
    if call_judge(call, request.actor):
        return _started(request, lambda by: ask_judge_archive(call=call, by=by), call_url(call))
    raise PermissionDenied(str(NotYou.message))


@require_POST
def export_again(request: HttpRequest, pk: int) -> HttpResponse:
    export = _find(request, pk)
    return _started(request, lambda by: start_again(export=export, by=by), _url(export))


def _started(request: HttpRequest, action: Any, back: str) -> HttpResponse:
    """To the page of the export that was begun, or back with the reason. No record changes: no version is asked for."""
    form = HouseForm(request.POST)
    form.is_valid()
    outcome = run_action(request, form, lambda by, stamp: action(by))
    if outcome.ok and outcome.value is not None:
        return redirect(_url(outcome.value))
    for problem in form.non_field_errors():
        messages.error(request, problem)
    return redirect(back)


@require_safe
def export_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it is. Without a script the page asks again by itself; each time some work is done where no worker is."""
    export = _advanced(request, pk)
    context = {
        "export": export,
        "waiting": export.state in UNFINISHED_EXPORTS,
        "failed": export.state == ExportState.FAILED,
        "expired": is_expired(export),
        "days": value_of("desk.export_days"),
        "back": call_url(export.call) if export.call else reverse("agreements:desk_list"),
        "progress_words": _words(export),
    }
    answer = render(request, "agreements/export_detail.html", context)
    if context["waiting"]:
        answer["Refresh"] = "5"  # seconds; the script asks by itself
    return answer


@require_safe
def export_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for the script."""
    export = _advanced(request, pk)
    waiting = export.state in UNFINISHED_EXPORTS
    return JsonResponse({"done": export.done, "total": export.total, "waiting": waiting, "words": _words(export)})


def _advanced(request: HttpRequest, pk: int) -> Export:
    export = _find(request, pk)
    if export.state in UNFINISHED_EXPORTS and (not has_worker() or is_stalled(export)):
        take_turn(export.pk)
        export = _find(request, pk)
    return export


def _words(export: Export) -> str:
    return _("%(done)s of %(total)s") % {"done": f"{export.done:,}", "total": f"{export.total or 0:,}"}
