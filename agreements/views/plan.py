"""Drawing up, proposing and approving the action plan; setting the indicators."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.actions.carry_over import proposed_indicators
from agreements.actions.indicators import SET_INDICATORS, set_indicators
from agreements.actions.plan import DRAW_UP_PLAN, approve_plan, draw_up_plan, plan_of_cycle, propose_plan
from agreements.forms.plan import (
    ACTIVITY_FIELDS,
    INDICATOR_FIELDS,
    ActivityFormSet,
    IndicatorFormSet,
    IndicatorsForm,
    PlanForm,
    rows_of,
)
from agreements.models import Agreement, Plan
from agreements.queries.panels import months_of
from agreements.views.agreements import agreement_url, find_agreement
from agreements.views.form_page import form_page
from agreements.views.guards import not_yet
from core.views import run_action, run_move


@require_http_methods(["GET", "POST"])
def plan_edit(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement, "plan")
    if answer := not_yet(request, agreement, DRAW_UP_PLAN, back):
        return answer
    plan = plan_of_cycle(agreement)
    form = PlanForm(request.POST or None, root=agreement, plan=plan)
    known = rows_of(plan.activities.all(), ACTIVITY_FIELDS) if plan else []
    limits = {"months": months_of(agreement)}
    posted = request.method == "POST"
    rows = (
        ActivityFormSet(request.POST, form_kwargs=limits)
        if posted
        else ActivityFormSet(initial=known, form_kwargs=limits)
    )
    if posted and all([form.is_valid(), rows.is_valid()]):
        facts = {"agreement": agreement, "activities": rows.rows, **form.facts}
        done = _("The plan has been saved. Propose it when it is ready.")
        if run_action(request, form, draw_up_plan, done=done, **facts).ok:
            return redirect(back)
    words = {"heading": _("Action plan"), "submit": _("Save the plan")}
    words["lead"] = _("Whoever draws up the plan, a head of the other side approves it.")
    return form_page(request, form, agreement, back, formsets=[rows], **words)


def _plan(request: HttpRequest, pk: int) -> Plan:
    visible = Agreement.objects.visible_to(request.actor)
    return get_object_or_404(Plan.objects.select_related("agreement"), pk=pk, agreement__in=visible)


@require_POST
def plan_propose(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    back = agreement_url(plan.agreement, "plan")
    return run_move(
        request, propose_plan, back=back, done=_("The plan has been proposed to the other side."), plan=plan
    )


@require_POST
def plan_approve(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    back = agreement_url(plan.agreement, "plan")
    return run_move(request, approve_plan, back=back, done=_("The plan has been approved."), plan=plan)


@require_http_methods(["GET", "POST"])
def indicator_edit(request: HttpRequest, reference: str) -> HttpResponse:
    agreement = find_agreement(request, reference)
    back = agreement_url(agreement, "indicators")
    if answer := not_yet(request, agreement, SET_INDICATORS, back):
        return answer
    form = IndicatorsForm(request.POST or None, root=agreement)
    known = rows_of(agreement.indicators.all(), INDICATOR_FIELDS)
    if not known and agreement.proposal_id:
        known = proposed_indicators(agreement.proposal)
    rows = IndicatorFormSet(request.POST) if request.method == "POST" else IndicatorFormSet(initial=known)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        facts = {"agreement": agreement, "indicators": rows.rows}
        if run_action(request, form, set_indicators, done=_("The indicators have been saved."), **facts).ok:
            return redirect(back)
    words = {"heading": _("Indicators"), "submit": _("Save the indicators")}
    words["lead"] = _("The weights of all indicators total 100.")
    return form_page(request, form, agreement, back, formsets=[rows], **words)
