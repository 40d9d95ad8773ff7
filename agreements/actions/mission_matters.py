"""Decisions about a mission, for the floor below: proposing, finding, and carrying out what was decided."""

from __future__ import annotations

from django.urls import reverse

from agreements.actions.decisions import propose_decision, register_outcome, rule_to_propose
from agreements.enums import MISSION_KINDS, DecisionState
from agreements.models import Decision
from agreements.permissions.decisions import by_decision
from core.workflow import Rule, pass_door
from partnerships.actors import Actor
from partnerships.endorsement_hooks import Desk, mission_matter, register_desk
from partnerships.models import Mission


def carry_out(decision: Decision, by: Actor) -> None:
    """What was decided about a mission, exactly as it was proposed; runs in the deciding transaction.

    The mission must still be at the point where it could be proposed: raises NotNow otherwise, and nothing is decided.
    """
    matter = mission_matter(decision.kind)
    rule = Rule(
        decision.kind,
        decision.get_kind_display(),
        by_decision(decision.kind),
        when=matter.propose.when,
        requires=matter.propose.requires,
    )
    with pass_door(decision.mission, rule, by=by) as door:
        door.payload.update(decision=decision.pk)
        matter.outcome(door.root, decision.proposal, by, door)


def url_of_pending(mission: Mission, kind: str) -> str:
    """The page of the matter of that kind that is on its way, or ""."""
    pending = mission.decisions.filter(kind=kind, state=DecisionState.PENDING).values_list("pk", flat=True).first()
    return reverse("agreements:decision_detail", args=[pending]) if pending else ""


for _kind in MISSION_KINDS:
    register_outcome(_kind, carry_out)
register_desk(Desk(propose_decision, rule_to_propose, url_of_pending))
