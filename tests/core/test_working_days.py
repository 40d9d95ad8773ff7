"""Days of rest are the calendar's own; a term never ends on one (Administrative Procedure Act B.E. 2539, s. 64)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import is_working_day, term_ends


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 27), True),  # a Friday
        (date(2026, 11, 28), False),  # a Saturday
        (date(2026, 11, 29), False),  # a Sunday
        (date(2026, 12, 7), False),  # a Monday, for Saturday the 5th of December
        (date(2026, 12, 10), False),  # Constitution Day
        (date(2027, 4, 14), False),  # Songkran
        (date(2027, 2, 22), False),  # a Monday, for Makha Bucha on a Sunday: by the moon
        (date(2027, 2, 23), True),
    ],
)
def test_days_of_rest(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("begins", "days", "ends"),
    [
        (date(2026, 11, 2), 15, date(2026, 11, 17)),
        (date(2026, 11, 6), 15, date(2026, 11, 23)),  # the 21st is a Saturday
        (date(2026, 11, 20), 15, date(2026, 12, 8)),  # Saturday the 5th, Sunday, and the day that stands for the 5th
        (date(2026, 12, 16), 15, date(2027, 1, 4)),  # New Year's Eve and New Year, then a week-end
        (date(2026, 11, 27), 0, date(2026, 11, 27)),
    ],
)
def test_a_term_ends_on_a_working_day(begins: date, days: int, ends: date) -> None:
    assert term_ends(begins, days) == ends


@given(st.dates(date(2026, 1, 1), date(2037, 12, 31)), st.integers(0, 90))
def test_nobody_loses_a_day_and_nobody_gets_more_than_the_rest_asks_for(begins: date, days: int) -> None:
    counted, end = begins + timedelta(days=days), term_ends(begins, days)
    assert end >= counted and is_working_day(end)
    assert not any(is_working_day(counted + timedelta(days=n)) for n in range((end - counted).days))
