"""Pages of calls for everybody: the list, one call, and the call on paper."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from agreements.documents.call import call_pdf as pdf_of
from agreements.forms.public_calls import PublicCallFilter
from agreements.models import Call
from agreements.queries.call_public import public_call, short_description
from agreements.queries.public_calls import (
    CLOSED_LATEST_FIRST,
    OPEN_FIRST_TO_CLOSE,
    for_list,
    public_calls,
    shown_in_list,
)
from core.paging import capped_count, keyset_page

PRINT_KEPT = 60 * 60  # seconds


@require_safe
def public_call_list(request: HttpRequest) -> HttpResponse:
    """Open calls, what closes soon first; or closed ones, the latest first."""
    filters = PublicCallFilter(request.GET)
    chosen = filters.chosen
    calls = public_calls(**chosen)
    order = CLOSED_LATEST_FIRST if chosen["closed"] else OPEN_FIRST_TO_CLOSE
    page = keyset_page(for_list(calls), request, order=order)
    query = urlencode({name: request.GET[name] for name in ("field", "province") if request.GET.get(name)})
    context = {
        "filters": filters,
        "filtered": any(chosen.values()),
        "page": page,
        "rows": shown_in_list(page),
        "total": capped_count(calls),
        "narrowed": f"?{query}" if query else "",
    }
    return render(request, "agreements/public_call_list.html", context)


@require_safe
def public_call_moved(request: HttpRequest, reference: str) -> HttpResponse:
    """The address that public calls had before: they now have one address for everybody."""
    return redirect("agreements:call_detail", reference, permanent=True)


def public_call_page(request: HttpRequest, reference: str) -> HttpResponse:
    """One call as a visitor reads it; what is not public asks for a log-in, just as what does not exist."""
    call = Call.objects.public().select_related("agency").filter(reference=reference).first()
    if call is None:
        return redirect_to_login(request.get_full_path())
    return render(request, "agreements/call_public.html", {"call": call, **public_context(request, call)})


def public_context(request: HttpRequest, call: Call) -> dict[str, Any]:
    """What the parts of a call's page for everybody take: the facts, the link to share, the description."""
    here = reverse("agreements:call_detail", args=[call.reference])
    return {
        "public": public_call(call),
        "share_url": request.build_absolute_uri(here),
        "description": short_description(call),
        "log_in_url": "" if request.actor.user_id else f"{reverse('account_login')}?{urlencode({'next': here})}",
    }


@require_safe
def call_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The call on paper: for everybody once it is published, before that for those who may read the draft."""
    call = Call.objects.visible_to(request.actor).select_related("agency").filter(reference=reference).first()
    if call is None and request.actor.user_id is None:
        return redirect_to_login(request.get_full_path())
    if call is None:
        raise Http404
    response = HttpResponse(_printed(call), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{call.reference}.pdf"'
    response["Cache-Control"] = "private, no-store" if call.published_at is None else "no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _printed(call: Call) -> bytes:
    """A published call is printed once for each of its versions, however many ask; a draft each time."""
    if call.published_at is None:
        return pdf_of(call, public_call)
    return cache.get_or_set(f"call-pdf:{call.pk}:{call.version}", lambda: pdf_of(call, public_call), PRINT_KEPT)
