"""Activities by month as a drawing: where its bars lie, in percent of its width, so that it fits a phone and a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from core.thai import official_text, thai_digits

# Up to so many months, every so-many-th is named: two digits on a phone need some 20 of its 280 pixels.
STEPS = ((12, 1), (36, 3), (72, 6))
WIDEST_STEP = 12


@dataclass(frozen=True)
class Bar:
    """An activity from month `first` to month `last`; `x` and `width` as in SVG ("25%", "8.333%")."""

    number: int | str
    title: str
    first: int | str
    last: int | str
    x: str
    width: str


@dataclass(frozen=True)
class Month:
    """A month that is named; its line is at `x`, its number at `middle`."""

    number: int | str
    x: str
    middle: str


@dataclass(frozen=True)
class Gantt:
    """`end_x` is where the project's own duration ends; bars may lie beyond it, which is then to be mended."""

    months: tuple[Month, ...]
    bars: tuple[Bar, ...]
    end_x: str


def gantt_of(activities: Sequence[Mapping[str, Any]], duration: int | None) -> Gantt:
    """The drawing of activities with `title`, `month_from` and `month_to` (1 = first month of the project)."""
    last = max([duration or 1, *(row["month_to"] for row in activities)])

    def at(months: float) -> str:
        return f"{round(100 * months / last, 3):g}%"

    step = next((step for most, step in STEPS if last <= most), WIDEST_STEP)
    named = [number for number in range(1, last + 1) if step == 1 or number == 1 or number % step == 0]
    months = tuple(Month(number, at(number - 1), at(number - 0.5)) for number in named)
    bars = tuple(_bar(number, row, at) for number, row in enumerate(activities, start=1))
    return Gantt(months, bars, at(duration or last))


def on_paper(plan: Gantt) -> Gantt:
    """The same drawing as an official document prints it: with Thai numerals."""
    months = tuple(replace(month, number=thai_digits(month.number)) for month in plan.months)
    return replace(plan, months=months, bars=tuple(_bar_on_paper(bar) for bar in plan.bars))


def _bar_on_paper(bar: Bar) -> Bar:
    numbers = {name: thai_digits(getattr(bar, name)) for name in ("number", "first", "last")}
    return replace(bar, title=official_text(bar.title), **numbers)


def _bar(number: int, row: Mapping[str, Any], at: Any) -> Bar:
    first, last = row["month_from"], row["month_to"]
    return Bar(number, row["title"], first, last, at(first - 1), at(last - first + 1))
