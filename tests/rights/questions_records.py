"""A call as it takes questions or does not, and a question in each of its states."""

from __future__ import annotations

from datetime import timedelta

from agreements.actions.call_endings import cancel_call
from agreements.actions.questions import answer_question, ask_question
from agreements.models import Call, CallQuestion
from core import clock
from tests.cast import Cast
from tests.rights import questions_attempts, questions_table
from tests.world import World


def make_call(cast: Cast, state: str) -> Call:
    world = World(cast)
    if state == "draft":
        return world.draft_call()
    call = world.published_call()
    if state == "cut_off":
        Call.objects.filter(pk=call.pk).update(questions_until=clock.real_now() - timedelta(seconds=1))
    return _ended(world, call, state)


def make_direct_call(cast: Cast, state: str) -> Call:
    invited = [cast.organisations["partner"]]
    return World(cast).published_call(procedure="direct", procedure_reason="มีความชำนาญเฉพาะ", invited=invited)


def make_question(cast: Cast, state: str) -> CallQuestion:
    world = World(cast)
    call = world.published_call()
    question = ask_question(call=call, text="ส่งเอกสารทางไปรษณีย์ได้หรือไม่", by=cast.partner_staff.actor)
    if state == "answered":
        answer_question(question=question, answer="ได้", by=cast.officer.actor)
    _ended(world, call, state.removeprefix("asked, call "))
    return world.again(question)


def _ended(world: World, call: Call, state: str) -> Call:
    if state == "closed":
        world.closed_call(call)
    if state == "cancelled":
        cancel_call(call=world.again(call), reason="งบประมาณถูกปรับลด", by=world.act("executive"))
    return world.again(call)


KINDS = {
    "asking": (
        questions_table.ASKING_STATES,
        questions_table.ASKING_RIGHTS,
        questions_attempts.ASKING,
        make_call,
    ),
    "asking, invited": (
        {"invited"},
        questions_table.INVITED_RIGHTS,
        questions_attempts.ASKING,
        make_direct_call,
    ),
    "question": (
        questions_table.QUESTION_STATES,
        questions_table.QUESTION_RIGHTS,
        questions_attempts.QUESTION,
        make_question,
    ),
}
