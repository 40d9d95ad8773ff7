"""Pages of a proposal on paper that is taken back by letter: recording the letter, comparing it, confirming it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions import paper_withdrawal as actions
from agreements.forms.paper import ReturnWithdrawalForm, WithdrawalForm
from agreements.models import Proposal
from agreements.views.guards import not_yet
from agreements.views.paper import find_on_paper
from agreements.views.proposals import proposal_url
from core.draft_views import copy_key
from core.views import run_action, run_move
from core.workflow import judge


@require_http_methods(["GET", "POST"])
def proposal_paper_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Record the letter by which the applicant takes its proposal back; another person then confirms it."""
    proposal = find_on_paper(request, reference)
    if answer := not_yet(request, proposal, actions.RECORD_WITHDRAWAL, proposal_url(proposal)):
        return answer
    copy = copy_key(request, proposal.reference, "withdrawal")
    form = WithdrawalForm(request.POST or None, request.FILES or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        done = _("The letter is recorded. The proposal counts as withdrawn once another person has confirmed it.")
        told = {"done": done, "copy": copy}
        if run_action(request, form, actions.record_withdrawal, proposal=proposal, **told, **form.facts).ok:
            return redirect(proposal_url(proposal))
    context = {
        "form": form,
        "kept": copy,
        "call": proposal.call,
        "heading": _("Record a withdrawal by letter"),
        "lead": f"{proposal.title} · {proposal.organisation.name}",
        "submit": _("Record the letter"),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/call_form.html", context)


@require_safe
def proposal_paper_withdrawal(request: HttpRequest, reference: str) -> HttpResponse:
    """What was recorded, to be compared with the letter."""
    proposal = find_on_paper(request, reference)
    if answer := not_yet(request, proposal, actions.RETURN_WITHDRAWAL, proposal_url(proposal)):
        return answer
    return _compare(request, proposal, ReturnWithdrawalForm(root=proposal))


@require_POST
def proposal_paper_withdrawal_confirm(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_on_paper(request, reference)
    done = _("The proposal is withdrawn. Its organisation has been told.")
    return run_move(request, actions.confirm_withdrawal, back=proposal_url(proposal), done=done, proposal=proposal)


@require_POST
def proposal_paper_withdrawal_return(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_on_paper(request, reference)
    if answer := not_yet(request, proposal, actions.RETURN_WITHDRAWAL, proposal_url(proposal)):
        return answer
    form = ReturnWithdrawalForm(request.POST, root=proposal)
    if form.is_valid():
        done = _("The record was sent back. The proposal stands as it was submitted.")
        facts = {"reason": form.cleaned_data["reason"], "done": done, "copy": _copy_of_return(request, proposal)}
        if run_action(request, form, actions.return_withdrawal, proposal=proposal, **facts).ok:
            return redirect(proposal_url(proposal))
    return _compare(request, proposal, form)


def _copy_of_return(request: HttpRequest, proposal: Proposal) -> str:
    return copy_key(request, proposal.reference, "withdrawal-return")


def _compare(request: HttpRequest, proposal: Proposal, form: ReturnWithdrawalForm) -> HttpResponse:
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "waiting": proposal.withdrawal_waiting,
        "judgement": judge(proposal, "withdraw_paper", request.actor),
        "form": form,
        "kept": _copy_of_return(request, proposal),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/proposal_paper_withdrawal.html", context)
