"""Matters that wait for a position which the chain does not have any more: a deputy can be named for it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from agreements.enums import DecisionState
from agreements.models import Decision
from core import clock
from partnerships.models import EndorsementPosition, Organisation, PositionDeputy
from partnerships.permissions.endorsement import may_edit_chain

SHOWN = 50


def waiting_for_former_positions(organisation: Organisation) -> QuerySet[Decision]:
    """Decisions under way whose next position is of an earlier version of the chain, oldest first."""
    in_force = EndorsementPosition.objects.in_force().filter(
        Q(pk=OuterRef("next_seat_id")) | Q(origin_id=OuterRef("next_seat_id")), holder_id=OuterRef("next_holder_id")
    )
    waiting = Decision.objects.filter(
        ~Exists(in_force), organisation=organisation, state=DecisionState.PENDING, next_seat__isnull=False
    )
    return waiting.select_related("call", "agreement", "mission", "next_holder").order_by("proposed_at", "pk")


def former_positions_panel(request: HttpRequest, organisation: Organisation) -> dict[str, Any] | None:
    """None where no matter waits for such a position."""
    waiting = list(waiting_for_former_positions(organisation)[:SHOWN])
    if not waiting:
        return None
    deputies: dict[int, list[PositionDeputy]] = {}
    seats = {decision.next_seat_id for decision in waiting}
    for deputy in PositionDeputy.objects.not_over(clock.today()).filter(seat__in=seats).select_related("person"):
        deputies.setdefault(deputy.seat_id, []).append(deputy)
    return {
        "organisation": organisation,
        "waiting": [(decision, deputies.get(decision.next_seat_id, [])) for decision in waiting],
        "may_edit": may_edit_chain(organisation, request.actor),
    }
