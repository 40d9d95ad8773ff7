"""The page on which a reviewer scores a proposal (§3.1 step 2, §3.2 step 4)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from agreements.actions import reviews as actions
from agreements.blind import name_applicants
from agreements.enums import CriterionKind
from agreements.forms.reviews import ReviewForm, answers_of
from agreements.models import Proposal
from agreements.queries.calls import criteria_of
from agreements.views.guards import not_yet
from agreements.views.proposal_page import content_of
from agreements.views.proposals import find_proposal, proposal_url
from core.views import run_action


def proposal_review(request: HttpRequest, reference: str) -> HttpResponse:
    """Score a proposal: save and come back, or finish."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.REVIEW, proposal_url(proposal)):
        return answer
    name_applicants([proposal], proposal.call, request.actor)
    finishing = "finish" in request.POST
    criteria = criteria_of(proposal.call_id, CriterionKind.SCORING)
    review = proposal.reviews.filter(reviewer=request.user).prefetch_related("scores").first()
    form = ReviewForm(
        request.POST or None, root=proposal, criteria=criteria, finishing=finishing, initial=answers_of(review)
    )
    if request.method == "POST" and form.is_valid() and _keep(request, form, proposal, finishing):
        return redirect(proposal_url(proposal) if finishing else request.path)
    context = {
        "form": form,
        "proposal": proposal,
        "call": proposal.call,
        "cancel": proposal_url(proposal),
        **content_of(proposal, proposal.latest_version, hidden=proposal.names_hidden),
    }
    return render(request, "agreements/proposal_review.html", context)


def _keep(request: HttpRequest, form: ReviewForm, proposal: Proposal, finishing: bool) -> bool:
    action = actions.finish_review if finishing else actions.save_review
    done = _("Your review is finished.") if finishing else _("Saved. You can come back and go on.")
    facts = {"scores": form.scores, "comment": form.cleaned_data["comment"]}
    return run_action(request, form, action, proposal=proposal, done=done, **facts).ok
