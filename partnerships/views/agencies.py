"""Pages by which OPDC keeps ministries, departments, provincial offices and their duties, and enters partners."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.views import run_action
from core.workflow import Rule
from partnerships.actions import agencies as actions
from partnerships.actions.entering import ENTER, enter_organisation
from partnerships.forms import registry as forms
from partnerships.models import Organisation, ProvincialDuty
from partnerships.queries.agencies import agency_tree, duties_by_province
from partnerships.queries.duplicates import similar_to
from partnerships.views.guards import find_for_opdc, not_yet, opdc_only, organisation_url

METHODS = ["GET", "POST"]


def _list_url(name: str = "agency_list") -> str:
    return reverse(f"partnerships:{name}")


def _sent(request: HttpRequest, form: Any, action: Any, **facts: Any) -> bool:
    """Whether a sound form was sent and the action is done."""
    sound = request.method == "POST" and form.is_valid()
    return sound and run_action(request, form, action, **facts, **form.facts).ok


@require_GET
def agency_list(request: HttpRequest) -> HttpResponse:
    """Ministries with their departments and provincial offices, names as they are today."""
    opdc_only(request)
    return render(request, "partnerships/agency_list.html", {"ministries": agency_tree(), "today": clock.today()})


@require_http_methods(METHODS)
def agency_create(request: HttpRequest) -> HttpResponse:
    opdc_only(request)
    form = forms.AgencyForm(request.POST or None)
    if _sent(request, form, actions.add_agency, done=_("The agency has been added.")):
        return redirect(_list_url())
    context = {"form": form, "heading": _("Add an agency"), "submit": _("Add"), "cancel": _list_url()}
    return render(request, "base_form.html", context)


def _change(
    request: HttpRequest,
    pk: int,
    rule: Rule,
    action: Any,
    form_class: Any,
    *,
    done: str,
    submit: str,
    initial: Any = None,
) -> HttpResponse:
    """One form about one agency: rename, move, retire."""
    agency = find_for_opdc(request, Organisation.objects.select_related("parent"), pk=pk)
    if answer := not_yet(request, agency, rule, _list_url()):
        return answer
    form = form_class(request.POST or None, root=agency, initial=initial(agency) if initial else None)
    if _sent(request, form, action, done=done, agency=agency):
        return redirect(_list_url())
    lead = f"{agency.name} · {agency.parent.name}" if agency.parent else agency.name
    context = {"form": form, "heading": rule.title, "lead": lead, "submit": submit, "cancel": _list_url()}
    return render(request, "base_form.html", context)


@require_http_methods(METHODS)
def agency_rename(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, pk, actions.RENAME_AGENCY, actions.rename_agency, forms.RenameForm,
        done=_("The agency bears the new name; the old one is kept."), submit=_("Save the new name"),
        initial=actions.details_of,
    )  # fmt: skip


@require_http_methods(METHODS)
def agency_move(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, pk, actions.MOVE_AGENCY, actions.move_agency, forms.MoveForm,
        done=_("The agency has been moved; where it stood before is kept."), submit=_("Move the agency"),
    )  # fmt: skip


@require_http_methods(METHODS)
def agency_retire(request: HttpRequest, pk: int) -> HttpResponse:
    return _change(
        request, pk, actions.RETIRE_AGENCY, actions.retire_agency, forms.RetireForm,
        done=_("The end of the agency is on record."), submit=_("Record the end"),
    )  # fmt: skip


# --- duties of provincial offices


@require_GET
def duty_list(request: HttpRequest) -> HttpResponse:
    """Who coordinates and who verifies, province by province; ended duties below."""
    opdc_only(request)
    current, ended = duties_by_province()
    return render(request, "partnerships/duty_list.html", {"current": current, "ended": ended})


@require_http_methods(METHODS)
def duty_create(request: HttpRequest) -> HttpResponse:
    opdc_only(request)
    form = forms.DutyForm(request.POST or None, initial={"starts_on": clock.today()})
    if _sent(request, form, actions.name_duty, done=_("The duty has been given.")):
        return redirect(_list_url("duty_list"))
    context = {
        "form": form,
        "heading": _("Give a duty"),
        "submit": _("Give the duty"),
        "cancel": _list_url("duty_list"),
    }
    return render(request, "base_form.html", context)


@require_http_methods(METHODS)
def duty_end(request: HttpRequest, pk: int) -> HttpResponse:
    duty = find_for_opdc(request, ProvincialDuty.objects.select_related("office"), pk=pk)
    if answer := not_yet(request, duty.office, actions.END_DUTY, _list_url("duty_list")):
        return answer
    form = forms.EndDutyForm(request.POST or None, root=duty.office, initial={"ends_on": clock.today()})
    if _sent(request, form, actions.end_duty, done=_("The end is on record."), duty=duty):
        return redirect(_list_url("duty_list"))
    lead = f"{duty.office.name} · {duty.get_kind_display()}"
    context = {"form": form, "heading": _("End the duty"), "lead": lead, "cancel": _list_url("duty_list")}
    return render(request, "base_form.html", {**context, "submit": _("Save")})


# --- partners entered by OPDC


@require_http_methods(METHODS)
def organisation_enter(request: HttpRequest) -> HttpResponse:
    """A partner that does not register itself; similar names are shown once before it is entered."""
    opdc_only(request)
    form = forms.EnterForm(request.POST or None)
    similar: list[Any] = []
    if request.method == "POST" and form.is_valid():
        similar = _similar(form)
        done = _("The organisation is in the register.")
        if similar:
            form.ask_whether_another()
        elif (outcome := run_action(request, form, enter_organisation, done=done, **form.facts)).ok:
            return redirect(organisation_url(outcome.value) if outcome.value else _list_url("organisation_list"))
    context = {"form": form, "heading": ENTER.title, "similar": similar, "cancel": _list_url("organisation_list")}
    return render(request, "partnerships/organisation_enter.html", {**context, "submit": _("Enter the organisation")})


def _similar(form: forms.EnterForm) -> list[Any]:
    """Organisations that may be the same, unless the person said that it is another one."""
    if form.cleaned_data.get("is_another"):
        return []
    return similar_to(form.cleaned_data["name_th"], form.cleaned_data["province_code"])
