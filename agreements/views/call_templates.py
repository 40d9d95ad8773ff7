"""The templates of calls, kept by OPDC."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.actions import call_templates as actions
from agreements.enums import CriterionKind
from agreements.forms.call_templates import NewTemplateForm, TemplateForm
from agreements.models import CallTemplate
from agreements.views.call_writing import criteria_page, documents_page
from core.audit import latest_events
from core.views import run_action, run_move
from partnerships.views.system import refuse_outsiders

MOVES = {"retire": actions.retire_template, "restore": actions.restore_template}


def _find(request: HttpRequest, pk: int) -> CallTemplate:
    refuse_outsiders(request)
    return get_object_or_404(CallTemplate, pk=pk)


def _url(template: CallTemplate) -> str:
    return reverse("agreements:call_template_detail", args=[template.pk])


@require_safe
def call_template_list(request: HttpRequest) -> HttpResponse:
    """Those in use first, form by form; then the retired ones."""
    refuse_outsiders(request)
    templates = list(CallTemplate.objects.order_by("form", "name", "pk"))
    context = {"used": [one for one in templates if one.is_active]}
    context["retired"] = [one for one in templates if not one.is_active]
    return render(request, "agreements/call_template_list.html", context)


@require_http_methods(["GET", "POST"])
def call_template_create(request: HttpRequest) -> HttpResponse:
    refuse_outsiders(request)
    form = NewTemplateForm(request.POST or None)
    back = reverse("agreements:call_template_list")
    if request.method == "POST" and form.is_valid():
        done = _("The template has been added and is in use. Change what is different in it.")
        outcome = run_action(request, form, actions.add_template, done=done, **form.facts)
        if outcome.ok:
            return redirect(_url(outcome.value) if outcome.value else back)
    context = {"form": form, "heading": _("Add a template"), "submit": _("Add the template"), "cancel": back}
    return render(request, "agreements/call_template_form.html", context)


@require_safe
def call_template_detail(request: HttpRequest, pk: int) -> HttpResponse:
    template = _find(request, pk)
    criteria = list(template.criteria.all())
    context = {
        "template": template,
        "qualifications": [row for row in criteria if row.kind == CriterionKind.ELIGIBILITY],
        "scoring": [row for row in criteria if row.kind == CriterionKind.SCORING],
        "documents": list(template.documents.all()),
        "used_by": template.calls.count(),
        "events": latest_events(template),
    }
    return render(request, "agreements/call_template_detail.html", context)


@require_http_methods(["GET", "POST"])
def call_template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    template = _find(request, pk)
    form = TemplateForm(request.POST or None, root=template)
    if request.method == "POST" and form.is_valid():
        done = _("The template has been saved.")
        if run_action(request, form, actions.edit_template, template=template, facts=form.facts, done=done).ok:
            return redirect(_url(template))
    context = {"form": form, "heading": _("Edit the template"), "submit": _("Save the template")}
    context |= {"template": template, "cancel": _url(template)}
    return render(request, "agreements/call_template_form.html", context)


@require_http_methods(["GET", "POST"])
def call_template_criteria(request: HttpRequest, pk: int) -> HttpResponse:
    template, page = _find(request, pk), "agreements/call_template_criteria.html"
    return criteria_page(request, template, actions.set_template_criteria, _url(template), page, template=template)


@require_http_methods(["GET", "POST"])
def call_template_documents(request: HttpRequest, pk: int) -> HttpResponse:
    template, page = _find(request, pk), "agreements/call_template_documents.html"
    return documents_page(request, template, actions.set_template_documents, _url(template), page, template=template)


@require_POST
def call_template_move(request: HttpRequest, pk: int, move: str) -> HttpResponse:
    """Retire, or take back into use."""
    template = _find(request, pk)
    if move not in MOVES:
        raise Http404
    done = {"retire": _("The template has been retired."), "restore": _("The template is in use again.")}[move]
    return run_move(request, MOVES[move], back=_url(template), done=done, template=template)
