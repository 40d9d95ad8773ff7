"""Parts of the profile that are rows: contacts and past projects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.views import run_action
from core.workflow import Rule
from partnerships.actions import profile_rows as actions
from partnerships.forms.profile_rows import ContactRows, ProjectRows, RowsForm
from partnerships.models import Contact, Organisation, TrackRecord
from partnerships.queries.profile import URL_OF_PART
from partnerships.views.profile import KEEP, not_open, own_organisation, part_words, profile_url


@dataclass(frozen=True)
class RowsPart:
    """A part that is rows of one kind, and the action that keeps them."""

    rows: Any
    model: Any
    names: tuple[str, ...]
    action: Callable[..., Any]
    rule: Rule


ROWS_PARTS = {
    "contacts": RowsPart(ContactRows, Contact, actions.CONTACT, actions.save_contacts, actions.EDIT_CONTACTS),
    "track-record": RowsPart(
        ProjectRows, TrackRecord, actions.PROJECT, actions.save_track_record, actions.EDIT_TRACK_RECORD
    ),
}


@require_http_methods(["GET", "POST"])
def profile_rows(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """Rows of one kind: all of them saved and back to the list, or those that are right kept."""
    organisation = own_organisation(request, pk)
    kept = ROWS_PARTS[part]
    if answer := not_open(request, organisation, kept.rule):
        return answer
    form = RowsForm(request.POST or None, root=organisation)
    rows = kept.rows(request.POST or None, prefix="rows", initial=_on_record(organisation, kept))
    if request.method == "POST":
        right, all_right = form.is_valid(), rows.is_valid()
        if right and (all_right or KEEP in request.POST):
            facts = {"organisation": organisation, "rows": [given for _form, given in rows.right]}
            outcome = run_action(request, form, kept.action, done=_done(all_right), **facts)
            if outcome.ok and (all_right or outcome.repeated):
                return redirect(profile_url(organisation))
            if outcome.ok:
                form, rows = _sent_again(organisation, kept, rows, outcome.value)
    context = {"form": form, "formsets": [rows], "organisation": organisation, "part": URL_OF_PART[part]}
    return render(request, "partnerships/profile_form.html", {**context, **part_words(organisation)})


def _done(all_right: bool) -> str:
    return _("Saved.") if all_right else _("What is right has been saved. The rest is shown below.")


def _sent_again(organisation: Organisation, kept: RowsPart, sent: Any, saved: list[int | None]) -> tuple[Any, Any]:
    """The page after what is right was kept: everything as it was typed, and the rows kept know their number now."""
    data = sent.data.copy()
    for (form, _facts), pk in zip(sent.right, saved, strict=True):
        data[form.add_prefix("pk")] = str(pk or "")
    organisation.refresh_from_db()
    rows = kept.rows(data, prefix="rows", initial=_on_record(organisation, kept))
    rows.is_valid()
    return RowsForm(root=organisation), rows


def _on_record(organisation: Organisation, kept: RowsPart) -> list[dict[str, Any]]:
    return list(kept.model._base_manager.filter(organisation=organisation).order_by("pk").values("pk", *kept.names))
