"""Pages of the lessons of working together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Agreement
from core.views import run_action
from evaluations.actions import lessons
from evaluations.forms.rounds import ConfirmForm, LessonForm
from evaluations.queries.rounds import lessons_by_kind
from evaluations.views.rounds import refuse_strangers_to


def _agreement(request: HttpRequest, reference: str) -> Agreement:
    return get_object_or_404(Agreement.objects.visible_to(request.actor), reference=reference)


def _url(agreement: Agreement) -> str:
    return reverse("agreements:agreement_detail", args=[agreement.reference]) + "#lessons"


def lesson_create(request: HttpRequest, reference: str) -> HttpResponse:
    """Either side writes down what it learnt of working together."""
    agreement = _agreement(request, reference)
    refuse_strangers_to(agreement, lessons.RECORD_LESSON, request)
    form = LessonForm(request.POST or None, root=agreement)
    if form.is_valid():
        done = _("The lesson is recorded.")
        if run_action(request, form, lessons.record_lesson, done=done, agreement=agreement, **form.facts).ok:
            return redirect(_url(agreement))
    context = {
        "form": form,
        "heading": _("Record a lesson"),
        "submit": _("Save the lesson"),
        "cancel": _url(agreement),
        "agreement": agreement,
    }
    return render(request, "evaluations/lesson_create.html", context)


def lessons_conclude(request: HttpRequest, reference: str) -> HttpResponse:
    """The giver's officer concludes the lessons when both sides have written theirs."""
    agreement = _agreement(request, reference)
    refuse_strangers_to(agreement, lessons.CONCLUDE, request)
    form = ConfirmForm(request.POST or None, root=agreement)
    if form.is_valid():
        done = _("The lessons are concluded.")
        if run_action(request, form, lessons.conclude_lessons, done=done, agreement=agreement).ok:
            return redirect(_url(agreement))
    context = {
        "form": form,
        "root": agreement,
        "agreement": agreement,
        "heading": _("Conclude the lessons"),
        "groups": lessons_by_kind(agreement),
        "rows": [{"label": _("Agreement"), "value": agreement.title}],
        "submit": _("Conclude the lessons"),
        "cancel": _url(agreement),
    }
    return render(request, "evaluations/lessons_conclude.html", context)
