"""Versions of the privacy notice, as OPDC keeps them. (People accepting one is part of their own pages.)"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.paging import keyset_page
from core.views import run_action
from partnerships.actions.privacy_notices import publish_privacy_notice
from partnerships.forms.administration import PrivacyNoticeForm, PrivacyNoticeHead
from partnerships.models import PrivacyNotice
from partnerships.views.system import refuse_outsiders


@require_GET
def privacy_notice_list(request: HttpRequest) -> HttpResponse:
    refuse_outsiders(request)
    page = keyset_page(PrivacyNotice.objects.select_related("published_by"), request, order=("-version",))
    held = PrivacyNotice.objects.filter(valid_from__lte=clock.today()).first()
    return render(request, "partnerships/privacy_notice_list.html", {"page": page, "held": held})


@require_GET
def privacy_notice_detail(request: HttpRequest, version: int) -> HttpResponse:
    refuse_outsiders(request)
    notice = get_object_or_404(PrivacyNotice.objects.select_related("published_by"), version=version)
    return render(request, "partnerships/privacy_notice_detail.html", {"notice": notice})


@require_http_methods(["GET", "POST"])
def privacy_notice_create(request: HttpRequest) -> HttpResponse:
    """A new version, begun from the last one's text."""
    refuse_outsiders(request)
    last = PrivacyNotice.objects.first()
    initial = {"text_th": last.text_th, "text_en": last.text_en} if last else {}
    form = PrivacyNoticeForm(request.POST or None, root=PrivacyNoticeHead(), initial=initial)
    if request.method == "POST" and form.is_valid():
        done = _("The new version has been published.")
        if run_action(request, form, publish_privacy_notice, done=done, **form.facts).ok:
            return redirect("partnerships:privacy_notice_list")
    context = {
        "form": form,
        "heading": _("Publish a new version of the privacy notice"),
        "lead": _("A published version is never changed. Everyone is asked to read the new one from the day it holds."),
        "submit": _("Publish"),
        "cancel": reverse("partnerships:privacy_notice_list"),
    }
    return render(request, "partnerships/privacy_notice_create.html", context)
