"""Pages of a proposal on paper: entering it, comparing it with its scan, confirming or sending back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions import paper as actions
from agreements.enums import ProposalSource
from agreements.forms.paper import PaperForm, ReturnPaperForm
from agreements.models import Proposal
from agreements.permissions import paper_confirmer
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from agreements.views.proposal_page import content_of
from agreements.views.proposals import find_proposal, proposal_url
from core.files import files_of
from core.views import run_action, run_move
from core.workflow import judge


@require_http_methods(["GET", "POST"])
def paper_create(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter a proposal that came on paper to this call; then its parts are written like any other's."""
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.ENTER_PAPER, call_url(call)):
        return answer
    form = PaperForm(request.POST or None, request.FILES or None, root=call)
    if request.method == "POST" and form.is_valid():
        done = _("The proposal is entered. Write down its parts; another person then confirms it.")
        outcome = run_action(request, form, actions.enter_paper_proposal, call=call, done=done, **form.facts)
        if outcome.ok:
            return redirect(proposal_url(outcome.value) if outcome.value else call_url(call))
    context = {
        "form": form,
        "call": call,
        "heading": _("Enter a proposal on paper"),
        "lead": call.title,
        "submit": _("Save and go on"),
        "cancel": call_url(call),
    }
    return render(request, "agreements/call_form.html", context)


@require_safe
def proposal_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """What was entered, to be compared with the scan."""
    proposal = _on_paper(request, reference)
    if answer := not_yet(request, proposal, actions.RETURN_PAPER, proposal_url(proposal)):
        return answer
    return _compare(request, proposal, ReturnPaperForm(root=proposal))


@require_POST
def proposal_paper_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = _on_paper(request, reference)
    done = _("The proposal on paper is confirmed and counts as submitted.")
    return run_move(request, actions.confirm_paper, back=proposal_url(proposal), done=done, proposal=proposal)


@require_POST
def proposal_paper_return(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = _on_paper(request, reference)
    if answer := not_yet(request, proposal, actions.RETURN_PAPER, proposal_url(proposal)):
        return answer
    form = ReturnPaperForm(request.POST, root=proposal)
    if form.is_valid():
        done, reason = _("The entry was sent back for correction."), form.facts["reason"]
        outcome = run_action(request, form, actions.return_paper, proposal=proposal, reason=reason, done=done)
        if outcome.ok:
            return redirect(proposal_url(proposal))
    return _compare(request, proposal, form)


def _on_paper(request: HttpRequest, reference: str) -> Proposal:
    proposal = find_proposal(request, reference)
    if proposal.source != ProposalSource.PAPER:
        raise Http404
    return proposal


def _compare(request: HttpRequest, proposal: Proposal, form: ReturnPaperForm) -> HttpResponse:
    context = {
        "proposal": proposal,
        "call": proposal.call,
        **content_of(proposal, None),
        "scans": list(files_of(proposal, actions.PAPER_SCAN)),
        "judgement": judge(proposal, "confirm_paper", request.actor),
        "is_confirmer": paper_confirmer(proposal, request.actor),
        "form": form,
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/proposal_paper.html", context)
