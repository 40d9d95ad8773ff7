"""What the endorsement chain returned to its officer, while it waits to be sent again: who, when, and the words."""

from __future__ import annotations

from collections.abc import Iterable

from agreements.enums import CallState, DecisionAct, DecisionKind, DecisionState
from agreements.models import Call, Decision, DecisionStep
from core import clock

SENT_AGAIN = {
    CallState.DRAFT: DecisionKind.PUBLISH_CALL,
    CallState.PUBLISHED: DecisionKind.PUBLISH_ADDENDUM,
    CallState.SELECTION: DecisionKind.SELECT_PROPOSALS,
}


def sent_again(call: Call) -> str:
    """The kind of matter that can come back to the officer of a call in this state; "" where there is none.

    An addendum that was not decided before the deadline is never sent again.
    """
    kind = SENT_AGAIN.get(CallState(call.state), "")
    return "" if kind == DecisionKind.PUBLISH_ADDENDUM and call.closes_at <= clock.now() else kind


def returned_among(call: Call, decisions: Iterable[Decision]) -> DecisionStep | None:
    """As `returned_to_officer`, asking nothing where these decisions, which hold all of that kind, tell of none."""
    of_kind = [row for row in decisions if row.kind == sent_again(call)]
    latest = max(of_kind, key=lambda row: row.pk, default=None)
    return returned_to_officer(call) if latest and latest.state == DecisionState.RETURNED else None


def returned_to_officer(call: Call) -> DecisionStep | None:
    """How the call's latest matter came back, with the comment; None where it is on its way or decided (one query)."""
    latest = call.decisions.filter(kind=sent_again(call)).order_by("-pk").values("pk")[:1]
    steps = DecisionStep.objects.filter(
        act=DecisionAct.RETURNED, decision__state=DecisionState.RETURNED, decision__in=latest
    )
    return steps.select_related("decision").order_by("-pk").first()
