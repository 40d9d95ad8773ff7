"""The clock: Bangkok's day, the acted day, and what is never acted."""

import contextvars
from datetime import UTC, date, datetime, time

import pytest
from freezegun import freeze_time

from core import clock


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        ("2026-09-30 16:59:59", date(2026, 9, 30)),
        ("2026-09-30 17:00:00", date(2026, 10, 1)),  # a new fiscal year has begun in Bangkok, not yet in London
        ("2026-12-31 17:00:00", date(2027, 1, 1)),
        ("2028-02-28 17:00:00", date(2028, 2, 29)),
    ],
)
def test_a_day_begins_at_midnight_in_bangkok(utc: str, day: date) -> None:
    with freeze_time(utc):
        assert clock.today() == clock.effective_on() == day
        assert clock.now().date() == day


def test_without_acting_now_is_the_real_time_and_aware() -> None:
    with freeze_time("2026-11-22 05:00:00"):
        assert clock.now() == clock.real_now() == datetime(2026, 11, 22, 5, tzinfo=UTC)
        assert clock.now().utcoffset() is not None
    assert not clock.is_acting()


def test_an_acted_day_moves_the_effective_time_only() -> None:
    day = date(2025, 3, 14)
    with freeze_time("2026-11-22 05:00:00"), clock.acting_on(day):
        assert clock.is_acting()
        assert clock.today() == clock.effective_on() == clock.now().date() == day
        assert clock.real_now() == datetime(2026, 11, 22, 5, tzinfo=UTC)


def test_things_done_in_order_on_an_acted_day_are_stamped_in_order_and_stay_on_that_day() -> None:
    day = date(2025, 3, 15)
    with clock.acting_on(day):
        first = [clock.now() for _ in range(3)]
    with clock.acting_on(day):
        later = [clock.now() for _ in range(2000)]
    stamps = first + later
    assert stamps == sorted(stamps)
    assert stamps[0].time() == time(8, 30)
    assert (stamps[1] - stamps[0]).total_seconds() == 60
    assert {stamp.date() for stamp in stamps} == {day}


def test_acted_days_may_be_nested_and_end_with_their_block() -> None:
    with clock.acting_on(date(2025, 1, 1)):
        with clock.acting_on(date(2025, 2, 1)):
            assert clock.today() == date(2025, 2, 1)
        assert clock.today() == date(2025, 1, 1)
        with pytest.raises(ZeroDivisionError), clock.acting_on(date(2025, 3, 1)):
            raise ZeroDivisionError
        assert clock.today() == date(2025, 1, 1)
    assert not clock.is_acting()


def test_an_acted_day_is_nobody_elses() -> None:
    with clock.acting_on(date(2025, 1, 1)):
        assert contextvars.Context().run(clock.is_acting) is False


def test_a_time_is_no_day() -> None:
    with pytest.raises(TypeError), clock.acting_on(datetime(2025, 1, 1, 9, tzinfo=clock.BANGKOK)):
        pass
