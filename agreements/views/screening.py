"""Pages of screening (§3.2 step 3)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements.actions import screening as actions
from agreements.enums import CriterionKind
from agreements.forms.screening import ScreeningForm
from agreements.queries.calls import criteria_of
from agreements.views.guards import not_yet
from agreements.views.proposal_page import content_of
from agreements.views.proposals import find_proposal, proposal_url
from core.draft_views import copy_key
from core.views import run_action


def proposal_screen(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.SCREEN, proposal_url(proposal)):
        return answer
    criteria = criteria_of(proposal.call_id, CriterionKind.ELIGIBILITY)
    copy = copy_key(request, proposal.reference, "screening")
    form = ScreeningForm(request.POST or None, root=proposal, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        facts = {"checks": form.checks, "done": _("The screening is recorded."), "copy": copy}
        if run_action(request, form, actions.screen_proposal, proposal=proposal, **facts).ok:
            return redirect(proposal_url(proposal))
    context = {
        "form": form,
        "proposal": proposal,
        "call": proposal.call,
        "asked": criteria,
        "kept": copy,
        "cancel": proposal_url(proposal),
        **content_of(proposal, proposal.latest_version),
    }
    return render(request, "agreements/proposal_screen.html", context)
