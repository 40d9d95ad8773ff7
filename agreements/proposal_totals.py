"""What a proposal's rows add up to: money by category and source, what is asked for, cost per person served."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

SATANG = Decimal("0.01")
MOST = Decimal("9999999999999.99")  # what a column of money holds (baht)
# Units of a call that count people, so that its ceiling of the unit cost is one per person served.
PEOPLE = frozenset({"", "คน", "ราย", "person", "people"})  # Thai on purpose


@dataclass(frozen=True)
class BudgetTotals:
    """Baht. `asked` is what the agency is asked for: the lines that the partner does not bring in."""

    total: Decimal
    asked: Decimal
    own: Decimal
    by_category: dict[str, Decimal]
    by_source: dict[str, Decimal]
    asked_by_source: dict[str, Decimal]


def line_amount(line: Mapping[str, Any]) -> Decimal:
    """quantity × unit cost in baht, to the satang (half up)."""
    return (line["quantity"] * line["unit_cost"]).quantize(SATANG, ROUND_HALF_UP)


def budget_totals(lines: Iterable[Mapping[str, Any]]) -> BudgetTotals:
    """The totals of budget lines (`quantity`, `unit_cost`, `category`, `source`, `is_own`); each line is rounded."""
    zero = Decimal("0.00")
    total = own = zero
    by_category: dict[str, Decimal] = {}
    by_source: dict[str, Decimal] = {}
    asked_by_source: dict[str, Decimal] = {}
    for line in lines:
        amount, source = line_amount(line), str(line["source"])
        total += amount
        by_category[str(line["category"])] = by_category.get(str(line["category"]), zero) + amount
        by_source[source] = by_source.get(source, zero) + amount
        if line["is_own"]:
            own += amount
        else:
            asked_by_source[source] = asked_by_source.get(source, zero) + amount
    return BudgetTotals(total, total - own, own, by_category, by_source, asked_by_source)


def cost_per_person(asked: Decimal | None, people: int | None) -> Decimal | None:
    """Baht for each person served, to the satang; None where either is not known."""
    if asked is None or not people:
        return None
    return (asked / people).quantize(SATANG, ROUND_HALF_UP)


def over_unit_ceiling(asked: Decimal | None, people: int | None, ceiling: Decimal | None, unit: str) -> bool:
    """Whether more is asked per person than the call's ceiling of the unit cost, where its unit is a person."""
    if asked is None or not people or ceiling is None or unit.strip().lower() not in PEOPLE:
        return False
    return asked > ceiling * people
