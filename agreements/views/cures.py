"""Pages of formal gaps: the officer asks, the applicant completes, or the time passes (§3.2 step 3)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import linebreaksbr
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.actions import cure as actions
from agreements.actions.proposal_content import ATTACHMENT
from agreements.forms.cure import CureAnswerForm, CureAskForm, CureFileForm, CureSendForm
from agreements.models import Proposal
from agreements.views.guards import not_yet
from agreements.views.proposal_page import attached_to
from agreements.views.proposals import find_proposal, proposal_url
from core.draft_views import copy_key
from core.file_names import clean_name
from core.files import files_of
from core.ui import show_moment
from core.views import run_action, run_move
from core.workflow import judge

GO_ON = "go_on"  # name of the second button: the page again, with what was typed


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
    """The applicant's page: what was asked, files added, the answer; the representative sends it.

    It can be sent once: so a chosen file is attached first, and all that goes is shown before it is sent.
    """
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.CURE, proposal_url(proposal)):
        return answer
    sending, copy = judge(proposal, "answer_cure", request.actor), copy_key(request, proposal.reference, "cure")
    form = CureAnswerForm(request.POST or None, request.FILES or None, root=proposal)
    if request.method == "POST" and form.is_valid() and (answer := _taken(request, proposal, form, copy)):
        return answer
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


def _taken(request: HttpRequest, proposal: Proposal, form: CureAnswerForm, copy: str) -> HttpResponse | None:
    """What comes of a sent form: recorded, or asked once more; None shows the page again with what was typed."""
    answer, confirming = form.facts["answer"], "confirmed" in request.POST
    if "remove" in request.POST:
        _take_out(request, proposal, form)
        return None
    if form.facts["file"] and not _attached(request, proposal, form):
        return None
    if GO_ON in request.POST:
        if not form.facts["file"] and not confirming:
            form.add_error("file", _("Please choose a file."))
        return None
    if confirming:
        told = {"done": _("What you completed has been sent to the agency."), "copy": copy}
        sent = run_action(request, form, actions.answer_cure, proposal=proposal, answer=answer, **told).ok
        return redirect(proposal_url(proposal)) if sent else None
    added = actions.added_files(proposal)
    if not answer.strip() and not added:
        form.add_error("answer", actions.NOTHING)
        return None
    return _asked_once_more(request, proposal, answer, [file.name for file in added])


def _attached(request: HttpRequest, proposal: Proposal, form: CureAnswerForm) -> bool:
    """Whether the chosen file is with the proposal now; else the page says why not."""
    upload = form.facts["file"]
    facts = {"proposal": proposal, "upload": upload, "done": _("Attached.")}
    outcome = run_action(request, form, actions.attach_to_cure, **facts)
    if not outcome.ok:
        return False
    # A page that was sent before is sent once more, perhaps with another file: that one stays chosen.
    same = {(file.name, file.size) for file in actions.added_files(proposal)} if outcome.repeated else set()
    there = not outcome.repeated or (clean_name(upload.name), upload.size) in same
    form.draw_anew(with_file=not there)
    return there


def _take_out(request: HttpRequest, proposal: Proposal, form: CureAnswerForm) -> None:
    """Take out a file that was added now; one that another window took out is just not there any more."""
    file = {str(file.pk): file for file in actions.added_files(proposal)}.get(request.POST["remove"])
    facts = {"proposal": proposal, "file": file, "done": _("Removed.")}
    if file is None or run_action(request, form, actions.detach_from_cure, **facts).ok:
        form.draw_anew(with_file=True)


def _asked_once_more(request: HttpRequest, proposal: Proposal, answer: str, names: list[str]) -> HttpResponse:
    context = {
        "call": proposal.call,
        "heading": _("Send further documents"),
        "lead": _("It can be sent only once. Check that everything that was asked for is there."),
        "rows": [
            (_("What is to be completed"), linebreaksbr(proposal.cure_request.gaps), ""),
            (_("To be sent by"), show_moment(proposal.cure_request.due_at), ""),
            (_("What was completed"), linebreaksbr(answer), ""),
            (_("Files added now"), ", ".join(names) or _("No file is attached"), ""),
        ],
        "form": CureSendForm(root=proposal, initial={"answer": answer}),
        "submit": _("Send what was completed"),
        "also": _("Go back and change"),
    }
    return render(request, "base_confirm.html", context)


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
