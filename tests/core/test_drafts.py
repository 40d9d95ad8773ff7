"""Three sides of a draft: drawn from, typed, stored; rows that cannot be read keep their place."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.drafts import digest, digests, drawn_still, read_drawn, reconcile

VALUES = st.sampled_from([None, "", "ก", "ข", 0, 5, "5", [], [{"a": "ก"}], [{"a": "ก"}, {"a": ""}], [{"a": "ข"}]])
SIDES = st.dictionaries(st.sampled_from("abcd"), VALUES)


def test_what_counts_as_the_same_has_the_same_digest():
    assert digest(Decimal("5.00")) == digest(5) == digest(Decimal(5))
    assert digest("") == digest(None) == digest(False)
    assert digest("ก\r\nข ") == digest("ก\nข")
    assert digest([{"title": "ก", "note": ""}]) == digest([{"title": "ก", "note": None}])
    assert len({digest(value) for value in ("5", 5, "05", 0, None, True, [], [{}], "ก", "ข")}) == 9  # "5" reads as 5


@given(SIDES, SIDES, SIDES)
def test_nobodys_change_is_lost_silently(first, mine, theirs):
    merge = reconcile(drawn=digests(first), mine=mine, theirs=theirs)
    for name, value in mine.items():
        own, stored, before = digest(value), digest(theirs.get(name)), digests(first).get(name)
        if name in merge.keep:
            assert stored == before != own  # overwrites only what the form was drawn from
        elif name in merge.take:
            assert own == before != stored
        elif name in merge.clash:
            assert own != stored != before
        else:
            assert own == stored
    assert set(merge.keep) | set(merge.take) | set(merge.clash) <= set(mine)


def test_without_digests_every_difference_is_asked_about():
    merge = reconcile(drawn={}, mine={"a": "1", "b": "2"}, theirs={"a": "1", "b": "3"})
    assert (merge.keep, merge.take, merge.clash) == ({}, (), ("b",))
    assert read_drawn("{broken") == read_drawn("[1]") == read_drawn("") == {}


ROWS = st.lists(st.fixed_dictionaries({"a": st.integers(0, 2), "b": st.integers(0, 2)}), min_size=3, max_size=3)


@given(ROWS, ROWS, ROWS)
def test_rows_are_told_apart_where_nobody_adds_or_takes_away_one(first, mine, theirs):
    merge = reconcile(drawn=digests({"r": first}), mine={"r": mine}, theirs={"r": theirs})
    both = [row for row in range(3) if first[row] != mine[row] != theirs[row] != first[row]]
    if both:
        assert merge.clash == ("r",)
        return
    wanted = [own if own != before else stored for before, own, stored in zip(first, mine, theirs, strict=True)]
    assert not merge.clash and merge.keep.get("r", theirs) == wanted
    assert ("r" in merge.take) == (wanted != mine)
    # Who goes on typing in a row of his own is asked nothing; a colleague's row is still his or hers.
    still = drawn_still(digests({"r": first})["r"], mine, wanted)
    more = [{**row, "a": 9} if row == stored else row for row, stored in zip(mine, wanted, strict=True)]
    again = reconcile(drawn={"r": still}, mine={"r": more}, theirs={"r": wanted})
    kept = [{**row, "a": 9} if own == row else row for row, own in zip(wanted, mine, strict=True)]
    assert not again.clash and again.keep.get("r", wanted) == kept


@given(ROWS, ROWS, ROWS)
def test_with_a_row_more_or_less_the_table_is_one_value(first, mine, theirs):
    merge = reconcile(drawn=digests({"r": first}), mine={"r": [*mine, {"a": 1}]}, theirs={"r": theirs})
    assert ("r" in merge.clash) == (theirs != first)
