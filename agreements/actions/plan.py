"""The action plan of a cycle: drawn up by one side, approved by the other (§4 step 6).

Whoever draws the plan up, a head of the *other* side approves it: the giver's executive a receiver's plan, a
receiver's representative the giver's plan. So no side binds the other by its own plan, and nobody approves own work.
While a plan is not approved either side may draw it up anew: that is then its own plan, to be approved by the other.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.notes import is_running
from agreements.actions.notices import HEADS, tell_side
from agreements.enums import Side
from agreements.models import Agreement, Plan, PlanActivity
from agreements.permissions.agreements import (
    either_side_writer,
    giver_executive,
    giver_officer,
    receiver_representative,
)
from core import clock
from core.workflow import Rule, Stamp, pass_door


def plan_of_cycle(agreement: Agreement) -> Plan | None:
    """The plan of the current cycle."""
    return agreement.plans.filter(cycle=agreement.cycle).first()


def plan_is_open(agreement: Agreement) -> bool:
    """Running, and the plan of this cycle is not approved yet."""
    plan = plan_of_cycle(agreement) if is_running(agreement) else None
    return is_running(agreement) and (plan is None or plan.approved_at is None)


def other_side(side: str) -> str:
    return Side.RECEIVER if side == Side.GIVER else Side.GIVER


def proposes_plan(plan: Plan, actor: Any) -> bool:
    """A writer of the side that drew the plan up."""
    return either_side_writer(plan.agreement, actor) and plan.agreement.side_of(actor.organisation_id) == plan.side


def approves_plan(plan: Plan, actor: Any) -> bool:
    """A head of the other side than the one that drew the plan up."""
    if plan.side == Side.GIVER:
        return receiver_representative(plan.agreement, actor)
    return giver_executive(plan.agreement, actor)


def _own_plan(plan: Plan, actor: Any) -> Any:
    return (
        _("You drew up this plan yourself: another person approves it.")
        if plan.recorded_by_id == actor.user_id
        else None
    )


DRAW_UP_PLAN = Rule("draw_up_plan", _("Draw up the action plan"), role=either_side_writer, when=plan_is_open)
PROPOSE_PLAN = Rule(
    "propose",
    _("Propose the plan for approval"),
    role=proposes_plan,
    when=lambda plan: is_running(plan.agreement) and plan.proposed_at is None and plan.approved_at is None,
)
APPROVE_PLAN = Rule(
    "approve",
    _("Approve the plan"),
    role=approves_plan,
    when=lambda plan: is_running(plan.agreement) and plan.proposed_at is not None and plan.approved_at is None,
    unless=_own_plan,
)


def draw_up_plan(
    *,
    agreement: Agreement,
    activities: list[dict[str, Any]],
    by: Any,
    participation: str = "",
    stamp: Stamp | None = None,
) -> Plan:
    """Write the plan of the current cycle anew, in the order given; it has to be proposed (again) afterwards.

    `activities`: title, target, responsible, month_from, month_to (from the start of the agreement, 1 = first month),
    budget (baht), legal_authority. Raises ValidationError.
    """
    if not activities:
        raise ValidationError(_("Enter at least one activity."))
    with pass_door(agreement, DRAW_UP_PLAN, by=by, stamp=stamp) as door:
        if door.root.total and sum(row.get("budget") or 0 for row in activities) > door.root.total:
            raise ValidationError(_("The activities cost more than the total sum of the agreement."))
        side = Side.GIVER if giver_officer(door.root, by) else Side.RECEIVER
        facts = {"participation": participation, "side": side, "recorded_by": by.user, "recorded_at": clock.now()}
        plan, _new = Plan.objects.update_or_create(
            agreement=door.root, cycle=door.root.cycle, defaults={**facts, "proposed_at": None}
        )
        plan.activities.all().delete()
        PlanActivity.objects.bulk_create(
            PlanActivity(plan=plan, ordinal=ordinal, **row) for ordinal, row in enumerate(activities, start=1)
        )
        door.payload.update(cycle=plan.cycle, side=side, activities=len(activities))
    return plan


def propose_plan(*, plan: Plan, by: Any, stamp: Stamp | None = None) -> Plan:
    """Ask the other side's head for approval."""
    with pass_door(plan, PROPOSE_PLAN, by=by, stamp=stamp, root=plan.agreement) as door:
        door.subject.proposed_at = clock.now()
        door.payload["cycle"] = plan.cycle
        tell_side(door, other_side(plan.side), kind="agreement.plan", roles=HEADS)
    return door.subject


def approve_plan(*, plan: Plan, by: Any, stamp: Stamp | None = None) -> Plan:
    """Approve the other side's plan; the agreement is stamped with the time."""
    with pass_door(plan, APPROVE_PLAN, by=by, stamp=stamp, root=plan.agreement) as door:
        door.subject.approved_by, door.subject.approved_at = by.user, clock.now()
        door.root.plan_approved_at = door.subject.approved_at
        door.payload["cycle"] = plan.cycle
        tell_side(door, plan.side, kind="agreement.plan_approved")
    return door.subject
