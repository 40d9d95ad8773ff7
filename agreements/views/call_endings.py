"""Ending a call before its time, with the reason."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions.call_endings import cancel_call, declare_void
from agreements.forms.call_endings import CancelCallForm, VoidCallForm
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.draft_views import copy_key
from core.views import run_action


@require_http_methods(["GET", "POST"])
def call_cancel(request: HttpRequest, reference: str) -> HttpResponse:
    words = (_("Cancel the call"), _("The call is cancelled. Everyone concerned is told."))
    return _end(request, reference, "cancel", CancelCallForm, cancel_call, words)


@require_http_methods(["GET", "POST"])
def call_void(request: HttpRequest, reference: str) -> HttpResponse:
    words = (_("Declare the call void"), _("The call is void. Everyone concerned is told."))
    return _end(request, reference, "declare_void", VoidCallForm, declare_void, words)


def _end(
    request: HttpRequest, reference: str, move: str, made: Any, action: Any, words: tuple[str, str]
) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, move, call_url(call)):
        return answer
    (heading, done), copy = words, copy_key(request, call.reference, move)
    form = made(request.POST or None, root=call)
    sent = request.method == "POST" and form.is_valid()
    if sent and run_action(request, form, action, call=call, done=done, copy=copy, **form.facts).ok:
        return redirect(call_url(call))
    context = {"form": form, "kept": copy, "call": call, "heading": heading, "lead": call.title, "submit": heading}
    return render(request, "agreements/call_form.html", {**context, "cancel": call_url(call), "tone": "danger"})
