"""Where a decision stands in its chain, and whether what it asks for can still be carried out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from agreements.enums import CallState, DecisionKind
from agreements.models import Decision
from core import clock
from core.workflow import Book, Requirement


def load_decision(decision: Decision) -> Decision:
    """A decision's facts are its own row."""
    return decision


def is_in_time(decision: Decision) -> bool:
    """An addendum changes a call that is open: at the deadline it is too late, at any position of the chain."""
    if decision.kind != DecisionKind.PUBLISH_ADDENDUM:
        return True
    call = decision.call
    return call is not None and call.state == CallState.PUBLISHED and call.closes_at > clock.now()


BOOK = Book(
    load=load_decision,
    requirements={
        "addendum_in_time": Requirement(
            "addendum_in_time", _("An approval before the deadline for proposals"), is_in_time
        )
    },
    conditions={
        "positions_behind": lambda d: d.reached < len(d.positions) - 1,
        "last_position": lambda d: d.reached == len(d.positions) - 1,
    },
)
