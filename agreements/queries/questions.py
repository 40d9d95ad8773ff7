"""Questions of a call as each reader may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import F, QuerySet

from agreements.actions.questions import may_see_questions, rule_to_ask
from agreements.models import Call, CallQuestion
from agreements.queries.call_public import told_questions
from core.workflow import judge


def questions_visible_to(actor: Any) -> QuerySet[CallQuestion]:
    """Questions with who asked them: to the people of the call's agency alone."""
    if actor.organisation_id is None:
        return CallQuestion.objects.none()
    rows = CallQuestion.objects.filter(call__agency_id=actor.organisation_id)
    return rows.select_related("call", "asked_by", "organisation", "answered_by")


def questions_context(call: Call, actor: Any) -> dict[str, Any]:
    """What the card `_call_questions.html` takes besides `public`: may this person ask, what has he or she asked.

    `own_questions`: the person's questions that wait for an answer; `unanswered`: how many wait, to the agency alone.
    """
    if may_see_questions(call, actor):
        return {"unanswered": sum(row.answered_at is None for row in told_questions(call)), "sees_questions": True}
    if actor.user_id is None:
        return {}
    judgement = judge(call, rule_to_ask(call), actor)
    waiting = CallQuestion.objects.filter(call=call, answered_at__isnull=True)
    return {
        "may_ask": judgement.open,
        "why_not_ask": judgement.why_not_you if judgement.now else "",
        "own_questions": list(waiting.filter(asked_by_id=actor.user_id).order_by("asked_at", "pk")),
    }


def questions_of(call: Call, actor: Any) -> QuerySet[CallQuestion]:
    """All of a call's questions for its agency: those that wait first, then the latest answers."""
    rows = questions_visible_to(actor).filter(call=call)
    return rows.order_by(F("answered_at").desc(nulls_first=True), "asked_at", "pk")
