"""Progress arithmetic: both directions, coverage, and that what is not reported is never 0."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from evaluations.progress import overall, progress_of

FIGURES = st.decimals(min_value=-10_000, max_value=10_000, places=2)
WEIGHTS = st.integers(min_value=1, max_value=100)


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "raw", "capped"),
    [
        (0, 200, 120, 60, 60),
        (0, 200, 250, 125, 100),
        (50, 30, 40, 50, 50),  # should fall
        (50, 30, 55, -25, 0),
        (100, 110, 100, 0, 0),
    ],
)
def test_known_figures(baseline, target, actual, raw, capped):
    found = progress_of(Decimal(actual), baseline=Decimal(baseline), target=Decimal(target))
    assert (found.raw, found.capped) == (raw, capped)


def test_not_reported_is_no_progress_rather_than_zero():
    assert progress_of(None, baseline=Decimal(0), target=Decimal(10)) is None
    assert progress_of(Decimal(0), baseline=Decimal(0), target=Decimal(10)).raw == 0


def test_a_target_at_the_baseline_has_no_meaning():
    with pytest.raises(ValueError, match="differ"):
        progress_of(Decimal(1), baseline=Decimal(5), target=Decimal(5))


@given(FIGURES, FIGURES, FIGURES)
def test_baseline_is_0_target_is_100_and_the_cap_holds(baseline, target, actual):
    assume(baseline != target)
    assert progress_of(baseline, baseline=baseline, target=target).raw == 0
    assert progress_of(target, baseline=baseline, target=target).raw == 100
    found = progress_of(actual, baseline=baseline, target=target)
    assert 0 <= found.capped <= 100
    assert found.capped == found.raw or not 0 <= found.raw <= 100


@given(FIGURES, FIGURES, FIGURES)
def test_direction_makes_no_difference(baseline, target, actual):
    assume(baseline != target)
    up = progress_of(actual, baseline=baseline, target=target)
    down = progress_of(-actual, baseline=-baseline, target=-target)
    assert up == down


@given(st.lists(st.tuples(st.one_of(st.none(), FIGURES), WEIGHTS), max_size=12))
def test_overall_ignores_what_is_not_reported(rows):
    parts = [(progress_of(actual, baseline=Decimal(0), target=Decimal(100)), weight) for actual, weight in rows]
    found = overall(parts)
    assert (found.total, found.reported) == (len(rows), sum(actual is not None for actual, _ in rows))
    assert overall([part for part in parts if part[0] is not None]).percent == found.percent
    if found.reported == 0:
        assert found.percent is None
    else:
        capped = [progress.capped for progress, _ in parts if progress]
        assert min(capped) <= round(found.percent, 10) <= max(capped) or len(capped) > 1
        assert 0 <= round(found.percent, 10) <= 100
