"""Who decides what a giver decides, and what only a decision carries out (endorsement chain)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agreements.enums import AppealRemedy, AppealState, DecisionKind, DecisionState
from agreements.permissions.calls import call_officer
from agreements.permissions.proposals import appeal_submitter
from partnerships.enums import Role


def may_endorse(decision: Any, actor: Any) -> bool:
    """The holder of the chain's next position, or a deputy whose time it is, acting for the organisation that decides.

    Never who proposed it, and nobody twice in a row: who has just endorsed in one position leaves the next to another.
    """
    position = decision.next_position
    if position is None or actor.user_id is None or actor.organisation_id != decision.organisation_id:
        return False
    if actor.user_id in (decision.proposed_by_id, decision.last_by_id):
        return False
    if position.get("holder_id"):
        return actor.user_id == position["holder_id"] or decision.deputy_of_next(actor.user_id) is not None
    return actor.holds(Role.EXECUTIVE)


def withdrew_its_appeal(decision: Any, actor: Any) -> bool:
    """Who has just withdrawn the appeal that the decision was to answer: both happen in one transaction."""
    appeal = decision.appeal
    return appeal is not None and appeal.state == AppealState.WITHDRAWN and appeal_submitter(appeal, actor)


def closed_without_its_addendum(decision: Any, actor: Any) -> bool:
    """Who has just closed submissions, while an addendum still waited: both happen in one transaction."""
    is_addendum = decision.kind == DecisionKind.PUBLISH_ADDENDUM
    return is_addendum and decision.call.closed_at is not None and call_officer(decision.call, actor)


def may_lapse(decision: Any, actor: Any) -> bool:
    """Whoever has taken away what was to be decided."""
    return withdrew_its_appeal(decision, actor) or closed_without_its_addendum(decision, actor)


def by_decisions(*kinds: str) -> Callable[[Any, Any], bool]:
    """The role of what decisions of several kinds carry out, and nobody by hand."""
    roles = [by_decision(kind) for kind in kinds]
    return lambda subject, actor: any(role(subject, actor) for role in roles)


def by_decision(kind: str) -> Callable[[Any, Any], bool]:
    """The role of a move that a decision of this kind carries out, and nobody by hand.

    The authority is the decision's own: the actor carries it as mandate in the transaction that decides. Whether the
    last position holds the executive role is for the organisation to say, when it gives the position.
    """

    def carried_out(subject: Any, actor: Any) -> bool:
        mandate = actor.mandate
        return (
            mandate is not None
            and mandate.kind == kind
            and mandate.organisation_id == actor.organisation_id
            and mandate.covers(subject)
        )

    return carried_out


def moved_by_appeal(proposal: Any, actor: Any) -> bool:
    """The answer that puts another proposal of the same call onto the reserve list, and nobody by hand."""
    answer = actor.mandate
    return (
        answer is not None
        and answer.kind == DecisionKind.ANSWER_APPEAL
        and answer.state == DecisionState.DECIDED
        and answer.organisation_id == actor.organisation_id
        and answer.call_id == proposal.call_id
        and answer.proposal.get("remedy") == AppealRemedy.RESERVE
    )
