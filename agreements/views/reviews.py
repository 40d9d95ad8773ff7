"""Pages of judging: screening, presentation, reviewers, scores, resolution (§3.1 step 2, §3.2 steps 3-4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from agreements.actions import reviews as actions
from agreements.enums import CriterionKind, ProposalState
from agreements.forms.calls import ResolutionForm, ReviewerForm
from agreements.forms.reviews import PresentationForm, ReviewForm, ScreeningForm, answers_of
from agreements.models import Call, CallCriterion, Proposal
from agreements.queries.calls import reviewers_of
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from agreements.views.proposal_page import content_of
from agreements.views.proposals import find_proposal, proposal_url
from core.views import run_action, run_move


def criteria_of(call: Call, kind: str) -> list[CallCriterion]:
    return list(call.criteria.filter(kind=kind))


# --- screening and presentation -------------------------------------------------------------------------------------


def proposal_screen(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.SCREEN, proposal_url(proposal)):
        return answer
    criteria = criteria_of(proposal.call, CriterionKind.ELIGIBILITY)
    form = ScreeningForm(request.POST or None, root=proposal, criteria=criteria)
    if request.method == "POST" and form.is_valid():
        done = _("The screening is recorded.")
        if run_action(request, form, actions.screen_proposal, proposal=proposal, checks=form.checks, done=done).ok:
            return redirect(proposal_url(proposal))
    context = {
        "form": form,
        "proposal": proposal,
        "call": proposal.call,
        "asked": criteria,
        "cancel": proposal_url(proposal),
        **content_of(proposal, proposal.latest_version),
    }
    return render(request, "agreements/proposal_screen.html", context)


def proposal_present(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.PRESENT, proposal_url(proposal)):
        return answer
    held = getattr(proposal, "presentation", None)
    initial = {name: getattr(held, name) for name in ("held_on", "place", "minutes")} if held else {}
    form = PresentationForm(request.POST or None, root=proposal, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = _("The presentation is recorded.")
        if run_action(request, form, actions.record_presentation, proposal=proposal, done=done, **form.facts).ok:
            return redirect(proposal_url(proposal))
    context = {
        "form": form,
        "proposal": proposal,
        "call": proposal.call,
        "heading": _("Record the presentation"),
        "lead": f"{proposal.title} · {proposal.organisation.name}",
        "submit": _("Save"),
        "cancel": proposal_url(proposal),
    }
    return render(request, "agreements/proposal_form.html", context)


# --- reviewers ------------------------------------------------------------------------------------------------------


def call_reviewers(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.NAME_REVIEWER, call_url(call)):
        return answer
    form = ReviewerForm(request.POST or None, root=call)
    here = reverse("agreements:call_reviewers", args=[call.reference])
    if request.method == "POST" and form.is_valid():
        done = _("The reviewer is named and has been told.")
        if run_action(request, form, actions.name_reviewer, call=call, user=form.user, done=done).ok:
            return redirect(here)
    context = {"form": form, "call": call, "reviewers": reviewers_of(call), "cancel": call_url(call)}
    return render(request, "agreements/call_reviewers.html", context)


@require_POST
def call_reviewer_dismiss(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.DISMISS_REVIEWER, call_url(call)):
        return answer
    capacity = get_object_or_404(call.capacities.filter(kind="reviewer"), pk=pk)
    back = reverse("agreements:call_reviewers", args=[call.reference])
    done = _("The invitation has ended.")
    return run_move(request, actions.dismiss_reviewer, back=back, done=done, call=call, capacity=capacity)


# --- scores ---------------------------------------------------------------------------------------------------------


def proposal_review(request: HttpRequest, reference: str) -> HttpResponse:
    """Score a proposal: save and come back, or finish."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.REVIEW, proposal_url(proposal)):
        return answer
    finishing = "finish" in request.POST
    criteria = criteria_of(proposal.call, CriterionKind.SCORING)
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
        **content_of(proposal, proposal.latest_version),
    }
    return render(request, "agreements/proposal_review.html", context)


def _keep(request: HttpRequest, form: ReviewForm, proposal: Proposal, finishing: bool) -> bool:
    action = actions.finish_review if finishing else actions.save_review
    done = _("Your review is finished.") if finishing else _("Saved. You can come back and go on.")
    facts = {"scores": form.scores, "comment": form.cleaned_data["comment"]}
    return run_action(request, form, action, proposal=proposal, done=done, **facts).ok


# --- resolution -----------------------------------------------------------------------------------------------------


def call_resolution(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.RESOLVE, call_url(call)):
        return answer
    eligible = call.proposals.filter(state=ProposalState.ELIGIBLE).select_related("organisation").order_by("pk")
    form = ResolutionForm(request.POST or None, root=call, proposals=list(eligible), initial=_resolution_so_far(call))
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {"facts": form.meeting, "outcomes": form.outcomes}
        done = _("The resolution is recorded.")
        if run_action(request, form, actions.record_resolution, call=call, done=done, **facts).ok:
            return redirect(call_url(call))
    context = {
        "form": form,
        "call": call,
        "heading": _("Record the committee's resolution"),
        "lead": call.title,
        "submit": _("Save the resolution"),
        "cancel": call_url(call),
    }
    return render(request, "agreements/call_form.html", context)


def _resolution_so_far(call: Call) -> dict[str, Any]:
    resolution = getattr(call, "resolution", None)
    if resolution is None:
        return {}
    names = ("appointment_order", "meeting_number", "held_on", "members", "minutes")
    answers = {name: getattr(resolution, name) for name in names}
    for row in resolution.outcomes.all():
        answers |= {f"outcome_{row.proposal_id}": row.outcome, f"reason_{row.proposal_id}": row.reason}
    return answers
