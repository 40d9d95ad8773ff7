"""Policies and the order of their missions (§3.3 steps 1 and 3)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.audit import history_of
from core.paging import keyset_page
from core.views import run_action, run_move
from core.workflow import judge
from partnerships.actions.policies import (
    CREATE_POLICY,
    EDIT_POLICY,
    RANK_MISSIONS,
    create_policy,
    edit_policy,
    move_in_policy,
    put_under_policy,
    take_from_policy,
)
from partnerships.forms.suggestions import PolicyForm, PolicyMissionForm
from partnerships.models import Mission, Policy
from partnerships.permissions import may_see_partners
from partnerships.queries.policies import policies_for, ranked_missions
from partnerships.views.guards import need, not_yet

HISTORY_SHOWN = 20
STEPS = {"up": -1, "down": 1}


def find_policy(request: HttpRequest, pk: int) -> Policy:
    """A policy the actor may read, or 404."""
    return get_object_or_404(policies_for(request.actor), pk=pk)


def _find_ranked(policy: Policy, reference: str) -> Mission:
    return get_object_or_404(Mission.objects.filter(policy=policy), reference=reference)


def policy_url(policy: Policy) -> str:
    return reverse("partnerships:policy_detail", args=[policy.pk])


@require_GET
def policy_list(request: HttpRequest) -> HttpResponse:
    if not may_see_partners(request.actor):
        raise Http404
    page = keyset_page(policies_for(request.actor), request, order=("-created_on", "-pk"))
    context = {"page": page, "may_create": CREATE_POLICY.role(None, request.actor)}
    return render(request, "partnerships/policy_list.html", context)


@require_GET
def policy_detail(request: HttpRequest, pk: int) -> HttpResponse:
    policy = find_policy(request, pk)
    context = {
        "policy": policy,
        "money": ranked_missions(policy),
        "may_rank": judge(policy, RANK_MISSIONS, request.actor).open,
        "events": history_of(policy)[:HISTORY_SHOWN],
    }
    return render(request, "partnerships/policy_detail.html", context)


@require_http_methods(["GET", "POST"])
def policy_create(request: HttpRequest) -> HttpResponse:
    need(CREATE_POLICY, request)
    form = PolicyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = run_action(request, form, create_policy, done=_("The policy has been recorded."), **form.facts)
        if outcome.ok:
            return redirect(policy_url(outcome.value) if outcome.value else "partnerships:policy_list")
    words = {"heading": _("Record a policy"), "submit": _("Save the policy")}
    return render(request, "base_form.html", {"form": form, "cancel": reverse("partnerships:policy_list"), **words})


@require_http_methods(["GET", "POST"])
def policy_edit(request: HttpRequest, pk: int) -> HttpResponse:
    policy = find_policy(request, pk)
    back = policy_url(policy)
    if answer := not_yet(request, policy, EDIT_POLICY, back):
        return answer
    initial = {"title": policy.title, "description": policy.description}
    form = PolicyForm(request.POST or None, root=policy, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {"policy": policy, **form.facts}
        if run_action(request, form, edit_policy, done=_("The policy has been saved."), **facts).ok:
            return redirect(back)
    words = {"heading": _("Edit the policy"), "submit": _("Save the policy")}
    return render(request, "base_form.html", {"form": form, "cancel": back, **words})


@require_http_methods(["GET", "POST"])
def policy_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a mission at the end of the list."""
    policy = find_policy(request, pk)
    back = policy_url(policy)
    if answer := not_yet(request, policy, RANK_MISSIONS, back):
        return answer
    form = PolicyMissionForm(request.POST or None, root=policy)
    if request.method == "POST" and form.is_valid():
        done = _("The mission is at the end of the list.")
        if run_action(request, form, put_under_policy, done=done, policy=policy, **form.facts).ok:
            return redirect(back)
    words = {"heading": _("Put a mission under the policy"), "submit": _("Put at the end of the list")}
    words["lead"] = policy.title
    return render(request, "base_form.html", {"form": form, "cancel": back, **words})


@require_POST
def policy_move(request: HttpRequest, pk: int, reference: str, way: str) -> HttpResponse:
    """One rank up or down."""
    policy = find_policy(request, pk)
    mission = _find_ranked(policy, reference)
    if way not in STEPS:
        raise Http404
    facts = {"policy": policy, "mission": mission, "rank": (mission.rank or 1) + STEPS[way]}
    done = _("The order has been changed: “%(mission)s”.") % {"mission": mission.title}
    return run_move(request, move_in_policy, back=policy_url(policy), done=done, **facts)


@require_POST
def policy_remove(request: HttpRequest, pk: int, reference: str) -> HttpResponse:
    policy = find_policy(request, pk)
    facts = {"policy": policy, "mission": _find_ranked(policy, reference)}
    done = _("The mission has been taken out of the list.")
    return run_move(request, take_from_policy, back=policy_url(policy), done=done, **facts)
