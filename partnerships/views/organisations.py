"""Pages of organisations: the list of partners, and one of them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from core.paging import keyset_page
from core.ui import show_year
from core.workflow import NotYou
from partnerships.actions.entering import ENTER
from partnerships.enums import PARTNER_KINDS
from partnerships.forms.organisations import OrganisationFilterForm
from partnerships.models import Organisation
from partnerships.permissions import may_see_partners
from partnerships.permissions.oversight import sees_waiting_list
from partnerships.permissions.profile import is_own, may_read_professional_part, may_read_public_part
from partnerships.queries.profile import profile_for
from partnerships.queries.standing import verification_tone


@require_GET
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Partners, for those who look for them: agencies and OPDC (§4 step 3)."""
    if not may_see_partners(request.actor):
        raise PermissionDenied(str(NotYou.message))
    form = OrganisationFilterForm(request.GET)
    partners = form.narrow(Organisation.objects.partners().listed()).prefetch_related("fields_of_work")
    page = keyset_page(partners, request, order=("sort_key", "pk"))
    context = {
        "page": page,
        "rows": [{"organisation": one, "standing": verification_tone(one)} for one in page],
        "filter": form,
        "waiting_url": reverse("partnerships:verification_list") if sees_waiting_list(request.actor) else "",
        "enter_url": reverse("partnerships:organisation_enter") if ENTER.role(None, request.actor) else "",
    }
    return render(request, "partnerships/organisation_list.html", context)


@require_GET
def organisation_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One organisation, as far as this reader may know it (permissions/profile.py)."""
    rows = Organisation.objects.visible_to(request.actor).select_related("parent", "merged_into")
    organisation = get_object_or_404(rows, pk=pk)
    own, is_partner = is_own(organisation, request.actor), organisation.kind in PARTNER_KINDS
    # Partners may be looked up by everyone logged in, agencies by those who look for partners.
    readable = may_read_public_part if is_partner else may_read_professional_part
    if not readable(organisation, request.actor):
        raise Http404
    context = {
        "organisation": organisation,
        "profile": profile_for(organisation, request.actor),
        "founded": show_year(organisation.founded_year),
        "own": own,
        "is_partner": is_partner,
    }
    return render(request, "partnerships/organisation_detail.html", context)
