"""Sources of money and the plan of instalments; and what all money pages share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements.actions import budget
from agreements.forms.money import RowsForm, instalment_rows, source_rows, sources_of
from agreements.models import Agreement
from agreements.permissions.agreements import may_read_money
from core.views import run_action
from core.workflow import Judgement, NotNow, judge


def agreement_with_money(request: HttpRequest, reference: str) -> Agreement:
    """The agreement whose sums this person may read; 404 for everybody else."""
    visible = Agreement.objects.visible_to(request.actor).select_related("agency", "officer", "account")
    agreement = get_object_or_404(visible, reference=reference)
    if not may_read_money(agreement, request.actor):
        raise Http404
    return agreement


def page_of(agreement: Agreement) -> str:
    """The money panel on the agreement's page."""
    return reverse("agreements:agreement_detail", args=[agreement.reference]) + "#money"


def refuse_form(request: HttpRequest, answer: Judgement, back: str) -> HttpResponse | None:
    """Before a form is shown: 403 to whom it is not for, back to the record when it is not the time."""
    if not answer.you:
        raise PermissionDenied(str(answer.why_not_you or ""))
    if not answer.now:
        messages.error(request, str(NotNow.message))
        return redirect(back)
    return None


@require_http_methods(["GET", "POST"])
def budget_edit(request: HttpRequest, reference: str) -> HttpResponse:
    """Edit who brings which money or resource in (§4 step 7)."""
    agreement = agreement_with_money(request, reference)
    formset = source_rows(agreement, request.POST or None)
    return _edit_rows(
        request,
        agreement,
        rule=budget.EDIT_BUDGET,
        formset=formset,
        save=lambda **stamp: budget.set_budget_sources(agreement=agreement, rows=sources_of(formset), **stamp),
        done=_("The sources of money have been saved."),
        heading=_("Sources of money and other resources"),
        lead=_("Every party can contribute: money of its own, or resources in kind valued in baht."),
    )


@require_http_methods(["GET", "POST"])
def instalment_plan(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan the instalments, which total the agreement's sum."""
    agreement = agreement_with_money(request, reference)
    formset = instalment_rows(agreement, request.POST or None)
    return _edit_rows(
        request,
        agreement,
        rule=budget.PLAN_INSTALMENTS,
        formset=formset,
        save=lambda **stamp: budget.plan_instalments(agreement=agreement, rows=formset.planned, **stamp),
        done=_("The instalments have been saved."),
        heading=_("Plan of the instalments"),
        lead="",
        ceiling=budget.money_sourced(agreement) if budget.allocates_resources(agreement) else None,
    )


def _edit_rows(
    request: HttpRequest,
    agreement: Agreement,
    *,
    rule: Any,
    formset: Any,
    save: Callable[..., Any],
    done: str,
    **texts: Any,
) -> HttpResponse:
    back = page_of(agreement)
    form = RowsForm(request.POST or None, root=agreement)
    if request.method == "GET":
        refused = refuse_form(request, judge(agreement, rule, request.actor), back)
        if refused:
            return refused
    elif form.is_valid() and formset.is_valid() and run_action(request, form, save, done=done).ok:
        return redirect(back)
    facts = {"agreement": agreement, "form": form, "formsets": [formset], "cancel": back, **texts}
    return render(request, "agreements/budget_rows.html", facts)
