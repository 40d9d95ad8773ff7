"""The judging of a call as its pages, its spreadsheet and its resolution see it: rows by place, spread, sensitivity."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from agreements import ranking as arithmetic
from agreements.blind import name_applicants
from agreements.enums import CriterionKind, ProposalState
from agreements.models import (
    Call,
    CallCriterion,
    PresentationScore,
    Proposal,
    Review,
    ReviewAssignment,
)
from agreements.ranking import Entry, Place, Scored, Spread, Weighted, Without
from partnerships.models import User

JUDGED = (ProposalState.ELIGIBLE, ProposalState.SELECTED, ProposalState.RESERVE, ProposalState.NOT_SELECTED)


@dataclass(frozen=True)
class Ranked:
    """A judged proposal. `reviews`: the finished ones that the actor may read; `finished` of `wanted` are in.

    `place` is known where the whole ranking may be read. `own` is the actor's own review, finished or not; `presented`
    the mean points for the presentation (0-5).
    """

    proposal: Proposal
    reviews: tuple[Review, ...]
    finished: int
    wanted: int
    own: Review | None
    place: Place | None = None
    presented: Decimal | None = None

    @property
    def mean(self) -> Decimal | None:
        return arithmetic.mean([review.total for review in self.reviews])

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


def wanted_of(call: Call) -> dict[int, set[int]]:
    """Proposal → the reviewers to whom it is assigned."""
    wanted: dict[int, set[int]] = defaultdict(set)
    for proposal, reviewer in ReviewAssignment.objects.of_call(call.pk).values_list("proposal_id", "reviewer_id"):
        wanted[proposal].add(reviewer)
    return wanted


def _reviews(call: Call) -> QuerySet[Review]:
    rows = Review.objects.unbiased().filter(proposal__call=call).select_related("reviewer")
    return rows.prefetch_related("scores").order_by("pk")


def _presented(call: Call) -> dict[int, dict[int, int]]:
    told: dict[int, dict[int, int]] = defaultdict(dict)
    rows = PresentationScore.objects.filter(presentation__proposal__call=call)
    for proposal, reviewer, points in rows.values_list("presentation__proposal_id", "reviewer_id", "points"):
        told[proposal][reviewer] = points
    return told


# --- for pages ------------------------------------------------------------------------------------------------------


def ranking(call: Call, actor: Any) -> list[Ranked]:
    """The judged proposals that the actor may read, each with the reviews he or she may read, the best mean first."""
    readable = set(Review.objects.readable_by(actor).filter(proposal__call=call).values_list("pk", flat=True))
    rows = Proposal.objects.visible_to(actor).filter(call=call, state__in=JUDGED).select_related("organisation")
    proposals = list(rows.prefetch_related(Prefetch("reviews", queryset=_reviews(call))))
    wanted = wanted_of(call)
    ranked = [_ranked(one, actor, readable, wanted[one.pk]) for one in proposals]
    return sorted(ranked, key=lambda row: (row.mean is None, -(row.mean or 0), row.proposal.pk))


def _ranked(proposal: Proposal, actor: Any, readable: set[int], wanted: set[int], **more: Any) -> Ranked:
    everything = list(proposal.reviews.all())
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
    readable = set(Review.objects.readable_by(actor).filter(proposal__call=call).values_list("pk", flat=True))
    proposals = list(judged_of(call).prefetch_related(Prefetch("reviews", queryset=_reviews(call))))
    criteria = list(CallCriterion.objects.filter(call=call, kind=CriterionKind.SCORING).order_by("ordinal", "pk"))
    wanted, presented = wanted_of(call), _presented(call)
    entries = [entry_of(one, wanted[one.pk], presented.get(one.pk, {})) for one in proposals]
    weighted = [Weighted(one.pk, one.weight or 0) for one in criteria]
    terms: dict[str, Any] = {"ceiling": call.budget_ceiling, "presentation_weight": call.presentation_weight}
    places = arithmetic.rank(entries, weighted, **terms)
    by_id = {one.pk: one for one in proposals}
    rows = [
        _ranked(
            by_id[place.key],
            actor,
            readable,
            wanted[place.key],
            place=place,
            presented=arithmetic.mean(list(presented.get(place.key, {}).values())),
        )
        for place in places
        if place.key in seen
    ]
    name_applicants([row.proposal for row in rows], call, actor)
    without = arithmetic.sensitivity(entries, weighted, **terms)
    people = {review.reviewer_id: review.reviewer for one in proposals for review in one.reviews.all()}
    return Ranking(call, tuple(criteria), tuple(rows), tuple(without), people, withheld=len(rows) < len(places))


def entry_of(proposal: Proposal, wanted: set[int], presented: dict[int, int]) -> Entry:
    """A proposal as the arithmetic takes it; reviews finished by people no longer wanted count as well."""
    finished = tuple(scored_of(review) for review in proposal.reviews.all() if review.finished_at)
    asked = wanted | {review.reviewer for review in finished}
    return Entry(proposal.pk, finished, max(len(asked), 1), presented, proposal.budget)


def entry_for(proposal: Proposal) -> Entry:
    """One proposal as the ranking of its call takes it."""
    call = proposal.call
    one = judged_of(call).prefetch_related(Prefetch("reviews", queryset=_reviews(call))).filter(pk=proposal.pk).first()
    if one is None:
        return Entry(proposal.pk, (), 1, {}, proposal.budget)
    return entry_of(one, wanted_of(call)[one.pk], _presented(call).get(one.pk, {}))


def reviews_seen(proposal: Proposal, actor: Any) -> list[Review]:
    """The finished reviews of a proposal that the actor may read: none for a reviewer who has not finished."""
    rows = proposal.reviews.readable_by(actor).select_related("reviewer")
    return list(rows.prefetch_related("scores__criterion", "reopenings").order_by("pk"))
