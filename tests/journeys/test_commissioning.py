"""Commissioning from the mission to its conclusion, with one cycle back to improve the service: §3.3."""

from __future__ import annotations

from agreements.models import Agreement
from tests.journeys import before, keeping, making
from tests.journeys.stage import Stage


def opened(stage: Stage) -> Agreement:
    """There is no call: partners are parties from the start."""
    mission = before.record_mission(stage, "commissioning")
    officer = stage.officer.open("partnerships:mission_detail", mission.reference)
    officer.follow("agreements:agreement_create", mission.reference).send(
        {"title": "สัญญาร่วมดูแลผู้สูงอายุ", "partners-0-partner": stage.cast.organisations["partner"].name_th}
    )
    return Agreement.objects.get(mission=mission)


def contracted(stage: Stage, agreement: Agreement) -> None:
    """Step 1: vision and priorities, the formal body, the joint contract signed and public."""
    making.notes(stage, agreement, "vision", "priorities")
    making.terms(stage, agreement)
    making.parties(stage, agreement)
    making.indicators(stage, agreement)
    making.formal_body(stage, agreement)
    making.signed_and_public(stage, agreement)
    making.move(stage, agreement, "assess_needs", "commissioning_2_needs")


def served(stage: Stage, agreement: Agreement, verdict: str) -> None:
    """Steps 4-6: design and plan, delivery, evaluation with the partners' own findings."""
    making.notes(stage, agreement, "selection", "design")
    making.plan(stage, stage.fresh(agreement))
    making.move(stage, agreement, "deliver_service", "commissioning_5_delivery")
    making.notes(stage, agreement, "delivery")
    making.move(stage, agreement, "evaluate_service", "commissioning_6_evaluation")
    cycle = keeping.open_round(stage, agreement)
    keeping.find(stage, cycle, "officer", "partner_staff")
    keeping.report_results(stage, cycle)
    keeping.conclude(stage, cycle, verdict)


def test_commissioning_goes_back_once_and_concludes(stage: Stage) -> None:
    agreement = opened(stage)
    contracted(stage, agreement)
    making.notes(stage, agreement, "needs")
    making.move(stage, agreement, "allocate_resources", "commissioning_3_resources")
    making.notes(stage, agreement, "resources")
    making.sources(stage, agreement, "500,000.00")
    making.move(stage, agreement, "design_service", "commissioning_4_design")
    served(stage, agreement, "improve")
    making.move(stage, agreement, "improve_service", "commissioning_4_design")
    assert stage.fresh(agreement).cycle == 2
    served(stage, agreement, "conclude")
    keeping.learn(stage, agreement)
    keeping.close(stage, agreement)
    keeping.seen_by_all(stage, stage.fresh(agreement))
