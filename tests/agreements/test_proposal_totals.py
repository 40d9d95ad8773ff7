"""What a proposal's rows add up to, for any rows: to the satang, with nothing lost between the sums."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.actions.carry_over import spread_weights
from agreements.documents.gantt import gantt_of
from agreements.proposal_totals import budget_totals, cost_per_person, line_amount, over_unit_ceiling


def hundredths(most: int) -> st.SearchStrategy[Decimal]:
    return st.integers(1, most).map(lambda number: Decimal(number) / 100)


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "quantity": hundredths(9_999_999),
            "unit_cost": hundredths(999_999_999),
            "category": st.sampled_from(["personnel", "travel", "other"]),
            "source": st.sampled_from(["state_budget", "fund", "in_kind"]),
            "is_own": st.booleans(),
        }
    ),
    max_size=20,
)


@given(LINES)
def test_the_total_is_the_sum_of_its_lines_whichever_way_it_is_cut(lines):
    money = budget_totals(lines)
    assert money.total == sum((line_amount(line) for line in lines), Decimal(0))
    assert money.asked + money.own == money.total
    assert sum(money.by_category.values(), Decimal(0)) == sum(money.by_source.values(), Decimal(0)) == money.total
    assert sum(money.asked_by_source.values(), Decimal(0)) == money.asked
    assert all(amount == amount.quantize(Decimal("0.01")) for amount in (money.total, money.own, money.asked))
    assert budget_totals(reversed(lines)).total == money.total


@given(hundredths(9_999_999_999), st.integers(1, 1_000_000))
def test_the_cost_per_person_is_right_to_half_a_satang(asked, people):
    assert abs(cost_per_person(asked, people) * people - asked) <= people * Decimal("0.005")


def test_what_is_not_known_is_not_nought():
    assert cost_per_person(None, 5) is None
    assert cost_per_person(Decimal(5), None) is None
    assert cost_per_person(Decimal(5), 0) is None
    assert cost_per_person(Decimal("0.005"), 1) == Decimal("0.01")


def test_the_ceiling_of_the_unit_cost_counts_only_where_the_unit_is_a_person():
    assert over_unit_ceiling(Decimal("1000.01"), 10, Decimal(100), "คน")
    assert not over_unit_ceiling(Decimal("1000.00"), 10, Decimal(100), "คน")
    assert not over_unit_ceiling(Decimal("1000.01"), 10, Decimal(100), "ครั้ง")
    assert not over_unit_ceiling(Decimal("1000.01"), None, Decimal(100), "คน")
    assert not over_unit_ceiling(Decimal("1000.01"), 10, None, "คน")


@given(st.integers(1, 100))
def test_weights_are_spread_to_a_hundred(count):
    weights = spread_weights(count)
    assert (len(weights), sum(weights)) == (count, 100)
    assert min(weights) >= 1
    assert weights[0] == max(weights)
    assert len(set(weights[1:])) <= 1


MONTHS = st.tuples(st.integers(1, 120), st.integers(1, 120)).map(sorted)


@given(st.lists(MONTHS, min_size=1, max_size=10), st.integers(1, 120) | st.none())
def test_every_bar_lies_on_the_drawing_over_its_months(months, duration):
    drawn = gantt_of([{"title": "ก", "month_from": a, "month_to": b} for a, b in months], duration)
    end = max(duration or 1, *(last for _first, last in months), 1)
    for bar, (first, last) in zip(drawn.bars, months, strict=True):
        x, width = percent(bar.x), percent(bar.width)
        assert x == pytest.approx(100 * (first - 1) / end, abs=0.001)
        assert width == pytest.approx(100 * (last - first + 1) / end, abs=0.001)
        assert x >= 0 and x + width <= 100.001
    assert percent(drawn.end_x) == pytest.approx(100 * (duration or end) / end, abs=0.001)
    named = [percent(month.middle) for month in drawn.months]
    assert 1 <= len(named) <= 13 and named == sorted(named) and named[-1] < 100


def percent(text: str) -> float:
    return float(text.removesuffix("%"))
