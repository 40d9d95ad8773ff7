"""The proposal form as PDF: filled for those whose matter it is, empty for everybody who may read the call."""

from __future__ import annotations

from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from agreements.blind import code_of
from agreements.documents.proposal import blank_form_pdf, judge_pdf, proposal_pdf
from agreements.views.calls import find_call
from agreements.views.proposal_page import is_frozen, paper_for
from agreements.views.proposals import find_proposal

A_DAY = 24 * 60 * 60


@require_safe
def proposal_print(request: HttpRequest, reference: str) -> HttpResponse:
    """What was submitted, or the draft as it is (marked ร่าง); to judges their copy, masked where it is blind."""
    proposal = find_proposal(request, reference)
    paper = paper_for(proposal, request.actor)
    if not paper:
        raise PermissionDenied
    if paper == "own":
        version = proposal.latest_version if is_frozen(proposal) else None
        return _pdf(proposal_pdf(version or proposal), f"{proposal.reference}.pdf", private=True)
    name = code_of(proposal) if paper == "masked" else proposal.reference
    return _pdf(judge_pdf(proposal.latest_version, masked=paper == "masked"), f"{name}.pdf", private=True)


@require_safe
def blank_form(request: HttpRequest, reference: str) -> HttpResponse:
    """The empty form of a call; printed once for each state of the call, however many people fetch it."""
    call = find_call(request, reference)
    key = f"blank-form-{call.pk}-{call.version}"
    printed = cache.get(key)
    if printed is None:
        printed = blank_form_pdf(call)
        cache.set(key, printed, A_DAY)
    return _pdf(printed, f"{call.reference}-form.pdf", private=False)


def _pdf(content: bytes, name: str, *, private: bool) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    if private:
        response["Cache-Control"] = "private, no-store"
    return response
