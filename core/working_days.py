"""Days on which government offices are open, and how a term ends that is counted in days."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from holidays import HolidayBase, country_holidays

REST = ("public", "government")  # also those on which banks stay open; who has to do something has a day more then


@lru_cache(maxsize=1)
def _holidays() -> HolidayBase:
    """Thailand's, substitution days included. Special ones that the cabinet adds come with a release of the library."""
    return country_holidays("TH", categories=REST)


def is_working_day(day: date) -> bool:
    """Whether it is neither Saturday nor Sunday nor an official holiday."""
    return day.isoweekday() <= 5 and day not in _holidays()


def term_ends(begins: date, days: int) -> date:
    """The last day of a term of so many days, not counting the day on which it begins.

    One that would end on a day of rest ends with the next working day (Administrative Procedure Act B.E. 2539, s. 64).
    """
    end = begins + timedelta(days=days)
    while not is_working_day(end):
        end += timedelta(days=1)
    return end
