"""The sponsor of an unregistered group: asked by the group, answered by the sponsor (§2)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.views import run_action
from core.workflow import NotYou, judge
from partnerships.actions import sponsorships as actions
from partnerships.forms.registration import (
    AnswerSponsorForm,
    AskSponsorForm,
    EndSponsorshipForm,
    SponsorSearchForm,
)
from partnerships.models import Organisation, Sponsorship
from partnerships.queries.profile import URL_OF_PART, areas_served
from partnerships.views.profile import not_open, own_organisation, profile_url

FOUND_AT_MOST = 10


@require_http_methods(["GET", "POST"])
def profile_sponsor(request: HttpRequest, pk: int) -> HttpResponse:
    """Who the sponsor is; else look for one by name, and ask it."""
    organisation = own_organisation(request, pk)
    if answer := not_open(request, organisation, actions.ASK_SPONSOR):
        return answer
    current = organisation.sponsorships.filter(state__in=actions.CURRENT).select_related("sponsor").first()
    search = SponsorSearchForm(request.GET or None)
    wanted = search.cleaned_data["q"] if search.is_valid() else ""
    found = _possible_sponsors(organisation, wanted or request.POST.get("q", ""))
    form = AskSponsorForm(request.POST or None, root=organisation, sponsors=[(one.pk, _named(one)) for one in found])
    if request.method == "POST" and form.is_valid():
        sponsor = next(one for one in found if one.pk == form.facts["sponsor"])
        facts = {"organisation": organisation, "sponsor": sponsor, "request": form.facts["request"]}
        if run_action(request, form, actions.ask_sponsor, done=_("The organisation has been asked."), **facts).ok:
            return redirect(profile_url(organisation, "sponsor"))
    context = {"organisation": organisation, "part": URL_OF_PART["sponsor"], "current": current, "search": search}
    context |= {"form": form, "found": found, "wanted": wanted, "cancel": profile_url(organisation)}
    context["earlier"] = organisation.sponsorships.exclude(state__in=actions.CURRENT).select_related("sponsor")[:10]
    return render(request, "partnerships/profile_sponsor.html", context)


def _possible_sponsors(organisation: Organisation, wanted: str) -> list[Organisation]:
    """Registered organisations in the register whose name contains what was typed (two characters at least)."""
    if len(wanted.strip()) < 2:
        return []
    rows = Organisation.objects.partners().listed().filter(is_unregistered=False, blocked_at=None)
    return list(rows.exclude(pk=organisation.pk).search(wanted[:100]).order_by("sort_key", "pk")[:FOUND_AT_MOST])


def _named(organisation: Organisation) -> str:
    province = organisation.province
    return f"{organisation.name} ({province})" if province else organisation.name


@require_http_methods(["GET", "POST"])
def sponsorship_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What a group asks of one's organisation, and the answer."""
    sponsorship = _sponsorship(request, pk)
    judgement = judge(sponsorship, "agree_to_sponsor", request.actor)
    if request.method == "POST" and not judgement.you:
        raise PermissionDenied(str(NotYou.message))
    form = AnswerSponsorForm(request.POST or None, root=sponsorship.group)
    if request.method == "POST" and form.is_valid():
        agree = form.facts["decision"] == "agree"
        action = actions.agree_to_sponsor if agree else actions.decline_to_sponsor
        facts = {"sponsorship": sponsorship, "answer": form.facts["answer"]}
        if run_action(request, form, action, done=_("Your answer has been kept and sent to the group."), **facts).ok:
            return redirect("partnerships:sponsorship_detail", sponsorship.pk)
    context = {"sponsorship": sponsorship, "group": sponsorship.group, "areas": areas_served(sponsorship.group)}
    context["form"] = form if judgement.open else None
    context["may_end"] = judge(sponsorship, "end_sponsorship", request.actor).open and not judgement.open
    return render(request, "partnerships/sponsorship_detail.html", context)


@require_http_methods(["GET", "POST"])
def sponsorship_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's word back, with the reason."""
    sponsorship = _sponsorship(request, pk)
    judgement = judge(sponsorship, "end_sponsorship", request.actor)
    if not judgement.you:
        raise PermissionDenied(str(NotYou.message))
    if not judgement.now:
        return redirect("partnerships:sponsorship_detail", sponsorship.pk)
    form = EndSponsorshipForm(request.POST or None, root=sponsorship.group)
    if request.method == "POST" and form.is_valid():
        facts = {"sponsorship": sponsorship, "reason": form.facts["reason"]}
        if run_action(request, form, actions.end_sponsorship, done=_("The sponsorship has ended."), **facts).ok:
            return redirect("partnerships:sponsorship_detail", sponsorship.pk)
    context: dict[str, Any] = {"form": form, "heading": _("End the sponsorship"), "submit": _("End the sponsorship")}
    context |= {"tone": "danger", "lead": str(sponsorship), "cancel": sponsorship.get_absolute_url()}
    return render(request, "base_form.html", context)


def _sponsorship(request: HttpRequest, pk: int) -> Sponsorship:
    """One that the actor's organisation is a side of (OPDC reads all), or 404."""
    rows = Sponsorship.objects.select_related("group", "sponsor", "asked_by", "answered_by")
    return get_object_or_404(rows.visible_to(request.actor), pk=pk)
