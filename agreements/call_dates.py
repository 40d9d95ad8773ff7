"""The dates of a call in the order in which they come (§3.2 step 1): what stands before what it should follow; and, for
the database, which published calls still take proposals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import DurationField, F, Func, Q
from django.db.models.lookups import GreaterThanOrEqual

from core import clock

# Published, questions until, deadline, screening, presentations (PBC), decision; the days to appeal follow from it.
DATES_IN_ORDER = ("publish_on", "questions_until", "closes_at", "screening_by", "presentation_on", "decision_by")


def out_of_order(values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Pairs (date, the one it should follow) that are the wrong way round; dates that are not set are passed over.

    Two moments are compared to the second, a moment and a day by the day in Thailand. The same day is in order.
    """
    known = [(name, values[name]) for name in DATES_IN_ORDER if values.get(name)]
    return [(later, earlier) for (earlier, before), (later, after) in pairwise(known) if _is_after(before, after)]


def _is_after(before: Any, after: Any) -> bool:
    if isinstance(before, datetime) and isinstance(after, datetime):
        return before > after
    return _day(before) > _day(after)


def _day(value: Any) -> date:
    return value.astimezone(clock.BANGKOK).date() if isinstance(value, datetime) else value


# --- deadline and grace, as the database compares them --------------------------------------------------------------

MOST_GRACE = timedelta(minutes=32_767)  # what the column holds


class Minutes(Func):
    """A number of minutes as a span of time."""

    output_field = DurationField()
    template = "(%(expressions)s * 60000000)"  # microseconds: how Django keeps a span where the database knows none

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="make_interval(mins => %(expressions)s)", **context)


def accepts_at(moment: datetime, call: str = "") -> Q:
    """Of a published call: neither deadline nor grace has passed at that moment; `call`: what leads to it ("call__").

    As `Call.accepts_until`. The deadline is bounded besides, for an index to find the few that may be meant.
    """
    until = F(f"{call}closes_at") + Minutes(F(f"{call}grace_minutes"))
    return Q(GreaterThanOrEqual(until, moment), **{f"{call}closes_at__gte": moment - MOST_GRACE})
