"""Performance-based contracting from the mission to the closed account, two instalments: the nine steps of §3.2."""

from __future__ import annotations

from agreements.models import Agreement
from tests.journeys import before, keeping, making
from tests.journeys.stage import Stage


def selected(stage: Stage) -> Agreement:
    """Steps 1-4: call, two proposals, presentation, selection."""
    call = before.published_call(stage, "pbc")
    own, rival = before.proposed(stage, call, "partner"), before.proposed(stage, call, "rival")
    before.close_call(stage, call)
    for proposal in (own, rival):
        before.screen(stage, proposal)
    before.name_reviewer(stage, call)
    before.score(stage, own, 5)
    before.score(stage, rival, 3)
    agreement = before.select(stage, call, own, [rival])
    assert stage.fresh(rival).state == "not_selected"
    return agreement


def contracted(stage: Stage, agreement: Agreement) -> None:
    """What step 4 needs: discussion, terms, money, signatures, plan."""
    making.notes(stage, agreement, *making.DISCUSSION)
    making.terms(stage, agreement)
    making.parties(stage, agreement)
    making.indicators(stage, agreement)
    making.sources(stage, agreement, "900,000.00")
    making.instalments(stage, agreement, "500,000.00", "400,000.00")
    making.waive_committee(stage, agreement)
    making.signed_and_public(stage, agreement, on_paper=True)
    making.plan(stage, agreement)
    making.move(stage, agreement, "allocate_first_instalment", "pbc_5_first_instalment")


def carried_out(stage: Stage, agreement: Agreement) -> None:
    """Steps 5-8: first instalment, mid-term from inside and outside, second instalment, final evaluation."""
    keeping.pay(stage, agreement)
    making.move(stage, agreement, "begin_midterm_evaluation", "pbc_6_midterm_evaluation")
    midterm = keeping.open_round(stage, agreement)
    keeping.invite_evaluator(stage, midterm)
    keeping.find(stage, midterm, "officer", "evaluator")
    keeping.visit(stage, midterm)
    keeping.report_results(stage, midterm)
    keeping.conclude(stage, midterm, "pass")
    making.move(stage, agreement, "allocate_next_instalment", "pbc_7_next_instalment")
    keeping.pay(stage, agreement)
    making.notes(stage, agreement, "work_completed")
    making.move(stage, agreement, "begin_final_evaluation", "pbc_8_final_evaluation")
    final = keeping.open_round(stage, agreement)
    keeping.find(stage, final, "officer", "evaluator")
    keeping.report_results(stage, final)
    keeping.conclude(stage, final, "pass")
    making.move(stage, agreement, "begin_account_closing", "pbc_9_account_closing")


def test_pbc_from_the_mission_to_the_closed_account(stage: Stage) -> None:
    agreement = selected(stage)
    contracted(stage, agreement)
    carried_out(stage, agreement)
    keeping.settle_account(stage, agreement, "900,000.00")
    keeping.learn(stage, agreement)
    keeping.close(stage, agreement)
    keeping.seen_by_all(stage, stage.fresh(agreement))
