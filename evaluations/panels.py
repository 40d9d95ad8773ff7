"""The part of the agreement's page that this floor draws."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from agreements.models import Agreement
from core.workflow import judge
from evaluations.actions.lessons import CONCLUDE, RECORD_LESSON, are_concluded, lessons_missing
from evaluations.actions.rounds import OPEN_ROUND, round_wanted
from evaluations.enums import RoundKind
from evaluations.queries.rounds import lessons_by_kind, rounds_of


def evaluations_panel(request: HttpRequest, agreement: Agreement) -> dict[str, Any] | None:
    """Rounds and lessons of the agreement; nothing before it is signed."""
    if agreement.signed_at is None:
        return None
    actor = request.actor
    concluding = judge(agreement, CONCLUDE, actor)
    may_conclude = concluding.now and concluding.you
    wanted = round_wanted(agreement)
    return {
        "agreement": agreement,
        "rounds": list(rounds_of(agreement)),
        "may_open": judge(agreement, OPEN_ROUND, actor).open,
        "wanted": RoundKind(wanted[0]).label if wanted else "",
        "groups": lessons_by_kind(agreement),
        "may_record": judge(agreement, RECORD_LESSON, actor).open,
        "may_conclude": may_conclude,
        "lessons_missing": list(lessons_missing(agreement)) if may_conclude else [],
        "concluded": are_concluded(agreement),
    }
