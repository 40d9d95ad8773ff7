"""Texts of notices in the interface: list, change with preview, back to the system's text, history."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Setting
from core.notice_texts import NoticeKind, notice_kind, setting_key, texts_in_force
from core.paging import keyset_page
from core.views import run_action
from partnerships.actions.settings import change_notice
from partnerships.forms.notices import NoticeForm, NoticeResetForm
from partnerships.queries.notices import history_words, notice_rows, preview
from partnerships.queries.settings import SettingHead, names_of_changers
from partnerships.views.system import refuse_outsiders


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    refuse_outsiders(request)
    return render(request, "partnerships/notice_list.html", {"rows": notice_rows()})


@require_http_methods(["GET", "POST"])
def notice_change(request: HttpRequest, kind: str) -> HttpResponse:
    """Both languages at once; "preview" shows what was typed as people would read it, and saves nothing."""
    refuse_outsiders(request)
    known = _kind(kind)
    form = NoticeForm(request.POST or None, kind=known, root=SettingHead(setting_key(kind)))
    shown = texts_in_force(kind)
    if request.method == "POST" and form.is_valid():
        shown = form.texts
        if "preview" not in request.POST:
            facts = {"kind": kind, "texts": form.texts, "reason": form.facts["reason"]}
            if run_action(request, form, change_notice, done=_("The text has been changed."), **facts).ok:
                return redirect("partnerships:notice_list")
    context = {"form": form, "kind": known, "preview": preview(known, shown), "own": texts_own(known)}
    return render(request, "partnerships/notice_change.html", context)


@require_http_methods(["GET", "POST"])
def notice_reset(request: HttpRequest, kind: str) -> HttpResponse:
    refuse_outsiders(request)
    known = _kind(kind)
    form = NoticeResetForm(request.POST or None, root=SettingHead(setting_key(kind)))
    if request.method == "POST" and form.is_valid():
        done = _("The text that came with the system holds again.")
        if run_action(request, form, change_notice, done=done, kind=kind, texts=None, **form.facts).ok:
            return redirect("partnerships:notice_list")
    defaults = {language: known.default(language) for language in ("th", "en")}
    context = {"form": form, "kind": known, "preview": preview(known, defaults)}
    context |= {"heading": _("Back to the text that came with the system"), "submit": _("Use this text")}
    context["cancel"] = reverse("partnerships:notice_change", args=[kind])
    return render(request, "partnerships/notice_reset.html", context)


@require_GET
def notice_history(request: HttpRequest, kind: str) -> HttpResponse:
    refuse_outsiders(request)
    known = _kind(kind)
    page = keyset_page(Setting.objects.filter(key=setting_key(kind)), request, order=("-valid_from", "-id"))
    names = names_of_changers(page.rows)
    rows = [(row, history_words(row.value), names.get(row.changed_by_id, "")) for row in page]
    return render(request, "partnerships/notice_history.html", {"kind": known, "page": page, "rows": rows})


def texts_own(kind: NoticeKind) -> bool:
    """Whether another text than the system's holds."""
    return texts_in_force(kind.kind) != {language: kind.default(language) for language in ("th", "en")}


def _kind(kind: str) -> NoticeKind:
    try:
        return notice_kind(kind)
    except KeyError as error:
        raise Http404 from error
