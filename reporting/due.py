"""What is due, soon or overdue: computed when read, here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q

from agreements.enums import InstalmentState, Standing
from core import clock
from evaluations.enums import RoundState

SOON = timedelta(days=14)
UNPAID = (InstalmentState.PLANNED, InstalmentState.REQUESTED, InstalmentState.CHECKED, InstalmentState.APPROVED)


@dataclass(frozen=True)
class Due:
    """A day by which something is wanted, with the moment `at` where the hour matters. `days` from today, negative
    when it has passed."""

    on: date
    days: int
    at: datetime | None = None

    @property
    def state(self) -> str:
        """overdue, soon (within 14 days) or later."""
        if self.days < 0:
            return "overdue"
        return "soon" if self.days <= SOON.days else "later"

    @property
    def late_by(self) -> int:
        """Days past, 0 when it is not overdue."""
        return max(-self.days, 0)


def due_of(on: date | None, today: date | None = None, at: datetime | None = None) -> Due | None:
    """How a due date stands today; the day itself is not overdue yet."""
    return None if on is None else Due(on, (on - (today or clock.today())).days, at)


def overdue_instalments(today: date) -> Q:
    """Instalments of agreements in force whose day has passed and that are not paid."""
    return Q(due_on__lt=today, state__in=UNPAID, agreement__standing=Standing.IN_FORCE)


def past_their_end(today: date) -> Q:
    """Agreements in force whose period is over and that are not closed."""
    return Q(ends_on__lt=today, standing=Standing.IN_FORCE)


def overdue_rounds(today: date) -> Q:
    """Rounds of agreements in force whose day has passed and that are not accepted."""
    return Q(due_on__lt=today, state=RoundState.OPEN, agreement__standing=Standing.IN_FORCE)
