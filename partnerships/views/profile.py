"""The profile as its own people keep it: the list of parts, and the parts that are one form (§2)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.views import Outcome, run_action
from core.workflow import NotNow, NotYou, Rule, judge
from partnerships.actions import profile as actions
from partnerships.enums import OrganisationStanding
from partnerships.forms import profile as forms
from partnerships.models import Organisation
from partnerships.permissions.profile import is_own
from partnerships.queries.profile import URL_OF_PART, return_comment, tasks_of, where_to_mend
from partnerships.requirements.organisation import gates_of, load

KEEP = "keep"  # name of the button "save what is right so far"
CHOOSE = "choose"  # name of the button that draws the next list of places without a script


def own_organisation(request: HttpRequest, pk: int) -> Organisation:
    """The partner the actor acts for; everybody else is told that there is nothing here."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.actor), pk=pk)
    if not is_own(organisation, request.actor) or not request.actor.is_partner:
        raise Http404
    return organisation


def profile_url(organisation: Organisation, page: str = "detail") -> str:
    return reverse(f"partnerships:profile_{page}", args=[organisation.pk])


def not_open(request: HttpRequest, organisation: Organisation, rule: Rule) -> HttpResponse | None:
    """None when the page may be shown; else the way back. Raises PermissionDenied for insiders without the right."""
    judgement = judge(organisation, rule, request.actor)
    if not judgement.you:
        raise PermissionDenied(str(judgement.why_not_you or NotYou.message))
    if judgement.now:
        return None
    messages.error(request, str(judgement.why_not_now or NotNow.message))
    return redirect(profile_url(organisation))


@require_safe
def profile_own(request: HttpRequest) -> HttpResponse:
    """The way to one's own profile from the menu."""
    if not request.actor.is_partner:
        return redirect("partnerships:registration_start")
    return redirect("partnerships:profile_detail", request.actor.organisation_id)


@require_safe
def profile_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The parts with their states, what is missing, and what that stops."""
    organisation = own_organisation(request, pk)
    facts = load(organisation)
    gates = [
        {"gate": gate, "missing": [_linked(request, organisation, item) for item in gate.missing]}
        for gate in gates_of(facts)
        if gate.missing
    ]
    tasks = tasks_of(facts, request.actor)
    context = {
        "organisation": organisation,
        "tasks": tasks,
        "others_edit": any(not task["url"] for task in tasks),
        "gates": gates,
        "judgement": judge(organisation, "submit_registration", request.actor, facts),
        "in_draft": organisation.standing == OrganisationStanding.DRAFT,
        "returned": return_comment(organisation),
    }
    return render(request, "partnerships/profile_detail.html", context)


def _linked(request: HttpRequest, organisation: Organisation, requirement: Any) -> dict[str, Any]:
    return {"title": requirement.title, "url": where_to_mend(organisation, requirement, request.actor)}


# --- parts that are one form -----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FormPart:
    """A part of the profile that is one form, and the action that keeps it."""

    form: type[forms.ProfileForm]
    action: Callable[..., Any]
    rule: Rule
    template: str = "partnerships/profile_form.html"


FORM_PARTS = {
    "identity": FormPart(forms.IdentityForm, actions.edit_identity, actions.EDIT_IDENTITY),
    "numbers": FormPart(forms.NumbersForm, actions.edit_numbers, actions.EDIT_NUMBERS),
    "address": FormPart(
        forms.AddressForm, actions.edit_address, actions.EDIT_ADDRESS, "partnerships/profile_address.html"
    ),
    "work": FormPart(forms.WorkForm, actions.edit_work, actions.EDIT_WORK),
    "size": FormPart(forms.SizeForm, actions.edit_size, actions.EDIT_SIZE),
}


@require_http_methods(["GET", "POST"])
def profile_form(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """One part: saved whole and back to the list; or what is right is kept and the rest is shown with its errors."""
    organisation = own_organisation(request, pk)
    kept = FORM_PARTS[part]
    if answer := not_open(request, organisation, kept.rule):
        return answer
    if part == "address" and CHOOSE in request.POST:
        form = kept.form(root=organisation, initial=request.POST.dict())
    else:
        form = kept.form(request.POST or None, root=organisation)
        if request.method == "POST" and _saved(request, organisation, form, kept.action).ok:
            return redirect(profile_url(organisation))
    context = {"form": form, "organisation": organisation, "part": URL_OF_PART[part], **part_words(organisation)}
    return render(request, kept.template, context)


def part_words(organisation: Organisation) -> dict[str, Any]:
    """What every page of a part says."""
    return {"submit": _("Save and return"), "keep": _("Save what is right so far"), "cancel": profile_url(organisation)}


def _saved(request: HttpRequest, organisation: Organisation, form: Any, action: Callable[..., Any]) -> Outcome:
    """Keep a valid form; of one with errors, where asked, the fields that are right (then `ok` is false)."""
    if form.is_valid():
        return run_action(request, form, action, organisation=organisation, done=_("Saved."), **form.facts)
    keep = KEEP in request.POST and "version" in form.cleaned_data
    if keep and run_action(request, form, action, organisation=organisation, **form.facts).ok:
        messages.success(request, _("What is right has been saved. The rest is shown below."))
        fresh_stamp(form)
    return Outcome(ok=False)


def fresh_stamp(form: Any) -> None:
    """The form was sent, and will be sent again: it takes the new version and a key of its own."""
    form.renew_stamp()
    form.data[form.add_prefix("key")] = str(form.fields["key"].initial())


# --- places ----------------------------------------------------------------------------------------------------------


@require_safe
def place_fields(request: HttpRequest) -> HttpResponse:
    """The four lists of places for what was chosen so far, as a part of a page (for scripts)."""
    organisation = request.actor.organisation
    if organisation is None or not request.actor.is_partner:
        raise Http404
    form = forms.AddressForm(root=organisation, initial=request.GET.dict())
    return render(request, "partnerships/_place_fields.html", {"form": form})
