"""The way to a form: the advisor's questions, what they come to, and the officer's choice (§3.0)."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.views import run_action
from partnerships import endorsement_hooks
from partnerships.actions.form_choice import CHOOSE_FORM, choose_form, propose_form
from partnerships.advisor import BY_CODE, QUESTIONS, Advice, advise, most_points
from partnerships.endorsement_hooks import goes_by_chain
from partnerships.enums import Form
from partnerships.forms.form_choice import AdvisorForm, ChooseFormForm
from partnerships.models import Mission
from partnerships.views.guards import not_yet
from partnerships.views.missions import find_mission, mission_url


@require_GET
def mission_advisor(request: HttpRequest, reference: str) -> HttpResponse:
    """The questions, and once they are answered what they come to. Nothing is stored: the address holds the answers."""
    mission = find_mission(request, reference)
    if answer := not_yet(request, mission, way_to_the_form(mission)["rule"], mission_url(mission, "form")):
        return answer
    asked = any(code in request.GET for code in BY_CODE) or "show" in request.GET
    form = AdvisorForm(request.GET if asked else None)
    context: dict[str, Any] = {"mission": mission, "form": form, "cancel": mission_url(mission, "form")}
    if asked and "change" not in request.GET and form.is_valid():
        return render(request, "partnerships/mission_advice.html", context | _advice_context(mission, form.answers))
    return render(request, "partnerships/mission_advisor.html", context)


def way_to_the_form(mission: Mission) -> dict[str, Any]:
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


def _advice_context(mission: Any, answers: dict[str, str]) -> dict[str, Any]:
    advice = advise(answers)
    query = urlencode(answers)
    return {
        **words_of(advice),
        "advice": advice,
        "most": most_points(answers),
        "of_questions": len(QUESTIONS),
        "change_url": f"{reverse('partnerships:mission_advisor', args=[mission.reference])}?{query}&change=1",
        "choose_url": f"{reverse('partnerships:mission_choose_form', args=[mission.reference])}?{query}",
    }


def words_of(advice: Advice) -> dict[str, Any]:
    """Names of the forms in question, "" where there is none."""
    return {
        "recommended": Form(advice.recommended).label if advice.recommended else "",
        "rival": Form(advice.rival).label if advice.rival else "",
        "bars": [
            {"standing": standing, "label": Form(standing.form).label, "shown": max(standing.points, 0)}
            for standing in advice.standings
        ],
        "forms": [(form.value, form.label) for form in Form],
    }


@require_http_methods(["GET", "POST"])
def mission_choose_form(request: HttpRequest, reference: str) -> HttpResponse:
    """The officer chooses, with or against what the advisor recommends, and writes why."""
    mission = find_mission(request, reference)
    back, way = mission_url(mission, "form"), way_to_the_form(mission)
    if answer := not_yet(request, mission, way["rule"], back):
        return answer
    told = {code: request.GET[code] for code in BY_CODE if code in request.GET}
    initial = {"form": mission.form, "form_reason": mission.form_reason, **told}
    form = ChooseFormForm(request.POST or None, root=mission, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = {"form": form.facts["form"], "form_reason": form.facts["form_reason"], "answers": form.answers}
        if run_action(request, form, way["action"], done=way["done"], mission=mission, **facts).ok:
            return redirect(back)
    given = {code: request.POST.get(code, "") for code in BY_CODE} if request.method == "POST" else told
    advice = advise(given)
    context = {"form": form, "mission": mission, "cancel": back, "submit": way["submit"], "advice": advice}
    return render(request, "partnerships/mission_choose_form.html", {**context, **words_of(advice)})
