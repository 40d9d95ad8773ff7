"""The applicant's home: our proposals, where each stands, and calls that fit us."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from agreements.queries import own_proposals as queries
from agreements.queries.public_calls import for_list, shown_in_list
from agreements.views.call_page import with_tones
from core.paging import keyset_page


@require_safe
def own_proposals(request: HttpRequest) -> HttpResponse:
    """The latest begun first; for partners alone."""
    if not request.actor.is_partner:
        raise PermissionDenied
    page = keyset_page(queries.own_proposals(request.actor.organisation_id), request, order=("-pk",))
    context = {
        "page": page,
        "rows": queries.as_rows(with_tones(queries.with_next(page.rows))),
        "inviting": shown_in_list(for_list(queries.inviting_calls(request.actor.organisation_id))),
        "fitting": shown_in_list(queries.fitting_calls(request.actor.organisation)),
    }
    return render(request, "agreements/own_proposals.html", context)
