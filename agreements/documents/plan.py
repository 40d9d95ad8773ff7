"""The plan of activities as it is drawn: one table a fiscal year, a column a month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from agreements.documents.payload import ActivityRow
from core import thai

MONTHS_IN_ONE_TABLE = 12


@dataclass(frozen=True)
class PlanRow:
    number: str
    title: str
    output: str
    responsible: str
    main: bool
    months: tuple[bool, ...]


@dataclass(frozen=True)
class PlanTable:
    label: str  # ปีงบประมาณ พ.ศ. 2569, or nothing where one table holds all
    years: tuple[tuple[int, int], ...]  # (Buddhist Era year, how many of its months)
    months: tuple[str, ...]
    rows: tuple[PlanRow, ...]

    @property
    def head_rows(self) -> int:
        return 2 if self.months else 1


def plan_tables(
    activities: tuple[ActivityRow, ...], starts_on: dt.date | None, ends_on: dt.date | None
) -> tuple[PlanTable, ...]:
    """Tables of the whole run; longer than twelve months, one table for each fiscal year."""
    if not activities:
        return ()
    months = _months(activities, starts_on, ends_on)
    if len(months) <= MONTHS_IN_ONE_TABLE:
        return (_table("", months, activities),)
    return tuple(
        _table(f"ปีงบประมาณ พ.ศ. {year}", list(part), activities) for year, part in groupby(months, key=thai.fiscal_year)
    )


def _months(activities: tuple[ActivityRow, ...], starts_on: dt.date | None, ends_on: dt.date | None) -> list[dt.date]:
    """First days of all months from the first to the last one mentioned anywhere."""
    known = [dt.date.fromisoformat(f"{month}-01") for row in activities for month in row.months]
    known += [day.replace(day=1) for day in (starts_on, ends_on) if day]
    if not any(row.months for row in activities):
        return []
    month, last, months = min(known), max(known), []
    while month <= last:
        months.append(month)
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return months


def _table(label: str, months: list[dt.date], activities: tuple[ActivityRow, ...]) -> PlanTable:
    keys = [f"{month:%Y-%m}" for month in months]
    rows, main, sub = [], 0, 0
    for row in activities:
        main, sub = (main + 1, 0) if row.main or not main else (main, sub + 1)
        number = str(main) if sub == 0 else f"{main}.{sub}"
        marks = tuple(key in row.months for key in keys)
        rows.append(PlanRow(number, row.title, row.output, row.responsible, row.main, marks))
    return PlanTable(
        label,
        tuple((year, len(list(part))) for year, part in groupby(months, key=thai.be_year)),
        tuple(thai.MONTHS_TH_SHORT[month.month - 1] for month in months),
        tuple(rows),
    )
