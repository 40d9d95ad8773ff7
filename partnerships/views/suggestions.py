"""Missions proposed unasked: written and sent, read by the agency and OPDC, answered in words (§4 step 3)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.audit import history_of
from core.paging import keyset_page
from core.views import run_action
from core.workflow import judge
from partnerships.actions.suggestions import (
    ASSIGN_SUGGESTION,
    SEND_SUGGESTION,
    adopt_suggestion,
    assign_suggestion,
    decline_suggestion,
    send_suggestion,
    talk_over_suggestion,
)
from partnerships.forms.suggestions import (
    AdoptForm,
    AnswerForm,
    AssignForm,
    SuggestionFilterForm,
    SuggestionForm,
)
from partnerships.models import MissionSuggestion
from partnerships.queries.suggestions import TONES, suggestions_for
from partnerships.views.guards import need, not_yet

HISTORY_SHOWN = 20


def find_suggestion(request: HttpRequest, reference: str) -> MissionSuggestion:
    """A proposal the actor may read, or 404."""
    rows = MissionSuggestion.objects.visible_to(request.actor)
    related = ("suggested_by", "author", "agency", "answered_by", "mission")
    return get_object_or_404(rows.select_related(*related), reference=reference)


def suggestion_url(suggestion: MissionSuggestion) -> str:
    return reverse("partnerships:suggestion_detail", args=[suggestion.reference])


@require_GET
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """To an agency those put to it, to a partner its own, to OPDC all."""
    filters = SuggestionFilterForm(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    page = keyset_page(suggestions_for(request.actor, **wanted), request, order=("-sent_at", "-pk"))
    context = {
        "page": page,
        "rows": [(row, TONES[row.state]) for row in page],
        "filters": filters,
        "filtered": any(wanted.values()),
        "may_suggest": SEND_SUGGESTION.role(None, request.actor),
    }
    return render(request, "partnerships/suggestion_list.html", context)


@require_http_methods(["GET", "POST"])
def suggestion_create(request: HttpRequest) -> HttpResponse:
    need(SEND_SUGGESTION, request)
    form = SuggestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        done = _("Your proposal has been sent. The answer will be shown here and sent to you.")
        outcome = run_action(request, form, send_suggestion, done=done, **form.facts)
        if outcome.ok:
            return redirect(suggestion_url(outcome.value) if outcome.value else "partnerships:suggestion_list")
    words = {"heading": _("Propose a mission"), "submit": _("Send the proposal")}
    words["lead"] = _(
        "Tell an agency, or OPDC, what your organisation could do for the public. You will get an answer."
    )
    context = {"form": form, "cancel": reverse("partnerships:suggestion_list"), **words}
    return render(request, "base_form.html", context)


@require_GET
def suggestion_detail(request: HttpRequest, reference: str) -> HttpResponse:
    suggestion = find_suggestion(request, reference)
    context = {
        "suggestion": suggestion,
        "tone": TONES[suggestion.state],
        "actions": _actions(suggestion, request.actor),
        "reads_mission": suggestion.mission and (request.actor.is_opdc or request.actor.is_agency),
        "events": history_of(suggestion)[:HISTORY_SHOWN],
    }
    return render(request, "partnerships/suggestion_detail.html", context)


def _actions(suggestion: MissionSuggestion, actor: Any) -> list[dict[str, Any]]:
    """What the reader may answer: buttons that lead to a page with words."""
    ways = (
        ("adopt", "suggestion_adopt", "primary"),
        ("talk_over", "suggestion_talk_over", "outline-primary"),
        ("decline", "suggestion_decline", "outline-primary"),
        (ASSIGN_SUGGESTION, "suggestion_assign", "primary" if suggestion.agency_id is None else "outline-primary"),
    )
    found = []
    for rule, name, tone in ways:
        judgement = judge(suggestion, rule, actor)
        if judgement.open:
            url = reverse(f"partnerships:{name}", args=[suggestion.reference])
            found.append({"label": judgement.title, "url": url, "tone": tone})
    return found


# --- answering


@require_http_methods(["GET", "POST"])
def suggestion_adopt(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer records the mission that comes of it, and answers."""
    suggestion = find_suggestion(request, reference)
    initial = {"title": suggestion.title, "problem": suggestion.problem, "area": suggestion.area}
    form = AdoptForm(request.POST or None, root=suggestion, initial=initial)
    words = {"heading": _("Take it up as a mission"), "submit": _("Record the mission and answer")}
    return _answer(request, suggestion, form, "adopt", adopt_suggestion, _("The mission has been recorded."), words)


@require_http_methods(["GET", "POST"])
def suggestion_talk_over(request: HttpRequest, reference: str) -> HttpResponse:
    suggestion = find_suggestion(request, reference)
    form = AnswerForm(request.POST or None, root=suggestion)
    words = {"heading": _("Talk it over"), "submit": _("Send the answer")}
    words["lead"] = _("Say with whom it is to be talked over, and when.")
    done = _("The answer has been sent.")
    return _answer(request, suggestion, form, "talk_over", talk_over_suggestion, done, words)


@require_http_methods(["GET", "POST"])
def suggestion_decline(request: HttpRequest, reference: str) -> HttpResponse:
    suggestion = find_suggestion(request, reference)
    form = AnswerForm(request.POST or None, root=suggestion)
    words = {"heading": _("Do not take it up"), "submit": _("Send the answer")}
    words["lead"] = _("Give the reason, and what the proposer could do instead.")
    done = _("The answer has been sent.")
    return _answer(request, suggestion, form, "decline", decline_suggestion, done, words)


@require_http_methods(["GET", "POST"])
def suggestion_assign(request: HttpRequest, reference: str) -> HttpResponse:
    """OPDC names the agency."""
    suggestion = find_suggestion(request, reference)
    form = AssignForm(request.POST or None, root=suggestion, initial={"agency": suggestion.agency_id})
    words = {"heading": _("Put it to an agency"), "submit": _("Put it to this agency")}
    done = _("The proposal has been put to the agency.")
    return _answer(request, suggestion, form, ASSIGN_SUGGESTION, assign_suggestion, done, words)


def _answer(
    request: HttpRequest, suggestion: Any, form: Any, rule: Any, action: Any, done: str, words: dict[str, str]
) -> HttpResponse:
    back = suggestion_url(suggestion)
    if answer := not_yet(request, suggestion, rule, back):
        return answer
    if request.method == "POST" and form.is_valid():
        facts = {"suggestion": suggestion, **form.facts}
        if run_action(request, form, action, done=done, **facts).ok:
            return redirect(back)
    context = {"form": form, "suggestion": suggestion, "cancel": back, **words}
    return render(request, "partnerships/suggestion_form.html", context)
