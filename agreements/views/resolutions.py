"""The page of the committee's resolution (§3.2 step 4)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions import resolutions as actions
from agreements.enums import ProposalState
from agreements.forms.resolutions import ResolutionForm, answers_of
from agreements.models import Call, Resolution, SelectionMember
from agreements.queries.ranking import Ranking, whole_ranking
from agreements.queries.returned import returned_to_officer
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.draft_views import copy_key
from core.views import run_action


@require_http_methods(["GET", "POST"])
def call_resolution(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.RESOLVE, call_url(call)):
        return answer
    copy = copy_key(request, call.reference, "resolution")
    ranking = whole_ranking(call, request.actor)
    members = list(SelectionMember.objects.filter(committee__call=call))
    form = ResolutionForm(
        request.POST if request.method == "POST" else None,
        root=call,
        rows=[row for row in ranking.rows if row.proposal.state == ProposalState.ELIGIBLE],
        members=members,
        initial=_first_answers(call, ranking, members),
    )
    if request.method == "POST" and form.is_valid():
        facts: dict[str, Any] = {**form.meeting, "outcomes": form.outcomes}
        facts |= {"done": _("The resolution is recorded."), "copy": copy}
        if run_action(request, form, actions.record_resolution, call=call, **facts).ok:
            return redirect(call_url(call))
    context = {
        "form": form,
        "kept": copy,
        "call": call,
        "ranking": ranking,
        "left": actions.stepped_out(call, members),
        "cancel": call_url(call),
        "returned": returned_to_officer(call),
    }
    return render(request, "agreements/call_resolution.html", context)


def _first_answers(call: Call, ranking: Ranking, members: list[SelectionMember]) -> dict[str, Any]:
    """What was recorded before; else everybody present, and no outcome chosen: the committee's is not guessed."""
    recorded = Resolution.objects.filter(call=call).prefetch_related("attended", "outcomes").first()
    return answers_of(recorded) or {"attended": [member.pk for member in members]}
