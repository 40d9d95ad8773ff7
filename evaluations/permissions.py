"""Who may evaluate. Predicates over a round and an actor; denied unless given."""

from __future__ import annotations

from typing import Any

from agreements.enums import CapacityKind, Side
from agreements.permissions.agreements import giver_executive, giver_officer, receiver_staff
from evaluations.enums import Perspective, RoundKind


def round_officer(evaluation_round: Any, actor: Any) -> bool:
    return giver_officer(evaluation_round.agreement, actor)


def round_executive(evaluation_round: Any, actor: Any) -> bool:
    return giver_executive(evaluation_round.agreement, actor)


def round_accepter(evaluation_round: Any, actor: Any) -> bool:
    """The giver's executive, unless he or she proposed the verdict (nobody approves own work)."""
    return round_executive(evaluation_round, actor) and evaluation_round.verdict_by_id != actor.user_id


def round_returner(evaluation_round: Any, actor: Any) -> bool:
    """The executive sends a verdict back; the officer takes it back."""
    return round_executive(evaluation_round, actor) or round_officer(evaluation_round, actor)


def round_receiver(evaluation_round: Any, actor: Any) -> bool:
    return receiver_staff(evaluation_round.agreement, actor)


def round_external_evaluator(evaluation_round: Any, actor: Any) -> bool:
    """An external evaluator invited to the agreement, who belongs to none of its parties."""
    if actor.user_id is None or evaluation_round.agreement.side_of(actor.organisation_id) is not None:
        return False
    capacities = evaluation_round.agreement.capacities.current()
    return capacities.filter(user_id=actor.user_id, kind=CapacityKind.EVALUATOR).exists()


def finding_standpoint(evaluation_round: Any, actor: Any) -> tuple[str, str] | None:
    """From where this actor may judge the round: (perspective, side), or None.

    The giver's officer from inside, the invited evaluator from outside; in a cycle of a joint contract the providers
    too, as stakeholders (§3.3 step 6).
    """
    if round_officer(evaluation_round, actor):
        return Perspective.INTERNAL, Side.GIVER
    if evaluation_round.kind == RoundKind.CYCLE and round_receiver(evaluation_round, actor):
        return Perspective.INTERNAL, Side.RECEIVER
    if round_external_evaluator(evaluation_round, actor):
        return Perspective.EXTERNAL, ""
    return None


def may_record_finding(evaluation_round: Any, actor: Any) -> bool:
    return finding_standpoint(evaluation_round, actor) is not None


def may_record_visit(evaluation_round: Any, actor: Any) -> bool:
    """The giver's officer or the external evaluator, who visit."""
    return round_officer(evaluation_round, actor) or round_external_evaluator(evaluation_round, actor)
