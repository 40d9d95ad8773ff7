"""A partner's side of missions: invitations to answer, itself to rate, missions it proposed (§4 step 3)."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.views import run_action
from core.workflow import NotYou
from partnerships.actions.readiness import RATE_ITSELF, rate_itself
from partnerships.actions.shortlist import answer_invitation
from partnerships.actions.suggestions import SEND_SUGGESTION
from partnerships.forms.candidates import InvitationAnswerForm, ReadinessForm
from partnerships.models import MissionSuggestion, ReadinessAssessment, ReadinessRequest, ShortlistEntry
from partnerships.permissions.candidates import may_rate_itself, may_see_invitation
from partnerships.queries.candidates import TONES
from partnerships.queries.suggestions import TONES as SUGGESTION_TONES
from partnerships.views.guards import not_yet

SHOWN = 50


@require_GET
def partner_missions(request: HttpRequest) -> HttpResponse:
    """What concerns the partner acted for: to answer, to rate, proposed by it."""
    if not request.actor.is_partner:
        raise PermissionDenied(str(NotYou.message))
    invitations = ShortlistEntry.objects.invited(request.actor).select_related("mission__agency")
    ratings = ReadinessRequest.objects.visible_to(request.actor).select_related("mission__agency")
    own = MissionSuggestion.objects.filter(suggested_by=request.actor.organisation).select_related("agency")
    context = {
        "invitations": [(row, TONES[row.state]) for row in invitations.order_by("-invited_at", "-pk")[:SHOWN]],
        "ratings": [(row, may_rate_itself(row, request.actor)) for row in ratings.order_by("-asked_at", "-pk")[:SHOWN]],
        "suggestions": [(row, SUGGESTION_TONES[row.state]) for row in own[:SHOWN]],
        "may_suggest": SEND_SUGGESTION.role(None, request.actor),
    }
    return render(request, "partnerships/partner_missions.html", context)


@require_http_methods(["GET", "POST"])
def mission_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """The public part of a mission, for the partner that is invited, and its answer."""
    invited = ShortlistEntry.objects.invited(request.actor)
    entry = get_object_or_404(invited.select_related("mission__agency", "mission__officer"), pk=pk)
    may_answer = may_see_invitation(entry, request.actor)
    form = InvitationAnswerForm(request.POST or None) if may_answer or request.method == "POST" else None
    if form and request.method == "POST" and form.is_valid():
        done = _("Your answer has been sent to the agency.")
        if run_action(request, form, answer_invitation, done=done, entry=entry, **form.facts).ok:
            return redirect("partnerships:mission_invitation", pk)
    context = {"entry": entry, "mission": entry.mission, "form": form, "tone": TONES[entry.state]}
    return render(request, "partnerships/mission_invitation.html", context)


@require_http_methods(["GET", "POST"])
def self_assessment(request: HttpRequest, pk: int) -> HttpResponse:
    """The candidate rates itself; it sees what it said before, and nobody else's view."""
    asked = get_object_or_404(
        ReadinessRequest.objects.visible_to(request.actor).select_related("mission__agency", "mission__officer"), pk=pk
    )
    back = reverse("partnerships:partner_missions")
    if answer := not_yet(request, asked, RATE_ITSELF, back):
        return answer
    form = ReadinessForm(request.POST or None, dated=False, initial=_said_before(asked))
    if request.method == "POST" and form.is_valid():
        done = _("Your view has been sent to the agency.")
        if run_action(request, form, rate_itself, done=done, request=asked, **form.action_facts).ok:
            return redirect(back)
    words = {"heading": _("Rate your own readiness"), "submit": _("Send to the agency"), "eyebrow": asked.mission.title}
    words["lead"] = _("The agency and OPDC read it. Leave open what you cannot tell: it never counts as zero.")
    context = {"form": form, "cancel": back, "mission": asked.mission, **words}
    return render(request, "partnerships/self_assessment.html", context)


def _said_before(asked: ReadinessRequest) -> dict[str, str]:
    own = ReadinessAssessment.objects.filter(
        mission=asked.mission_id, organisation=asked.organisation_id, is_self=True
    ).first()
    if own is None:
        return {}
    said = {"note": own.note}
    for score in own.scores.all():
        said |= {f"score_{score.criterion}": str(score.score), f"reason_{score.criterion}": score.reason}
    return said
