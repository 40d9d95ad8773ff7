"""The officer's desk: received proposals over all calls, and what is done with several of them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.actions.desk import assign_to_several, draw_for_several
from agreements.actions.presentations import invite_to_present
from agreements.forms.desk import ASSIGN, DRAW, INVITE, BulkForm, DeskFilter
from agreements.models import Proposal
from agreements.permissions import desk_reader
from agreements.queries.desk_columns import Column, columns_of
from agreements.queries.proposal_desk import desk_rows, order_of, with_columns
from agreements.views.call_page import with_tones
from core.paging import capped_count, keyset_page
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


@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    guard_desk(request)
    filters = DeskFilter(request.GET)
    columns = chosen_columns(request, filters)
    rows = desk_rows(request.actor, filters.chosen)
    page = keyset_page(with_columns(rows), request, order=order_of(filters.chosen))
    context = {
        "filters": filters,
        "filtered": bool(set(request.GET) - {"col", "sort", "after", "before"}),
        "columns": columns,
        "column_codes": {column.code for column in columns},
        "page": page,
        "rows": [(row, [(column, column.read(row)) for column in columns]) for row in with_tones(page.rows)],
        "total": capped_count(rows),
        "query": _query(request),
        "bulk": BulkForm(actor=request.actor) if may_handle(request) and page.rows else None,
        "limit": BULK_LIMIT,
    }
    return render(request, "agreements/desk_list.html", context)


def _query(request: HttpRequest) -> str:
    """The filter as it stands in the address, without the place in the list."""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    return query.urlencode()


def may_handle(request: HttpRequest) -> bool:
    return request.actor.is_agency and request.actor.holds(Role.OFFICER)


@require_POST
def desk_act(request: HttpRequest) -> HttpResponse:
    """Do one thing with the ticked proposals, or with all that match; then say what was done and what was not."""
    guard_desk(request)
    if not may_handle(request):
        raise PermissionDenied(str(NotYou.message))
    back = f"{reverse('agreements:desk_list')}?{_query(request)}"
    form = BulkForm(request.POST, actor=request.actor)
    if not form.is_valid():
        for problems in form.errors.values():
            messages.error(request, " ".join(problems))
        return redirect(back)
    proposals = _picked(request)
    if not proposals:
        messages.error(request, _("Tick the proposals first."))
        return redirect(back)
    handled = ACTS[form.cleaned_data["act"]](proposals, form.cleaned_data["reviewer"], request.actor)
    context = {"handled": handled, "back": back, "act": dict(form.fields["act"].choices)[form.cleaned_data["act"]]}
    return render(request, "agreements/desk_done.html", context)


ACTS: dict[str, Callable[[list[Proposal], str, Any], Any]] = {
    DRAW: lambda proposals, _reviewer, by: draw_for_several(proposals=proposals, by=by),
    ASSIGN: lambda proposals, reviewer, by: assign_to_several(proposals=proposals, reviewer_id=int(reviewer), by=by),
    INVITE: lambda proposals, _reviewer, by: invite_to_present(proposals=proposals, by=by),
}


def _picked(request: HttpRequest) -> list[Proposal]:
    """Those of the desk that are ticked, or the first that match the filter; as many as the limit allows."""
    if request.POST.get("all"):
        filters = DeskFilter(request.GET)
        rows = desk_rows(request.actor, filters.chosen).order_by(*order_of(filters.chosen))
    else:
        ticked = [pk for pk in request.POST.getlist("pick") if pk.isdecimal() and len(pk) < 19]
        rows = Proposal.objects.on_desk_of(request.actor).filter(pk__in=ticked).order_by("pk")
    return list(rows.select_related("call", "organisation", "presentation")[:BULK_LIMIT])
