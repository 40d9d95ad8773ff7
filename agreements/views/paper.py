"""Pages of a proposal on paper: entering it, comparing it with its scan, confirming or sending back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions import paper as actions
from agreements.actions.paper_mistakes import discard_move, discard_paper
from agreements.actions.paper_returns import RETURN_PAPER, report_corrected, return_paper
from agreements.enums import ProposalSource
from agreements.forms.paper import CorrectPaperForm, DiscardPaperForm, PaperAgainForm, PaperForm, ReturnPaperForm
from agreements.models import Proposal
from agreements.permissions.papers import paper_confirmer
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from agreements.views.proposal_page import content_of
from agreements.views.proposals import find_proposal, proposal_url
from core.draft_views import copy_key
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


@require_http_methods(["GET", "POST"])
def proposal_paper_again(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter the new paper of a proposal that was withdrawn by letter: its parts are a draft again."""
    proposal = find_on_paper(request, reference)
    if answer := not_yet(request, proposal, "enter_again", proposal_url(proposal)):
        return answer
    form = PaperAgainForm(request.POST or None, request.FILES or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        done = _("The proposal is entered again. Correct its parts by the new paper; another person then confirms it.")
        if run_action(request, form, actions.enter_paper_again, proposal=proposal, done=done, **form.facts).ok:
            return redirect(proposal_url(proposal))
    context = {
        "form": form,
        "call": proposal.call,
        "heading": _("Enter the proposal on paper again"),
        "lead": proposal.title,
        "submit": _("Save and go on"),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/call_form.html", context)


@require_http_methods(["GET", "POST"])
def proposal_paper_correct(request: HttpRequest, reference: str) -> HttpResponse:
    """Put right when the paper was received, and its scan, before a colleague confirms the entry."""
    proposal = find_on_paper(request, reference)
    if answer := not_yet(request, proposal, actions.CORRECT_PAPER, proposal_url(proposal)):
        return answer
    at = timezone.localtime(proposal.received_at)
    read = {"received_on": at.date(), "received_time": at.time()}
    form = CorrectPaperForm(request.POST or None, request.FILES or None, root=proposal, initial=read)
    if request.method == "POST" and form.is_valid():
        done = _("The time of receipt and the scan are corrected.")
        if run_action(request, form, actions.correct_paper, proposal=proposal, done=done, **form.facts).ok:
            return redirect(proposal_url(proposal))
    context = {
        "form": form,
        "call": proposal.call,
        "heading": actions.CORRECT_PAPER.title,
        "lead": f"{proposal.title} · {proposal.organisation.name}",
        "submit": _("Save"),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/call_form.html", context)


@require_POST
def proposal_paper_corrected(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_on_paper(request, reference)
    done = _("The entry is reported corrected: a colleague compares it again.")
    return run_move(request, report_corrected, back=proposal_url(proposal), done=done, proposal=proposal)


@require_safe
def proposal_paper(request: HttpRequest, reference: str) -> HttpResponse:
    """What was entered, to be compared with the scan."""
    proposal = find_on_paper(request, reference)
    if answer := not_yet(request, proposal, RETURN_PAPER, proposal_url(proposal)):
        return answer
    return _compare(request, proposal, ReturnPaperForm(root=proposal))


@require_POST
def proposal_paper_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_on_paper(request, reference)
    done = _("The proposal on paper is confirmed and counts as submitted.")
    return run_move(request, actions.confirm_paper, back=proposal_url(proposal), done=done, proposal=proposal)


@require_POST
def proposal_paper_return(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_on_paper(request, reference)
    if answer := not_yet(request, proposal, RETURN_PAPER, proposal_url(proposal)):
        return answer
    form = ReturnPaperForm(request.POST, root=proposal)
    if form.is_valid():
        told = {"done": _("The entry was sent back for correction."), "copy": _copy_of_return(request, proposal)}
        reason = form.facts["reason"]
        if run_action(request, form, return_paper, proposal=proposal, reason=reason, **told).ok:
            return redirect(proposal_url(proposal))
    return _compare(request, proposal, form)


@require_http_methods(["GET", "POST"])
def proposal_paper_discard(request: HttpRequest, reference: str) -> HttpResponse:
    """Take out what was entered by mistake; the organisation's place on the call is free again."""
    proposal = find_on_paper(request, reference)
    if answer := not_yet(request, proposal, discard_move(proposal), proposal_url(proposal)):
        return answer
    form = DiscardPaperForm(request.POST or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        done = _("The entry is taken out. Its organisation can propose by itself, or its paper can be entered.")
        if run_action(request, form, discard_paper, proposal=proposal, done=done, **form.facts).ok:
            return redirect(proposal_url(proposal))
    context = {
        "form": form,
        "call": proposal.call,
        "heading": _("Take out what was entered by mistake"),
        "lead": f"{proposal.title} · {proposal.organisation.name}",
        "submit": _("Take it out"),
        "cancel": proposal_url(proposal, "proposal_paper"),
    }
    return render(request, "agreements/call_form.html", context)


@require_POST
def proposal_paper_online(request: HttpRequest, reference: str) -> HttpResponse:
    """The organisation goes on online with what was withdrawn by letter; afterwards it is on paper no more."""
    proposal = find_proposal(request, reference)
    done = _("You continue online with what the agency had entered. Check it, amend it, and submit it in time.")
    back = proposal_url(proposal)
    return run_move(request, actions.continue_online, back=back, done=done, proposal=proposal)


def find_on_paper(request: HttpRequest, reference: str) -> Proposal:
    """A proposal on paper that the actor may read, or 404."""
    proposal = find_proposal(request, reference)
    if proposal.source != ProposalSource.PAPER:
        raise Http404
    return proposal


def _copy_of_return(request: HttpRequest, proposal: Proposal) -> str:
    return copy_key(request, proposal.reference, "paper-return")


def _compare(request: HttpRequest, proposal: Proposal, form: ReturnPaperForm) -> HttpResponse:
    context = {
        "proposal": proposal,
        "call": proposal.call,
        **content_of(proposal, None),
        "scans": list(files_of(proposal, actions.PAPER_SCAN)),
        "judgement": judge(proposal, "confirm_paper", request.actor),
        "objection": proposal.open_objection,
        "is_confirmer": paper_confirmer(proposal, request.actor),
        "may_discard": judge(proposal, discard_move(proposal), request.actor).open,
        "form": form,
        "kept": _copy_of_return(request, proposal),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/proposal_paper.html", context)
