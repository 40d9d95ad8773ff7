"""One's own account: profile, privacy notice, one's data, closing."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.auth import logout
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core import clock
from core.audit import log_security
from core.views import run_action
from partnerships.actions.closing import close_account, what_hinders
from partnerships.actions.own_account import accept_privacy_notice, edit_profile
from partnerships.forms.own_account import CloseAccountForm, ProfileForm, ReadForm
from partnerships.language import speak
from partnerships.middleware_people import NOTICE_DUE
from partnerships.models import PrivacyNotice
from partnerships.queries.my_data import data_about, memberships_ever
from partnerships.queries.people import notice_in_force


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, position, telephone, language and what stands under one's signature."""
    form = ProfileForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        done = _("Your profile was saved.")
        if run_action(request, form, edit_profile, done=done, user=request.user, **form.facts).ok:
            return speak(redirect("partnerships:profile"), form.facts["language"])
    today = clock.today()
    memberships = list(memberships_ever(request.user))
    context = {
        "form": form,
        "heading": _("My profile"),
        "memberships": [m for m in memberships if m.ends_on is None or m.ends_on >= today],
        "acceptance": request.user.privacy_acceptances.select_related("notice").first(),
    }
    return render(request, "partnerships/profile.html", context)


@require_safe
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """The notice in force, for everyone."""
    return render(request, "partnerships/privacy_notice.html", {"notice": notice_in_force()})


@require_http_methods(["GET", "POST"])
def privacy_accept(request: HttpRequest) -> HttpResponse:
    """Interrupts once after log-in when a version is in force that the person has not read yet."""
    notice = notice_in_force()
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    back = wanted if safe and wanted.startswith("/") else reverse("reporting:home")
    if notice is None:
        return _read(request, back)
    form = ReadForm(request.POST or None, root=request.user)
    if request.method == "POST" and form.is_valid():
        shown = get_object_or_404(PrivacyNotice, version=_number(request.POST.get("notice")) or notice.version)
        if run_action(request, form, accept_privacy_notice, notice=shown).ok:
            return _read(request, back)
    return render(request, "partnerships/privacy_accept.html", {"notice": notice, "form": form, "next": back})


def _number(text: Any) -> int | None:
    text = str(text or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _read(request: HttpRequest, back: str) -> HttpResponse:
    request.session.pop(NOTICE_DUE, None)
    return HttpResponseRedirect(back)  # an address, never the name of a page


@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is on record about me, as a summary to read; the whole of it can be downloaded."""
    return render(request, "partnerships/my_data.html", {"data": data_about(request.user)})


@never_cache
@require_POST
def my_data_download(request: HttpRequest) -> HttpResponse:
    """The whole of it as JSON; that it was taken is noted in the security log."""
    text = json.dumps(data_about(request.user), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
    log_security(kind="my_data_download", actor=request.actor, root=request.user, action="download")
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="phakhi-my-data-{clock.today():%Y%m%d}.json"'
    return response


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def account_close(request: HttpRequest) -> HttpResponse:
    """Close one's account: what goes, what stays and why; or what has to be handed over first."""
    user = request.user
    hinders = what_hinders(user)
    form = CloseAccountForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid() and run_action(request, form, close_account, user=user).ok:
        log_security(kind="account_closed", actor=request.actor, root=user, action="close")
        logout(request)
        return redirect("partnerships:account_closed")
    context = {"form": form, "hinders": hinders, "cancel": reverse("partnerships:profile")}
    return render(request, "partnerships/account_close.html", context)


@require_safe
def account_closed(request: HttpRequest) -> HttpResponse:
    """Said after closing, to someone who is logged in no more."""
    return render(request, "partnerships/account_closed.html")
