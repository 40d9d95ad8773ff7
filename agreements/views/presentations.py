"""Pages of presentations (§3.2 step 3)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements.actions import presentations as actions
from agreements.forms.presentations import PresentationForm
from agreements.views.guards import not_yet
from agreements.views.proposals import find_proposal, proposal_url
from core.views import run_action


def proposal_present(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.PRESENT, proposal_url(proposal)):
        return answer
    held = getattr(proposal, "presentation", None)
    initial = {name: getattr(held, name) for name in ("held_on", "place", "minutes")} if held else {}
    form = PresentationForm(request.POST or None, root=proposal, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = _("The presentation is recorded.")
        if run_action(request, form, actions.record_presentation, proposal=proposal, done=done, **form.facts).ok:
            return redirect(proposal_url(proposal))
    context = {
        "form": form,
        "proposal": proposal,
        "call": proposal.call,
        "heading": _("Record the presentation"),
        "lead": f"{proposal.title} · {proposal.organisation.name}",
        "submit": _("Save"),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/proposal_form.html", context)
