"""Pages of verification and flags: the list of what waits, the checks, raising and lifting (§2, §4 step 3)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.paging import keyset_page
from core.views import run_action
from core.workflow import NotYou
from partnerships.actions.flags import LIFT_FLAG, RAISE_FLAG, bound_by, lift_flag, raise_flag
from partnerships.actions.verification import VERIFY, default_valid_until, verify_organisation
from partnerships.forms.verification import FlagForm, LiftFlagForm, VerificationForm
from partnerships.models import Flag
from partnerships.permissions.oversight import sees_waiting_list
from partnerships.queries.standing import verification_tone
from partnerships.queries.verification import EXPIRED, EXPIRING, NEVER, SUBMITTED, soon, to_verify, waiting_words
from partnerships.views.guards import find_for_opdc, find_overseen, not_yet, organisation_url


@require_GET
def verification_list(request: HttpRequest) -> HttpResponse:
    """Partners to be verified: sent in, expiring soon, expired; the earliest first."""
    if not sees_waiting_list(request.actor):
        raise PermissionDenied(str(NotYou.message))
    waiting = request.GET.get("waiting", "")
    page = keyset_page(to_verify(request.actor, waiting), request, order=("sort_key", "pk"))
    words = {
        SUBMITTED: (_("Sent in"), "now"),
        EXPIRING: (_("Expires soon"), "warn"),
        EXPIRED: (_("Expired"), "stop"),
        NEVER: (_("Never verified"), "plain"),
    }
    rows = [{"organisation": one, "waiting": words[waiting_words(one)]} for one in page]
    tabs = [("", _("All that wait")), *((code, label) for code, (label, _tone) in words.items())]
    context = {"page": page, "rows": rows, "tabs": tabs, "chosen": waiting, "soon": soon()}
    return render(request, "partnerships/verification_list.html", context)


@require_http_methods(["GET", "POST"])
def organisation_verify(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = find_overseen(request, pk)
    back = organisation_url(organisation)
    if answer := not_yet(request, organisation, VERIFY, back):
        return answer
    initial = {"valid_until": default_valid_until()}
    form = VerificationForm(request.POST or None, root=organisation, kind=organisation.kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = _("The verification has been recorded, and the organisation has been told.")
        if run_action(request, form, verify_organisation, done=done, organisation=organisation, **form.facts).ok:
            return redirect(back)
    context = {"form": form, "organisation": organisation, "standing": verification_tone(organisation), "cancel": back}
    return render(request, "partnerships/organisation_verify.html", {**context, "submit": _("Record the verification")})


@require_http_methods(["GET", "POST"])
def flag_raise(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = find_overseen(request, pk)
    back = organisation_url(organisation)
    if answer := not_yet(request, organisation, RAISE_FLAG, back):
        return answer
    form = FlagForm(request.POST or None, root=organisation)
    if request.method == "POST" and form.is_valid():
        done = _("The flag has been raised, and the organisation has been told.")
        if run_action(request, form, raise_flag, done=done, organisation=organisation, **form.facts).ok:
            return redirect(back)
    context = {"form": form, "heading": _("Raise a flag"), "lead": organisation.name, "cancel": back}
    return render(request, "base_form.html", {**context, "submit": _("Raise the flag"), "tone": "danger"})


@require_http_methods(["GET", "POST"])
def flag_lift(request: HttpRequest, pk: int) -> HttpResponse:
    flag = find_for_opdc(request, Flag.objects.select_related("organisation__merged_into"), pk=pk)
    organisation = bound_by(flag)
    back = organisation_url(organisation)
    if answer := not_yet(request, organisation, LIFT_FLAG, back):
        return answer
    form = LiftFlagForm(request.POST or None, root=organisation)
    if request.method == "POST" and form.is_valid():
        done = _("The flag has been lifted, and the organisation has been told.")
        if run_action(request, form, lift_flag, done=done, flag=flag, **form.facts).ok:
            return redirect(back)
    lead = f"{organisation.name} · {flag.get_kind_display()}: {flag.reason}"
    context = {"form": form, "heading": _("Lift the flag"), "lead": lead, "cancel": back}
    return render(request, "base_form.html", {**context, "submit": _("Lift the flag")})
