"""What the pages of calls and proposals show: steps, lists, ranking, and a submitted version as it was judged."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from agreements.enums import RECEIVED_PROPOSALS, CallState, CapacityKind, ProposalState
from agreements.models import Call, CallCriterion, Capacity, Proposal, Review
from agreements.sequences import grant, pbc
from partnerships.enums import Form

JUDGED = (ProposalState.ELIGIBLE, ProposalState.SELECTED, ProposalState.RESERVE, ProposalState.NOT_SELECTED)

PBC_STEP = {
    CallState.DRAFT: pbc.CALL,
    CallState.PUBLISHED: pbc.PROPOSAL,
    CallState.SCREENING: pbc.PRESENTATION,
    CallState.SELECTION: pbc.SELECTION,
    CallState.DECIDED: pbc.SELECTION,
}


def step_of(call: Call) -> str:
    """The code of the manual's step that the call has reached; a cancelled one stays where its stamps say it was."""
    if call.form == Form.GRANT:
        return grant.APPLICATION if call.published_at else grant.PREPARATION
    if call.state in PBC_STEP:
        return PBC_STEP[call.state]
    if call.closed_at:
        return pbc.PRESENTATION
    return pbc.PROPOSAL if call.published_at else pbc.CALL


# --- lists ----------------------------------------------------------------------------------------------------------


def calls_for(actor: Any, *, state: str = "", form: str = "") -> QuerySet[Call]:
    """The calls an actor may read, with the number of received proposals (for the agency's own)."""
    rows = Call.objects.visible_to(actor).select_related("agency", "mission")
    if state:
        rows = rows.filter(state=state)
    if form:
        rows = rows.filter(form=form)
    received = Count("proposals", filter=Q(proposals__state__in=RECEIVED_PROPOSALS))
    reviewing = Capacity.objects.current().filter(
        call=OuterRef("pk"), user_id=actor.user_id, kind=CapacityKind.REVIEWER
    )
    return rows.annotate(received=received, for_review=Exists(reviewing))


def proposals_for(call: Call, actor: Any) -> list[Proposal]:
    """The proposals on a call that the actor may read, in the order of arrival."""
    rows = Proposal.objects.visible_to(actor).filter(call=call)
    return list(rows.select_related("organisation", "presentation").order_by("submitted_at", "pk"))


def reviewers_of(call: Call) -> list[Capacity]:
    """Current reviewers with their users, in the order of naming."""
    rows = call.capacities.current().filter(kind=CapacityKind.REVIEWER)
    return list(rows.select_related("user").order_by("pk"))


def criteria_of(call_id: int, kind: str) -> list[CallCriterion]:
    """A call's qualifications or scoring criteria, in their order."""
    return list(CallCriterion.objects.filter(call_id=call_id, kind=kind).order_by("ordinal", "pk"))


# --- ranking --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ranked:
    """A proposal in the ranking: `mean` of 100 over the finished reviews that may be seen, None while there is none."""

    proposal: Proposal
    reviews: tuple[Review, ...]
    finished: int
    wanted: int
    own: Review | None

    @property
    def mean(self) -> Decimal | None:
        return mean([review.total for review in self.reviews])


def mean(totals: list[Decimal]) -> Decimal | None:
    """The arithmetic mean to two places; None of nothing."""
    if not totals:
        return None
    return (sum(totals, Decimal(0)) / len(totals)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def ranking(call: Call, actor: Any, reviewers: list[Capacity] | None = None) -> list[Ranked]:
    """The judged proposals of a call, the best mean first. Whoever reviews sees others' scores only where done."""
    reviewers = reviewers_of(call) if reviewers is None else reviewers
    sitting = {capacity.user_id for capacity in reviewers}
    reviews = Review.objects.unbiased().select_related("reviewer").prefetch_related("scores__criterion").order_by("pk")
    rows = (
        Proposal.objects.visible_to(actor)
        .filter(call=call, state__in=JUDGED)
        .select_related("organisation")
        .prefetch_related(Prefetch("reviews", queryset=reviews), "assignments")
    )
    ranked = [_ranked(proposal, actor, sitting) for proposal in rows]
    return sorted(ranked, key=lambda row: (row.mean is None, -(row.mean or 0), row.proposal.pk))


def _ranked(proposal: Proposal, actor: Any, sitting: set[int]) -> Ranked:
    everything = list(proposal.reviews.all())
    finished = [review for review in everything if review.finished_at]
    own = next((review for review in everything if review.reviewer_id == actor.user_id), None)
    still_judging = actor.user_id in sitting and (own is None or own.finished_at is None)
    return Ranked(
        proposal=proposal,
        reviews=() if still_judging else tuple(finished),
        finished=len(finished),
        wanted=len({row.reviewer_id for row in (*proposal.assignments.all(), *finished)}),
        own=own,
    )


def reviews_seen(proposal: Proposal, actor: Any) -> list[Review]:
    """The finished reviews of a proposal that the actor may read: none for a reviewer who has not finished."""
    sitting = {capacity.user_id for capacity in reviewers_of(proposal.call)}
    rows = proposal.reviews.counting().select_related("reviewer")
    if actor.user_id in sitting and not rows.filter(reviewer_id=actor.user_id).exists():
        return []
    return list(rows.prefetch_related("scores__criterion").order_by("pk"))
