"""Grant from the mission to the closed account: the four steps of §3.1."""

from __future__ import annotations

from agreements.models import Agreement
from tests.journeys import before, keeping, making
from tests.journeys.stage import Stage


def applied(stage: Stage) -> Agreement:
    """Steps 1-2: one applicant, judged and selected."""
    call = before.published_call(stage, "grant")
    proposal = before.proposed(stage, call, "partner")
    before.close_call(stage, call)
    before.screen(stage, proposal)
    before.name_reviewer(stage, call)
    before.score(stage, proposal, 4)
    return before.select(stage, call, proposal, [])


def subsidised(stage: Stage, agreement: Agreement) -> None:
    """From the discussion to the money: signed on screen by both sides, one instalment."""
    making.notes(stage, agreement, *making.DISCUSSION)
    making.terms(stage, agreement)
    making.parties(stage, agreement)
    making.indicators(stage, agreement)
    making.sources(stage, agreement, "900,000.00")
    making.instalments(stage, agreement, "900,000.00")
    making.waive_committee(stage, agreement)
    making.signed_and_public(stage, agreement)
    making.plan(stage, agreement)
    making.move(stage, agreement, "allocate_subsidy", "grant_3_receipt")
    keeping.pay(stage, agreement)
    making.move(stage, agreement, "begin_delivery", "grant_4_delivery", who="partner_staff")


def test_a_grant_from_the_mission_to_the_closed_account(stage: Stage) -> None:
    agreement = applied(stage)
    subsidised(stage, agreement)
    making.notes(stage, agreement, "work_completed")
    final = keeping.open_round(stage, agreement)
    keeping.find(stage, final, "officer")
    keeping.report_results(stage, final)
    keeping.conclude(stage, final, "pass")
    keeping.settle_account(stage, agreement, "900,000.00")
    keeping.learn(stage, agreement)
    keeping.close(stage, agreement)
    keeping.seen_by_all(stage, stage.fresh(agreement))
