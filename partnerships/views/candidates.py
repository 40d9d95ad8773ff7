"""Candidates of a mission, as its agency and OPDC see them: search, shortlist, readiness, invitation (§4 step 3)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.views import run_action, run_move
from core.workflow import judge
from partnerships import endorsement_hooks
from partnerships.actions.readiness import ASK, ASSESS, ask_for_self_assessment, assess_readiness
from partnerships.actions.shortlist import (
    ADD_TO_SHORTLIST,
    INVITE_SHORTLIST,
    add_to_shortlist,
    invite_shortlist,
    propose_invitation,
    remove_from_shortlist,
)
from partnerships.endorsement_hooks import goes_by_chain
from partnerships.enums import ReadinessCriterion
from partnerships.forms.candidates import CandidateSearchForm, InviteForm, ReadinessForm, ShortlistForm
from partnerships.models import Mission, Organisation, ReadinessAssessment, ShortlistEntry
from partnerships.queries.candidates import candidates_of
from partnerships.queries.readiness import latest_assessments, summary_of
from partnerships.views.guards import not_yet
from partnerships.views.missions import find_mission

FOUND = 10


def _back(mission: Mission) -> str:
    return reverse("partnerships:mission_candidates", args=[mission.reference])


def _partner(pk: int) -> Organisation:
    return get_object_or_404(Organisation.objects.partners().listed(), pk=pk)


@require_GET
def mission_candidates(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is a candidate and how ready; a search for more."""
    mission = find_mission(request, reference)
    search = CandidateSearchForm(request.GET)
    wanted = search.cleaned_data["q"] if search.is_valid() else ""
    candidates = candidates_of(mission)
    found: list[Organisation] = []
    if wanted:
        known = [candidate.organisation.pk for candidate in candidates]
        rows = Organisation.objects.partners().listed().search(wanted).exclude(pk__in=known)
        found = list(rows.order_by("sort_key", "pk")[:FOUND])
    context = {
        "mission": mission,
        "candidates": candidates,
        "search": search,
        "wanted": wanted,
        "found": found,
        "may_add": judge(mission, ADD_TO_SHORTLIST, request.actor).open,
        "may_assess": judge(mission, ASSESS, request.actor).open,
        "invite": judge(mission, way_to_invite(mission)["rule"], request.actor),
        "pending_url": endorsement_hooks.url_of_pending(mission, endorsement_hooks.INVITE_SHORTLIST),
    }
    return render(request, "partnerships/mission_candidates.html", context)


@require_GET
def candidate_detail(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """One candidate: what each assessor says of each criterion, and the candidate's own view beside it."""
    mission, organisation = find_mission(request, reference), _partner(pk)
    latest = latest_assessments(mission, [organisation.pk])
    others = [row for row in latest if not row.is_self]
    own = next((row for row in latest if row.is_self), None)
    entry = mission.shortlist.filter(organisation=organisation).first()
    asked = mission.readiness_requests.filter(organisation=organisation).first()
    context = {
        "mission": mission,
        "organisation": organisation,
        "entry": entry,
        "asked": asked,
        "others": others,
        "own": own,
        "summary": summary_of(latest),
        "rows": _by_criterion(others, own),
        "may_assess": judge(mission, ASSESS, request.actor).open,
        "may_ask": asked is None and judge(mission, ASK, request.actor).open,
        "may_add": entry is None and judge(mission, ADD_TO_SHORTLIST, request.actor).open,
    }
    return render(request, "partnerships/candidate_detail.html", context)


def _by_criterion(others: list[ReadinessAssessment], own: ReadinessAssessment | None) -> list[dict[str, Any]]:
    def given(row: ReadinessAssessment | None, criterion: str) -> Any:
        return next((score for score in row.scores.all() if score.criterion == criterion), None) if row else None

    views = {view.code: view for view in summary_of(others).criteria}
    return [
        {
            "view": views[criterion.value],
            "own": given(own, criterion),
            "said": [(row, score) for row in others if (score := given(row, criterion))],
        }
        for criterion in ReadinessCriterion
    ]


@require_http_methods(["GET", "POST"])
def candidate_assess(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    mission, organisation = find_mission(request, reference), _partner(pk)
    back = reverse("partnerships:candidate_detail", args=[reference, pk])
    if answer := not_yet(request, mission, ASSESS, back):
        return answer
    form = ReadinessForm(request.POST or None, root=mission)
    if request.method == "POST" and form.is_valid():
        facts = {"mission": mission, "organisation": organisation, **form.action_facts}
        if run_action(request, form, assess_readiness, done=_("The assessment has been recorded."), **facts).ok:
            return redirect(back)
    words = {"heading": _("Assess the readiness"), "submit": _("Record the assessment"), "eyebrow": organisation.name}
    words["lead"] = _("Leave open what you cannot tell: it counts as not assessed, never as zero.")
    return render(
        request, "partnerships/mission_form.html", {"form": form, "mission": mission, "cancel": back, **words}
    )


@require_POST
def candidate_ask(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    """Ask the candidate to rate itself first."""
    mission, organisation = find_mission(request, reference), _partner(pk)
    back = reverse("partnerships:candidate_detail", args=[reference, pk])
    done = _("The partner has been asked to rate itself.")
    facts = {"mission": mission, "organisation": organisation}
    return run_move(request, ask_for_self_assessment, back=back, done=done, **facts)


# --- shortlist


@require_http_methods(["GET", "POST"])
def shortlist_add(request: HttpRequest, reference: str, pk: int) -> HttpResponse:
    mission, organisation = find_mission(request, reference), _partner(pk)
    back = _back(mission)
    if answer := not_yet(request, mission, ADD_TO_SHORTLIST, back):
        return answer
    form = ShortlistForm(request.POST or None, root=mission)
    if request.method == "POST" and form.is_valid():
        facts = {"mission": mission, "organisation": organisation, **form.facts}
        if run_action(request, form, add_to_shortlist, done=_("The partner is on the shortlist."), **facts).ok:
            return redirect(back)
    words = {"heading": _("Put on the shortlist"), "submit": _("Put on the shortlist"), "eyebrow": organisation.name}
    return render(
        request, "partnerships/mission_form.html", {"form": form, "mission": mission, "cancel": back, **words}
    )


@require_POST
def shortlist_remove(request: HttpRequest, pk: int) -> HttpResponse:
    entries = ShortlistEntry.objects.visible_to(request.actor).select_related("mission")
    entry = get_object_or_404(entries, pk=pk)
    if not Mission.objects.visible_to(request.actor).filter(pk=entry.mission_id).exists():
        raise Http404
    done = _("The partner has been taken off the shortlist.")
    return run_move(request, remove_from_shortlist, back=_back(entry.mission), done=done, entry=entry)


@require_http_methods(["GET", "POST"])
def shortlist_invite(request: HttpRequest, reference: str) -> HttpResponse:
    mission = find_mission(request, reference)
    back, way = _back(mission), way_to_invite(mission)
    if answer := not_yet(request, mission, way["rule"], back):
        return answer
    form = InviteForm(request.POST or None, root=mission)
    if request.method == "POST" and form.is_valid():
        facts = {"mission": mission, **form.facts}
        if run_action(request, form, way["action"], done=way["done"], **facts).ok:
            return redirect(back)
    words = {"heading": _("Invite partners of the shortlist"), "submit": way["submit"]}
    return render(
        request, "partnerships/mission_form.html", {"form": form, "mission": mission, "cancel": back, **words}
    )


def way_to_invite(mission: Mission) -> dict[str, Any]:
    """By the officer; or proposed, where the agency set an endorsement chain for invitations."""
    if goes_by_chain(mission, endorsement_hooks.INVITE_SHORTLIST):
        return {
            "rule": endorsement_hooks.rule_to_propose(endorsement_hooks.INVITE_SHORTLIST),
            "action": propose_invitation,
            "done": _("The invitation has been put before the endorsement chain."),
            "submit": _("Propose the invitation"),
        }
    return {
        "rule": INVITE_SHORTLIST,
        "action": invite_shortlist,
        "done": _("The partners are invited."),
        "submit": _("Invite"),
    }
