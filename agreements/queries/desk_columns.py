"""The columns from which an officer chooses what the desk's list shows and exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models import Proposal
from core.ui import show_moment

TEXT, NUMBER, MONEY, MOMENT, STATE = "text", "number", "money", "moment", "state"
Value = str | int | Decimal | None


@dataclass(frozen=True)
class Column:
    """`read` gives the value on record; `plain` the same for a table outside: text, whole number, baht or nothing."""

    code: str
    label: Any
    read: Callable[[Proposal], Any]
    kind: str = TEXT
    width: int = 16

    def plain(self, row: Proposal) -> Value:
        value = self.read(row)
        if self.kind == MOMENT:
            return show_moment(value) if value else None
        return str(value) if self.kind in (TEXT, STATE) and value is not None else value


def presentation_words(row: Proposal) -> str:
    """Held, not attended, invited, or nothing."""
    held = getattr(row, "presentation", None)
    if held is not None:
        return _now("Held") if held.attended else _now("Did not come")
    return _now("Invited") if row.presentation_invited_at else ""


def _appeal_words(row: Proposal) -> str:
    return _now("Appealed") if row.appealed else ""


COLUMNS: dict[str, Column] = {
    column.code: column
    for column in (
        Column("reference", _("Reference"), lambda row: row.reference),
        Column("title", _("Title of the project"), lambda row: row.title, width=50),
        Column("organisation", _("Organisation"), lambda row: row.organisation.name, width=40),
        Column("province", _("Province"), lambda row: row.organisation.province),
        Column("call", _("Call"), lambda row: row.call.title, width=40),
        Column("call_number", _("Call number"), lambda row: row.call.number or row.call.reference),
        Column("agency", _("Agency"), lambda row: row.call.agency.name, width=30),
        Column("form", _("Form"), lambda row: row.call.get_form_display(), width=24),
        Column("state", _("State"), lambda row: row.get_state_display(), STATE),
        Column("submitted_at", _("Received on"), lambda row: row.submitted_at, MOMENT, 22),
        Column("source", _("Came"), lambda row: row.get_source_display()),
        Column("budget", _("Budget (baht)"), lambda row: row.budget, MONEY),
        Column("beneficiaries", _("People served"), lambda row: row.beneficiaries, NUMBER),
        Column("duration", _("Duration (months)"), lambda row: row.duration_months, NUMBER),
        Column("reviewers", _("Reviewers"), lambda row: row.assigned, NUMBER),
        Column("reviews", _("Reviews finished"), lambda row: row.reviewed, NUMBER),
        Column("presentation", _("Presentation"), presentation_words),
        Column("appeal", _("Appeal"), _appeal_words),
    )
}
FIRST_CHOICE = ("reference", "title", "organisation", "call", "state", "submitted_at", "budget", "reviewers")


def columns_of(codes: Iterable[str]) -> list[Column]:
    """The columns with these codes in their fixed order; what is not known is left out, and none means the usual."""
    wanted = set(codes)
    return [column for code, column in COLUMNS.items() if code in wanted] or [COLUMNS[code] for code in FIRST_CHOICE]
