"""Writing a call part by part: content, money, dates, judging, criteria, documents, who is invited; and its preview."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agreements.actions import calls as actions
from agreements.enums import CriterionKind
from agreements.forms.calls import (
    ContentPart,
    DatesPart,
    JudgingPart,
    MoneyPart,
    ProcedurePart,
    answers_of,
    interested_in,
)
from agreements.forms.criteria import CriteriaForm, DocumentRows, QualificationRows, ScoringFormSet, StampForm
from agreements.models import Call, CallTemplate
from agreements.queries.call_public import public_call
from agreements.queries.returned import returned_to_officer
from agreements.views.calls import call_url, find_call
from agreements.views.guards import not_yet
from core.views import run_action
from partnerships.forms.missions import ProvinceRows

PARTS: dict[str, tuple[Any, Any]] = {
    "content": (ContentPart, gettext_lazy("What is called for")),
    "money": (MoneyPart, gettext_lazy("Money")),
    "dates": (DatesPart, gettext_lazy("Dates")),
    "judging": (JudgingPart, gettext_lazy("Rules of judging")),
    "procedure": (ProcedurePart, gettext_lazy("Who can propose")),
}
TIMES = {"closes_on", "closes_time", "questions_on", "questions_time"}  # fields that only make up a moment


@require_http_methods(["GET", "POST"])
def call_edit(request: HttpRequest, reference: str, part: str = "content") -> HttpResponse:
    """One part of a draft; each is saved by itself."""
    call = find_call(request, reference)
    back = call_url(call)
    if answer := not_yet(request, call, actions.EDIT_CALL, back):
        return answer
    if part not in PARTS:
        raise Http404
    form, heading = _part_form(request, call, part), PARTS[part][1]
    provinces = _province_rows(request, call) if part == "content" else None
    if request.method == "POST" and all([form.is_valid(), provinces is None or provinces.is_valid()]):
        facts = {name: value for name, value in form.facts.items() if name not in TIMES}
        if provinces is not None:
            facts["provinces"] = [row["province_code"] for row in kept(provinces) if row.get("province_code")]
        if run_action(request, form, actions.edit_call, call=call, facts=facts, done=_("The part is saved.")).ok:
            return redirect(request.path if getattr(form, "added", None) else f"{back}#writing")
    context = {"form": form, "formsets": [provinces] if provinces is not None else None, "call": call, "part": part}
    context |= {"heading": heading, "lead": call.title, "submit": _("Save this part"), "cancel": f"{back}#writing"}
    context["returned"] = returned_to_officer(call)
    return render(request, "agreements/call_part.html", context)


def _part_form(request: HttpRequest, call: Call, part: str) -> Any:
    made = PARTS[part][0]
    answers, more = answers_of(call, made), {}
    if part == "procedure":
        answers["invited"] = list(call.invitations.values_list("organisation_id", flat=True))
        more["offered"] = sorted({*answers["invited"], *interested_in(call.mission)})
    form = made(request.POST or None, root=call, initial=answers, **more)
    if part == "content":
        form.fields["fields_of_work"].keep(answers["fields_of_work"])
    return form


def _province_rows(request: HttpRequest, call: Call) -> Any:
    return ProvinceRows(request.POST or None, initial=list(call.areas.values("province_code")), prefix="provinces")


def kept(formset: Any) -> list[dict[str, Any]]:
    """The rows that were not taken away, changed or not."""
    data = [form.cleaned_data for form in formset.forms]
    return [
        {name: value for name, value in row.items() if name != "DELETE"}
        for row in data
        if row and not row.get("DELETE")
    ]


# --- rows: criteria, documents; the same pages for a call and for a template ----------------------------------------


@require_http_methods(["GET", "POST"])
def call_criteria(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.SET_CRITERIA, call_url(call)):
        return answer
    back = f"{call_url(call)}#writing"
    return criteria_page(request, call, actions.set_criteria, back, "agreements/call_criteria.html", call=call)


@require_http_methods(["GET", "POST"])
def call_documents(request: HttpRequest, reference: str) -> HttpResponse:
    call = find_call(request, reference)
    if answer := not_yet(request, call, actions.SET_DOCUMENTS, call_url(call)):
        return answer
    back = f"{call_url(call)}#writing"
    return documents_page(request, call, actions.set_documents, back, "agreements/call_documents.html", call=call)


def criteria_page(
    request: HttpRequest, owner: Call | CallTemplate, action: Any, back: str, page: str, **named: Any
) -> HttpResponse:
    """`named`: the owner, as the action and the template call it."""
    form = CriteriaForm(request.POST or None, root=owner)
    sent = request.POST or None
    qualifications = QualificationRows(sent, prefix="qualifications", initial=_rows(owner, CriterionKind.ELIGIBILITY))
    scoring = ScoringFormSet(sent, prefix="scoring", initial=_rows(owner, CriterionKind.SCORING))
    if request.method == "POST" and all([form.is_valid(), qualifications.is_valid(), scoring.is_valid()]):
        rows = {"qualifications": kept(qualifications), "scoring": kept(scoring)}
        if (
            form.accepts(rows["scoring"])
            and run_action(request, form, action, done=_("The criteria are saved."), **named, **rows).ok
        ):
            return redirect(back)
    context = {"form": form, "formsets": [qualifications, scoring], "cancel": back, **named}
    context["returned"] = returned_to_officer(owner) if isinstance(owner, Call) else None
    return render(request, page, context)


def _rows(owner: Call | CallTemplate, kind: str) -> list[dict[str, Any]]:
    return list(owner.criteria.filter(kind=kind).values("title", "description", "weight", "levels"))


def documents_page(
    request: HttpRequest, owner: Call | CallTemplate, action: Any, back: str, page: str, **named: Any
) -> HttpResponse:
    form = StampForm(request.POST or None, root=owner)
    initial = list(owner.documents.values("title", "description", "is_required"))
    rows = DocumentRows(request.POST or None, prefix="documents", initial=initial)
    if request.method == "POST" and all([form.is_valid(), rows.is_valid()]):
        wanted = [row for row in kept(rows) if row.get("title")]
        if run_action(request, form, action, done=_("The documents are saved."), documents=wanted, **named).ok:
            return redirect(back)
    context = {"form": form, "formsets": [rows], "cancel": back, **named}
    context["returned"] = returned_to_officer(owner) if isinstance(owner, Call) else None
    return render(request, page, context)


# --- preview --------------------------------------------------------------------------------------------------------


@require_safe
def call_preview(request: HttpRequest, reference: str) -> HttpResponse:
    """Exactly what the public will see: the same partial over the same facts as the public page."""
    call = find_call(request, reference)
    if call.agency_id != request.actor.organisation_id and not request.actor.is_opdc:
        raise Http404
    context = {"call": call, "public": public_call(call)}
    return render(request, "agreements/call_preview.html", context)
