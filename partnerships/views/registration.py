"""Registering a partner: what is needed, the beginning, checking the answers, sending in, the receipt (§2)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.views import run_action, run_move
from core.workflow import judge
from partnerships.actions import registration as actions
from partnerships.enums import OrganisationStanding
from partnerships.forms.registration import BeginRegistrationForm, kind_choices
from partnerships.middleware import SESSION_KEY
from partnerships.models import Organisation
from partnerships.queries.profile import papers_of, profile_for, where_to_mend
from partnerships.queries.registration import answers_of, similar_names
from partnerships.reference.kinds import KINDS, UNREGISTERED
from partnerships.views.profile import own_organisation, profile_url

DAYS_TO_CHECK = 15  # working days that OPDC allows itself (setting REGISTRATION_CHECK_DAYS)


@require_safe
def registration_start(request: HttpRequest) -> HttpResponse:
    """For everyone: what each kind of organisation needs, and what happens then."""
    labels = dict(kind_choices())
    context = {
        "kinds": [{"label": labels[kind], "rules": rules} for kind, rules in KINDS.items()],
        "unregistered": UNREGISTERED,
        "groups": [labels[kind] for kind, rules in KINDS.items() if rules.may_be_unregistered],
        "begin_url": _way_in(request),
        "drafts": _own_drafts(request),
        "days": days_to_check(),
    }
    return render(request, "partnerships/registration_start.html", context)


def days_to_check() -> int:
    """Working days within which a registration is looked at."""
    return int(getattr(settings, "REGISTRATION_CHECK_DAYS", DAYS_TO_CHECK))


def _way_in(request: HttpRequest) -> str:
    """Where the button leads: to the form for who is logged in, else to an account (log-in where none can be made)."""
    begin = reverse("partnerships:registration_create")
    if request.actor.user_id:
        return begin
    page = "account_signup" if get_adapter(request).is_open_for_signup(request) else "account_login"
    try:
        return f"{reverse(page)}?next={begin}"
    except NoReverseMatch:
        return f"{reverse('account_login')}?next={begin}"


def _own_drafts(request: HttpRequest) -> Any:
    if not request.actor.user_id:
        return []
    begun = Organisation.objects.filter(registered_by_id=request.actor.user_id, standing=OrganisationStanding.DRAFT)
    return begun.order_by("pk")


@require_http_methods(["GET", "POST"])
def registration_create(request: HttpRequest) -> HttpResponse:
    """Kind and name; from then on one acts for the new organisation."""
    if reason := actions.REGISTER.unless(None, request.actor):
        messages.info(request, str(reason))
        return redirect("partnerships:registration_start")
    form = BeginRegistrationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = run_action(request, form, actions.register_organisation, **form.facts)
        if outcome.ok and outcome.value:
            request.session[SESSION_KEY] = outcome.value.pk
            return redirect(profile_url(outcome.value))
        if outcome.ok:
            return redirect("partnerships:profile_own")
    context = {
        "form": form,
        "heading": _("Register a partner organisation"),
        "lead": _("Begin with these. Everything else is told part by part, and saved as you go."),
        "submit": _("Begin the registration"),
        "cancel": reverse("partnerships:registration_start"),
    }
    return render(request, "base_form.html", context)


@require_safe
def registration_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything told so far, part by part, before it is sent in."""
    organisation = own_organisation(request, pk)
    if organisation.standing != OrganisationStanding.DRAFT:
        return redirect(profile_url(organisation))
    judgement = judge(organisation, "submit_registration", request.actor)
    context = {
        "organisation": organisation,
        "judgement": judgement,
        "missing": [
            {"title": item.title, "url": where_to_mend(organisation, item, request.actor)} for item in judgement.missing
        ],
        "parts": answers_of(profile_for(organisation, request.actor)),
        "papers": papers_of(organisation, request.actor),
        "similar": similar_names(organisation),
        "cancel": profile_url(organisation),
    }
    return render(request, "partnerships/registration_check.html", context)


@require_POST
def registration_submit(request: HttpRequest, pk: int) -> HttpResponse:
    organisation = own_organisation(request, pk)
    back = profile_url(organisation)
    answer = run_move(request, actions.submit_registration, back=back, organisation=organisation)
    organisation.refresh_from_db()
    if organisation.standing == OrganisationStanding.SUBMITTED:
        return redirect("partnerships:registration_receipt", organisation.pk)
    return answer


@require_safe
def registration_receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt with its number, and what happens next."""
    organisation = own_organisation(request, pk)
    if organisation.submitted_at is None or organisation.standing == OrganisationStanding.DRAFT:
        raise Http404
    context = {"organisation": organisation, "days": days_to_check(), "number": actions.receipt_number(organisation)}
    return render(request, "partnerships/registration_receipt.html", context)
