"""The dates of a call in the order in which they come (§3.2 step 1): what stands before what it should follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from typing import Any

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
