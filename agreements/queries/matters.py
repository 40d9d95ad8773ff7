"""Matters under consideration: which wait for this very person, and which calls have one on its way.

A page asks once for what is pending in the organisation acted for (few rows, few fields), and settles in Python whose
turn it is: the lists of calls and of work ask for nothing more of whom no matter waits for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q

from agreements.enums import HOLDS_NOTHING_UP, JUDGED_KINDS, AppealState, DecisionState
from agreements.judges import calls_left_to_others
from agreements.models import Appeal, Call, Decision
from core import clock
from partnerships.enums import Role
from partnerships.models import PositionDeputy


class Pending(NamedTuple):
    """A decision that is under consideration: what it is about, whose turn it is, and who has had his or hers."""

    pk: int
    kind: str
    call_id: int | None
    appeal_id: int | None
    next_holder_id: int | None
    next_seat_id: int | None
    proposed_by_id: int
    last_by_id: int | None


def pending_in(actor: Any) -> list[Pending]:
    """Of the organisation acted for, the oldest first."""
    if actor.organisation_id is None:
        return []
    return actor.once("pending matters", lambda: _pending(actor.organisation_id))


def _pending(organisation_id: int) -> list[Pending]:
    rows = Decision.objects.filter(organisation_id=organisation_id, state=DecisionState.PENDING)
    return [Pending(*row) for row in rows.order_by("proposed_at", "pk").values_list(*Pending._fields)]


def waiting_matters(actor: Any) -> list[Pending]:
    """Those whose next position is this person's, as its holder or as a deputy whose time it is, the oldest first.

    Never one that he or she proposed, nor one in which he or she acted last: the next position is another's. Nor one
    about the selection on a call that he or she judged or prepared.
    """
    if actor.user_id is None:
        return []
    return actor.once("waiting matters", lambda: _waiting(actor))


def _waiting(actor: Any) -> list[Pending]:
    others = [row for row in pending_in(actor) if actor.user_id not in (row.proposed_by_id, row.last_by_id)]
    seats = _deputised(actor.user_id, {row.next_seat_id for row in others} - {None})
    found = [row for row in others if _is_turn_of(actor, row, seats)]
    judged = {row.call_id for row in found if row.kind in JUDGED_KINDS} - {None}
    left = _left_to_others(actor, judged)
    return [row for row in found if row.kind not in JUDGED_KINDS or row.call_id not in left]


def _is_turn_of(actor: Any, row: Pending, seats: Collection[int]) -> bool:
    if row.next_holder_id is None and actor.holds(Role.EXECUTIVE):
        return True
    return row.next_holder_id == actor.user_id or row.next_seat_id in seats


def _deputised(user_id: int, seats: Collection[int]) -> set[int]:
    """Which of these seats the person stands in for today."""
    if not seats:
        return set()
    current = PositionDeputy.objects.current(clock.today()).filter(seat__in=seats, person_id=user_id)
    return set(current.values_list("seat_id", flat=True))


def _left_to_others(actor: Any, calls: Collection[int]) -> Collection[int]:
    """Of these calls those on whose selection the person does not decide."""
    if not calls:
        return ()
    prepared = Call.objects.filter(pk__in=calls).prepared_by(actor.user_id).values_list("pk", flat=True)
    return calls_left_to_others(actor).union(prepared)


# --- what the list of calls says of them ----------------------------------------------------------------------------


@dataclass(frozen=True)
class OnCalls:
    """Of calls (ids): a matter waits for this person; one is under consideration; an appeal waits for its answer."""

    to_consider: frozenset[int] = frozenset()
    under_consideration: frozenset[int] = frozenset()
    with_appeals: frozenset[int] = frozenset()


def matters_on_own_calls(actor: Any) -> OnCalls:
    """Of all calls of the agency acted for."""
    return actor.once("matters on own calls", lambda: _on_own_calls(actor))


def _on_own_calls(actor: Any) -> OnCalls:
    pending = pending_in(actor)
    waiting = (row.call_id for row in waiting_matters(actor))
    appeals = _filed(Q(call__agency=actor.organisation_id))
    return _on_calls(waiting, ((row.call_id, row.appeal_id, row.kind) for row in pending), appeals)


def matters_on(calls: Iterable[Call], actor: Any) -> OnCalls:
    """Of these calls, for a reader of the giver's chain; to others nothing of it is said."""
    if actor.is_agency:
        return matters_on_own_calls(actor)
    if not actor.is_opdc:
        return OnCalls()
    shown = [call.pk for call in calls]
    pending = Decision.objects.filter(call__in=shown, state=DecisionState.PENDING)
    waiting = (row.call_id for row in waiting_matters(actor))
    return _on_calls(waiting, pending.values_list("call_id", "appeal_id", "kind"), _filed(Q(call__in=shown)))


def _filed(where: Q) -> Iterable[tuple[int, int]]:
    return Appeal.objects.filter(where, state=AppealState.FILED).order_by().values_list("pk", "call_id")


def _on_calls(waiting: Iterable[Any], pending: Iterable[tuple[Any, ...]], filed: Iterable[tuple[int, int]]) -> OnCalls:
    pending = list(pending)
    answered = {appeal for _call, appeal, _kind in pending}
    return OnCalls(
        frozenset(waiting) - {None},
        frozenset(call for call, _appeal, kind in pending if kind not in HOLDS_NOTHING_UP) - {None},
        frozenset(call for appeal, call in filed if appeal not in answered),
    )
