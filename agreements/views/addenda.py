"""Writing an addendum to a published call (§3.2 step 1): it is published by a decision, as the call itself was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions.addenda import propose_addendum
from agreements.actions.decisions import rule_to_propose
from agreements.enums import DecisionKind
from agreements.forms.addenda import AddendumForm
from agreements.queries.addenda import last_unpublished
from agreements.queries.returned import returned_to_officer
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.draft_views import copy_key
from core.views import run_action


@require_http_methods(["GET", "POST"])
def addendum_create(request: HttpRequest, reference: str) -> HttpResponse:
    """Begins with what was returned, if the last one was."""
    call = find_call(request, reference)
    if answer := not_yet(request, call, rule_to_propose(DecisionKind.PUBLISH_ADDENDUM), call_url(call)):
        return answer
    copy = copy_key(request, call.reference, "addendum")
    form = AddendumForm(request.POST or None, root=call, returned=last_unpublished(call))
    if request.method == "POST" and form.is_valid():
        done = _("The addendum has been put before those who decide on its publication.")
        if run_action(request, form, propose_addendum, call=call, done=done, copy=copy, **form.facts).ok:
            return redirect(call_url(call))
    context = {
        "form": form,
        "kept": copy,
        "call": call,
        "heading": _("Write an addendum"),
        "lead": call.title,
        "submit": _("Propose the addendum"),
        "cancel": call_url(call),
        "returned": returned_to_officer(call),
    }
    return render(request, "agreements/addendum_form.html", context)
