"""Proposing a member for a role that binds the organisation, and confirming it as the second person."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.paging import keyset_page
from core.views import run_action
from core.workflow import NotYou, judge
from partnerships.actions import appointments
from partnerships.forms.people import AppointmentForm, NotSecondForm, SecondForm
from partnerships.models import Appointment
from partnerships.permissions.people import SECONDING_ROLES, may_see_appointment
from partnerships.queries.people import appointments_for
from partnerships.views.people import find_organisation, page_of, refuse_unless


@require_safe
def appointment_list(request: HttpRequest) -> HttpResponse:
    """What waits for me as second person: for OPDC, the bodies that have no second one of their own."""
    if not (request.actor.is_opdc or request.actor.holds(*SECONDING_ROLES)):
        raise PermissionDenied(str(NotYou.message))
    page = keyset_page(appointments_for(request.actor), request, order=("proposed_at", "pk"))
    return render(request, "partnerships/appointment_list.html", {"page": page})


@require_http_methods(["GET", "POST"])
def appointment_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a member as executive or authorised representative."""
    organisation = find_organisation(request, pk)
    back = page_of(organisation)
    form = AppointmentForm(request.POST or None, organisation=organisation)
    if request.method == "GET":
        if answer := refuse_unless(request, judge(organisation, appointments.PROPOSE, request.actor), back):
            return answer
    elif form.is_valid():
        done = _("The appointment was proposed. A second person confirms it.")
        facts = {"organisation": organisation, **form.facts}
        if run_action(request, form, appointments.propose_appointment, done=done, **facts).ok:
            return redirect(back)
    context = {
        "form": form,
        "organisation": organisation,
        "cancel": back,
        "heading": _("Propose an appointment"),
        "lead": _(
            "Two people appoint to a role that binds the organisation: you propose, another administrator or one who "
            "holds such a role confirms. Where there is no such person, OPDC is the second."
        ),
        "submit": _("Propose"),
    }
    return render(request, "partnerships/people_form.html", context)


def _appointment(request: HttpRequest, pk: int) -> Appointment:
    found = Appointment.objects.select_related("organisation", "user", "proposed_by", "decided_by")
    appointment = get_object_or_404(found, pk=pk)
    if not may_see_appointment(appointment, request.actor):
        raise Http404
    return appointment


def rows_of(appointment: Appointment) -> list[tuple[str, Any]]:
    rows = [
        (_("Organisation"), appointment.organisation.name),
        (_("Person"), appointment.user.full_name_th),
        (_("Role"), appointment.get_role_display()),
        (_("Proposed by"), appointment.proposed_by.full_name_th),
    ]
    return [*rows, (_("Ground for the appointment"), appointment.note)] if appointment.note else rows


@require_safe
def appointment_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What is proposed, by whom, and what came of it; the second person's buttons."""
    appointment = _appointment(request, pk)
    mine = judge(appointment, appointments.CONFIRM, request.actor)
    may_decline = judge(appointment, appointments.DECLINE, request.actor)
    actions = []
    if mine.open:
        url = reverse("partnerships:appointment_confirm", args=[pk])
        actions.append({"label": mine.title, "url": url, "tone": "primary"})
    if may_decline.open:
        url = reverse("partnerships:appointment_decline", args=[pk])
        actions.append({"label": may_decline.title, "url": url, "tone": "outline-primary"})
    context = {
        "appointment": appointment,
        "organisation": appointment.organisation,
        "rows": rows_of(appointment),
        "actions": actions,
        "why_not": mine.why_not_you if mine.now else "",
    }
    return render(request, "partnerships/appointment_detail.html", context)


@require_http_methods(["GET", "POST"])
def appointment_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    words = {
        "heading": _("Confirm the appointment"),
        "lead": _("From now on this person can bind the organisation in this role."),
        "submit": _("Confirm the appointment"),
    }
    rule, action = appointments.CONFIRM, appointments.confirm_appointment
    return _decide(request, pk, rule, SecondForm, action, _("The appointment was confirmed."), words)


@require_http_methods(["GET", "POST"])
def appointment_decline(request: HttpRequest, pk: int) -> HttpResponse:
    words = {"heading": _("Do not confirm"), "submit": _("Do not confirm"), "tone": "danger"}
    rule, action = appointments.DECLINE, appointments.decline_appointment
    return _decide(request, pk, rule, NotSecondForm, action, _("The appointment was not confirmed."), words)


def _decide(
    request: HttpRequest, pk: int, rule: Any, form_class: Any, action: Any, done: str, words: dict[str, Any]
) -> HttpResponse:
    appointment = _appointment(request, pk)
    back = reverse("partnerships:appointment_detail", args=[pk])
    form = form_class(request.POST or None, root=appointment.organisation)
    if request.method == "GET":
        if answer := refuse_unless(request, judge(appointment, rule, request.actor), back):
            return answer
    elif form.is_valid() and run_action(request, form, action, done=done, appointment=appointment, **form.facts).ok:
        return redirect(back)
    context = {"rows": rows_of(appointment), "form": form, "root": appointment.organisation, "cancel": back, **words}
    return render(request, "base_confirm.html", context)
