"""The page on which a reviewer scores a proposal, and opening a review again (§3.1 step 2, §3.2 step 4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from agreements.actions import reviews as actions
from agreements.actions.review_drafts import finish_review_draft, review_of, save_review_draft, values_of_review
from agreements.blind import name_applicants
from agreements.forms.reviews import ReopenForm, ReviewForm, review_form
from agreements.models import Proposal
from agreements.views.guards import not_yet
from agreements.views.proposal_page import content_of
from agreements.views.proposals import find_proposal, proposal_url
from agreements.views.review_drafts import review_autosave, review_conflict_page
from core.draft_views import chosen_theirs, copy_key
from core.drafts import read_written
from core.views import run_action


def proposal_review(request: HttpRequest, reference: str) -> HttpResponse:
    """Score a proposal: save and come back, or finish."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.REVIEW, proposal_url(proposal), unless_is_done=True):
        return answer
    name_applicants([proposal], proposal.call, request.actor)
    finishing = "finish" in request.POST
    form = review_form(proposal, request.actor, request.POST or None, finishing=finishing)
    if request.method == "POST" and form.is_valid():
        if _keep(request, form, proposal, finishing):
            return redirect(proposal_url(proposal) if finishing else request.path)
        if form.clash:
            return review_conflict_page(request, proposal, form)
    review = review_of(proposal, request.actor)
    context = {
        "form": form,
        "proposal": proposal,
        "call": proposal.call,
        "autosave": review_autosave(request, proposal, form),
        "reopening": review and review.reopenings.order_by("-pk").first(),
        "cancel": proposal_url(proposal),
        **content_of(proposal, proposal.latest_version, hidden=proposal.names_hidden),
    }
    return render(request, "agreements/proposal_review.html", context)


def _keep(request: HttpRequest, form: ReviewForm, proposal: Proposal, finishing: bool) -> bool:
    action = finish_review_draft if finishing else save_review_draft
    done = _("Your review is finished.") if finishing else _("Saved. You can come back and go on.")
    stored = values_of_review(proposal, review_of(proposal, request.actor))
    written = read_written(form, (), stored=stored, theirs=chosen_theirs(request))
    return run_action(request, form, action, proposal=proposal, done=done, written=written).ok


def proposal_review_reopen(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """The officer gives a finished review back to its reviewer, with the reason."""
    proposal = find_proposal(request, reference)
    back = proposal_url(proposal)
    if answer := not_yet(request, proposal, actions.REOPEN_REVIEW, back):
        return answer
    review = get_object_or_404(proposal.reviews.finished().select_related("reviewer", "proposal__call"), pk=pk)
    copy = copy_key(request, f"review-{review.pk}", "reopen")
    form = ReopenForm(request.POST or None, root=proposal)
    if request.method == "POST" and form.is_valid():
        done = _("The review is open again and its reviewer has been told.")
        if run_action(request, form, actions.reopen_review, review=review, done=done, copy=copy, **form.facts).ok:
            return redirect(back)
    facts = {"name": review.reviewer.get_full_name(), "total": review.total}
    lead = _("%(name)s · score now %(total)s of 100. It counts no more until the review is finished again.") % facts
    context = {
        "form": form,
        "kept": copy,
        "call": proposal.call,
        "heading": _("Open the review again"),
        "lead": lead,
        "submit": _("Open the review again"),
        "cancel": back,
    }
    return render(request, "agreements/call_form.html", context)
