"""Where a decision stands in its chain."""

from __future__ import annotations

from agreements.models import Decision
from core.workflow import Book


def load_decision(decision: Decision) -> Decision:
    """A decision's facts are its own row."""
    return decision


BOOK = Book(
    load=load_decision,
    requirements={},
    conditions={
        "positions_behind": lambda d: d.reached < len(d.positions) - 1,
        "last_position": lambda d: d.reached == len(d.positions) - 1,
    },
)
