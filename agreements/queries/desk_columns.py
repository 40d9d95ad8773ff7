"""The columns from which an officer chooses what the desk's list shows and exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models import Proposal
from core.table_cells import CODE, MOMENT, MONEY, NUMBER, STATE, TEXT

Value = str | int | Decimal | datetime | None


@dataclass(frozen=True)
class Column:
    """`read` gives the value on record; `plain` the same for a table outside: text, whole number, baht, an aware
    moment or nothing.

    `of`: the fields and counts (`agreements.queries.proposal_desk.COUNTS`) it is read from: nothing else is asked for.
    """

    code: str
    label: Any
    read: Callable[[Proposal], Any]
    kind: str = TEXT
    width: int = 16
    of: tuple[str, ...] = ()

    def plain(self, row: Proposal) -> Value:
        value = self.read(row)
        return str(value) if self.kind in (TEXT, CODE, STATE) and value is not None else value


def presentation_words(row: Proposal) -> str:
    """Held, not attended, invited, or nothing."""
    held = getattr(row, "presentation", None)
    if held is not None:
        return _now("Held") if held.attended else _now("Did not come")
    return _now("Invited") if row.presentation_invited_at else ""


def _appeal_words(row: Proposal) -> str:
    return _now("Appealed") if row.appealed else ""


def _organisation(path: str) -> tuple[str, ...]:
    return (f"{path}__name_th", f"{path}__name_en")


COLUMNS: dict[str, Column] = {
    column.code: column
    for column in (
        Column("reference", _("Reference"), lambda row: row.reference, CODE, of=("reference",)),
        Column("title", _("Title of the project"), lambda row: row.title, width=50, of=("title",)),
        Column(
            "organisation",
            _("Organisation"),
            lambda row: row.organisation.name,
            TEXT,
            40,
            _organisation("organisation"),
        ),
        Column("province", _("Province"), lambda row: row.organisation.province, of=("organisation__province_code",)),
        Column("call", _("Call"), lambda row: row.call.title, width=40, of=("call__title",)),
        Column(
            "call_number",
            _("Call number"),
            lambda row: row.call.number or row.call.reference,
            of=("call__number", "call__reference"),
        ),
        Column("agency", _("Agency"), lambda row: row.call.agency.name, TEXT, 30, _organisation("call__agency")),
        Column("form", _("Form"), lambda row: row.call.get_form_display(), width=24, of=("call__form",)),
        Column("state", _("State"), lambda row: row.get_state_display(), STATE, of=("state",)),
        Column("submitted_at", _("Received on"), lambda row: row.submitted_at, MOMENT, 22, ("submitted_at",)),
        Column("source", _("Came"), lambda row: row.get_source_display(), of=("source",)),
        Column("budget", _("Budget (baht)"), lambda row: row.budget, MONEY, of=("budget",)),
        Column("beneficiaries", _("People served"), lambda row: row.beneficiaries, NUMBER, of=("beneficiaries",)),
        Column("duration", _("Duration (months)"), lambda row: row.duration_months, NUMBER, of=("duration_months",)),
        Column("reviewers", _("Reviewers"), lambda row: row.assigned, NUMBER, of=("assigned",)),
        Column("reviews", _("Reviews finished"), lambda row: row.reviewed, NUMBER, of=("reviewed",)),
        Column(
            "presentation",
            _("Presentation"),
            presentation_words,
            of=("presentation_invited_at", "presentation__attended"),
        ),
        Column("appeal", _("Appeal"), _appeal_words, of=("appealed",)),
    )
}
FIRST_CHOICE = ("reference", "title", "organisation", "call", "state", "submitted_at", "budget", "reviewers")


def columns_of(codes: Iterable[str]) -> list[Column]:
    """The columns with these codes in their fixed order; what is not known is left out, and none means the usual."""
    wanted = set(codes)
    return [column for code, column in COLUMNS.items() if code in wanted] or [COLUMNS[code] for code in FIRST_CHOICE]
