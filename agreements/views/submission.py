"""Pages of submitting: check the answers, confirm who one is, submit, receipt, withdraw (§3.1 step 2, §3.2 step 2)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions import proposals as writing
from agreements.actions import submission as actions
from agreements.actions.ready import TELL_READY, prepares_only, tell_ready
from agreements.documents.applicant import profile_facts
from agreements.documents.receipt import receipt_pdf
from agreements.models import Proposal, ProposalVersion
from agreements.permissions.proposals import receipt_reader
from agreements.proposal_sections import SECTIONS
from agreements.queries.call_public import deadline_line, taken_until, time_left
from agreements.views.guards import not_yet
from agreements.views.proposal_page import content_of, is_frozen, section_url, tasks_of
from agreements.views.proposals import find_proposal, proposal_url
from core.ui import show_moment
from core.views import run_move
from core.workflow import judge
from partnerships.identity.proof import identity_proof
from partnerships.identity.reauthentication import confirm_url, has_confirmed
from partnerships.queries.standing import why_blocked


@require_safe
def proposal_check(request: HttpRequest, reference: str) -> HttpResponse:
    """Check your answers, confirm who you are, then submit."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, writing.EDIT_PROPOSAL, proposal_url(proposal)):
        return answer
    judgement = judge(proposal, "submit", request.actor)
    context = {
        "proposal": proposal,
        "call": proposal.call,
        **content_of(proposal, None),
        "edit_urls": {code: section_url(proposal, code) for code in SECTIONS},
        "profile": profile_facts(proposal.organisation_id),
        "judgement": judgement,
        "ready": judge(proposal, TELL_READY, request.actor),
        "blocked": why_blocked(proposal.organisation_id),
        "missing": [task for task in tasks_of(proposal) if task["state"] != "done"] if judgement.missing else [],
        "fingerprint": actions.fingerprint_of(proposal),
        "confirmed": judgement.open and has_confirmed(request),
        "confirm_url": confirm_url(request, f"{request.path}#submit"),
        **deadline_line(proposal.call),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/proposal_check.html", context)


@require_POST
def proposal_tell_ready(request: HttpRequest, reference: str) -> HttpResponse:
    """Staff tell the representative that it is ready."""
    proposal = find_proposal(request, reference)
    if not prepares_only(proposal, request.actor):
        raise PermissionDenied
    back = proposal_url(proposal, "proposal_check") + "#submit"
    return run_move(request, tell_ready, back=back, done=_("The representative has been told."), proposal=proposal)


@require_POST
def proposal_submit(request: HttpRequest, reference: str) -> HttpResponse:
    """What was read is submitted, by somebody who has just confirmed who he or she is; else back to the check."""
    proposal = find_proposal(request, reference)
    check, receipt = proposal_url(proposal, "proposal_check"), proposal_url(proposal, "proposal_receipt")
    if proposal.state == "submitted" and receipt_reader(proposal, request.actor):
        return redirect(receipt)  # sent in from another window: its receipt is the answer, not a refusal
    if judge(proposal, "submit", request.actor).open and not has_confirmed(request):
        messages.info(request, _("Some minutes have passed: please confirm once more who you are, then submit."))
        return redirect(confirm_url(request, f"{check}#submit"))
    facts = {"identity": identity_proof(request), "checked": request.POST.get("checked", "")}
    back = check if writing.is_being_written(proposal) else proposal_url(proposal)
    answer = run_move(request, actions.submit_proposal, back=back, proposal=proposal, **facts)
    proposal.refresh_from_db()
    if proposal.state == "submitted":
        return redirect(receipt)
    return answer


@require_safe
def proposal_receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """The receipt of the latest submitted version: number, time, hash."""
    version = _received_version(request, reference)
    context = {
        "proposal": version.proposal,
        "call": version.proposal.call,
        "version": version,
        "number": version.receipt_number,
        "taken_back": not is_frozen(version.proposal),
        "until": taken_until(version.proposal.call),
    }
    return render(request, "agreements/proposal_receipt.html", context)


@require_safe
def proposal_receipt_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The same receipt as a document."""
    version = _received_version(request, reference)
    response = HttpResponse(receipt_pdf(version), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{version.proposal.reference}-{version.number}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _received_version(request: HttpRequest, reference: str) -> ProposalVersion:
    """The latest version with its proposal, for whom the receipt is; else 404."""
    proposal: Proposal = find_proposal(request, reference)
    version = proposal.latest_version
    if version is None or not receipt_reader(proposal, request.actor):
        raise Http404
    version.proposal = proposal
    return version


@require_http_methods(["GET", "POST"])
def proposal_withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Asked once more before it is withdrawn: whoever taps by mistake has not taken the proposal out of the call."""
    proposal = find_proposal(request, reference)
    back = proposal_url(proposal)
    if request.method == "POST":
        done: Any = _("The proposal is withdrawn. You can mend it and submit it again before the deadline.")
        return run_move(request, actions.withdraw_proposal, back=back, done=done, proposal=proposal)
    if answer := not_yet(request, proposal, "withdraw", back):
        return answer
    call, receipt = proposal.call, proposal.latest_version
    deadline, until = show_moment(call.closes_at), show_moment(taken_until(call))
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "heading": _("Withdraw the proposal"),
        "lead": _("A proposal that is not submitted again by %(deadline)s does not take part.") % {"deadline": until},
        "rows": [
            (_("Title of the project"), proposal.title, ""),
            (_("Number of the receipt"), receipt.receipt_number if receipt else "", ""),
            (_("Deadline"), f"{deadline} ({time_left(call)})", ""),
        ],
        "root": proposal,
        "submit": _("Withdraw the proposal"),
        "tone": "danger",
        "cancel": back,
    }
    return render(request, "base_confirm.html", context)
