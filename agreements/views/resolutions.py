"""The page of the committee's resolution (§3.2 step 4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements.actions import resolutions as actions
from agreements.enums import ProposalState
from agreements.forms.resolutions import ResolutionForm
from agreements.models import Call
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.views import run_action


def call_resolution(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.RESOLVE, call_url(call)):
        return answer
    eligible = call.proposals.filter(state=ProposalState.ELIGIBLE).select_related("organisation").order_by("pk")
    form = ResolutionForm(request.POST or None, root=call, proposals=list(eligible), initial=_resolution_so_far(call))
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {"facts": form.meeting, "outcomes": form.outcomes}
        done = _("The resolution is recorded.")
        if run_action(request, form, actions.record_resolution, call=call, done=done, **facts).ok:
            return redirect(call_url(call))
    context = {
        "form": form,
        "call": call,
        "heading": _("Record the committee's resolution"),
        "lead": call.title,
        "submit": _("Save the resolution"),
        "cancel": call_url(call),
    }
    return render(request, "agreements/call_form.html", context)


def _resolution_so_far(call: Call) -> dict[str, Any]:
    resolution = getattr(call, "resolution", None)
    if resolution is None:
        return {}
    names = ("appointment_order", "meeting_number", "held_on", "members", "minutes")
    answers = {name: getattr(resolution, name) for name in names}
    for row in resolution.outcomes.all():
        answers |= {f"outcome_{row.proposal_id}": row.outcome, f"reason_{row.proposal_id}": row.reason}
    return answers
