"""Pages of result letters: issuing them for a call, and reading one."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from agreements.actions import result_letters as actions
from agreements.documents.result_letter import letter_pdf
from agreements.models import ResultLetter
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import knows_half
from agreements.queries.results import letters_on
from agreements.queries.slots import of_own_agency
from agreements.views.call_page import with_tones
from agreements.views.calls import find_call
from core.views import run_move
from core.workflow import judge


@require_safe
def call_letters(request: HttpRequest, reference: str) -> HttpResponse:
    """Every applicant with its letters and appeal, and the button that issues what is not issued yet."""
    call = find_call(request, reference)
    if not (of_own_agency(call, request.actor) or request.actor.is_opdc) or knows_half(call, request.actor):
        raise PermissionDenied
    if call.decided_at is None:  # who proposed is sealed until closing, and nobody is written to before the decision
        raise Http404
    judgement = judge(call, actions.ISSUE_LETTERS, request.actor)
    waits = judgement.now and call_officer(call, request.actor)
    context = {
        "call": call,
        "proposals": with_tones(letters_on(call)),
        "may_issue": judgement.open,
        "why_not_issued": judgement.why_not_you if waits else None,
    }
    return render(request, "agreements/call_letters.html", context)


@require_POST
def call_letters_issue(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if not call_officer(call, request.actor):
        raise PermissionDenied
    back = reverse("agreements:call_letters", args=[call.reference])
    done = _("The letters are issued and the applicants told.")
    return run_move(request, actions.issue_result_letters, back=back, done=done, call=call)


@require_safe
def letter_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as PDF, for the applicant, the agency and OPDC."""
    letter = get_object_or_404(ResultLetter.objects.visible_to(request.actor), pk=pk)
    response = HttpResponse(letter_pdf(letter), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="result-{letter.content["reference"]}-{letter.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
