"""The order of the list of calls: what waits for the reader first; and what comes next on each call, and when.

For agencies and OPDC: what waits for this very person (a matter to consider, reviews to give, a call past its deadline
and grace, an appeal to answer, result letters to issue), calls that close within a week, calls that are being judged,
the other open calls, drafts, other agencies' calls, and what is over. To everybody else open calls come before those
that are being judged. Within each the earliest deadline first, among what is over the latest call. The order is an
expression of the query, so that pages go on from a cursor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from agreements.call_dates import accepts_at
from agreements.enums import CallState, CapacityKind
from agreements.judges import judged_calls
from agreements.models import Call
from agreements.queries.call_public import time_left
from agreements.queries.matters import OnCalls, matters_on, matters_on_own_calls
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
    """The calls with `turn` and `turn_by` (to order by ORDER).

    What waits for this person is a few calls, asked for before: the order knows their ids.
    """
    now = clock.now()
    works = actor.is_agency or actor.is_opdc
    judging, open_calls = (JUDGING, OPEN) if works else (OPEN, JUDGING)
    published, is_over = Q(state=CallState.PUBLISHED), ~accepts_at(now)
    turn = Case(
        *_waiting(actor, published & is_over),
        When(state__in=OVER_STATES, then=OVER),
        *_of_others(actor),
        When(state__in=BEING_JUDGED, then=judging),
        *_not_closed_yet(actor, published & is_over, judging),
        When(published & Q(closes_at__lt=now + CLOSING_SOON), then=CLOSING),
        When(published, then=open_calls),
        default=DRAFT,
        output_field=IntegerField(),
    )
    turn_by = Case(When(state__in=OVER_STATES, then=Value(NO_DAY)), default=F("closes_at"))
    return calls.annotate(turn=turn, turn_by=turn_by)


def _waiting(actor: Any, to_close: Q) -> list[When]:
    """What waits for this person: calls to review, a matter in his or her position, or work of an agency's officer."""
    told = []
    if to_review := calls_to_review(actor):
        told.append(When(state=CallState.SELECTION, pk__in=to_review, then=WAITS))
    if not actor.is_agency:
        return told
    own, matters = Q(agency_id=actor.organisation_id), matters_on_own_calls(actor)
    if matters.to_consider:
        told.append(When(own, pk__in=matters.to_consider, then=WAITS))
    if actor.holds(Role.OFFICER):
        answer_due = Q(letters_issued_at=None) | Q(pk__in=matters.with_appeals)
        told.append(When(own & (to_close | Q(answer_due, state=CallState.DECIDED)), then=WAITS))
    return told


def _not_closed_yet(actor: Any, to_close: Q, turn: int) -> list[When]:
    """Calls past deadline and grace; for an officer the own ones wait already, and others' come later."""
    return [] if actor.is_agency and actor.holds(Role.OFFICER) else [When(to_close, then=turn)]


def calls_to_review(actor: Any) -> list[int]:
    """The calls (ids) that the person is to review."""
    return [pk for pk, kinds in judged_calls(actor).items() if CapacityKind.REVIEWER in kinds]


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


def tell_next(calls: Iterable[Call], actor: Any) -> None:
    """Give each call of `with_turn` what comes `next_on` it for this reader, and whether it waits `for_review`."""
    calls = list(calls)
    matters, to_review = matters_on(calls, actor), calls_to_review(actor)
    for call in calls:
        call.for_review = call.pk in to_review
        call.next_on = _next_on(call, actor, matters)


def _next_on(call: Call, actor: Any, matters: OnCalls) -> Next:
    own = actor.is_agency and call.agency_id == actor.organisation_id
    inside = own or actor.is_opdc
    if inside and call.pk in matters.to_consider:
        return Next(_("Waits for your consideration"), waits=True)
    if inside and call.pk in matters.under_consideration:
        return Next(_("Under consideration by those who decide"))
    if inside and call.state == CallState.DECIDED and call.pk in matters.with_appeals:
        return Next(_("Answer the appeals"), waits=call.turn == WAITS)
    told = _OF_STATE.get(CallState(call.state), _next_of_over)(call, own)
    return told if inside or told.waits else replace(told, late=False)  # who is late is the agency's own matter


def _next_of_draft(call: Call, own: bool) -> Next:
    return _by(_("Complete the call and propose its publication"), call.publish_on)


def _next_of_published(call: Call, own: bool) -> Next:
    when = show_moment(call.closes_at)
    if call.closes_at >= clock.now():
        return Next(_("Proposals are taken until"), when)
    if call.is_open():
        return Next(time_left(call))
    label = _("Close submissions and begin screening") if own else _("Submissions are over")
    return Next(label, when, late=own, waits=call.turn == WAITS)


def _next_of_screening(call: Call, own: bool) -> Next:
    if call.screening_by and (call.presentation_on is None or clock.today() <= call.screening_by):
        return _by(_("Check of qualifications, until"), call.screening_by)
    if call.presentation_on:
        return Next(_("Presentations from"), show_day(call.presentation_on))
    return Next(_("Check of qualifications"))


def _next_of_selection(call: Call, own: bool) -> Next:
    if call.for_review:
        return _by(_("Score the proposals"), call.decision_by, waits=True)
    return _by(_("Scores and the committee's resolution"), call.decision_by)


def _next_of_over(call: Call, own: bool) -> Next:
    decided = call.state == CallState.DECIDED
    if decided and call.turn == WAITS:  # what else of a decided call waits for an officer
        return Next(_("Issue the result letters"), waits=True)
    ended = call.decided_at if decided else call.ended_at
    return Next(_("Decided at") if decided else _("Ended at"), show_moment(ended) if ended else "")


_OF_STATE: dict[str, Callable[[Call, bool], Next]] = {
    CallState.DRAFT: _next_of_draft,
    CallState.PUBLISHED: _next_of_published,
    CallState.SCREENING: _next_of_screening,
    CallState.SELECTION: _next_of_selection,
}


def _by(label: str, on: date | None, waits: bool = False) -> Next:
    return Next(label, show_day(on) if on else "", on is not None and on < clock.today(), waits)
