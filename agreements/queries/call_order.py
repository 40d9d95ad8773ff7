"""The order of the list of calls: what waits for the reader first; and what comes next on each call, and when.

For agencies and OPDC: what waits for this very person (a matter to consider, reviews to give, a call past its deadline
and grace, an appeal to answer, result letters to issue), calls that close within a week, calls that are being judged,
the other open calls, drafts, other agencies' calls, and what is over. To everybody else open calls come before those
that are being judged. Within each the earliest deadline first, among what is over the latest call. The order is an
expression of the query, so that pages go on from a cursor.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils.translation import gettext as _

from agreements.call_dates import accepts_at
from agreements.enums import AppealState, CallState, CapacityKind, DecisionState
from agreements.models import Appeal, Call, Capacity, Decision
from agreements.queries.call_public import time_left
from agreements.queries.decisions import waiting_for
from core import clock
from core.ui import show_day, show_moment
from partnerships.enums import Role

ORDER = ("turn", "turn_by", "-pk")
CLOSING_SOON = timedelta(days=7)
WAITS, CLOSING, JUDGING, OPEN, DRAFT, OTHERS, OVER = range(7)
BEING_JUDGED = (CallState.SCREENING, CallState.SELECTION)
OVER_STATES = (CallState.DECIDED, CallState.CANCELLED, CallState.VOID)
NO_DAY = datetime(9999, 1, 1, tzinfo=UTC)  # of what is over: the latest call first


def with_turn(calls: QuerySet[Call], actor: Any) -> QuerySet[Call]:
    """The calls with `turn` and `turn_by` (to order by ORDER), `for_review`, and what else `next_on` asks for.

    What is asked of every call before the page is cut stands in lists of ids that the database makes once, not in
    questions about each.
    """
    now = clock.now()
    reviewing = Capacity.objects.current().filter(user_id=actor.user_id, kind=CapacityKind.REVIEWER)
    calls = calls.annotate(for_review=_among(reviewing), **_matters(actor))
    works = actor.is_agency or actor.is_opdc
    judging, open_calls = (JUDGING, OPEN) if works else (OPEN, JUDGING)
    published, is_over = Q(state=CallState.PUBLISHED), ~accepts_at(now)
    turn = Case(
        When(Q(for_review=True, state=CallState.SELECTION), then=WAITS),
        *_waiting(actor, now),
        When(state__in=OVER_STATES, then=OVER),
        *_of_others(actor),
        When(Q(state__in=BEING_JUDGED) | (published & is_over), then=judging),
        When(published & Q(closes_at__lt=now + CLOSING_SOON), then=CLOSING),
        When(published, then=open_calls),
        default=DRAFT,
        output_field=IntegerField(),
    )
    turn_by = Case(When(state__in=OVER_STATES, then=Value(NO_DAY)), default=F("closes_at"))
    return calls.annotate(turn=turn, turn_by=turn_by)


def _among(rows: QuerySet) -> ExpressionWrapper:
    """Whether the call is one of those that these rows name."""
    named = rows.filter(call__isnull=False).order_by().values("call")
    return ExpressionWrapper(Q(pk__in=named), output_field=BooleanField())


def _matters(actor: Any) -> dict[str, Any]:
    """What the readers of a giver's chain are told of it; to others nothing of it is said."""
    if not (actor.is_agency or actor.is_opdc):
        return {}
    pending = Decision.objects.filter(call=OuterRef("pk"), state=DecisionState.PENDING)
    answered = Decision.objects.filter(appeal=OuterRef("pk"), state=DecisionState.PENDING)
    return {
        "to_consider": _among(waiting_for(actor)),
        "under_consideration": Exists(pending),
        "has_appeals": _among(Appeal.objects.filter(~Exists(answered), state=AppealState.FILED)),
    }


def _waiting(actor: Any, now: datetime) -> list[When]:
    """What waits for this person of the agency: a matter in his or her position, or work of an officer's."""
    if not actor.is_agency:
        return []
    own = Q(agency_id=actor.organisation_id)
    told = [When(own & Q(to_consider=True), then=WAITS)]
    if actor.holds(Role.OFFICER):
        told.append(When(own & Q(state=CallState.PUBLISHED) & ~accepts_at(now), then=WAITS))
        told.append(When(own & Q(state=CallState.DECIDED, has_appeals=True), then=WAITS))
        told.append(When(own & Q(state=CallState.DECIDED, letters_issued_at=None), then=WAITS))
    return told


def _of_others(actor: Any) -> list[When]:
    """An agency works on its own calls; OPDC looks at all of them, everybody else looks for one to propose on."""
    return [When(~Q(agency_id=actor.organisation_id), then=OTHERS)] if actor.is_agency else []


# --- what comes next ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Next:
    """What comes next on a call: in words, and when in words ("" where no day is set). `late`: that day has passed."""

    label: str
    when: str = ""
    late: bool = False
    waits: bool = False


def next_on(call: Call, actor: Any) -> Next:
    """What comes next on a call of `with_turn`, for this reader; no query."""
    own = actor.is_agency and call.agency_id == actor.organisation_id
    inside = own or actor.is_opdc
    if inside and call.to_consider:
        return Next(_("Waits for your consideration"), waits=True)
    if inside and call.under_consideration:
        return Next(_("Under consideration by those who decide"))
    told = _OF_STATE.get(CallState(call.state), _next_of_over)(call, own, inside)
    return told if inside or told.waits else replace(told, late=False)  # who is late is the agency's own matter


def _next_of_draft(call: Call, own: bool, inside: bool) -> Next:
    return _by(_("Complete the call and propose its publication"), call.publish_on)


def _next_of_published(call: Call, own: bool, inside: bool) -> Next:
    when = show_moment(call.closes_at)
    if call.closes_at >= clock.now():
        return Next(_("Proposals are taken until"), when)
    if call.is_open():
        return Next(time_left(call))
    label = _("Close submissions and begin screening") if own else _("Submissions are over")
    return Next(label, when, late=own, waits=call.turn == WAITS)


def _next_of_screening(call: Call, own: bool, inside: bool) -> Next:
    if call.screening_by and (call.presentation_on is None or clock.today() <= call.screening_by):
        return _by(_("Check of qualifications, until"), call.screening_by)
    if call.presentation_on:
        return Next(_("Presentations from"), show_day(call.presentation_on))
    return Next(_("Check of qualifications"))


def _next_of_selection(call: Call, own: bool, inside: bool) -> Next:
    if call.for_review:
        return _by(_("Score the proposals"), call.decision_by, waits=True)
    return _by(_("Scores and the committee's resolution"), call.decision_by)


def _next_of_over(call: Call, own: bool, inside: bool) -> Next:
    decided = call.state == CallState.DECIDED
    if decided and inside and call.has_appeals:
        return Next(_("Answer the appeals"), waits=call.turn == WAITS)
    if decided and call.turn == WAITS:  # what else of a decided call waits for an officer
        return Next(_("Issue the result letters"), waits=True)
    ended = call.decided_at if decided else call.ended_at
    return Next(_("Decided at") if decided else _("Ended at"), show_moment(ended) if ended else "")


_OF_STATE: dict[str, Callable[[Call, bool, bool], Next]] = {
    CallState.DRAFT: _next_of_draft,
    CallState.PUBLISHED: _next_of_published,
    CallState.SCREENING: _next_of_screening,
    CallState.SELECTION: _next_of_selection,
}


def _by(label: str, on: date | None, waits: bool = False) -> Next:
    return Next(label, show_day(on) if on else "", on is not None and on < clock.today(), waits)
