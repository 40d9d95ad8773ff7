"""Each form from its call to the closed account, through the actions, as the manual lays it down."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.management import call_command

from agreements.enums import Standing
from agreements.models import Agreement
from agreements.sequences import steps_of
from core.audit import history_of
from core.audit_verify import verify_chain
from tests.world import World, last_step

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast) -> World:
    return World(cast)


@pytest.mark.parametrize(("form", "instalments"), [("grant", 1), ("grant", 2), ("pbc", 1), ("pbc", 2), ("pbc", 4)])
def test_a_form_with_money_goes_all_the_way(world, form, instalments):
    agreement = world.agreement(form, at=last_step(form), instalments=instalments)
    closed = world.close(agreement)
    assert closed.standing == Standing.CLOSED
    assert closed.closed_at is not None
    account = closed.account
    assert account.paid == account.agreed == closed.total == Decimal("900000.00")
    assert account.balance == 0
    assert verify_chain().ok
    call_command("check_ledger")


def test_a_pbc_contract_alternates_midterm_and_instalment(world):
    """§3.2: every instalment after the first has its mid-term evaluation."""
    agreement = world.agreement("pbc", at=last_step("pbc"), instalments=3)
    walked = [e.facts["from"] for e in history_of(agreement) if "from" in e.facts]
    assert walked == [
        "pbc_4_selection",
        "pbc_5_first_instalment",
        "pbc_6_midterm_evaluation",
        "pbc_7_next_instalment",
        "pbc_6_midterm_evaluation",
        "pbc_7_next_instalment",
        "pbc_8_final_evaluation",
    ]


def test_a_failed_midterm_ends_the_funding(world):
    """§3.2 step 6 not passed: no further money, straight to the final evaluation."""
    from agreements.actions.agreements import make_move
    from core.workflow import NotNow

    agreement = world.agreement("pbc", at="pbc_6_midterm_evaluation", instalments=3)
    world.evaluate(agreement, "fail")
    with pytest.raises(NotNow):
        make_move(agreement=world.again(agreement), move="allocate_next_instalment", by=world.act("officer"))
    make_move(agreement=world.again(agreement), move="end_funding", by=world.act("officer"))
    ended = world.again(agreement)
    assert ended.step == "pbc_8_final_evaluation"
    assert list(ended.instalments.order_by("ordinal").values_list("state", flat=True)) == ["received", "void", "void"]
    closed = world.close(world.go_on(ended))
    assert closed.account.paid == Decimal("300000.00")


@pytest.mark.parametrize(("verdict", "move", "back_at"), [
    ("improve", "improve_service", "commissioning_4_design"),
    ("widen", "widen_service", "commissioning_1_priorities"),
])  # fmt: skip
def test_commissioning_opens_a_new_cycle_and_then_concludes(world, verdict, move, back_at):
    """§3.3 step 6: improve → 4, widen → 1, under the same contract; requirements look only at the current cycle."""
    from agreements.actions.agreements import make_move
    from core.workflow import Missing

    agreement = world.agreement("commissioning", at="commissioning_6_evaluation")
    world.evaluate(agreement, verdict)
    make_move(agreement=world.again(agreement), move=move, by=world.act("officer"))
    again = world.again(agreement)
    assert (again.step, again.cycle) == (back_at, 2)
    with pytest.raises(Missing):
        make_move(agreement=again, move=world.way_on(again), by=world.act("officer"))
    while again.step != "commissioning_6_evaluation":
        again = world.go_on(again)
    assert world.close(again).standing == Standing.CLOSED


def test_every_agreement_is_born_at_the_step_its_call_reached(world):
    births = {form: world.born(form).step for form in ("grant", "pbc", "commissioning")}
    assert births == {
        "grant": "grant_2_application",
        "pbc": "pbc_4_selection",
        "commissioning": "commissioning_1_priorities",
    }
    assert all(Agreement.objects.get(form=form).steps == steps_of(form) for form in births)
