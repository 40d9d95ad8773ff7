"""Steps on a proposal's way that its timeline and the list of one's own proposals both tell; how a plan is dated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from agreements.enums import TAKES_PAPER, CallState, ProposalState
from agreements.models import Call, Proposal
from agreements.queries.call_public import taken_until
from core import clock
from core.ui import show_date, show_day, show_moment
from partnerships.enums import Form

WRITTEN = (ProposalState.DRAFT, ProposalState.WITHDRAWN)
JUDGED_OUT = (ProposalState.INELIGIBLE, ProposalState.NOT_SELECTED, ProposalState.RESERVE)
DONE, NOW, LATER, STOPPED = "done", "now", "later", "stopped"


@dataclass(frozen=True)
class Step:
    """One step. `state`: done, now, later or stopped; `when`: the day or time in words, "" where none is known;
    `is_planned`: the date is a plan of the call's; `note`: a sentence more."""

    code: str
    label: str
    state: str
    when: str = ""
    note: str = ""
    is_planned: bool = False
    url: str = ""


def set_aside() -> Step:
    """What was written online and not submitted before the organisation came on paper."""
    return Step("set_aside", _("Set aside: your organisation's proposal on paper took its place"), STOPPED)


def called_off(call: Call) -> Step:
    label = _("The call was cancelled") if call.state == CallState.CANCELLED else _("The call was declared void")
    when = show_moment(call.ended_at) if call.ended_at else ""
    return Step("called_off", label, STOPPED, when, call.cancel_reason)


def being_entered(call: Call) -> Step:
    """A paper that came in time is entered and confirmed after the deadline too, until the judging begins."""
    if call.state in TAKES_PAPER:
        return Step("paper", _("The agency enters it from the paper"), NOW)
    return Step("paper", _("The agency did not confirm the entry from the paper"), STOPPED)


def has_presentation(call: Call) -> bool:
    return call.form == Form.PBC or call.presentation_on is not None


def books_time(proposal: Proposal) -> bool:
    """Invited to choose a time from the call's calendar (§3.2 step 3)."""
    return proposal.presentation_invited_at is not None and proposal.call.form == Form.PBC


def choosing_time() -> Step:
    return Step("presentation", _("Choose the time of the presentation"), NOW)


def planned(code: str, label: str, at: datetime | date | None, state: str = LATER) -> Step:
    """By the call's plan; one whose day has passed says so."""
    if at is None:
        return Step(code, label, state)
    when = show_date(at)
    if is_past(at):
        return Step(code, label, state, _("past the planned date (%(when)s)") % {"when": when})
    return Step(code, label, state, when, is_planned=True)


def presenting(code: str, label: str, on: date | None, state: str = LATER) -> Step:
    """Planned is the first day of presentations, not the last."""
    if on is None:
        return Step(code, label, state)
    text = _("past the planned beginning (%(day)s)") if is_past(on) else _("planned from %(day)s")
    return Step(code, label, state, text % {"day": show_day(on)})


def screened_by(call: Call) -> datetime | date | None:
    """Until when qualifications are checked; where the call does not say, from when."""
    return call.screening_by or (taken_until(call) if call.is_open() else None)


def is_past(at: datetime | date) -> bool:
    return at < clock.now() if isinstance(at, datetime) else at < clock.today()
