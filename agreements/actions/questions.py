"""Questions on a call: asked by log-in until the cut-off, answered once and to everybody (§3.2 steps 1-2).

An answer is never changed: what turns out wrong is put right by an addendum, or by another question that is answered.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as text_now
from django.utils.translation import gettext_lazy as _

from agreements.enums import CallState
from agreements.models import Call, CallQuestion
from agreements.permissions.judging import why_judge_works_not
from agreements.queries.call_people import concerned_with
from core import clock
from core.settings_catalogue import value_of
from core.ui import show_moment
from core.workflow import Rule, Stamp, birth, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.permissions import works_for

QUESTION_MAX = 2000  # characters
ANSWER_MAX = 8000  # characters
PER_DAY = "agreements.questions_per_day"


def may_ask(call: Call, actor: Any) -> bool:
    """Whoever is logged in, but the agency's own people; on a direct call those who are invited."""
    if actor.user_id is None or actor.organisation_id == call.agency_id:
        return False
    return call.admits(actor.organisation_id)


def question_officer(question: CallQuestion, actor: Any) -> bool:
    return works_for(question.call.agency_id, actor, Role.OFFICER)


def may_see_questions(call: Call, actor: Any) -> bool:
    """Who asked, and what is not answered yet: the agency's own people."""
    return actor.organisation_id is not None and actor.organisation_id == call.agency_id


def _asked_enough(call: Call, actor: Any) -> Any:
    """The organisation's (or, without one, the person's) questions of today on this call are limited."""
    if actor.user_id is None:
        return None
    most = value_of(PER_DAY)
    rows = CallQuestion.objects.filter(call=call, asked_at__gte=_start_of_today())
    who = {"organisation_id": actor.organisation_id} if actor.organisation_id else {"asked_by_id": actor.user_id}
    if rows.filter(**who).count() < most:
        return None
    facts = {"number": most}
    return text_now("%(number)s questions a day may be asked on a call. Please ask again tomorrow.") % facts


def _start_of_today() -> datetime:
    return datetime.combine(clock.today(), time.min, tzinfo=clock.BANGKOK)


ASK = Rule("ask", _("Ask a question"), role=may_ask, when=lambda call: call.takes_questions(), unless=_asked_enough)
ANSWER = Rule(
    "answer",
    _("Answer the question"),
    role=question_officer,
    when=lambda question: question.answered_at is None and question.call.state == CallState.PUBLISHED,
    not_now=_("This question has been answered, or the call takes no proposals any more. An answer is not changed."),
    unless=why_judge_works_not,
)


def rule_to_ask(call: Call) -> Rule:
    """The rule with what to say when it is too late: the time of the cut-off."""
    until = show_moment(call.questions_until or call.closes_at)
    late = text_now(
        "Questions on this call were taken until %(until)s. Please telephone the agency where something is unclear."
    )
    return replace(ASK, not_now=late % {"until": until})


def ask_question(*, call: Call, text: str, by: Actor, stamp: Stamp | None = None) -> CallQuestion:
    """Put a question to the agency; its officers are told.

    The call is not locked: many ask at the same time, and nothing of the call changes. text: 1 to QUESTION_MAX
    characters. Raises NotNow with the time of the cut-off, NotYou (with the reason) past the limit of the day,
    ValidationError at `text`.
    """
    text = _checked("text", text, QUESTION_MAX)
    with birth(rule_to_ask(call), by=by, about=call, stamp=stamp) as door:
        question = CallQuestion(call=call, text=text, asked_by=by.user, asked_at=clock.now())
        question.organisation_id = by.organisation_id
        question.save()
        door.root, door.subject = call, question
        door.payload.update(question=question.pk)
        officers = {call.officer_id, *people_in_roles([call.agency_id], Role.OFFICER)}
        tell(door, sorted(officers), kind="call.question", about=call, question=text)
    return question


def answer_question(*, question: CallQuestion, answer: str, by: Actor, stamp: Stamp | None = None) -> CallQuestion:
    """Answer once, to everybody; everyone concerned with the call is told, whoever asked among them.

    answer: 1 to ANSWER_MAX characters. Raises NotNow for one that was answered, ValidationError at `answer`.
    """
    answer = _checked("answer", answer, ANSWER_MAX)
    with pass_door(question, ANSWER, by=by, stamp=stamp, root=question.call) as door:
        asked = door.subject
        asked.answer, asked.answered_by, asked.answered_at = answer, by.user, clock.now()
        door.payload.update(question=asked.pk)
        told = {"question": asked.text, "answer": answer}
        tell(door, concerned_with(door.root), kind="call.answered", about=door.root, **told)
    return asked


def _checked(field: str, text: str, most: int) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({field: _("Please fill in this field.")})
    if len(text) > most:
        raise ValidationError({field: _("At most %(most)s characters.") % {"most": f"{most:,}"}})
    return text
