"""OPDC's log of talks across agencies."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.audit import history_of
from core.paging import keyset_page
from core.views import run_action
from partnerships.actions.talks import EDIT_TALK, LOG_TALK, TALK_FIELDS, edit_talk, log_talk
from partnerships.forms.approach import TalkFilterForm, TalkForm
from partnerships.models import Mission, Talk
from partnerships.queries.talks import OPEN, TONES, talks_for
from partnerships.views.guards import need

HISTORY_SHOWN = 20


def find_talk(request: HttpRequest, pk: int) -> Talk:
    """An entry the actor may read, or 404."""
    rows = Talk.objects.visible_to(request.actor).select_related("agency", "partner", "mission", "recorded_by")
    return get_object_or_404(rows, pk=pk)


@require_GET
def talk_list(request: HttpRequest) -> HttpResponse:
    need(LOG_TALK, request)
    filters = TalkFilterForm(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    page = keyset_page(talks_for(request.actor, **wanted), request, order=("-held_on", "-pk"))
    rows = [{"talk": row, "tone": TONES[row.outcome], "due": is_due(row)} for row in page]
    context = {"page": page, "rows": rows, "filters": filters, "filtered": any(wanted.values())}
    return render(request, "partnerships/talk_list.html", context)


def is_due(talk: Talk) -> bool:
    return talk.outcome in OPEN and talk.next_on is not None and talk.next_on <= clock.today()


@require_GET
def talk_detail(request: HttpRequest, pk: int) -> HttpResponse:
    talk = find_talk(request, pk)
    context = {"talk": talk, "tone": TONES[talk.outcome], "due": is_due(talk)}
    return render(request, "partnerships/talk_detail.html", {**context, "events": history_of(talk)[:HISTORY_SHOWN]})


@require_http_methods(["GET", "POST"])
def talk_create(request: HttpRequest) -> HttpResponse:
    """A new entry; `?mission=` begins it with a mission on record."""
    need(LOG_TALK, request)
    about = Mission.objects.visible_to(request.actor).filter(reference=request.GET.get("mission", "")).first()
    initial: dict[str, Any] = {"outcome": "ongoing"}
    if about:
        initial |= {"agency": about.agency_id, "mission": about.reference, "subject": about.title}
    form = TalkForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        outcome = run_action(request, form, log_talk, done=_("The talk has been logged."), **form.facts)
        if outcome.ok:
            return redirect("partnerships:talk_list")
    words = {"heading": _("Log a talk"), "submit": _("Log the talk")}
    return render(request, "base_form.html", {"form": form, "cancel": reverse("partnerships:talk_list"), **words})


@require_http_methods(["GET", "POST"])
def talk_edit(request: HttpRequest, pk: int) -> HttpResponse:
    talk = find_talk(request, pk)
    need(EDIT_TALK, request)
    initial = {name: getattr(talk, name) for name in TALK_FIELDS}
    initial["mission"] = talk.mission.reference if talk.mission else ""
    form = TalkForm(request.POST or None, root=talk, initial=initial)
    back = reverse("partnerships:talk_detail", args=[pk])
    if request.method == "POST" and form.is_valid():
        facts = {"talk": talk, **form.facts}
        if run_action(request, form, edit_talk, done=_("The entry has been saved."), **facts).ok:
            return redirect(back)
    words = {"heading": _("Edit the entry"), "submit": _("Save the entry")}
    return render(request, "base_form.html", {"form": form, "cancel": back, **words})
