"""A review that saves itself: the saving, what its page needs for it, and two windows of one person side by side."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions.review_drafts import review_of, save_review_draft, values_of_review
from agreements.blind import code_of
from agreements.forms.reviews import ReviewForm, review_form
from agreements.models import Proposal
from agreements.permissions.judging import proposal_reviewer
from agreements.views.proposals import find_proposal, proposal_url
from core.draft_sheets import Sheet
from core.draft_views import answer_saving, answer_token, clash_rows, copy_key, resend_fields, who_saved
from core.drafts import read_written
from core.ui import show_clock

TRIED = "tried"  # finishing was tried: the page goes on saying what is still missing


@require_http_methods(["GET", "POST"])
def proposal_review_draft(request: HttpRequest, reference: str) -> JsonResponse:
    """Save what is right of what was typed (POST); a fresh token after another log-in (GET)."""
    proposal = find_proposal(request, reference)
    if not proposal_reviewer(proposal, request.actor):
        raise PermissionDenied
    review = review_of(proposal, request.actor)
    if request.method == "GET":
        return answer_token(request, version=review.draft_version if review else 0)
    form = review_form(proposal, request.actor, request.POST)
    written = read_written(form, (), stored=values_of_review(proposal, review))
    told = review_form(proposal, request.actor, request.POST, finishing=True) if TRIED in request.GET else form
    return answer_saving(
        request,
        Sheet(told),
        written,
        partial(save_review_draft, proposal=proposal, written=written, by=request.actor),
        now=lambda: Sheet(review_form(proposal, request.actor)),
        others=lambda: (),
    )


def review_autosave(request: HttpRequest, proposal: Proposal, form: ReviewForm) -> dict[str, Any]:
    """What the page of a review carries so that it saves itself."""
    review = review_of(proposal, request.actor)
    tried = f"?{TRIED}=1" if form.is_bound and "finish" in request.POST else ""
    return {
        "url": reverse("agreements:proposal_review_draft", args=[proposal.reference]) + tried,
        # By the code: the reference is not shown where names are hidden.
        "copy": copy_key(request, f"{proposal.call_id}-{code_of(proposal)}", "review"),
        "writer": request.user.pk,
        "time": show_clock(review.saved_at) if review and review.saved_at else "",
        "unsaved": form.is_bound,
    }


def review_conflict_page(request: HttpRequest, proposal: Proposal, form: ReviewForm) -> HttpResponse:
    """Both texts side by side where another window of the same person saved something else; all is kept."""
    clash: Any = form.clash
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "heading": _("Score the proposal"),
        "lead": proposal.shown_title,
        "who": who_saved(clash),
        "clash_rows": clash_rows(clash, Sheet(form), Sheet(review_form(proposal, request.actor))),
        "kept": resend_fields(request, clash, form.cleaned_data.get("drawn", "")),
        "action": request.path,
        "cancel": proposal_url(proposal, "proposal_review"),
        "alone": True,
    }
    return render(request, "agreements/proposal_conflict.html", context, status=409)
