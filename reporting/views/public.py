"""Pages for everyone: agreements made public, and partners. Metadata only; nothing of drafts, people or accounts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from agreements.models import Agreement
from core.paging import capped_count, keyset_page
from partnerships.models import Organisation
from reporting.forms import SearchForm


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
