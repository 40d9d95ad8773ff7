"""A call and its proposals as their requirements see them, read in three queries (§3.1 steps 1-2, §3.2 steps 1-4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from threading import get_ident
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from agreements.call_dates import DATES_IN_ORDER
from agreements.enums import (
    RECEIVED_PROPOSALS,
    AllocationMethod,
    CapacityKind,
    CriterionKind,
    Outcome,
    ProposalSource,
    ProposalState,
)
from agreements.judges import is_barred_from, undeclared
from agreements.models import (
    Call,
    CallInvitation,
    Capacity,
    Presentation,
    PresentationScore,
    Proposal,
    Resolution,
    ResolutionOutcome,
    Review,
    ReviewAssignment,
    SelectionMember,
)
from core import clock
from partnerships.models import Membership

WRITTEN_PARTS = (
    "background",
    "scope",
    "objectives",
    "target_group",
    "area",
    "allocation",
    "evaluation_plan",
    "contact_phone",
)
HINT = re.compile(r"\[[^\[\]]{4,}\]")  # what OPDC's templates leave to be filled in; "[12]" is a footnote
TEXTS_WITH_HINTS = ("title", "background", "scope", "objectives", "allocation", "evaluation_plan")


@dataclass(frozen=True)
class ProposalFacts:
    """A received proposal as the call's requirements see it.

    `assigned`: reviewers to whom it is assigned; `unscored`: those of them whose review is not finished or does not
    count; `free`: current reviewers who may score it (declared on all applicants, no conflict), assigned or not.
    `selected_unfit`: selected by the resolution, while the organisation is blocked or not verified today.
    `selected_budget`: in baht where the resolution selects it.
    """

    state: str
    presented: bool
    assigned: int
    unscored: int
    free: int
    has_outcome: bool
    selected_unfit: bool
    presentation_scored: bool
    selected_budget: Decimal | None

    @property
    def is_eligible(self) -> bool:
        return self.state == ProposalState.ELIGIBLE


@dataclass(frozen=True)
class CallFacts:
    """A call as its requirements see it. `resolution_holds`: there is one, and nothing has overtaken it since."""

    form: str
    procedure: str
    written: bool
    closes_at: datetime
    accepts_until: datetime
    now: datetime
    weights: tuple[int, ...]
    qualifications: int
    invited: int
    reviewers: int
    undeclared: int
    wanted: int | None
    proposals: tuple[ProposalFacts, ...]
    ceiling: Decimal
    presentation_weight: int
    committee: int
    committee_of_applicants: int
    resolution_holds: bool
    above_ceiling_explained: bool
    papers_waiting: int = 0
    dates: Mapping[str, Any] = field(default_factory=dict)
    rubrics: tuple[list[Any], ...] = ()
    hints: tuple[str, ...] = ()
    money_told: bool = True

    @property
    def eligible(self) -> tuple[ProposalFacts, ...]:
        return tuple(proposal for proposal in self.proposals if proposal.is_eligible)


def load(call: Call) -> CallFacts:
    """The facts of a call, in three queries."""
    criteria = [(one.kind, one.weight, one.levels) for one in call.criteria.all()]
    reviewers = Capacity.objects.current().filter(call=call, kind=CapacityKind.REVIEWER)
    return CallFacts(
        form=call.form,
        procedure=call.procedure,
        written=all(getattr(call, part) for part in WRITTEN_PARTS),
        closes_at=call.closes_at,
        accepts_until=call.accepts_until,
        now=clock.now(),
        wanted=call.reviewers_per_proposal,
        weights=tuple(weight for kind, weight, _levels in criteria if kind == CriterionKind.SCORING),
        qualifications=sum(kind == CriterionKind.ELIGIBILITY for kind, _weight, _levels in criteria),
        proposals=tuple(_proposals(call)),
        dates={name: getattr(call, name) for name in DATES_IN_ORDER},
        rubrics=tuple(levels for _kind, _weight, levels in criteria if levels),
        hints=tuple(name for name in TEXTS_WITH_HINTS if HINT.search(getattr(call, name))),
        money_told=_is_money_told(call),
        ceiling=call.budget_ceiling,
        presentation_weight=call.presentation_weight,
        **_counts(call, reviewers),
    )


def _sitting_for_an_applicant() -> Any:
    """Members of the outer call's committee who belong to an applicant today."""
    call = OuterRef(OuterRef("committee__call"))
    applies = Proposal.objects.received().filter(call=call, organisation=OuterRef("organisation"))
    belonging = Membership.objects.current(clock.today()).filter(Exists(applies), user=OuterRef("user"))
    return SelectionMember.objects.filter(Exists(belonging), committee__call=OuterRef("pk"))


def _is_money_told(call: Call) -> bool:
    """How the money is given out (§3.2 step 1): a number of instalments, or a unit with the ceiling of its cost."""
    by_instalments = call.allocation_method != AllocationMethod.UNIT_COST
    by_unit = call.allocation_method != AllocationMethod.INSTALMENTS
    return (not by_instalments or bool(call.instalment_count)) and (
        not by_unit or bool(call.unit and call.unit_cost_ceiling)
    )


def _counts(call: Call, reviewers: Any) -> dict[str, Any]:
    """How many are invited, review, have not declared, sit, wait on paper; the resolution (one query)."""
    waiting = reviewers.filter(Exists(undeclared(OuterRef("call"), OuterRef("user_id"))))
    row = Call._base_manager.filter(pk=call.pk).annotate(
        invited=_count(CallInvitation.objects.filter(call=OuterRef("pk")), "call"),
        reviewers=_count(reviewers.filter(call=OuterRef("pk")), "call"),
        undeclared=_count(waiting.filter(call=OuterRef("pk")), "call"),
        committee=_count(SelectionMember.objects.filter(committee__call=OuterRef("pk")), "committee__call"),
        committee_of_applicants=_count(_sitting_for_an_applicant(), "committee__call"),
        papers_waiting=_count(unconfirmed_papers().filter(call=OuterRef("pk")), "call"),
        resolution_holds=Exists(Resolution.objects.standing().filter(call=OuterRef("pk"))),
    )
    names = (
        *("invited", "reviewers", "undeclared", "committee"),
        *("committee_of_applicants", "papers_waiting", "resolution_holds"),
    )
    *told, reason = row.values_list(*names, "resolution__over_ceiling_reason").get()
    return {**dict(zip(names, told, strict=True)), "above_ceiling_explained": bool(reason)}


def _proposals(call: Call) -> list[ProposalFacts]:
    """The received proposals (one query)."""
    received = _every_proposal(clock.today(), get_ident()).filter(call=call, state__in=RECEIVED_PROPOSALS)
    return [ProposalFacts(*row) for row in received]


@lru_cache(maxsize=32)
def _every_proposal(_today: date, _thread: int) -> QuerySet[Proposal, Any]:
    """The query without its call: writing it takes longer than asking it, and of time it knows the day alone.

    Each thread has its own: Django counts in a subquery while it compiles it.
    """
    assigned = ReviewAssignment.objects.filter(proposal=OuterRef("pk"))
    counting = Review.objects.counting().filter(proposal=OuterRef("proposal"), reviewer_id=OuterRef("reviewer_id"))
    sitting = Capacity.objects.current().filter(call=OuterRef("call"), kind=CapacityKind.REVIEWER)
    ready = sitting.filter(~Exists(undeclared(OuterRef("call"), OuterRef("user_id"))))
    rows = Proposal.objects.annotate(
        presented=Exists(Presentation.objects.filter(proposal=OuterRef("pk"))),
        assigned=_count(assigned, "proposal"),
        unscored=_count(assigned.filter(~Exists(counting)), "proposal"),
        free=_count(ready.filter(~is_barred_from(OuterRef(OuterRef("organisation")))), "call"),
        has_outcome=Exists(ResolutionOutcome.objects.filter(proposal=OuterRef("pk"))),
        selected_unfit=Exists(_selected_unfit()),
        presentation_scored=Exists(_scored_or_unheard()),
        selected_budget=Case(When(outcome__outcome=Outcome.SELECTED, then=F("budget"))),
    )
    return rows.values_list(*(one.name for one in fields(ProposalFacts)))


def _scored_or_unheard() -> Any:
    """The presentation of the outer proposal, where all its reviewers gave points, or the applicant did not come."""
    owing = ReviewAssignment.objects.owing_points().filter(proposal=OuterRef("proposal"))
    given = PresentationScore.objects.unbiased().filter(presentation=OuterRef("pk"))
    done = Q(attended=False) | (Q(Exists(given)) & ~Q(Exists(owing)))
    return Presentation.objects.filter(done, proposal=OuterRef("pk"))


def _selected_unfit() -> Any:
    fit = Q(proposal__organisation__blocked_at=None, proposal__organisation__verified_until__gte=clock.today())
    return ResolutionOutcome.objects.filter(~fit, proposal=OuterRef("pk"), outcome=Outcome.SELECTED)


def _count(rows: Any, by: str) -> Any:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def unconfirmed_papers() -> QuerySet[Proposal]:
    """Entered from paper, and neither confirmed by a second person nor taken out as a mistake."""
    return Proposal.objects.filter(source=ProposalSource.PAPER, state=ProposalState.DRAFT)
