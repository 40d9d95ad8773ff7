"""Activities by month as a drawing: the geometry of its bars, in the units of an SVG's view box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LEFT, ROW, HEAD = 34, 26, 24  # room for the activity's number, height of a row, height of the months' numbers
BAR_GAP = 6
WIDE, NARROW = 40, 22  # of a month, up to a year and beyond


@dataclass(frozen=True)
class Bar:
    number: int
    title: str
    x: int
    y: int
    width: int
    height: int
    label_y: int
    text: str


@dataclass(frozen=True)
class Month:
    number: int
    x: int
    middle: int


@dataclass(frozen=True)
class Gantt:
    """`end_x` is where the project's own duration ends; bars may lie beyond it, which is then to be mended."""

    width: int
    height: int
    months: tuple[Month, ...]
    bars: tuple[Bar, ...]
    end_x: int
    left: int = LEFT
    head: int = HEAD


def gantt_of(activities: Sequence[Mapping[str, Any]], duration: int | None) -> Gantt:
    """The drawing of activities with `title`, `month_from` and `month_to` (1 = first month of the project)."""
    last = max([duration or 0, *(row["month_to"] for row in activities)])
    month = WIDE if last <= 12 else NARROW
    months = tuple(
        Month(number, LEFT + (number - 1) * month, LEFT + (number - 1) * month + month // 2)
        for number in range(1, last + 1)
    )
    bars = tuple(_bar(number, row, month) for number, row in enumerate(activities, start=1))
    height = HEAD + ROW * len(bars) + BAR_GAP
    return Gantt(LEFT + last * month + 1, height, months, bars, LEFT + (duration or last) * month)


def _bar(number: int, row: Mapping[str, Any], month: int) -> Bar:
    top = HEAD + (number - 1) * ROW
    return Bar(
        number=number,
        title=row["title"],
        x=LEFT + (row["month_from"] - 1) * month,
        y=top + BAR_GAP,
        width=(row["month_to"] - row["month_from"] + 1) * month,
        height=ROW - BAR_GAP,
        label_y=top + BAR_GAP + 15,
        text=f"{row['month_from']}-{row['month_to']}",
    )
