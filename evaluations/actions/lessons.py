"""Lessons of working together (§4 step 8): written by either side, concluded by the giver's officer."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from agreements.actions.clearances import record_clearance
from agreements.enums import ClearanceKind, Side, Standing, Verdict
from agreements.models import Agreement, Clearance
from agreements.models.agreement import LAST_STEPS
from agreements.permissions.agreements import either_side_writer, giver_officer
from core import clock
from core.workflow import Requirement, Rule, Stamp, pass_door
from evaluations.models import Lesson
from partnerships.actors import Actor

CONCLUDE_AT = frozenset({*LAST_STEPS, "pbc_8_final_evaluation"})


def are_concluded(agreement: Agreement) -> bool:
    return agreement.clearances.filter(kind=ClearanceKind.LESSONS).exists()


def is_gathering(agreement: Agreement) -> bool:
    """Lessons are gathered on the way, from signing until they are concluded."""
    return agreement.standing == Standing.IN_FORCE and not are_concluded(agreement)


def may_conclude_now(agreement: Agreement) -> bool:
    return agreement.step in CONCLUDE_AT and is_gathering(agreement)


RECORD_LESSON = Rule("record_lesson", _("Record a lesson"), either_side_writer, when=is_gathering)
CONCLUDE = Rule("conclude_lessons", _("Conclude the lessons"), giver_officer, when=may_conclude_now)

_SIDES = (
    (Side.GIVER, Requirement("giver_lesson", _("A lesson seen by the mission giver"), bool, where="lessons")),
    (Side.RECEIVER, Requirement("receiver_lesson", _("A lesson seen by the mission receiver"), bool, where="lessons")),
)


def lessons_missing(agreement: Agreement) -> Iterable[Requirement]:
    """What is wanting before the lessons can be concluded: at least one of each side."""
    seen_by = set(Lesson.objects.filter(agreement=agreement).order_by().values_list("side", flat=True))
    return [requirement for side, requirement in _SIDES if side not in seen_by]


def record_lesson(*, agreement: Agreement, kind: str, text: str, by: Actor, stamp: Stamp | None = None) -> Lesson:
    """Write down a problem, obstacle, limit, improvement or recommendation, as one's side sees it."""
    with pass_door(agreement, RECORD_LESSON, by=by, stamp=stamp) as door:
        lesson = Lesson.objects.create(
            agreement=door.root,
            kind=kind,
            text=text,
            side=door.root.side_of(by.organisation_id),
            recorded_by=by.user,
            recorded_at=clock.now(),
        )
        door.payload.update(lesson=lesson.pk, kind=kind, side=lesson.side)
    return lesson


def conclude_lessons(*, agreement: Agreement, by: Actor, stamp: Stamp | None = None) -> Clearance:
    """Conclude the lessons at the end of the work: the agreement gets its clearance, once.

    Raises NotNow, NotYou, Missing (a lesson of each side), Stale, AlreadyDone.
    """
    return record_clearance(
        agreement=agreement,
        kind=ClearanceKind.LESSONS,
        ordinal=1,
        verdict=Verdict.PASS,
        by=by,
        rule=CONCLUDE,
        stamp=stamp,
        still_missing=lessons_missing,
    )
