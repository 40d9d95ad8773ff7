"""Scores, spread, ranking, ties and leaving one out: arithmetic alone (§3.1 step 2, §3.2 step 4)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from agreements.ranking import (
    FAR,
    Entry,
    Scored,
    Weighted,
    far_from_the_others,
    final_score,
    leave_out,
    mean,
    rank,
    sensitivity,
    spread,
    weighted_total,
)

CEILING = Decimal("1000.00")
TWO = [Weighted(1, 40), Weighted(2, 60)]


def scored(reviewer: int, *points: int, criteria=TWO) -> Scored:
    given = {one.key: each for one, each in zip(criteria, points, strict=True)}
    return Scored(reviewer, weighted_total((one.weight, given[one.key]) for one in criteria), given)


def entry(key: int, *reviews: Scored, budget: int = 100, **more) -> Entry:
    return Entry(key, reviews, **{"wanted": len(reviews) or 1, "budget": Decimal(budget), **more})


def places(rows) -> dict[int, int | None]:
    return {row.key: row.place for row in rows}


# --- one proposal ---------------------------------------------------------------------------------------------------

totals = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=9)


@given(totals)
def test_the_spread_holds_mean_and_median_between_least_and_most(values):
    told = spread(values)
    assert told.least <= told.median <= told.most
    assert told.least <= told.mean <= told.most
    assert Decimal(0) <= told.deviation <= told.most - told.least


def test_the_spread_by_hand():
    told = spread([Decimal(60), Decimal(80), Decimal(100)])
    assert (told.mean, told.median, told.least, told.most) == (80, 80, 60, 100)
    assert told.deviation == Decimal("16.33")
    assert spread([]) is None


@given(totals)
def test_a_review_is_far_exactly_when_it_is_more_than_the_stated_points_from_the_median(values):
    reviews = [Scored(number, total) for number, total in enumerate(values)]
    far = far_from_the_others(reviews)
    if len(values) == 1:
        assert not far
        return
    ordered = sorted(values)
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    assert far == {number for number, total in enumerate(values) if abs(total - middle) > FAR}
    assert len(far) < len(values) or len(values) % 2 == 0


def test_one_who_scores_far_below_the_others_is_marked_and_they_are_not():
    reviews = [Scored(1, Decimal(80)), Scored(2, Decimal(84)), Scored(3, Decimal(40))]
    assert far_from_the_others(reviews) == {3}
    assert far_from_the_others([Scored(1, Decimal(80)), Scored(2, Decimal(95))]) == frozenset()
    assert far_from_the_others([Scored(1, Decimal(60)), Scored(2, Decimal(95))]) == {1, 2}


def test_an_outstanding_review_gives_no_final_score_and_is_never_a_nought():
    one = entry(1, scored(1, 5, 5))
    assert final_score(one) == 100
    assert final_score(replace(one, wanted=2)) is None
    assert final_score(Entry(2, wanted=0)) is None
    assert final_score(one, 30) is None
    assert final_score(replace(one, presented={7: 0}), 30) == 70
    assert final_score(replace(one, presented={7: 0}, owed=1), 30) is None
    assert final_score(replace(one, owed=1)) == 100  # where the presentation does not weigh, nothing is owed


@given(st.lists(st.integers(0, 5), min_size=1, max_size=5), st.integers(0, 90), totals)
def test_the_presentation_counts_by_its_weight(points, weight, values):
    reviews = tuple(Scored(number, total) for number, total in enumerate(values))
    told = final_score(Entry(1, reviews, len(values), dict(enumerate(points))), weight)
    exact = (sum(values) / len(values)) * (100 - weight) / 100 + Decimal(sum(points)) / len(points) * 20 * weight / 100
    assert abs(told - exact) <= Decimal("0.0051")
    assert min([*values, Decimal(min(points)) * 20]) <= told <= max([*values, Decimal(max(points)) * 20])


# --- the ranking ----------------------------------------------------------------------------------------------------


@st.composite
def worlds(draw):
    """Some proposals scored on two or three criteria by up to five reviewers; some reviews are outstanding."""
    criteria = draw(st.sampled_from([TWO, [Weighted(1, 50), Weighted(2, 30), Weighted(3, 20)]]))
    points = st.lists(st.integers(0, 5), min_size=len(criteria), max_size=len(criteria))
    entries = []
    for key in range(draw(st.integers(0, 6))):
        reviewers = draw(st.sets(st.integers(1, 5), max_size=5))
        reviews = [scored(number, *draw(points), criteria=criteria) for number in sorted(reviewers)]
        wanted = len(reviews) + draw(st.sampled_from([0, 0, 0, 1]))
        presented = {number: draw(st.integers(0, 5)) for number in reviewers}
        entries.append(Entry(key, tuple(reviews), wanted, presented, Decimal(draw(st.integers(1, 600)))))
    return entries, criteria, draw(st.sampled_from([0, 20]))


@given(worlds())
def test_places_follow_the_final_scores_and_outstanding_ones_come_last_without_a_place(world):
    entries, criteria, weight = world
    rows = rank(entries, criteria, ceiling=CEILING, presentation_weight=weight)
    assert sorted(row.key for row in rows) == [one.key for one in entries]
    ranked = [row for row in rows if row.place is not None]
    assert rows[: len(ranked)] == ranked
    for above, below in pairwise(ranked):
        assert above.final >= below.final
        assert above.place <= below.place
        assert (above.place == below.place) == (below.key in above.equal_with)
    for row in rows:
        assert (row.place is None) == (row.final is None) == (row.cumulated is None)
        assert row.final == final_score(next(one for one in entries if one.key == row.key), weight)
    for number, row in enumerate(ranked, start=1):
        assert row.place <= number
        assert bool(row.tied_with) == (row.decided_by is not None or bool(row.equal_with))


@given(worlds())
def test_the_order_given_changes_no_place(world):
    entries, criteria, weight = world
    terms = {"ceiling": CEILING, "presentation_weight": weight}
    assert places(rank(entries, criteria, **terms)) == places(rank(entries[::-1], criteria, **terms))


@given(worlds())
def test_the_running_sum_is_the_sum_of_those_above_and_of_all_on_the_same_place(world):
    entries, criteria, weight = world
    budgets = {one.key: one.budget for one in entries}
    ranked = [one for one in rank(entries, criteria, ceiling=CEILING, presentation_weight=weight) if one.place]
    for row in ranked:
        above = sum(budgets[one.key] for one in ranked if one.place < row.place)
        total = above + sum(budgets[one.key] for one in ranked if one.place == row.place)
        alone = above + budgets[row.key]
        assert row.cumulated == total
        assert row.within == (True if total <= CEILING else False if alone > CEILING else None)
        assert row.within is not None or row.equal_with


@given(st.lists(st.tuples(st.sampled_from([3, 4]), st.integers(1, 600)), max_size=6))
def test_within_a_tie_the_budget_is_told_only_where_no_word_of_the_committee_changes_it(told):
    entries = [entry(key, scored(1, points, points), budget=budget) for key, (points, budget) in enumerate(told)]
    budgets = {one.key: one.budget for one in entries}
    rows = rank(entries, TWO, ceiling=CEILING)
    before = Decimal(0)
    for _place, found in groupby(rows, key=lambda row: row.place):
        group = list(found)
        fits = {row.key: set() for row in group}
        for order in permutations(group):
            total = before
            for row in order:
                total += budgets[row.key]
                fits[row.key].add(total <= CEILING)
        for row in group:
            assert {True: {True}, False: {False}, None: {True, False}}[row.within] == fits[row.key]
            assert row.within_is_for_the_committee == (len(fits[row.key]) == 2)
        before += sum(budgets[row.key] for row in group)
        assert {row.cumulated for row in group} == {before}


def test_four_equal_ones_that_fit_alone_and_not_together_wait_for_the_committee_whatever_their_numbers():
    four = [entry(key, scored(1, 3, 3), scored(2, 3, 3), budget=860 + key) for key in range(1, 5)]
    for entries in (four, four[::-1]):
        rows = rank(entries, TWO, ceiling=Decimal(900))
        assert {(row.place, row.final, row.within) for row in rows} == {(1, Decimal(60), None)}
        for without in sensitivity(entries, TWO, ceiling=Decimal(900)):
            assert not without.changes
    rows = {row.key: row for row in rank([*four, entry(9, scored(1, 3, 3), budget=901)], TWO, ceiling=Decimal(900))}
    assert rows[9].within is False
    assert all(row.within for row in rank(four, TWO, ceiling=Decimal(4000)))


@given(worlds())
def test_leaving_one_out_is_the_ranking_as_if_that_reviewer_had_never_been(world):
    entries, criteria, weight = world
    terms = {"ceiling": CEILING, "presentation_weight": weight}
    now = {row.key: row for row in rank(entries, criteria, **terms) if row.place}
    for without in sensitivity(entries, criteria, **terms):
        left = [leave_out(one, without.reviewer) for one in entries if one.key in now]
        then = {row.key: row for row in rank(left, criteria, **terms)}
        assert not any(review.reviewer == without.reviewer for one in left for review in one.reviews)
        for key, row in now.items():
            before, after = without.moved.get(key, (row.place, row.place))
            assert (before, after) == (row.place, then[key].place)
            fell = then[key].within is False or then[key].place is None
            assert (key in without.into_budget) == (row.within is False and then[key].within is True)
            assert (key in without.out_of_budget) == (row.within is True and fell)


def test_a_tie_is_broken_by_the_heaviest_criterion_and_says_so():
    criteria = [Weighted(1, 40), Weighted(2, 40), Weighted(3, 20)]
    first = entry(1, scored(1, 3, 4, 4, criteria=criteria))
    second = entry(2, scored(1, 4, 3, 4, criteria=criteria))
    third = entry(3, scored(1, 0, 0, 0, criteria=criteria))
    rows = rank([first, second, third], criteria, ceiling=CEILING)
    assert [row.key for row in rows] == [2, 1, 3]
    assert [row.place for row in rows] == [1, 2, 3]
    assert [row.decided_by for row in rows] == [1, 1, None]
    assert (rows[0].tied_with, rows[2].tied_with) == ((1,), ())


def test_equal_on_every_criterion_is_the_same_place_and_the_next_place_is_left_out():
    rows = rank([entry(key, scored(1, 4, 4)) for key in (1, 2)] + [entry(3, scored(1, 1, 1))], TWO, ceiling=CEILING)
    assert places(rows) == {1: 1, 2: 1, 3: 3}
    assert (rows[0].equal_with, rows[0].decided_by) == ((2,), None)


def test_one_reviewer_can_turn_the_order_and_the_budget():
    entries = [
        entry(1, scored(1, 5, 5), scored(2, 3, 3), budget=700),
        entry(2, scored(1, 0, 0), scored(2, 4, 4), budget=600),
    ]
    by_reviewer = {one.reviewer: one for one in sensitivity(entries, TWO, ceiling=CEILING)}
    assert by_reviewer[1].moved == {1: (1, 2), 2: (2, 1)}
    assert (by_reviewer[1].into_budget, by_reviewer[1].out_of_budget) == ((2,), (1,))
    assert not by_reviewer[2].changes


def test_a_budget_that_is_not_known_leaves_the_sum_unknown():
    rows = rank(
        [entry(1, scored(1, 5, 5), budget=0), replace(entry(2, scored(1, 1, 1)), budget=None)], TWO, ceiling=CEILING
    )
    assert [(row.cumulated, row.within) for row in rows] == [(0, True), (None, None)]
    assert mean([]) is None


@given(st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=60))
def test_the_mean_is_rounded_from_the_exact_quotient(totals):
    hundredths = sum((Fraction(one) for one in totals), Fraction(0)) / len(totals) * 100
    assert mean(totals) == Decimal(int(hundredths + Fraction(1, 2))) / 100  # half a hundredth goes up
