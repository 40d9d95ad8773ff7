"""The balanced draw as a pure function: everybody has enough, bars are kept, loads are as even as they can be."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.assignment import draw


@st.composite
def tables(draw_from, most_proposals: int = 8, most_reviewers: int = 6):
    proposals = list(range(1, draw_from(st.integers(1, most_proposals)) + 1))
    reviewers = list(range(101, 101 + draw_from(st.integers(1, most_reviewers))))
    pairs = st.sampled_from([(p, r) for p in proposals for r in reviewers])
    barred = draw_from(st.sets(pairs, max_size=len(proposals) * len(reviewers) // 2))
    wanted = draw_from(st.integers(1, 3))
    return proposals, reviewers, wanted, barred, draw_from(st.text(max_size=4))


def able(proposal, reviewers, barred):
    return {r for r in reviewers if (proposal, r) not in barred}


@given(tables())
def test_each_proposal_has_as_many_as_it_wants_or_all_there_are_and_nobody_barred(table):
    proposals, reviewers, wanted, barred, seed = table
    drawn = draw(proposals=proposals, reviewers=reviewers, wanted=wanted, barred=barred, seed=seed)
    for proposal in proposals:
        open_to = able(proposal, reviewers, barred)
        assert drawn.assigned[proposal] <= open_to
        assert len(drawn.assigned[proposal]) == min(wanted, len(open_to))
        assert drawn.lacking.get(proposal, 0) == wanted - min(wanted, len(open_to))


@given(tables(most_proposals=5, most_reviewers=4))
@settings(max_examples=60)
def test_no_other_assignment_is_more_even(table):
    """Against every assignment there is: neither a lower greatest load, nor a lower sum of squares."""
    proposals, reviewers, wanted, barred, seed = table
    drawn = draw(proposals=proposals, reviewers=reviewers, wanted=wanted, barred=barred, seed=seed)
    choices = []
    for proposal in proposals:
        open_to = sorted(able(proposal, reviewers, barred))
        choices.append(list(combinations(open_to, min(wanted, len(open_to)))))
    best = min(
        (max(loads, default=0), sum(load * load for load in loads))
        for way in product(*choices)
        for loads in [[sum(r in chosen for chosen in way) for r in reviewers]]
    )
    loads = list(drawn.loads.values())
    assert (max(loads, default=0), sum(load * load for load in loads)) == best


@given(st.integers(1, 12), st.integers(1, 7), st.integers(1, 7), st.text(max_size=4))
def test_without_conflicts_loads_differ_by_one_at_most(proposals, reviewers, wanted, seed):
    people = list(range(reviewers))
    drawn = draw(proposals=range(100, 100 + proposals), reviewers=people, wanted=min(wanted, reviewers), seed=seed)
    loads = [drawn.loads.get(person, 0) for person in people]
    assert max(loads) - min(loads) <= 1


@given(tables(), st.randoms(use_true_random=False))
def test_the_same_input_gives_the_same_draw_in_whatever_order_it_comes(table, random):
    proposals, reviewers, wanted, barred, seed = table
    first = draw(proposals=proposals, reviewers=reviewers, wanted=wanted, barred=barred, seed=seed)
    random.shuffle(proposals)
    random.shuffle(reviewers)
    assert draw(proposals=proposals, reviewers=reviewers, wanted=wanted, barred=barred, seed=seed) == first


@given(tables(), st.data())
def test_what_is_fixed_stays_and_counts_as_load(table, data):
    proposals, reviewers, wanted, barred, seed = table
    fixed = {
        (proposal, data.draw(st.sampled_from(sorted(open_to))))
        for proposal in proposals
        if (open_to := able(proposal, reviewers, barred)) and data.draw(st.booleans())
    }
    drawn = draw(proposals=proposals, reviewers=reviewers, wanted=wanted, barred=barred, fixed=fixed, seed=seed)
    assert all(reviewer in drawn.assigned[proposal] for proposal, reviewer in fixed)
    assert all(len(drawn.assigned[p]) == min(wanted, len(able(p, reviewers, barred))) for p in proposals)


def test_with_no_number_given_everyone_without_a_conflict_scores():
    drawn = draw(proposals=[1, 2], reviewers=[7, 8, 9], wanted=None, barred={(1, 8)})
    assert drawn.assigned == {1: {7, 9}, 2: {7, 8, 9}}
    assert not drawn.lacking


def test_a_chain_of_handing_on_is_found():
    """Reviewer 8 can only have proposal 1, 9 only 2: 7 takes what is left, and nobody two."""
    drawn = draw(proposals=[1, 2, 3], reviewers=[7, 8, 9], wanted=1, barred={(2, 8), (3, 8), (1, 9), (3, 9)})
    assert drawn.assigned == {1: {8}, 2: {9}, 3: {7}}
