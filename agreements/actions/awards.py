"""The award: the executive decides by the resolution, and agreements are opened (§3.1 step 2, §3.2 step 4)."""

from __future__ import annotations

from agreements.actions.agreements import open_agreement_from
from agreements.actions.decisions import propose_decision, register_outcome
from agreements.enums import DecisionKind, Outcome
from agreements.models import Call, Decision, ResolutionOutcome
from core import clock
from core.workflow import Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role

MOVE_OF = {Outcome.SELECTED: "select", Outcome.RESERVE: "keep_in_reserve", Outcome.NOT_SELECTED: "decline"}


def propose_selection(*, call: Call, by: Actor, stamp: Stamp | None = None, comment: str = "") -> Decision:
    """Put the committee's resolution before those who decide. Raises Missing while scores are outstanding."""
    return propose_decision(kind=DecisionKind.SELECT_PROPOSALS, root=call, by=by, stamp=stamp, comment=comment)


def _award(decision: Decision, by: Actor) -> None:
    """Runs in the deciding transaction: the call first, then each proposal; the selected get their agreement."""
    with pass_door(decision.call, "decide", by=by) as door:
        door.root.decided_at = clock.now()
        outcomes = list(ResolutionOutcome.objects.filter(resolution__call=door.root).order_by("proposal_id"))
        door.payload.update(decision=decision.pk, outcomes={str(row.proposal_id): row.outcome for row in outcomes})
    for row in outcomes:
        _tell_result(row, decision, by)


def _tell_result(row: ResolutionOutcome, decision: Decision, by: Actor) -> None:
    with pass_door(row.proposal, MOVE_OF[row.outcome], by=by) as door:
        door.root.result_reason, door.root.reserve_place = row.reason, row.reserve_rank
        door.payload.update(decision=decision.pk)
        tell(
            door,
            people_in_roles([door.root.organisation_id], Role.REPRESENTATIVE, Role.STAFF),
            kind="proposal.result",
            result=Outcome(row.outcome).label,
            reason=row.reason,
        )
    if row.outcome == Outcome.SELECTED:
        open_agreement_from(proposal=door.root, by=by)


register_outcome(DecisionKind.SELECT_PROPOSALS, _award)
