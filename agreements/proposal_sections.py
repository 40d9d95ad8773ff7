"""What a proposal consists of: its sections in order, their fields and rows, and what each must hold (§3.1-3.2 step 2).

The one list of it: forms, the task list, "what is missing", frozen versions, pages and the printed form read it here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

# Columns of rows that are numbers with two places; content holds them as text.
DECIMALS = frozenset({"quantity", "unit_cost", "baseline", "target"})
# Totals of the rows, kept on the proposal by the action that saves them: never typed.
TOTALS = ("target_group", "beneficiaries", "budget")


@dataclass(frozen=True)
class RowKind:
    """Rows of one kind: `related` is the proposal's manager of them, `columns` what a row holds, with its labels.

    `wanted` says what is missing while there is no row.
    """

    code: str
    related: str
    title: Text
    columns: Mapping[str, Text]
    wanted: Text
    most: int = 60


@dataclass(frozen=True)
class Section:
    """`fields` by name with labels; of them `required` must be filled, and every kind of `rows` needs one row."""

    code: str
    heading: Text
    fields: Mapping[str, Text] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    rows: tuple[RowKind, ...] = ()
    totals: tuple[str, ...] = ()

    @property
    def requirement(self) -> str:
        """The name of the requirement that this section is complete."""
        return f"{self.code}_written"


BENEFICIARIES = RowKind(
    "beneficiaries",
    "beneficiary_rows",
    _("People served"),
    {"target_group": _("Target group"), "description": _("Who they are"), "number": _("Number of people")},
    _("At least one group of people served, with its number"),
    most=20,
)
ACTIVITIES = RowKind(
    "activities",
    "activity_rows",
    _("Activities"),
    {
        "title": _("Activity"),
        "detail": _("Details"),
        "month_from": _("From month"),
        "month_to": _("To month"),
    },
    _("At least one activity with its months"),
)
INDICATORS = RowKind(
    "indicators",
    "indicator_rows",
    _("Outputs, outcomes and their indicators"),
    {
        "level": _("Level"),
        "statement": _("Indicator"),
        "unit": _("Unit"),
        "direction": _("Direction"),
        "baseline": _("Baseline"),
        "target": _("Target value"),
        "source": _("Source of data"),
    },
    _("At least one indicator with its target"),
    most=30,
)
LINES = RowKind(
    "lines",
    "budget_rows",
    _("Budget lines"),
    {
        "category": _("Category"),
        "title": _("Item"),
        "unit": _("Unit"),
        "quantity": _("Quantity"),
        "unit_cost": _("Unit cost (baht)"),
        "source": _("Source of money"),
        "is_own": _("Brought in by our organisation"),
    },
    _("At least one budget line that the agency is asked for"),
    most=100,
)
MEMBERS = RowKind(
    "members",
    "team_rows",
    _("People of the team"),
    {"name": _("Name"), "duty": _("Duty in the project"), "qualification": _("Qualification and experience")},
    _("At least one person of the team"),
    most=40,
)
RISKS = RowKind(
    "risks",
    "risk_rows",
    _("Risks"),
    {"risk": _("Risk"), "likelihood": _("Likelihood"), "impact": _("Impact"), "response": _("How it is met")},
    _("At least one risk and how it is met"),
    most=30,
)

SECTIONS: dict[str, Section] = {
    section.code: section
    for section in (
        Section(
            "work",
            _("About the work"),
            {
                "title": _("Title of the project"),
                "objectives": _("Objectives"),
                "area": _("Area"),
                "duration_months": _("Duration (months)"),
            },
            required=("title", "objectives", "area", "duration_months"),
            rows=(BENEFICIARIES,),
            totals=("target_group", "beneficiaries"),
        ),
        Section(
            "activities",
            _("Activities and their time"),
            {"activities": _("Approach and steps of work")},
            required=("activities",),
            rows=(ACTIVITIES,),
        ),
        Section(
            "results",
            _("Results and indicators"),
            {"results": _("Expected results")},
            required=("results",),
            rows=(INDICATORS,),
        ),
        Section(
            "budget",
            _("Budget"),
            {"budget_detail": _("Explanation of the budget")},
            rows=(LINES,),
            totals=("budget",),
        ),
        Section("team", _("Team"), rows=(MEMBERS,)),
        Section("risks", _("Risks and how they are met"), {"risks": _("More about the risks")}, rows=(RISKS,)),
        Section(
            "network",
            _("Expertise, network and scaling"),
            {"expertise": _("Expertise and track record"), "network": _("Network and scaling")},
            required=("expertise", "network"),
        ),
        Section("documents", _("Documents")),
    )
}
DOCUMENTS = SECTIONS["documents"]
KINDS: dict[str, RowKind] = {kind.code: kind for section in SECTIONS.values() for kind in section.rows}
FIELDS: tuple[str, ...] = tuple(name for section in SECTIONS.values() for name in section.fields)
FIELD_LABELS: dict[str, Text] = {
    name: label for section in SECTIONS.values() for name, label in section.fields.items()
} | {
    "target_group": _("Target group"),
    "beneficiaries": _("Number of people served"),
    "budget": _("Budget asked for"),
}


def section_of_field(name: str) -> Section:
    """The section in which a field is written. Raises StopIteration for a total, which is written nowhere."""
    return next(section for section in SECTIONS.values() if name in section.fields)


def typed_rows(rows: Mapping[str, Any], kind: RowKind) -> list[dict[str, Any]]:
    """Rows of a content as they are worked with: the columns alone, numbers with places as Decimal."""
    return [dict(_typed(row, kind)) for row in rows.get(kind.code, [])]


def _typed(row: Mapping[str, Any], kind: RowKind) -> Iterator[tuple[str, Any]]:
    for name in kind.columns:
        value = row.get(name)
        yield name, Decimal(value) if name in DECIMALS and value not in (None, "") else value
