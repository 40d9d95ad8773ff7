"""The judging of a call as its pages, its spreadsheet and its resolution see it: rows by place, spread, sensitivity."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from agreements import ranking as arithmetic
from agreements.blind import name_applicants
from agreements.enums import CapacityKind, CriterionKind, ProposalState
from agreements.judges import judged_calls
from agreements.models import (
    Call,
    CallCriterion,
    Presentation,
    PresentationScore,
    Proposal,
    ResolutionOutcome,
    Review,
    ReviewAssignment,
)
from agreements.ranking import Entry, Place, Scored, Spread, Weighted, Without
from partnerships.models import User

NOBODY = 0  # the place of points that no reviewer gave
JUDGED = (ProposalState.ELIGIBLE, ProposalState.SELECTED, ProposalState.RESERVE, ProposalState.NOT_SELECTED)


@dataclass(frozen=True)
class Ranked:
    """A judged proposal. `reviews`: the finished ones that the actor may read (records, or `Told`); `finished` of
    `wanted` are in.

    `place` is known where the whole ranking may be read. `own` is the actor's own review, finished or not; `presented`
    the mean points for the presentation (0-5). `by_appeal`: never judged, its result came of an appeal.
    """

    proposal: Proposal
    reviews: tuple[Any, ...]
    finished: int
    wanted: int
    own: Any
    place: Place | None = None
    presented: Decimal | None = None
    by_appeal: bool = False

    @cached_property
    def mean(self) -> Decimal | None:
        return arithmetic.mean([review.total for review in self.reviews])

    @property
    def score(self) -> str:
        """The mean as a page shows it; an en dash where no review is in."""
        return "–" if self.mean is None else str(self.mean)

    @property
    def progress(self) -> str:
        """How many of the wanted reviews are in, in words; or that none were wanted, and why."""
        if self.by_appeal and self.proposal.state == ProposalState.RESERVE:
            return _("Not scored (on the reserve list by an appeal)")
        if self.by_appeal:
            return _("Not scored (its result came of an appeal)")
        return _("%(finished)s of %(wanted)s in") % {"finished": self.finished, "wanted": self.wanted}

    @property
    def spread(self) -> Spread | None:
        return arithmetic.spread([review.total for review in self.reviews])

    @property
    def far(self) -> frozenset[int]:
        """Reviewers whose score lies far from the others'."""
        return arithmetic.far_from_the_others([scored_of(review) for review in self.reviews])

    @property
    def is_complete(self) -> bool:
        return self.place is not None and self.place.place is not None


@dataclass(frozen=True)
class Ranking:
    """The whole ranking of a call. `withheld`: a proposal is left out for this reader, so sums are not shown."""

    call: Call
    criteria: tuple[CallCriterion, ...]
    rows: tuple[Ranked, ...]
    without: tuple[Without, ...]
    reviewers: dict[int, User]
    withheld: bool = False

    @property
    def complete(self) -> list[Ranked]:
        return [row for row in self.rows if row.is_complete]

    @property
    def incomplete(self) -> list[Ranked]:
        return [row for row in self.rows if not row.is_complete]


def scored_of(review: Review) -> Scored:
    """A finished review as the arithmetic takes it (its scores prefetched)."""
    points = {score.criterion_id: score.points for score in review.scores.all() if score.points is not None}
    return Scored(review.reviewer_id, review.total, points)


# --- what is judged -------------------------------------------------------------------------------------------------


def judged_of(call: Call) -> QuerySet[Proposal]:
    """The proposals of a call that were found eligible, whatever came of them, in the order of arrival."""
    rows = Proposal.objects.filter(call=call, state__in=JUDGED).select_related("organisation")
    return rows.order_by("submitted_at", "pk")


def wanted_of(call: Call, proposals: Iterable[int] | None = None) -> dict[int, set[int]]:
    """Proposal → the reviewers to whom it is assigned; of the whole call, or of these proposals (ids) alone."""
    wanted: dict[int, set[int]] = defaultdict(set)
    rows = ReviewAssignment.objects.of_call(call.pk)
    if proposals is not None:
        rows = ReviewAssignment.objects.filter(proposal__in=proposals)
    for proposal, reviewer in rows.order_by().values_list("proposal_id", "reviewer_id"):
        wanted[proposal].add(reviewer)
    return wanted


def _reviews(call: Call) -> QuerySet[Review]:
    rows = Review.objects.unbiased().filter(proposal__call=call).select_related("reviewer")
    return rows.order_by("pk")


def _with_scores(call: Call) -> Prefetch:
    return Prefetch("reviews", queryset=_reviews(call).prefetch_related("scores"))


def _presented(call: Call) -> dict[int, dict[int, int]]:
    told: dict[int, dict[int, int]] = defaultdict(dict)
    rows = PresentationScore.objects.unbiased().filter(presentation__proposal__call=call)
    for proposal, reviewer, points in rows.values_list("presentation__proposal_id", "reviewer_id", "points"):
        told[proposal][reviewer] = points
    for proposal in Presentation.objects.filter(proposal__call=call, attended=False).values_list(
        "proposal_id", flat=True
    ):
        told[proposal][NOBODY] = 0  # who did not come has no points for it, and the others' order can be told
    return told


def _owed(call: Call) -> Counter[int]:
    """Proposal → how many of its reviewers have not given points for its presentation, where the call weighs it."""
    if not call.presentation_weight:
        return Counter()
    return Counter(ReviewAssignment.objects.of_call(call.pk).owing_points().values_list("proposal_id", flat=True))


# --- for pages ------------------------------------------------------------------------------------------------------


class Told(NamedTuple):
    """A review as the list on a call's page tells of it: kept out are those of people with a conflict."""

    pk: int
    proposal_id: int
    reviewer_id: int
    reviewer_name: str
    total: Decimal | None
    finished_at: datetime | None


ReviewsBy = Mapping[int, Sequence[Any]]  # proposal (id) → its reviews, as `Told` or as records


def told_of(call: Call) -> dict[int, list[Told]]:
    """All reviews of a call by proposal, finished or not (one query)."""
    found: dict[int, list[Told]] = defaultdict(list)
    rows = Review.objects.unbiased().filter(proposal__call=call).order_by("pk")
    for row in rows.values_list("pk", "proposal_id", "reviewer_id", "reviewer__full_name_th", "total", "finished_at"):
        found[row[1]].append(Told(*row))
    return found


def ranking(
    call: Call,
    actor: Any,
    proposals: Iterable[Proposal],
    told: ReviewsBy | None = None,
    standings: Mapping[int, Place] | None = None,
) -> list[Ranked]:
    """The judged ones of these proposals, each with the reviews that the actor may read, the best first: by the mean of
    the reviews, or by the final score where `standings` are given.

    `proposals`: those that the actor may read (`agreements.queries.calls.proposals_for`); `told`: of `told_of`.
    """
    judged = [one for one in proposals if one.state in JUDGED]
    reviews, ids = told_of(call) if told is None else told, [one.pk for one in judged]
    readable, wanted = _readable(call, actor, reviews, ids), wanted_of(call, ids)
    moved = _by_appeal(judged, wanted, reviews)
    ranked = [_ranked(one, actor, readable, wanted[one.pk], reviews, by_appeal=one.pk in moved) for one in judged]
    if standings:
        ranked = [replace(row, place=standings.get(row.proposal.pk)) for row in ranked]
    return sorted(ranked, key=lambda row: _by_mean(row.place.final if row.place else row.mean, row.proposal.pk))


def best_first(told: ReviewsBy, pks: Iterable[int], standings: Mapping[int, Place] | None = None) -> list[int]:
    """Proposals of a call (ids) in the order of `ranking` for whoever does not review it: by all counting reviews."""
    totals = {pk: [review.total for review in told.get(pk, ()) if review.finished_at] for pk in pks}
    scores = {pk: arithmetic.mean(found) for pk, found in totals.items()}
    if standings:
        scores |= {pk: standings[pk].final for pk in scores if pk in standings}
    return sorted(scores, key=lambda pk: _by_mean(scores[pk], pk))


def _by_mean(mean: Decimal | None, pk: int) -> tuple[bool, Decimal | int, int]:
    return mean is None, -(mean or 0), pk


def _readable(call: Call, actor: Any, reviews: ReviewsBy, proposals: Iterable[int]) -> set[int]:
    """Which reviews of these proposals the actor may read: all finished, unless he or she reviews too."""
    if CapacityKind.REVIEWER not in judged_calls(actor).get(call.pk, ()):
        return {review.pk for pk in proposals for review in reviews.get(pk, ()) if review.finished_at}
    return set(Review.objects.readable_by(actor).filter(proposal__call=call).values_list("pk", flat=True))


def _by_appeal(proposals: Iterable[Proposal], wanted: dict[int, set[int]], reviews: ReviewsBy) -> set[int]:
    """Those that have a result without having been judged (ids): the committee never resolved on them.

    Asks the database only where a proposal with a result has neither reviews nor reviewers.
    """
    silent = {
        one.pk
        for one in proposals
        if one.state != ProposalState.ELIGIBLE
        and not wanted[one.pk]
        and not any(review.finished_at for review in reviews.get(one.pk, ()))
    }
    if not silent:
        return silent
    return silent - set(ResolutionOutcome.objects.filter(proposal__in=silent).values_list("proposal_id", flat=True))


def _ranked(
    proposal: Proposal, actor: Any, readable: set[int], wanted: set[int], reviews: ReviewsBy, **more: Any
) -> Ranked:
    everything = reviews.get(proposal.pk, ())
    finished = [review for review in everything if review.finished_at]
    return Ranked(
        proposal=proposal,
        reviews=tuple(review for review in finished if review.pk in readable),
        finished=len(finished),
        wanted=len(wanted | {review.reviewer_id for review in finished}),
        own=next((review for review in everything if review.reviewer_id == actor.user_id), None),
        **more,
    )


def whole_ranking(call: Call, actor: Any) -> Ranking:
    """The ranking over every judged proposal, and its sensitivity, for a `ranking_reader` (judge that first).

    Places are those among all; a proposal that this reader may not see (a declared conflict) is left out of the rows.
    """
    seen = set(Proposal.objects.visible_to(actor).filter(call=call).values_list("pk", flat=True))
    proposals = list(judged_of(call).prefetch_related(_with_scores(call)))
    reviews = {one.pk: list(one.reviews.all()) for one in proposals}
    readable = _readable(call, actor, reviews, reviews)
    criteria = list(CallCriterion.objects.filter(call=call, kind=CriterionKind.SCORING).order_by("ordinal", "pk"))
    wanted, presented, owed = wanted_of(call), _presented(call), _owed(call)
    entries = [entry_of(one, wanted[one.pk], presented.get(one.pk, {}), owed[one.pk]) for one in proposals]
    weighted = [Weighted(one.pk, one.weight or 0) for one in criteria]
    terms: dict[str, Any] = {"ceiling": call.budget_ceiling, "presentation_weight": call.presentation_weight}
    places = arithmetic.rank(entries, weighted, **terms)
    by_id, moved = {one.pk: one for one in proposals}, _by_appeal(proposals, wanted, reviews)
    rows = [
        _ranked(
            by_id[place.key],
            actor,
            readable,
            wanted[place.key],
            reviews,
            place=place,
            presented=arithmetic.mean(list(presented.get(place.key, {}).values())),
            by_appeal=place.key in moved,
        )
        for place in places
        if place.key in seen
    ]
    name_applicants([row.proposal for row in rows], call, actor)
    without = arithmetic.sensitivity(entries, weighted, **terms)
    people = {review.reviewer_id: review.reviewer for told in reviews.values() for review in told}
    return Ranking(call, tuple(criteria), tuple(rows), tuple(without), people, withheld=len(rows) < len(places))


def entry_of(proposal: Proposal, wanted: set[int], presented: dict[int, int], owed: int) -> Entry:
    """A proposal as the arithmetic takes it; reviews finished by people no longer wanted count as well."""
    finished = tuple(scored_of(review) for review in proposal.reviews.all() if review.finished_at)
    asked = wanted | {review.reviewer for review in finished}
    return Entry(proposal.pk, finished, max(len(asked), 1), presented, proposal.budget, owed)


def entry_for(proposal: Proposal) -> Entry:
    """One proposal as the ranking of its call takes it."""
    call = proposal.call
    one = judged_of(call).prefetch_related(_with_scores(call)).filter(pk=proposal.pk).first()
    if one is None:
        return Entry(proposal.pk, (), 1, {}, proposal.budget)
    return entry_of(one, wanted_of(call)[one.pk], _presented(call).get(one.pk, {}), _owed(call)[one.pk])


def standings_of(call: Call) -> dict[int, Place]:
    """Proposal → its standing among the judged ones of the call; those without a final score have no place in it."""
    proposals = judged_of(call).prefetch_related(_with_scores(call))
    wanted, presented, owed = wanted_of(call), _presented(call), _owed(call)
    entries = [entry_of(one, wanted[one.pk], presented.get(one.pk, {}), owed[one.pk]) for one in proposals]
    criteria = CallCriterion.objects.filter(call=call, kind=CriterionKind.SCORING).order_by("ordinal", "pk")
    weighted = [Weighted(one.pk, one.weight or 0) for one in criteria]
    terms: dict[str, Any] = {"ceiling": call.budget_ceiling, "presentation_weight": call.presentation_weight}
    return {one.key: one for one in arithmetic.rank(entries, weighted, **terms)}


def places_of(call: Call) -> dict[int, int]:
    """Proposal → its place among the judged ones of the call; those without a final score are left out."""
    return {key: one.place for key, one in standings_of(call).items() if one.place is not None}


def reviews_seen(proposal: Proposal, actor: Any) -> list[Review]:
    """The finished reviews of a proposal that the actor may read: none for a reviewer who has not finished."""
    rows = proposal.reviews.readable_by(actor).select_related("reviewer")
    return list(rows.prefetch_related("scores__criterion", "reopenings").order_by("pk"))
