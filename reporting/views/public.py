"""Pages for everyone: open calls, and agreements made public. Metadata only; nothing of drafts, people or accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.enums import CriterionKind
from agreements.models import Agreement, Call
from core.paging import capped_count, keyset_page
from partnerships.models import Organisation
from reporting.due import due_of
from reporting.forms import SearchForm


@require_safe
def public_calls(request: HttpRequest) -> HttpResponse:
    """Calls that are open for proposals, the nearest deadline first."""
    search = SearchForm(request.GET or {})
    calls = Call.objects.public().open().filter(title__icontains=search.words)
    page = keyset_page(calls.select_related("agency"), request, order=("closes_at", "pk"))
    return render(
        request, "reporting/public_calls.html", {"search": search, "page": page, "total": capped_count(calls)}
    )


@require_safe
def public_call(request: HttpRequest, reference: str) -> HttpResponse:
    """A published call as everyone may read it, open or closed."""
    call = get_object_or_404(Call.objects.public().select_related("agency"), reference=reference)
    criteria = list(call.criteria.all())
    context = {
        "call": call,
        "is_open": call.is_open(),
        "due": due_of(timezone.localdate(call.closes_at)),
        "qualifications": [one for one in criteria if one.kind == CriterionKind.ELIGIBILITY],
        "criteria": [one for one in criteria if one.kind == CriterionKind.SCORING],
    }
    return render(request, "reporting/public_call.html", context)


@require_safe
def public_agreements(request: HttpRequest) -> HttpResponse:
    """Signed agreements that were made public, the latest first."""
    search = SearchForm(request.GET or {})
    agreements = Agreement.objects.public().filter(title__icontains=search.words)
    rows = agreements.select_related("agency").prefetch_related("parties__organisation")
    page = keyset_page(rows, request, order=("-public_at", "-pk"))
    context = {"search": search, "page": page, "total": capped_count(agreements)}
    return render(request, "reporting/public_agreements.html", context)


@require_safe
def public_agreement(request: HttpRequest, reference: str) -> HttpResponse:
    """What anyone may know of a signed agreement: title, form, parties, sum, period, area, step."""
    public = Agreement.objects.public().select_related("agency").prefetch_related("parties__organisation")
    return render(
        request, "reporting/public_agreement.html", {"agreement": get_object_or_404(public, reference=reference)}
    )


@require_safe
def public_partners(request: HttpRequest) -> HttpResponse:
    """Partners in the register: name, kind, province, fields of work, verified or not; nothing else of them."""
    search = SearchForm(request.GET or {})
    search.fields["q"].label = _("Name of the organisation")
    partners = Organisation.objects.partners().listed()
    if search.words:
        partners = partners.search(search.words)
    rows = partners.prefetch_related("fields_of_work")
    page = keyset_page(rows, request, order=("sort_key", "pk"))
    context = {"search": search, "page": page, "total": capped_count(partners)}
    return render(request, "reporting/public_partners.html", context)
