"""Agreements that are running already: the entry, its correction, and the executive's confirmation."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions import prior as actions
from agreements.forms.prior import PriorForm, PriorInstalmentFormSet, PriorReturnForm
from agreements.models import PriorAgreement
from agreements.permissions.agreements import is_agency_member
from agreements.views.guards import not_yet
from core.audit import latest_events
from core.paging import keyset_page
from core.views import run_action, run_move
from core.workflow import NotYou, judge
from partnerships.models import Mission

RELATED = ("mission__officer", "agency", "receiver", "officer", "entered_by", "decided_by", "paper", "agreement")
PREFIX = "instalments"


@require_safe
def prior_list(request: HttpRequest) -> HttpResponse:
    """What the agency entered later; to OPDC of every agency."""
    if not (request.actor.is_opdc or is_agency_member(request.actor)):
        raise PermissionDenied(str(NotYou.message))
    rows = PriorAgreement.objects.visible_to(request.actor).select_related("mission", "agency", "receiver", "agreement")
    page = keyset_page(rows, request, order=("-entered_at", "-pk"))
    return render(request, "agreements/prior_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def prior_create(request: HttpRequest, reference: str) -> HttpResponse:
    """Enter an agreement that is running already, under the mission it serves."""
    mission = get_object_or_404(Mission.objects.visible_to(request.actor).select_related("agency"), reference=reference)
    back = reverse("partnerships:mission_detail", args=[reference])
    if answer := not_yet(request, mission, actions.ENTER, back):
        return answer
    initial = {"form": mission.form, "officer": request.actor.user_id, "title": mission.title}
    form = PriorForm(request.POST or None, request.FILES or None, mission=mission, initial=initial)
    rows = PriorInstalmentFormSet(request.POST or None, prefix=PREFIX)
    if outcome := _send(request, form, rows, actions.enter_prior, mission=mission):
        return redirect(outcome.value or "agreements:prior_list")
    return _draw(request, form, rows, mission, back, _("Enter a running agreement"))


@require_http_methods(["GET", "POST"])
def prior_edit(request: HttpRequest, pk: int) -> HttpResponse:
    prior = _find(request, pk)
    if answer := not_yet(request, prior, "correct", prior):
        return answer
    form = PriorForm(request.POST or None, request.FILES or None, mission=prior.mission, prior=prior)
    initial = list(prior.instalments.values("amount", "due_on", "paid_on"))
    rows = PriorInstalmentFormSet(request.POST or None, prefix=PREFIX, initial=initial)
    if _send(request, form, rows, actions.correct_prior, prior=prior):
        return redirect(prior)
    return _draw(request, form, rows, prior.mission, prior.get_absolute_url(), _("Correct the entry"))


@require_safe
def prior_detail(request: HttpRequest, pk: int) -> HttpResponse:
    prior = _find(request, pk)
    may = {move: judge(prior, move, request.actor).open for move in ("confirm", "send_back", "correct")}
    own = prior.entered_by_id == request.actor.user_id and may["correct"]
    context = {"prior": prior, "instalments": prior.instalments.all(), "may": may, "own": own}
    return render(request, "agreements/prior_detail.html", {**context, "events": latest_events(prior)})


@require_POST
def prior_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    prior = _find(request, pk)
    done = _("The agreement counts from now on. It is marked as entered later.")
    return run_move(request, actions.confirm_prior, back=prior, done=done, prior=prior)


@require_http_methods(["GET", "POST"])
def prior_return(request: HttpRequest, pk: int) -> HttpResponse:
    prior = _find(request, pk)
    if answer := not_yet(request, prior, "send_back", prior):
        return answer
    form = PriorReturnForm(request.POST or None, root=prior)
    if request.method == "POST" and form.is_valid():
        done = _("The entry was returned to the officer.")
        if run_action(request, form, actions.return_prior, done=done, prior=prior, **form.facts).ok:
            return redirect(prior)
    context = {"form": form, "heading": _("Return for correction"), "submit": _("Return"), "mission": prior.mission}
    return render(request, "agreements/agreement_form.html", {**context, "cancel": prior.get_absolute_url()})


def _find(request: HttpRequest, pk: int) -> PriorAgreement:
    return get_object_or_404(PriorAgreement.objects.visible_to(request.actor).select_related(*RELATED), pk=pk)


def _send(request: HttpRequest, form: Any, rows: Any, action: Any, **about: Any) -> Any:
    """The outcome where form and rows are valid and the action accepted them, else None."""
    if request.method != "POST" or not (form.is_valid() & rows.is_valid()):
        return None
    done = _("The entry waits for the confirmation of your agency's executive.")
    outcome = run_action(request, form, action, done=done, instalments=rows.rows, **form.facts, **about)
    return outcome if outcome.ok else None


def _draw(request: HttpRequest, form: Any, rows: Any, mission: Mission, back: str, heading: str) -> HttpResponse:
    lead = _("Enter what the signed document says, and where the matter stands today. It counts when it is confirmed.")
    context = {"form": form, "formsets": [rows], "mission": mission, "heading": heading, "lead": lead, "cancel": back}
    return render(request, "agreements/agreement_form.html", {**context, "submit": _("Send for confirmation")})
