"""Pages of missions: the list, the mission itself, and its parts to write up."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from core.audit import history_of
from core.paging import keyset_page
from core.views import run_action
from core.workflow import judge
from partnerships import endorsement_hooks
from partnerships.actions.approach import RECORD_APPROACH, RECORD_MEETING
from partnerships.actions.form_choice import CHOOSE_FORM
from partnerships.actions.missions import (
    CREATE_MISSION,
    EDIT_MISSION,
    MISSION_FIELDS,
    WORD_FIELDS,
    create_mission,
    edit_mission,
)
from partnerships.actors import Actor
from partnerships.forms.missions import (
    AboutPart,
    FundingRows,
    LawPart,
    MeansPart,
    MissionFilterForm,
    MissionForm,
    PeoplePart,
    ProvinceRows,
)
from partnerships.models import Mission
from partnerships.queries.candidates import candidates_of
from partnerships.queries.choices import choices_of
from partnerships.queries.missions import missions_for, parts_of
from partnerships.views.guards import need, not_yet

HISTORY_SHOWN = 20


@require_GET
def mission_list(request: HttpRequest) -> HttpResponse:
    """The agency's own missions; to OPDC all of them."""
    filters = MissionFilterForm(request.GET, actor=request.actor)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    page = keyset_page(missions_for(request.actor, **wanted), request, order=("-created_on", "-pk"))
    context = {
        "page": page,
        "filters": filters,
        "filtered": any(wanted.values()),
        "may_create": CREATE_MISSION.role(None, request.actor),
    }
    return render(request, "partnerships/mission_list.html", context)


@require_http_methods(["GET", "POST"])
def mission_create(request: HttpRequest) -> HttpResponse:
    need(CREATE_MISSION, request)
    form = MissionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = run_action(request, form, create_mission, done=_("The mission has been recorded."), **form.facts)
        if outcome.ok and outcome.value:
            return redirect("partnerships:mission_detail", outcome.value.reference)
        if outcome.ok:
            return redirect("partnerships:mission_list")
    lead = _("What is needed to begin. The rest is completed part by part on the mission's page.")
    context = {"form": form, "heading": _("Record a mission"), "lead": lead, "submit": _("Save the mission")}
    return render(request, "base_form.html", {**context, "cancel": reverse("partnerships:mission_list")})


@require_GET
def mission_detail(request: HttpRequest, reference: str) -> HttpResponse:
    mission = find_mission(request, reference)
    actor = request.actor
    may_edit = judge(mission, EDIT_MISSION, actor).open
    context = {
        "mission": mission,
        "actions": _actions(mission, actor),
        "may_edit": may_edit,
        "parts": parts_of(mission) if may_edit else [],
        "choices": choices_of(mission),
        "pending_url": endorsement_hooks.url_of_pending(mission, endorsement_hooks.CHOOSE_FORM),
        "meetings": list(mission.approach_meetings.select_related("file", "recorded_by")),
        "candidates": candidates_of(mission),
        "talks": list(mission.talks.order_by("-held_on", "-pk")) if actor.is_opdc else [],
        "suggestion": mission.suggestions.select_related("suggested_by").first(),
        "events": history_of(mission)[:HISTORY_SHOWN],
    }
    return render(request, "partnerships/mission_detail.html", context)


def _actions(mission: Mission, actor: Actor) -> list[dict[str, Any]]:
    """Buttons of the mission's page: what comes next on the manual's way stands out."""
    choosing = CHOOSE_FORM
    if endorsement_hooks.goes_by_chain(mission, endorsement_hooks.CHOOSE_FORM):
        choosing = endorsement_hooks.rule_to_propose(endorsement_hooks.CHOOSE_FORM)
    ways = (
        (choosing, "mission_advisor", gettext_lazy("Ask the form advisor"), not mission.form),
        (RECORD_APPROACH, "approach_edit", RECORD_APPROACH.title, bool(mission.form) and mission.approach is None),
        (RECORD_MEETING, "meeting_create", RECORD_MEETING.title, False),
    )
    return [
        {
            "label": label,
            "url": reverse(f"partnerships:{name}", args=[mission.reference]),
            "tone": "primary" if next_ else "outline-primary",
        }
        for rule, name, label, next_ in ways
        if judge(mission, rule, actor).open
    ]


# --- part by part

PARTS: dict[str, tuple[Any, Any, Any]] = {
    "about": (AboutPart, gettext_lazy("What the mission is"), None),
    "people": (PeoplePart, gettext_lazy("For whom and where"), ("provinces", ProvinceRows)),
    "means": (MeansPart, gettext_lazy("Time frame and money"), ("funding", FundingRows)),
    "law": (LawPart, gettext_lazy("Legal basis and procurement"), None),
}


@require_http_methods(["GET", "POST"])
def mission_edit(request: HttpRequest, reference: str, part: str = "about") -> HttpResponse:
    """One part of the record; each is saved by itself."""
    mission = find_mission(request, reference)
    back = mission_url(mission, "mission")
    if answer := not_yet(request, mission, EDIT_MISSION, back):
        return answer
    if part not in PARTS:
        raise Http404
    made, heading, rows = PARTS[part]
    form = _part_form(request, mission, made)
    formset = rows[1](request.POST or None, initial=_rows_of(mission, rows[0]), prefix=rows[0]) if rows else None
    if request.method == "POST" and form.is_valid() and (formset is None or formset.is_valid()):
        facts = {**form.facts, **({rows[0]: _values(rows[0], formset)} if rows else {})}
        if run_action(request, form, edit_mission, done=_("The mission has been saved."), mission=mission, **facts).ok:
            return redirect(back)
    context = {"form": form, "formsets": [formset] if rows else None, "mission": mission, "cancel": back}
    context |= {"heading": heading, "submit": _("Save this part")}
    return render(request, "partnerships/mission_form.html", context)


def _part_form(request: HttpRequest, mission: Mission, made: Any) -> Any:
    names = [name for name in made.base_fields if name in MISSION_FIELDS]
    initial: dict[str, Any] = {name: getattr(mission, name) for name in names}
    chosen = {name: list(getattr(mission, name).all()) for name in WORD_FIELDS if name in made.base_fields}
    form = made(request.POST or None, root=mission, initial=initial | chosen)
    for name, words in chosen.items():
        form.fields[name].keep(words)
    return form


def _rows_of(mission: Mission, name: str) -> list[dict[str, Any]]:
    if name == "funding":
        return list(mission.funding.values("source", "amount", "note"))
    return list(mission.areas.values("province_code"))


def _values(name: str, formset: Any) -> list[Any]:
    """The rows that stay; untouched ones count too, as the form was drawn with them."""
    kept = [form.cleaned_data for form in formset.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    if name == "funding":
        return [{key: row[key] for key in ("source", "amount", "note")} for row in kept if row.get("source")]
    return [row["province_code"] for row in kept if row.get("province_code")]


def find_mission(request: HttpRequest, reference: str) -> Mission:
    """A mission the actor may read, or 404."""
    missions = Mission.objects.visible_to(request.actor).select_related(
        "agency", "officer", "policy", "approach_record"
    )
    return get_object_or_404(missions, reference=reference)


def mission_url(mission: Mission, anchor: str = "") -> str:
    url = reverse("partnerships:mission_detail", args=[mission.reference])
    return f"{url}#{anchor}" if anchor else url
