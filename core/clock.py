"""What time it is: really, and for the business.

Actions read `now()`, `today()` and `effective_on()`. The demonstration lets them speak of another day
(`with acting_on(day):`); what is recorded as `recorded_at` always comes from `real_now()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from threading import Lock
from zoneinfo import ZoneInfo

from django.utils import timezone

BANGKOK = ZoneInfo("Asia/Bangkok")
OFFICE_OPENS = time(8, 30)
LAST_MOMENT = time(23, 59, 59)

_acting_on: ContextVar[date | None] = ContextVar("acting_on", default=None)
_minutes_told: dict[date, int] = {}
_telling = Lock()


def real_now() -> datetime:
    """The machine's time, aware, whatever day is being acted."""
    return timezone.now()


def now() -> datetime:
    """The effective moment, aware, in Bangkok time.

    While a day is acted, each call is a minute later than the call before (from 08:30, never beyond that day), so that
    things done in order are also stamped in order.
    """
    day = _acting_on.get()
    if day is None:
        return real_now().astimezone(BANGKOK)
    with _telling:
        minutes = _minutes_told.get(day, 0)
        _minutes_told[day] = minutes + 1
    moment = datetime.combine(day, OFFICE_OPENS, tzinfo=BANGKOK) + timedelta(minutes=minutes)
    return min(moment, datetime.combine(day, LAST_MOMENT, tzinfo=BANGKOK))


def today() -> date:
    """The effective date in Bangkok (after midnight there it is still yesterday in UTC)."""
    return _acting_on.get() or real_now().astimezone(BANGKOK).date()


def on_the_clock(moment: datetime) -> datetime:
    """An aware moment as clocks in Thailand show it, without a time zone: for tables that are taken elsewhere."""
    return moment.astimezone(BANGKOK).replace(tzinfo=None)


def effective_on() -> date:
    """The day on which what happens now takes effect; another word for `today()`, used when events are written."""
    return today()


def is_acting() -> bool:
    """True inside `acting_on`."""
    return _acting_on.get() is not None


@contextmanager
def acting_on(day: date) -> Iterator[None]:
    """Let everything inside the block happen on `day` (for the demonstration and tests); blocks may be nested."""
    if isinstance(day, datetime):
        raise TypeError("acting_on takes a date; the time of day is chosen by the clock")
    token = _acting_on.set(day)
    try:
        yield
    finally:
        _acting_on.reset(token)
