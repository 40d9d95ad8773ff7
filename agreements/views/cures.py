"""Pages of formal gaps: the officer asks, the applicant completes, or the time passes (§3.2 step 3)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.actions import cure as actions
from agreements.actions.proposal_content import ATTACHMENT
from agreements.forms.cure import CureAnswerForm, CureAskForm, CureFileForm
from agreements.views.guards import not_yet
from agreements.views.proposal_page import attached_to
from agreements.views.proposals import find_proposal, proposal_url
from core.draft_views import copy_key
from core.files import files_of
from core.ui import show_moment
from core.views import run_action, run_move
from core.workflow import judge


def proposal_cure_ask(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer says what is to be completed."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, "ask_cure", proposal_url(proposal)):
        return answer
    copy = copy_key(request, proposal.reference, "cure-ask")
    form = CureAskForm(request.POST or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        told = {"done": _("The applicant has been told what to complete, and until when."), "copy": copy}
        if run_action(request, form, actions.ask_cure, proposal=proposal, **told, **form.facts).ok:
            return redirect(proposal_url(proposal))
    until = show_moment(actions.cure_due_at(proposal.call.cure_days))
    context = {
        "form": form,
        "kept": copy,
        "call": proposal.call,
        "heading": _("Ask to complete formal gaps"),
        "lead": f"{proposal.title} · {proposal.organisation.name}",
        "submit": _("Ask the applicant"),
        "cancel": proposal_url(proposal),
        "until": until,
    }
    return render(request, "agreements/proposal_cure_ask.html", context)


def proposal_cure(request: HttpRequest, reference: str) -> HttpResponse:
    """The applicant's page: what was asked, files added, the answer; the representative sends it."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.CURE, proposal_url(proposal)):
        return answer
    sending, copy = judge(proposal, "answer_cure", request.actor), copy_key(request, proposal.reference, "cure")
    form = CureAnswerForm(request.POST or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        told = {"done": _("What you completed has been sent to the agency."), "copy": copy}
        if run_action(request, form, actions.answer_cure, proposal=proposal, **told, **form.facts).ok:
            return redirect(proposal_url(proposal))
    submitted = actions.submitted_files(proposal)
    attached = attached_to(proposal)
    context = {
        "form": form,
        "file_form": CureFileForm(root=proposal, auto_id="file_%s"),
        "proposal": proposal,
        "call": proposal.call,
        "asked": proposal.cure_request,
        "sending": sending.open,
        "kept": copy if sending.open else "",
        "added": [row for row in attached if row["id"] not in submitted],
        "before": [row for row in attached if row["id"] in submitted],
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/proposal_cure.html", context)


@require_POST
def proposal_cure_file(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a file; what is wrong with it is said on the page one comes back to."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.CURE, proposal_url(proposal)):
        return answer
    form = CureFileForm(request.POST, request.FILES, root=proposal)
    ok = (
        form.is_valid()
        and run_action(
            request, form, actions.attach_to_cure, proposal=proposal, upload=form.facts["file"], done=_("Attached.")
        ).ok
    )
    if not ok:
        for error in [text for errors in form.errors.values() for text in errors]:
            messages.error(request, error)
    return redirect(proposal_url(proposal, "proposal_cure"))


@require_POST
def proposal_cure_file_remove(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.UNDO, proposal_url(proposal)):
        return answer
    file = get_object_or_404(files_of(proposal, ATTACHMENT), pk=pk)
    back = proposal_url(proposal, "proposal_cure")
    return run_move(request, actions.detach_from_cure, back=back, done=_("Removed."), proposal=proposal, file=file)


@require_POST
def proposal_cure_lapse(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_proposal(request, reference)
    done = _("The proposal is screened as it was submitted.")
    return run_move(request, actions.lapse_cure, back=proposal_url(proposal), done=done, proposal=proposal)
