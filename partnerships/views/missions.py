"""Pages of missions."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.audit import history_of
from core.paging import keyset_page
from core.views import run_action
from core.workflow import NotNow, NotYou, Rule, judge
from partnerships import endorsement_hooks
from partnerships.actions.missions import (
    CHOOSE_FORM,
    CREATE_MISSION,
    EDIT_MISSION,
    FORM_FIELDS,
    MISSION_FIELDS,
    choose_form,
    create_mission,
    edit_mission,
    propose_form,
)
from partnerships.actors import Actor
from partnerships.endorsement_hooks import goes_by_chain
from partnerships.forms.missions import ChooseFormForm, MissionForm
from partnerships.models import Mission

HISTORY_SHOWN = 20


@require_GET
def mission_list(request: HttpRequest) -> HttpResponse:
    """The agency's own missions; to OPDC all of them."""
    missions = Mission.objects.visible_to(request.actor).select_related("agency", "officer")
    page = keyset_page(missions, request, order=("-created_on", "-pk"))
    context = {"page": page, "may_create": CREATE_MISSION.role(None, request.actor)}
    return render(request, "partnerships/mission_list.html", context)


@require_http_methods(["GET", "POST"])
def mission_create(request: HttpRequest) -> HttpResponse:
    if not CREATE_MISSION.role(None, request.actor):
        raise PermissionDenied(str(NotYou.message))
    form = MissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = run_action(request, form, create_mission, done=_("The mission has been recorded."), **form.facts)
        if outcome.ok and outcome.value:
            return redirect("partnerships:mission_detail", outcome.value.reference)
        if outcome.ok:
            return redirect("partnerships:mission_list")
    context = {"form": form, "heading": _("Record a mission"), "cancel": _back("mission_list")}
    return render(request, "base_form.html", {**context, "submit": _("Save the mission")})


@require_GET
def mission_detail(request: HttpRequest, reference: str) -> HttpResponse:
    mission = _mission(request, reference)
    context = {
        "mission": mission,
        "actions": _actions(mission, request.actor),
        "events": history_of(mission)[:HISTORY_SHOWN],
    }
    return render(request, "partnerships/mission_detail.html", context)


def _actions(mission: Mission, actor: Actor) -> list[dict[str, str]]:
    """Buttons of the mission's page: choosing the form stands out until it is chosen."""
    offered = (
        (_way_to_the_form(mission)["rule"], "mission_choose_form", "outline-primary" if mission.form else "primary"),
        (EDIT_MISSION, "mission_edit", "outline-primary"),
    )
    return [
        {"label": rule.title, "url": reverse(f"partnerships:{name}", args=[mission.reference]), "tone": tone}
        for rule, name, tone in offered
        if judge(mission, rule, actor).open
    ]


@require_http_methods(["GET", "POST"])
def mission_edit(request: HttpRequest, reference: str) -> HttpResponse:
    mission = _mission(request, reference)
    if answer := _not_yet(request, mission, EDIT_MISSION):
        return answer
    initial = {name: getattr(mission, name) for name in MISSION_FIELDS}
    form = MissionForm(request.POST or None, root=mission, initial=initial)
    if request.method == "POST" and form.is_valid():
        done = _("The mission has been saved.")
        if run_action(request, form, edit_mission, done=done, mission=mission, **form.facts).ok:
            return redirect("partnerships:mission_detail", reference)
    context = {"form": form, "heading": _("Edit the mission"), "cancel": _back("mission_detail", reference)}
    return render(request, "base_form.html", {**context, "submit": _("Save the mission")})


@require_http_methods(["GET", "POST"])
def mission_choose_form(request: HttpRequest, reference: str) -> HttpResponse:
    """§4 steps 1-3: form and reason, approach, candidates."""
    mission = _mission(request, reference)
    way = _way_to_the_form(mission)
    if answer := _not_yet(request, mission, way["rule"]):
        return answer
    initial = {name: getattr(mission, name) for name in FORM_FIELDS}
    form = ChooseFormForm(request.POST or None, root=mission, initial=initial)
    sent = request.method == "POST" and form.is_valid()
    if sent and run_action(request, form, way["action"], done=way["done"], mission=mission, **form.facts).ok:
        return redirect("partnerships:mission_detail", reference)
    context = {"form": form, "mission": mission, "cancel": _back("mission_detail", reference)}
    return render(request, "partnerships/mission_choose_form.html", {**context, "submit": way["submit"]})


def _way_to_the_form(mission: Mission) -> dict[str, Any]:
    """Chosen by the officer; or proposed, where the agency set an endorsement chain for the choice of form."""
    if goes_by_chain(mission, endorsement_hooks.CHOOSE_FORM):
        return {
            "rule": endorsement_hooks.rule_to_propose(endorsement_hooks.CHOOSE_FORM),
            "action": propose_form,
            "done": _("The choice has been put before the endorsement chain."),
            "submit": _("Propose the choice"),
        }
    return {
        "rule": CHOOSE_FORM,
        "action": choose_form,
        "done": _("The form of partnership and its reason have been kept."),
        "submit": _("Keep the choice"),
    }


def _mission(request: HttpRequest, reference: str) -> Mission:
    missions = Mission.objects.visible_to(request.actor).select_related("agency", "officer")
    return get_object_or_404(missions, reference=reference)


def _not_yet(request: HttpRequest, mission: Mission, rule: Rule) -> HttpResponse | None:
    """None when the form may be shown; else the way back. Raises PermissionDenied for insiders without the right."""
    judgement = judge(mission, rule, request.actor)
    if not judgement.you:
        raise PermissionDenied(str(NotYou.message))
    if judgement.now:
        return None
    messages.error(request, str(NotNow.message))
    return redirect("partnerships:mission_detail", mission.reference)


def _back(name: str, *args: str) -> str:
    return reverse(f"partnerships:{name}", args=args)
