"""Pages of presentations: invitation, what happened, a reviewer's points (§3.2 step 3)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions import presentations as actions
from agreements.actions.slots import ADD_SLOTS
from agreements.blind import code_of, name_applicants
from agreements.forms.presentations import PointsForm, PresentationForm
from agreements.models import PresentationScore, Proposal
from agreements.queries.slots import not_invited, slot_of
from agreements.views.calls import find_call
from agreements.views.guards import not_yet
from agreements.views.proposals import find_proposal, proposal_url
from agreements.views.slots import slots_url
from core.draft_views import copy_key
from core.views import run_action, run_move

RECORDED = ("held_on", "place", "minutes", "attendees", "questions")


@require_http_methods(["GET", "POST"])
def proposal_present(request: HttpRequest, reference: str) -> HttpResponse:
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.PRESENT, proposal_url(proposal)):
        return answer
    copy = copy_key(request, proposal.reference, "presentation")
    form = PresentationForm(request.POST or None, root=proposal, initial=_so_far(proposal))
    if request.method == "POST" and form.is_valid():
        facts = {"done": _("The presentation is recorded."), "copy": copy, **form.facts}
        if run_action(request, form, actions.record_presentation, proposal=proposal, **facts).ok:
            return redirect(proposal_url(proposal))
    heading, lead = _("Record the presentation"), f"{proposal.title} · {proposal.organisation.name}"
    return _form_page(request, form, proposal, heading, lead, kept=copy)


def _so_far(proposal: Proposal) -> dict[str, Any]:
    """What was recorded before, else day and place of the booked time."""
    held, slot = getattr(proposal, "presentation", None), slot_of(proposal)
    if held is not None:
        return {**{name: getattr(held, name) for name in RECORDED}, "attended": "yes" if held.attended else "no"}
    return {"held_on": slot.starts_at.date(), "place": slot.place or slot.link} if slot else {}


@require_http_methods(["GET", "POST"])
def presentation_points(request: HttpRequest, reference: str) -> HttpResponse:
    """A reviewer's points for the presentation; one's own can be given again until one's review is finished."""
    proposal = find_proposal(request, reference)
    if answer := not_yet(request, proposal, actions.SCORE_PRESENTATION, proposal_url(proposal)):
        return answer
    name_applicants([proposal], proposal.call, request.actor)
    own = PresentationScore.objects.filter(presentation__proposal=proposal, reviewer_id=request.actor.user_id).first()
    initial = {"points": str(own.points), "reason": own.reason} if own else {}
    copy = copy_key(request, f"{proposal.call_id}-{code_of(proposal)}", "presentation")
    form = PointsForm(request.POST or None, root=proposal, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {"done": _("Your points for the presentation are saved."), "copy": copy, **form.facts}
        if run_action(request, form, actions.score_presentation, proposal=proposal, **facts).ok:
            return redirect(proposal_url(proposal))
    facts = {"title": proposal.shown_title, "weight": proposal.call.presentation_weight}
    lead = _("%(title)s. The presentation counts %(weight)s percent of the final score.") % facts
    heading, page = _("Points for the presentation"), "agreements/presentation_points.html"
    return _form_page(request, form, proposal, heading, lead, kept=copy, page=page)


def _form_page(
    request: HttpRequest,
    form: Any,
    proposal: Proposal,
    heading: str,
    lead: str,
    kept: str,
    page: str = "agreements/call_form.html",
) -> HttpResponse:
    context = {
        "form": form,
        "proposal": proposal,
        "call": proposal.call,
        "heading": heading,
        "lead": lead,
        "submit": _("Save"),
        "kept": kept,
        "cancel": proposal_url(proposal),
    }
    return render(request, page, context)


@require_POST
def proposal_invite(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite one applicant to choose a time."""
    proposal = find_proposal(request, reference)
    done = _("The applicant is invited to choose a time.")
    back = proposal_url(proposal)
    return run_move(request, actions.invite_one_to_present, back=back, done=done, proposal=proposal)


@require_POST
def call_invite_all(request: HttpRequest, reference: str) -> HttpResponse:
    """Invite every eligible applicant that was not invited yet, and say whom not and why."""
    call = find_call(request, reference)
    if answer := not_yet(request, call, ADD_SLOTS, slots_url(call)):
        return answer
    invited = actions.invite_to_present(proposals=not_invited(call), by=request.actor)
    count = len(invited.done)
    told = ngettext("%(count)s applicant is invited.", "%(count)s applicants are invited.", count) % {"count": count}
    messages.success(request, told)
    for proposal, reason in invited.skipped:
        messages.warning(request, f"{proposal.reference}: {reason}")
    return redirect(slots_url(call))
