"""The arithmetic of judging: weighted scores, spread, the ranking with its ties, and what one reviewer changes.

Pure: numbers in, numbers out, no records (§3.1 step 2, §3.2 step 4). Points go from 0 to 5, scores from 0 to 100 with
two places, weights are percent. Not scored is None and never counts as 0.

Rules, each stated here alone:
- A review weighs Σ weight × points / 5. A proposal's score is the mean of its finished reviews; where the call gives
  the presentation w percent, the final score is mean × (100 − w) / 100 + mean of its points × 20 × w / 100.
- Only a proposal whose wanted reviews are all in (and the points for its presentation, where that weighs) has a place.
- Equal final scores: the higher mean on the heaviest criterion goes first, then on the next heaviest, and so on (of
  criteria that weigh the same, in the order of the call). Equal on every criterion is the same place: the committee
  decides.
- A review lies far from the others when it is more than FAR points away from the median of its proposal's reviews.
- Budgets are added up in the order of the ranking; within the ceiling is who still fits into the running sum. Those on
  the same place have one sum, which counts them all. Where it is above the ceiling, it depends on the committee which
  of them are within; only who would not fit even as the first of them is above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import groupby
from statistics import median

MAX_POINTS = 5
FAR = Decimal(15)
_CENT = Decimal("0.01")


@dataclass(frozen=True)
class Weighted:
    """A criterion of the call with its weight in percent; `key` names it in the points of the reviews."""

    key: int
    weight: int


@dataclass(frozen=True)
class Scored:
    """A finished review: by whom, its total of 100, and the points on each criterion."""

    reviewer: int
    total: Decimal
    points: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """What is known of one proposal. `wanted`: how many reviews must be in; `presented`: points by reviewer; `owed`:
    how many reviewers still have to give theirs."""

    key: int
    reviews: tuple[Scored, ...] = ()
    wanted: int = 1
    presented: Mapping[int, int] = field(default_factory=dict)
    budget: Decimal | None = None
    owed: int = 0


@dataclass(frozen=True)
class Spread:
    """How far the reviews of one proposal lie apart, in points of 100."""

    mean: Decimal
    median: Decimal
    least: Decimal
    most: Decimal
    deviation: Decimal


@dataclass(frozen=True)
class Place:
    """A proposal's place. `place` is None while reviews are outstanding, `final` is its score of 100 then too.

    `tied_with`: others with the same final score. `decided_by`: the criterion that sets it apart from its neighbour
    among them; None where it is equal with one on every criterion, and the committee decides. `cumulated`: baht asked
    for down to this place; `within`: whether it fits into the ceiling, None while that is not known.
    """

    key: int
    final: Decimal | None
    place: int | None = None
    tied_with: tuple[int, ...] = ()
    equal_with: tuple[int, ...] = ()
    decided_by: int | None = None
    cumulated: Decimal | None = None
    within: bool | None = None

    @property
    def within_is_for_the_committee(self) -> bool:
        """Whether the budget fits only if the committee puts it before others on the same place."""
        return self.cumulated is not None and self.within is None


@dataclass(frozen=True)
class Without:
    """The ranking as it would be without one reviewer: places that change, and who comes into the budget or falls out.

    Whose budget fits only by the committee's word, now or then, is in neither list.
    `moved`: proposal → (place, place without; None where it would have no score). `order_changes` only says whether the
    order of those that keep a score is another one.
    """

    reviewer: int
    moved: Mapping[int, tuple[int | None, int | None]]
    into_budget: tuple[int, ...]
    out_of_budget: tuple[int, ...]

    @property
    def changes(self) -> bool:
        return bool(self.moved or self.into_budget or self.out_of_budget)


# --- one proposal ---------------------------------------------------------------------------------------------------


def weighted_total(points: Iterable[tuple[int, int]]) -> Decimal:
    """The score of 100 from (weight in percent, points 0-5) of each criterion: Σ weight × points / 5, two places."""
    return _rounded(sum((Fraction(weight * given, MAX_POINTS) for weight, given in points), Fraction(0)))


def mean(values: Sequence[Decimal | int]) -> Decimal | None:
    """The arithmetic mean to two places; None of nothing.

    Exact in decimals: a mean of so few values with two places comes nearer to half a hundredth than 28 digits tell
    only where it is just that.
    """
    return (sum(values, Decimal(0)) / len(values)).quantize(_CENT, ROUND_HALF_UP) if values else None


def spread(totals: Sequence[Decimal]) -> Spread | None:
    """Mean, median, least, most and standard deviation (of these reviews, not of a sample); None of nothing."""
    if not totals:
        return None
    middle = _mean(totals)
    variance = _mean([(Fraction(total) - middle) ** 2 for total in totals])
    root = Decimal(variance.numerator) / Decimal(variance.denominator)
    return Spread(
        mean=_rounded(middle),
        median=_rounded(Fraction(median(totals))),
        least=min(totals),
        most=max(totals),
        deviation=root.sqrt().quantize(_CENT, ROUND_HALF_UP),
    )


def far_from_the_others(reviews: Sequence[Scored]) -> frozenset[int]:
    """The reviewers whose total lies more than FAR points from the median of these reviews."""
    if len(reviews) < 2:
        return frozenset()
    middle = Fraction(median([review.total for review in reviews]))
    return frozenset(review.reviewer for review in reviews if abs(Fraction(review.total) - middle) > FAR)


def final_score(entry: Entry, presentation_weight: int = 0) -> Decimal | None:
    """The final score of 100, or None while a wanted review is outstanding or points for a presentation that weighs."""
    if not entry.reviews or len(entry.reviews) < entry.wanted:
        return None
    reviewed = _mean([review.total for review in entry.reviews])
    if not presentation_weight:
        return _rounded(reviewed)
    if not entry.presented or entry.owed:
        return None
    presented = _mean(list(entry.presented.values())) * 100 / MAX_POINTS
    return _rounded((reviewed * (100 - presentation_weight) + presented * presentation_weight) / 100)


# --- the ranking ----------------------------------------------------------------------------------------------------


def rank(
    entries: Iterable[Entry], criteria: Iterable[Weighted], *, ceiling: Decimal, presentation_weight: int = 0
) -> list[Place]:
    """The complete ones by place, then the incomplete in the order given, without a place."""
    entries = list(entries)
    heaviest = sorted(criteria, key=lambda one: -one.weight)
    finals = {entry.key: final_score(entry, presentation_weight) for entry in entries}
    complete = [entry for entry in entries if finals[entry.key] is not None]
    vectors = {entry.key: tuple(_mean_on(entry, one.key) for one in heaviest) for entry in complete}
    order = sorted(complete, key=lambda entry: (-finals[entry.key], [-each for each in vectors[entry.key]], entry.key))
    places: list[Place] = []
    for _final, group in groupby(order, key=lambda entry: finals[entry.key]):
        places += _placed([entry.key for entry in group], finals, vectors, heaviest, before=len(places))
    budgets = {entry.key: entry.budget for entry in complete}
    rest = [Place(entry.key, None) for entry in entries if finals[entry.key] is None]
    return [*_cumulated(places, budgets, ceiling), *rest]


def _placed(
    keys: list[int],
    finals: Mapping[int, Decimal | None],
    vectors: Mapping[int, tuple[Fraction, ...]],
    heaviest: Sequence[Weighted],
    before: int,
) -> list[Place]:
    """The places of those with one final score, in their order."""
    places = []
    for index, key in enumerate(keys):
        equal = [other for other in keys if other != key and vectors[other] == vectors[key]]
        first = next(position for position, other in enumerate(keys) if vectors[other] == vectors[key])
        neighbour = keys[index - 1] if index else keys[1] if len(keys) > 1 else None
        apart = None
        if neighbour is not None and not equal:
            pairs = zip(heaviest, vectors[key], vectors[neighbour], strict=True)
            apart = next((one.key for one, own, other in pairs if own != other), None)
        tied = tuple(other for other in keys if other != key)
        places.append(Place(key, finals[key], before + first + 1, tied, tuple(equal), apart))
    return places


def _cumulated(places: list[Place], budgets: Mapping[int, Decimal | None], ceiling: Decimal) -> list[Place]:
    """Each place with the sum asked for down to it; nothing is known of the sum after a budget that is not known."""
    told: list[Place] = []
    before: Decimal | None = Decimal(0)
    for _number, rows in groupby(places, key=lambda place: place.place):
        group = list(rows)
        asked = [budgets[place.key] for place in group]
        total = None if before is None or None in asked else before + sum(each or 0 for each in asked)
        for place, budget in zip(group, asked, strict=True):
            first = None if before is None or budget is None else before + budget
            told.append(replace(place, cumulated=total, within=_fits(first, total, ceiling)))
        before = total
    return told


def _fits(first: Decimal | None, total: Decimal | None, ceiling: Decimal) -> bool | None:
    """Within the ceiling wherever it stands among its equals, or not even as the `first` of them; else not known."""
    if first is None or total is None:
        return None
    return True if total <= ceiling else False if first > ceiling else None


def _mean_on(entry: Entry, criterion: int) -> Fraction:
    """The mean points on one criterion over the reviews that have points on it."""
    given = [review.points[criterion] for review in entry.reviews if review.points.get(criterion) is not None]
    return _mean(given) if given else Fraction(0)


# --- sensitivity ----------------------------------------------------------------------------------------------------


def sensitivity(
    entries: Iterable[Entry], criteria: Iterable[Weighted], *, ceiling: Decimal, presentation_weight: int = 0
) -> list[Without]:
    """For each reviewer who has finished a review: what would be another in the ranking without his or her scores."""
    entries, criteria = list(entries), list(criteria)
    terms = {"ceiling": ceiling, "presentation_weight": presentation_weight}
    now = {place.key: place for place in rank(entries, criteria, **terms) if place.place is not None}
    told = []
    for reviewer in sorted({review.reviewer for entry in entries for review in entry.reviews}):
        left = [leave_out(entry, reviewer) for entry in entries if entry.key in now]
        then = {place.key: place for place in rank(left, criteria, **terms)}
        told.append(
            Without(
                reviewer,
                moved={k: (now[k].place, then[k].place) for k in now if now[k].place != then[k].place},
                into_budget=tuple(k for k in now if now[k].within is False and then[k].within),
                out_of_budget=tuple(k for k in now if now[k].within and _is_out(then[k])),
            )
        )
    return told


def _is_out(place: Place) -> bool:
    """Above the ceiling, or without a place; not where the committee or a budget that is not known leaves it open."""
    return place.within is False or place.place is None


def leave_out(entry: Entry, reviewer: int) -> Entry:
    """The entry without what one reviewer gave; one review less is wanted where his or hers was among them."""
    reviews = tuple(review for review in entry.reviews if review.reviewer != reviewer)
    presented = {key: points for key, points in entry.presented.items() if key != reviewer}
    return replace(entry, reviews=reviews, presented=presented, wanted=entry.wanted - len(entry.reviews) + len(reviews))


def _mean(values: Sequence[Decimal | int | Fraction]) -> Fraction:
    return sum((Fraction(value) for value in values), Fraction(0)) / len(values)


def _rounded(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / Decimal(value.denominator)).quantize(_CENT, ROUND_HALF_UP)
