"""OPDC's log of talks, filtered; whose next step is due."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from core import clock
from partnerships.enums import TalkOutcome
from partnerships.models import Talk

TONES = {
    TalkOutcome.ONGOING: "now",
    TalkOutcome.AGREED: "good",
    TalkOutcome.DEFERRED: "wait",
    TalkOutcome.DECLINED: "stop",
}
OPEN = (TalkOutcome.ONGOING, TalkOutcome.DEFERRED)


def with_next_step(actor: Any) -> QuerySet[Talk]:
    """Open talks for which a next step is dated."""
    return Talk.objects.visible_to(actor).filter(outcome__in=OPEN, next_on__isnull=False)


def talks_for(actor: Any, *, agency: Any = None, outcome: str = "", due: bool = False) -> QuerySet[Talk]:
    """The log, narrowed by agency and outcome, or to those whose next step is due today or earlier."""
    rows = with_next_step(actor).filter(next_on__lte=clock.today()) if due else Talk.objects.visible_to(actor)
    if agency:
        rows = rows.filter(agency=agency)
    if outcome:
        rows = rows.filter(outcome=outcome)
    return rows.select_related("agency", "partner", "mission", "recorded_by")
