"""A proposal's content as it is read: sections with their answers, tables of their rows, and the plan by months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from agreements.documents.gantt import Gantt, gantt_of
from agreements.enums import BudgetCategory, Direction, IndicatorLevel, MoneySource, RiskLevel
from agreements.proposal_sections import (
    ACTIVITIES,
    BENEFICIARIES,
    DOCUMENTS,
    FIELD_LABELS,
    INDICATORS,
    LINES,
    SECTIONS,
    RowKind,
    Section,
    Text,
    typed_rows,
)
from agreements.proposal_totals import budget_totals, cost_per_person, line_amount
from core.thai import baht

CODES: dict[str, dict[str, Any]] = {
    INDICATORS.code: {"level": IndicatorLevel, "direction": Direction},
    LINES.code: {"category": BudgetCategory},
    "risks": {"likelihood": RiskLevel, "impact": RiskLevel},
}
NUMBERS = frozenset({"number", "month_from", "month_to", "baseline", "target", "quantity", "unit_cost", "amount"})


@dataclass(frozen=True)
class Cell:
    label: Text
    text: Any
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """`rows` of cells, each with its column's label (for phones); `foot` are rows of totals (label, amount)."""

    title: Text
    columns: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    foot: tuple[tuple[Text, Any], ...] = ()


@dataclass(frozen=True)
class Answers:
    """One section: `rows` (label, value) of its texts and totals, tables of its rows, the plan by months."""

    code: str
    heading: Text
    rows: tuple[dict[str, Any], ...]
    tables: tuple[Table, ...]
    gantt: Gantt | None = None


def answers_of(content: Mapping[str, Any]) -> list[Answers]:
    """The sections of a content (`part_content` or a version's, schema 1 too) in their order; documents stand apart."""
    return [
        _answers(section, content)
        for section in SECTIONS.values()
        if section is not DOCUMENTS and _has(section, content)
    ]


def _has(section: Section, content: Mapping[str, Any]) -> bool:
    """Versions of schema 1 know no rows: what they had no place for is not shown as empty."""
    return section is not DOCUMENTS and (content.get("schema", 1) > 1 or bool(section.fields))


def _answers(section: Section, content: Mapping[str, Any]) -> Answers:
    fields, rows = content["fields"], content.get("rows", {})
    asked = [name for name in section.fields if name in section.required or fields.get(name)]
    names = (*asked, *section.totals)
    shown = [{"name": n, "label": FIELD_LABELS[n], "value": _field(n, fields.get(n))} for n in names]
    if section.code == "budget" and rows.get(LINES.code):
        shown.append(_per_person(fields))
    tables = tuple(_table(kind, rows) for kind in section.rows if rows.get(kind.code))
    gantt = None
    if section.code == "activities" and rows.get(ACTIVITIES.code):
        gantt = gantt_of(typed_rows(rows, ACTIVITIES), fields.get("duration_months"))
    return Answers(section.code, section.heading, tuple(shown), tables, gantt)


def _per_person(fields: Mapping[str, Any]) -> dict[str, Any]:
    asked = fields.get("budget")
    cost = cost_per_person(None if asked is None else Decimal(asked), fields.get("beneficiaries"))
    return {"name": "cost_per_person", "label": _("Cost per person served"), "value": _money(cost)}


def _field(name: str, value: Any) -> Any:
    if value is None or value == "":
        return ""
    if name == "budget":
        return _money(Decimal(value))
    return f"{value:,}" if name == "beneficiaries" else value


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else _("%(amount)s baht") % {"amount": baht(amount)}


# --- tables ---------------------------------------------------------------------------------------------------------


def _table(kind: RowKind, rows: Mapping[str, Any]) -> Table:
    typed = typed_rows(rows, kind)
    if kind is BENEFICIARIES:
        typed = [{**row, "target_group": _group(raw)} for row, raw in zip(typed, rows[kind.code], strict=True)]
    labels: dict[str, Text] = dict(kind.columns)
    if kind is LINES:
        labels, typed = _line_labels(labels), [_line(row) for row in typed]
    columns = tuple(Cell(label, label, name in NUMBERS) for name, label in labels.items())
    body = tuple(
        tuple(Cell(label, _cell(kind, name, row[name]), name in NUMBERS) for name, label in labels.items())
        for row in typed
    )
    return Table(kind.title, columns, body, _foot(kind, typed_rows(rows, kind)))


def _line_labels(labels: dict[str, Text]) -> dict[str, Text]:
    """The unit stands behind the quantity, and who brings the money in behind its source: fewer columns to read."""
    shown = {name: label for name, label in labels.items() if name not in ("unit", "is_own")}
    return {**shown, "amount": _("Amount (baht)")}


def _line(row: dict[str, Any]) -> dict[str, Any]:
    source = MoneySource(row["source"]).label
    return {
        **row,
        "amount": line_amount(row),
        "quantity": f"{plain(row['quantity'])} {row['unit']}",
        "source": _("%(source)s (brought in by the partner)") % {"source": source} if row["is_own"] else source,
    }


def _group(row: Mapping[str, Any]) -> str:
    """The name as it stood when the row was written."""
    return row.get("target_group_name", "")


def _cell(kind: RowKind, name: str, value: Any) -> Any:
    if name == "baseline" and value is None:
        return _("Not known")
    if value in (None, ""):
        return ""
    codes = CODES.get(kind.code, {}).get(name)
    if codes:
        return codes(value).label
    if isinstance(value, Decimal):
        return baht(value) if name in ("unit_cost", "amount") else plain(value)
    return f"{value:,}" if isinstance(value, int) else value


def plain(value: Decimal) -> str:
    """A number without places that say nothing: 200, 2.5."""
    return f"{value.normalize():,f}" if value else "0"


def _foot(kind: RowKind, rows: list[dict[str, Any]]) -> tuple[tuple[Text, Any], ...]:
    if kind is not LINES:
        return ()
    money = budget_totals(rows)
    by_category = [(BudgetCategory(code).label, baht(amount)) for code, amount in money.by_category.items()]
    by_source = [(MoneySource(code).label, baht(amount)) for code, amount in money.by_source.items()]
    return (
        *((_("Category: %(name)s") % {"name": label}, amount) for label, amount in by_category),
        *((_("Source: %(name)s") % {"name": label}, amount) for label, amount in by_source),
        (_("Total"), baht(money.total)),
        (_("Brought in by the partner"), baht(money.own)),
        (_("Asked of the agency"), baht(money.asked)),
    )
