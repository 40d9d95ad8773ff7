"""Who may evaluate. Predicates over a round and an actor; denied unless given."""

from __future__ import annotations

from typing import Any

from agreements.enums import CapacityKind
from agreements.permissions import giver_executive, giver_officer, receiver_staff


def round_officer(evaluation_round: Any, actor: Any) -> bool:
    return giver_officer(evaluation_round.agreement, actor)


def round_executive(evaluation_round: Any, actor: Any) -> bool:
    return giver_executive(evaluation_round.agreement, actor)


def round_receiver(evaluation_round: Any, actor: Any) -> bool:
    return receiver_staff(evaluation_round.agreement, actor)


def round_external_evaluator(evaluation_round: Any, actor: Any) -> bool:
    """An external evaluator invited to the agreement, who belongs to none of its parties."""
    if actor.user_id is None or evaluation_round.agreement.side_of(actor.organisation_id) is not None:
        return False
    capacities = evaluation_round.agreement.capacities.current()
    return capacities.filter(user_id=actor.user_id, kind=CapacityKind.EVALUATOR).exists()
