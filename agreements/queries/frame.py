"""Where a collaboration stands in the eight steps of §4: derived from what is on record, never a second state.

                    Grant                    PBC                      Commissioning
1-2 form, approach  before 1                 before 1                 before 1
3 receiver          1-2                      1-4                      before 1
4 discussion        to leave 2               to leave 4               vision, priorities; selection of the cycle
5 signed, public    to leave 2               to leave 4               to leave 1
6 committee, plan   record or waiver; plan   record or waiver; plan   formal body; plan of the cycle
7 activities        4                        5-7                      5
8 evaluation        throughout 4, to close   6, 8; lessons in 9       6
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.enums import ClearanceKind, NoteKind, Standing, Verdict
from agreements.queries.facts import AgreementFacts
from agreements.sequences import STEP_BY_CODE
from agreements.sequences.frame import FRAME
from partnerships.enums import ApproachOrigin, ApproachStage, Form

DONE, PARTLY, NOT_YET, NOT_NEEDED = "done", "partly", "not_yet", "not_needed"
Answer = tuple[str, str]

DISCUSSION = (NoteKind.VISION, NoteKind.PRIORITIES, NoteKind.SELECTION, NoteKind.DRAFT)
# Steps of each form in which the activities run, and those in which something is evaluated.
ACTIVITY_STEPS = {Form.GRANT: (4,), Form.PBC: (5, 6, 7), Form.COMMISSIONING: (5,)}
EVALUATION_STEPS = {Form.GRANT: (4,), Form.PBC: (6, 7, 8, 9), Form.COMMISSIONING: (6,)}


@dataclass(frozen=True)
class FrameStep:
    """One of the eight: state is done, partly, not_yet or not_needed; `url` leads to where it is recorded."""

    number: int
    title: str
    state: str
    reason: str = ""
    url: str = ""


def frame_of(facts: AgreementFacts, mission: Any, *, mission_url: str = "", page: str = "") -> list[FrameStep]:
    """The eight steps of an agreement; `page` is the address that the anchors are on."""
    answers = (
        _form(mission),
        approach_answer(mission.approach),
        _receiver(facts),
        _discussion(facts),
        _signed(facts),
        _committee_and_plan(facts),
        _activities(facts),
        _evaluation(facts),
    )
    places = (mission_url, mission_url, mission_url, "#notes", "#text", "#plan", "#money", "#evaluations")
    steps = []
    for title, (state, reason), place in zip(FRAME, answers, places, strict=True):
        url = f"{page}{place}" if place.startswith("#") else place
        steps.append(FrameStep(title.number, title.title, state, reason, url))
    return steps


def _form(mission: Any) -> Answer:
    return (DONE, mission.get_form_display()) if mission.form else (NOT_YET, "")


def approach_answer(approach: Any) -> Answer:
    """Needed only where the agency has no such policy yet; else the reason is kept (`approach`: None if not recorded).

    From inside it is done when it is policy, from outside also when the talks came to a result.
    """
    if approach is None:
        return NOT_YET, ""
    if approach.origin == ApproachOrigin.NOT_NEEDED:
        return NOT_NEEDED, approach.reason
    settled = approach.policy_title or (approach.origin == ApproachOrigin.OUTSIDE and approach.note)
    if settled:
        return DONE, approach.get_origin_display()
    return PARTLY, ApproachStage(approach.stage).label if approach.stage else approach.get_origin_display()


def _receiver(facts: AgreementFacts) -> Answer:
    return (DONE, "") if facts.receivers else (NOT_YET, "")


def _discussion(facts: AgreementFacts) -> Answer:
    if facts.form == Form.COMMISSIONING:
        held = [
            facts.noted(NoteKind.VISION),
            facts.noted(NoteKind.PRIORITIES),
            facts.noted(NoteKind.SELECTION, facts.cycle),
        ]
    else:
        held = [facts.noted(kind) for kind in DISCUSSION]
    return _share(sum(held), len(held), _("%(done)s of %(all)s notes confirmed by both sides"))


def _share(done: int, total: int, words: str) -> Answer:
    state = DONE if done == total else PARTLY if done else NOT_YET
    return state, (words % {"done": done, "all": total}) if state == PARTLY else ""


def _signed(facts: AgreementFacts) -> Answer:
    if facts.signed and facts.public:
        return DONE, ""
    if facts.signed:
        return PARTLY, _("signed, not made public yet")
    return (PARTLY, _("waits for signatures")) if facts.text_ready else (NOT_YET, "")


def _committee_and_plan(facts: AgreementFacts) -> Answer:
    body = facts.has_formal_body and facts.body_sides == 2 if facts.form == Form.COMMISSIONING else facts.has_committee
    if body and facts.plan_approved:
        return DONE, ""
    if not body:
        return (PARTLY, _("committee not settled yet")) if facts.plan_outlined else (NOT_YET, "")
    return PARTLY, _("plan not approved yet") if facts.plan_outlined else _("no plan yet")


def _activities(facts: AgreementFacts) -> Answer:
    number, steps = STEP_BY_CODE[facts.step].number, ACTIVITY_STEPS[Form(facts.form)]
    if facts.standing == Standing.CLOSED or number > steps[-1]:
        return DONE, ""
    if facts.form == Form.GRANT and facts.noted(NoteKind.WORK_COMPLETED):
        return DONE, ""
    return (PARTLY, "") if number in steps else (NOT_YET, "")


def _evaluation(facts: AgreementFacts) -> Answer:
    if facts.form == Form.COMMISSIONING:
        return _cycle_evaluation(facts)
    final = (ClearanceKind.FINAL, 1) in facts.verdicts
    lessons = (ClearanceKind.LESSONS, 1) in facts.verdicts
    if final and lessons:
        return DONE, ""
    reasons: list[tuple[bool, Callable[[], str]]] = [
        (final, lambda: _("lessons not recorded yet")),
        (_under_way(facts), lambda: ""),
    ]
    return next(((PARTLY, reason()) for true, reason in reasons if true), (NOT_YET, ""))


def _under_way(facts: AgreementFacts) -> bool:
    return bool(facts.verdicts) or STEP_BY_CODE[facts.step].number in EVALUATION_STEPS[Form(facts.form)]


def _cycle_evaluation(facts: AgreementFacts) -> Answer:
    """Done when the current cycle is judged, and at the end of the partnership when its lessons are there."""
    if facts.cycle_verdict is None:
        return (PARTLY, "") if _under_way(facts) else (NOT_YET, "")
    if facts.cycle_verdict == Verdict.CONCLUDE and (ClearanceKind.LESSONS, 1) not in facts.verdicts:
        return PARTLY, _("lessons not recorded yet")
    return DONE, ""
