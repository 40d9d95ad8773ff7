"""Pages of appeals: filing one, the appeal itself, withdrawing it, proposing the answer."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions import appeals as actions
from agreements.actions.decisions import rule_to_propose
from agreements.enums import AppealState, DecisionKind, DecisionState, ProposalState
from agreements.forms.appeals import AnswerForm, AppealForm
from agreements.models import Appeal
from agreements.permissions.proposals import appeal_submitter
from agreements.queries.results import appeal_until, letters_of
from agreements.queries.slots import of_own_agency
from agreements.views.guards import not_yet
from agreements.views.proposals import find_proposal, proposal_url
from core.draft_views import copy_key
from core.views import run_action, run_move
from core.workflow import judge

TONES = {AppealState.FILED: "wait", AppealState.WITHDRAWN: "plain", AppealState.ANSWERED: "good"}
RELATED = ("proposal__organisation", "proposal__call", "call__agency", "call__officer", "file", "filed_by")


def _find_appeal(request: HttpRequest, pk: int) -> Appeal:
    rows = Appeal.objects.visible_to(request.actor).select_related(*RELATED)
    return get_object_or_404(rows, pk=pk)


def appeal_url(appeal: Appeal) -> str:
    return reverse("agreements:appeal_detail", args=[appeal.pk])


@require_http_methods(["GET", "POST"])
def appeal_create(request: HttpRequest, reference: str) -> HttpResponse:
    """The appeal, with until when it can be filed; too late it is refused with the date."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.rule_to_appeal(proposal), proposal_url(proposal)):
        return answer
    copy = copy_key(request, proposal.reference, "appeal")
    form = AppealForm(request.POST or None, request.FILES or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        told = {"done": _("The appeal is filed."), "copy": copy}
        outcome = run_action(request, form, actions.file_appeal, proposal=proposal, **told, **form.facts)
        if outcome.ok:
            return redirect(appeal_url(outcome.value) if outcome.value else proposal_url(proposal))
    context = {
        "form": form,
        "kept": copy,
        "proposal": proposal,
        "call": proposal.call,
        "until": appeal_until(proposal),
        "submit": _("File the appeal"),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/appeal_form.html", context)


@require_safe
def appeal_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The appeal with its receipt, where its answer stands, and the answer once it is given."""
    appeal = _find_appeal(request, pk)
    inside = of_own_agency(appeal.call, request.actor)
    pending = appeal.decisions.filter(state=DecisionState.PENDING).first()
    context = {
        "appeal": appeal,
        "proposal": appeal.proposal,
        "call": appeal.call,
        "tone": TONES[AppealState(appeal.state)],
        "own": appeal.proposal.organisation_id == request.actor.organisation_id,
        "pending": pending,
        "shows_chain": inside or request.actor.is_opdc,
        "returned": inside and appeal.state == AppealState.FILED and pending is None and _last_return(appeal),
        "letters": [letter for letter in letters_of(appeal.proposal) if letter.content.get("appeal")],
        "may_withdraw": judge(appeal, "withdraw", request.actor).open,
        "may_answer": judge(appeal.call, _rule(appeal), request.actor).open,
    }
    return render(request, "agreements/appeal_detail.html", context)


def _rule(appeal: Appeal) -> Any:
    return rule_to_propose(DecisionKind.ANSWER_APPEAL, appeal=appeal)


def _last_return(appeal: Appeal) -> Any:
    """The last answer that was sent back for revision."""
    rows = appeal.decisions.filter(state=DecisionState.RETURNED).order_by("-pk")
    return rows.first()


@require_http_methods(["GET", "POST"])
def appeal_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked once more: it cannot be filed again."""
    appeal = _find_appeal(request, pk)
    if not appeal_submitter(appeal, request.actor):
        raise PermissionDenied
    if request.method == "POST":
        done = _("The appeal is withdrawn. The result stands.")
        return run_move(request, actions.withdraw_appeal, back=appeal_url(appeal), done=done, appeal=appeal)
    if answer := not_yet(request, appeal, "withdraw", appeal_url(appeal)):
        return answer
    context = {
        "heading": _("Withdraw the appeal"),
        "lead": _("The result stands then, and an appeal that was withdrawn cannot be filed again."),
        "rows": [
            (_("Appeal number"), appeal.reference, ""),
            (_("Title of the project"), appeal.proposal.title, ""),
            (_("Grounds of the appeal"), linebreaksbr(appeal.grounds), ""),
        ],
        "root": appeal.proposal,
        "submit": _("Withdraw the appeal"),
        "tone": "danger",
        "cancel": appeal_url(appeal),
    }
    return render(request, "base_confirm.html", context)


@require_http_methods(["GET", "POST"])
def appeal_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The officer's draft of the answer, put before those who decide."""
    appeal = _find_appeal(request, pk)
    if answer := not_yet(request, appeal.call, _rule(appeal), appeal_url(appeal)):
        return answer
    copy = copy_key(request, f"appeal-{appeal.pk}", "answer")
    returned = _last_return(appeal)
    initial, in_reserve = returned.proposal if returned else {}, appeal.proposal.state == ProposalState.RESERVE
    form = AnswerForm(request.POST or None, root=appeal.call, initial=initial, in_reserve=in_reserve)
    if request.method == "POST" and form.is_valid():
        told = {"done": _("The answer is proposed to those who decide."), "copy": copy}
        if run_action(request, form, actions.propose_answer, appeal=appeal, **told, **form.facts).ok:
            return redirect(appeal_url(appeal))
    context = {"form": form, "kept": copy, "appeal": appeal, "proposal": appeal.proposal, "call": appeal.call}
    context["submit"] = _("Propose the answer")
    return render(request, "agreements/appeal_answer.html", {**context, "cancel": appeal_url(appeal)})
