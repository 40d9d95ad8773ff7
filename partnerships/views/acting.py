"""For whom one acts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from partnerships.middleware import SESSION_KEY


@require_POST
def acting_switch(request: HttpRequest) -> HttpResponse:
    """Choose the organisation to act for; kept in the session, checked against memberships at every request."""
    value = request.POST.get("membership", "")
    chosen = {str(membership.organisation_id): membership.organisation for membership in request.memberships}
    if value in chosen:
        request.session[SESSION_KEY] = int(value)
        messages.success(request, _("You now act for %(organisation)s.") % {"organisation": chosen[value].name})
    # The page one stood on may not be readable for the other organisation: the work list always is.
    return redirect("reporting:home")
