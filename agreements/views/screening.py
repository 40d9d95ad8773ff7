"""Pages of screening (§3.2 step 3)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions import screening as actions
from agreements.enums import CriterionKind
from agreements.forms.screening import ScreenAgainForm, ScreeningForm
from agreements.models import Proposal
from agreements.queries.calls import criteria_of
from agreements.views.guards import not_yet
from agreements.views.proposal_page import content_of
from agreements.views.proposals import find_proposal, proposal_url
from core.draft_views import copy_key
from core.views import run_action


@require_http_methods(["GET", "POST"])
def proposal_screen(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.SCREEN, proposal_url(proposal)):
        return answer
    criteria = criteria_of(proposal.call_id, CriterionKind.ELIGIBILITY)
    copy = copy_key(request, proposal.reference, "screening")
    form = ScreeningForm(request.POST or None, root=proposal, criteria=criteria, initial=_answered_before(proposal))
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


@require_http_methods(["GET", "POST"])
def proposal_screen_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Take the finding back with the reason; the qualifications come next, as they had been answered."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, "screen_again", proposal_url(proposal)):
        return answer
    form = ScreenAgainForm(request.POST or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        done = _("The finding is taken back. Answer the qualifications once more.")
        if run_action(request, form, actions.screen_again, proposal=proposal, done=done, **form.facts).ok:
            return redirect(proposal_url(proposal, "proposal_screen"))
    context = {
        "form": form,
        "call": proposal.call,
        "heading": _("Screen again"),
        "lead": f"{proposal.title} · {proposal.organisation.name}",
        "submit": _("Take the finding back"),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/call_form.html", context)


def _answered_before(proposal: Proposal) -> dict[str, Any]:
    """What was answered before the finding was taken back, as the form's fields; {} the first time."""
    reopened = proposal.screening_reopenings.last()
    if reopened is None:
        return {}
    met = {f"met_{one['criterion']}": "yes" if one["met"] else "no" for one in reopened.checks}
    return met | {f"reason_{one['criterion']}": one["reason"] for one in reopened.checks}
