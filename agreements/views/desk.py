"""The officer's desk: received proposals over all calls, and what is done with several of them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions.desk import assign_to_several, draw_for_several
from agreements.actions.presentations import invite_to_present
from agreements.forms.desk import ASSIGN, DRAW, INVITE, BulkForm, DeskFilter
from agreements.models import Proposal
from agreements.permissions.calls import desk_reader
from agreements.queries.desk_columns import Column, columns_of
from agreements.queries.proposal_desk import desk_rows, order_of, with_columns
from agreements.views.call_page import with_tones
from core.paging import capped_count, keyset_page
from core.table_cells import Cell
from core.workflow import NotYou
from partnerships.enums import Role

COLUMNS_KEPT = "desk_columns"
BULK_LIMIT = 200


def guard_desk(request: HttpRequest) -> None:
    if not desk_reader(request.actor):
        raise PermissionDenied(str(NotYou.message))


def chosen_columns(request: HttpRequest, filters: DeskFilter) -> list[Column]:
    """Those in the address; else those chosen last in this session; else the usual."""
    wanted = filters.chosen.get("col")
    if wanted:
        request.session[COLUMNS_KEPT] = wanted
    return columns_of(wanted or request.session.get(COLUMNS_KEPT, ()))


def matching(request: HttpRequest, filters: DeskFilter) -> QuerySet[Proposal]:
    """What the filter finds: nothing while one of its conditions cannot be read."""
    return desk_rows(request.actor, filters.chosen) if filters.is_valid() else Proposal.objects.none()


@require_http_methods(["GET", "HEAD", "POST"])
def desk_list(request: HttpRequest) -> HttpResponse:
    """The list as its address narrows it; what is sent back from there is done with the ticked proposals."""
    guard_desk(request)
    return _act(request) if request.method == "POST" else _list(request)


def _list(request: HttpRequest, refused: BulkForm | None = None) -> HttpResponse:
    """`refused`: what could not be done, shown again with its ticks."""
    filters = DeskFilter(request.GET)
    columns = chosen_columns(request, filters)
    rows = matching(request, filters)
    page = keyset_page(with_columns(rows, columns), request, order=order_of(filters.chosen))
    context = {
        "filters": filters,
        "filtered": bool(set(request.GET) - {"col", "sort", "after", "before"}),
        "columns": columns,
        "column_codes": {column.code for column in columns},
        "page": page,
        "rows": [(row, _cells(row, columns)) for row in with_tones(page.rows)],
        "total": capped_count(rows),
        "query": _query(request),
        "bulk": (refused or BulkForm(actor=request.actor)) if may_handle(request) and page.rows else None,
        "ticked": _ticked(request),
        "every": bool(request.POST.get("all")),
        "limit": BULK_LIMIT,
    }
    return render(request, "agreements/desk_list.html", context)


def _cells(row: Proposal, columns: list[Column]) -> list[Cell]:
    """The first column heads the row; it and the title lead to the proposal."""
    url = reverse("agreements:proposal_detail", args=[row.reference])
    cells = [
        Cell(column.label, column.kind, column.read(row), url if column.code == "title" else "", row.tone)
        for column in columns
    ]
    return [replace(cells[0], label="", url=url), *cells[1:]]


def _query(request: HttpRequest) -> str:
    """The filter as it stands in the address, without the place in the list."""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    return query.urlencode()


def may_handle(request: HttpRequest) -> bool:
    return request.actor.is_agency and request.actor.holds(Role.OFFICER)


def _act(request: HttpRequest) -> HttpResponse:
    """Do one thing with the ticked proposals, or with all that match; then say what was done and what was not."""
    if not may_handle(request):
        raise PermissionDenied(str(NotYou.message))
    form = BulkForm(request.POST, actor=request.actor)
    proposals = _picked(request)
    if not proposals:
        form.add_error(None, _("Tick the proposals first."))
    if not form.is_valid():
        return _list(request, form)
    handled = ACTS[form.cleaned_data["act"]](proposals, form.cleaned_data["reviewer"], request.actor)
    act, back = dict(form.fields["act"].choices)[form.cleaned_data["act"]], request.get_full_path()
    return render(request, "agreements/desk_done.html", {"handled": handled, "back": back, "act": act})


ACTS: dict[str, Callable[[list[Proposal], str, Any], Any]] = {
    DRAW: lambda proposals, _reviewer, by: draw_for_several(proposals=proposals, by=by),
    ASSIGN: lambda proposals, reviewer, by: assign_to_several(proposals=proposals, reviewer_id=int(reviewer), by=by),
    INVITE: lambda proposals, _reviewer, by: invite_to_present(proposals=proposals, by=by),
}


def _picked(request: HttpRequest) -> list[Proposal]:
    """Those of the desk that are ticked, or the first that match the filter; as many as the limit allows."""
    if request.POST.get("all"):
        filters = DeskFilter(request.GET)
        rows = matching(request, filters).order_by(*order_of(filters.chosen))
    else:
        rows = Proposal.objects.on_desk_of(request.actor).filter(pk__in=_ticked(request)).order_by("pk")
    return list(rows.select_related("call", "organisation", "presentation")[:BULK_LIMIT])


def _ticked(request: HttpRequest) -> set[int]:
    return {int(pk) for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 19}
