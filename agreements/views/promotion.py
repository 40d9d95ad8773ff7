"""Proposing who takes the place of a selected partner that fell out: from the reserve list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions.decisions import PROPOSE
from agreements.actions.promotion import propose_promotion
from agreements.enums import DecisionKind
from agreements.forms.promotion import PromotionForm
from agreements.queries.reserve import reserve_of, vacancies_of
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.draft_views import copy_key
from core.views import run_action


@require_http_methods(["GET", "POST"])
def call_propose_promotion(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, PROPOSE[DecisionKind.PROMOTE_RESERVE], call_url(call)):
        return answer
    waiting, copy = reserve_of(call), copy_key(request, call.reference, "promotion")
    first = {"proposal": waiting[0].pk} if waiting else {}
    form = PromotionForm(request.POST or None, root=call, waiting=waiting, initial=first)
    if request.method == "POST" and form.is_valid():
        done = _("The selection from the reserve list has been put before those who decide.")
        if run_action(request, form, propose_promotion, call=call, done=done, copy=copy, **form.facts).ok:
            return redirect(call_url(call))
    vacant = vacancies_of(call)[0]
    context = {
        "form": form,
        "kept": copy,
        "call": call,
        "heading": _("Propose a selection from the reserve list"),
        "lead": _("In place of the agreement %(reference)s, which was cancelled before signing.")
        % {"reference": vacant.reference},
        "submit": _("Propose"),
        "cancel": call_url(call),
    }
    return render(request, "agreements/call_form.html", context)
