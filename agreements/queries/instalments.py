"""One instalment as a page shows it: its terms, and who did what on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.enums import InstalmentState
from agreements.models import Instalment
from core.thai import baht
from core.ui import show_day


@dataclass(frozen=True)
class WayPoint:
    """A step of the way: done (with name and day) or still to come."""

    label: str
    done: bool
    name: str = ""
    on: Any = None
    note: str = ""


def answers_of(instalment: Instalment) -> list[tuple[str, Any]]:
    """What is confirmed by a move: rows of label and value for `{% check_answers %}`."""
    return [
        (_("Agreement"), instalment.agreement.title),
        (_("Instalment"), instalment.ordinal),
        (_("Amount"), f"{baht(instalment.amount)} {_('baht')}"),
        (_("Due on"), show_day(instalment.due_on)),
        (_("Source of money"), instalment.get_source_display()),
        (_("Work and condition"), instalment.condition),
        (_("State"), instalment.get_state_display()),
    ]


def steps_of_instalment(instalment: Instalment) -> list[WayPoint]:
    """The five steps of the way in order, with person and day where they were done; void has none to come."""
    rows = [
        (_("Requested"), "requested", ""),
        (_("Checked and accepted"), "checked", instalment.check_note),
        (_("Approved"), "approved", ""),
        (_("Paid"), "paid", ""),
        (_("Receipt confirmed"), "received", instalment.receipt_number),
    ]
    points = [_point(instalment, label, name, note) for label, name, note in rows]
    return [point for point in points if point.done or instalment.state != InstalmentState.VOID]


def _point(instalment: Instalment, label: str, name: str, note: str) -> WayPoint:
    person, day = getattr(instalment, f"{name}_by"), getattr(instalment, f"{name}_on")
    done = person is not None or (instalment.entered_later and day is not None)
    return WayPoint(label, done, str(person or ""), day, note if done else "")
