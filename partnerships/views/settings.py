"""Settings in the interface: what holds today, a change with its day and reason, and who changed what before."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from core.models import Setting
from core.paging import keyset_page
from core.settings_catalogue import SettingEntry, entry_of, unpack
from core.views import run_action
from partnerships.actions.settings import change_setting
from partnerships.forms.settings import SettingForm
from partnerships.queries.settings import SettingHead, in_words, names_of_changers, setting_row, setting_sections
from partnerships.views.system import refuse_outsiders


@require_GET
def setting_list(request: HttpRequest) -> HttpResponse:
    refuse_outsiders(request)
    return render(request, "partnerships/setting_list.html", {"sections": setting_sections()})


@require_http_methods(["GET", "POST"])
def setting_change(request: HttpRequest, key: str) -> HttpResponse:
    refuse_outsiders(request)
    entry = _entry(key)
    form = SettingForm(request.POST or None, entry=entry, root=SettingHead(key))
    if request.method == "POST" and form.is_valid():
        done = _("The setting has been changed.")
        if run_action(request, form, change_setting, done=done, key=key, **form.facts).ok:
            return redirect("partnerships:setting_list")
    context = {
        "form": form,
        "row": setting_row(entry),
        "heading": entry.label,
        "lead": entry.help,
        "submit": _("Save the change"),
        "cancel": reverse("partnerships:setting_list"),
    }
    return render(request, "partnerships/setting_change.html", context)


@require_GET
def setting_history(request: HttpRequest, key: str) -> HttpResponse:
    refuse_outsiders(request)
    entry = _entry(key)
    page = keyset_page(Setting.objects.filter(key=key), request, order=("-valid_from", "-id"))
    names = names_of_changers(page.rows)
    rows = [(row, in_words(entry, unpack(entry, row.value)), names.get(row.changed_by_id, "")) for row in page]
    context = {"entry": entry, "page": page, "rows": rows, "default": in_words(entry, entry.default)}
    return render(request, "partnerships/setting_history.html", context)


def _entry(key: str) -> SettingEntry:
    try:
        return entry_of(key)
    except KeyError as error:
        raise Http404 from error
