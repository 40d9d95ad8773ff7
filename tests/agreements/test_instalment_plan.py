"""Sources of money and the plan of instalments: what they must add up to, who may write them, and when they stand."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from agreements.actions import budget
from agreements.enums import InstalmentState as S
from agreements.enums import Standing
from agreements.models import Agreement, BudgetSource
from core import clock
from core.workflow import NotNow, NotYou
from tests.agreements import money_world as world
from tests.cast import PEOPLE, Cast

pytestmark = pytest.mark.django_db
OFFICERS = ("officer", "second_officer")


def plan(cast: Cast, agreement: Agreement, *amounts: object, who: str = "officer", dates: tuple = ()) -> list:
    rows = [budget.InstalmentRow(amount=amount) for amount in amounts]
    rows = (
        [budget.InstalmentRow(amount=r.amount, due_on=d) for r, d in zip(rows, dates, strict=True)] if dates else rows
    )
    return budget.plan_instalments(
        agreement=Agreement.objects.get(pk=agreement.pk), rows=rows, by=cast.people[who].actor
    )


def test_a_plan_totals_the_agreed_sum(cast: Cast) -> None:
    agreement = world.agreement_with(
        cast, step="pbc_4_selection", standing=Standing.PREPARING, amounts=(), total="1000.00"
    )
    for amounts in (["999.99"], ["500.00", "500.01"], []):
        with pytest.raises(ValidationError) as refusal:
            plan(cast, agreement, *map(Decimal, amounts))
        assert "amount" in refusal.value.error_dict
    assert [one.ordinal for one in plan(cast, agreement, Decimal("400.00"), Decimal("600.00"))] == [1, 2]
    assert [one.amount for one in plan(cast, agreement, Decimal("1000"))] == [Decimal(1000)]
    assert agreement.instalments.count() == 1


@pytest.mark.parametrize("amount", ["0", "-5.00", "NaN", "Infinity", "0.001", "1E+20", 5.0, "10000000000000000000.00"])
def test_absurd_amounts_are_refused(cast: Cast, amount: object) -> None:
    agreement = world.agreement_with(cast, step="pbc_4_selection", standing=Standing.PREPARING, amounts=(), total="5")
    with pytest.raises(ValidationError):
        plan(cast, agreement, Decimal(amount) if isinstance(amount, str) else amount)
    assert agreement.instalments.count() == 0


def test_due_dates_are_in_order(cast: Cast) -> None:
    agreement = world.agreement_with(cast, step="pbc_4_selection", standing=Standing.PREPARING, amounts=(), total="5")
    early, late = clock.today(), clock.today() + timedelta(30)
    with pytest.raises(ValidationError):
        plan(cast, agreement, Decimal(2), Decimal(3), dates=(late, early))
    plan(cast, agreement, Decimal(2), Decimal(3), dates=(early, late))
    assert Agreement.objects.get(pk=agreement.pk).next_due_on == early


@pytest.mark.parametrize("who", [name for name in PEOPLE if name not in OFFICERS])
def test_only_the_givers_officer_plans(cast: Cast, who: str) -> None:
    agreement = world.agreement_with(cast, step="pbc_4_selection", standing=Standing.PREPARING, amounts=(), total="5")
    with pytest.raises(NotYou):
        plan(cast, agreement, Decimal(5), who=who)
    with pytest.raises(NotYou):
        budget.set_budget_sources(agreement=agreement, rows=[], by=cast.people[who].actor)


@pytest.mark.parametrize("step", ["grant_3_receipt", "pbc_5_first_instalment", "commissioning_4_design"])
def test_the_plan_stands_once_in_force(cast: Cast, step: str) -> None:
    agreement = world.agreement_with(cast, step=step)
    with pytest.raises(NotNow):
        plan(cast, agreement, Decimal(1000000))


def test_the_plan_stands_while_a_text_is_frozen(cast: Cast) -> None:
    agreement = world.agreement_with(cast, step="pbc_4_selection", standing=Standing.PREPARING, amounts=(), total="5")
    world.at_step(agreement, agreement.step, text_ready_at=clock.now())
    with pytest.raises(NotNow):
        plan(cast, agreement, Decimal(5))


def sources(cast: Cast, agreement: Agreement, *rows: tuple[str, str, str], who: str = "officer") -> None:
    made = [budget.SourceRow(cast.organisations[org].pk, source, Decimal(amount)) for org, source, amount in rows]
    budget.set_budget_sources(agreement=Agreement.objects.get(pk=agreement.pk), rows=made, by=cast.people[who].actor)


def test_a_joint_contract_without_a_sum_pools_its_money_at_step_3(cast: Cast) -> None:
    agreement = world.agreement_with(cast, step="commissioning_3_resources", amounts=())
    with pytest.raises(ValidationError):
        plan(cast, agreement, Decimal(100))
    sources(cast, agreement, ("agency", "state_budget", "100"), ("partner", "in_kind", "900"))
    with pytest.raises(ValidationError):
        plan(cast, agreement, Decimal("100.01"))
    plan(cast, agreement, Decimal(60), Decimal(40))
    assert Agreement.objects.get(pk=agreement.pk).account.agreed == Decimal(100)
    with pytest.raises(ValidationError):  # sources do not fall below what is planned on them
        sources(cast, agreement, ("agency", "state_budget", "99"))
    world.bring_to(cast, agreement, S.RECEIVED)
    sources(cast, agreement, ("agency", "state_budget", "100"), ("partner", "fund", "50"))
    plan(cast, agreement, Decimal(90))
    states = agreement.instalments.order_by("ordinal").values_list("ordinal", "amount", "state")
    assert list(states) == [(1, Decimal(60), "received"), (2, Decimal(90), "planned")]
    assert Agreement.objects.get(pk=agreement.pk).account.agreed == Decimal(150)


def test_only_parties_contribute(cast: Cast) -> None:
    agreement = world.agreement_with(cast, step="pbc_4_selection", standing=Standing.PREPARING)
    with pytest.raises(ValidationError):
        sources(cast, agreement, ("rival", "donation", "5"))
    sources(cast, agreement, ("agency", "state_budget", "5"), ("partner", "donation", "7"))
    assert BudgetSource.objects.count() == 2
    sources(cast, agreement, ("partner", "own_revenue", "9"))
    assert BudgetSource.objects.get().amount == Decimal(9)
