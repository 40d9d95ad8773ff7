"""What a call must have before it moves on (§3.1 steps 1-2, §3.2 steps 1-4), judged over facts of three queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from agreements.enums import RECEIVED_PROPOSALS, CapacityKind, CriterionKind, Outcome, Procedure, ProposalState
from agreements.models import (
    Call,
    CallCriterion,
    CallInvitation,
    Capacity,
    Presentation,
    Proposal,
    ResolutionOutcome,
    Review,
)
from core import clock
from core.workflow import Book, Requirement
from partnerships.enums import Form

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


@dataclass(frozen=True)
class ProposalFacts:
    """A received proposal as the call's requirements see it. `scored`: finished reviews by current reviewers.

    `selected_unfit`: selected by the resolution, while the organisation is blocked or not verified today.
    """

    state: str
    presented: bool
    scored: int
    has_outcome: bool
    selected_unfit: bool

    @property
    def is_eligible(self) -> bool:
        return self.state == ProposalState.ELIGIBLE


@dataclass(frozen=True)
class CallFacts:
    form: str
    procedure: str
    written: bool
    closes_at: datetime
    now: datetime
    weights: tuple[int, ...]
    qualifications: int
    invited: int
    reviewers: int
    has_resolution: bool
    proposals: tuple[ProposalFacts, ...]

    @property
    def eligible(self) -> tuple[ProposalFacts, ...]:
        return tuple(proposal for proposal in self.proposals if proposal.is_eligible)


def load(call: Call) -> CallFacts:
    """The facts of a call, in three queries."""
    criteria = list(CallCriterion.objects.filter(call=call).values_list("kind", "weight"))
    reviewers = Capacity.objects.current().filter(call=call, kind=CapacityKind.REVIEWER)
    return CallFacts(
        form=call.form,
        procedure=call.procedure,
        written=all(getattr(call, part) for part in WRITTEN_PARTS),
        closes_at=call.closes_at,
        now=clock.now(),
        weights=tuple(weight for kind, weight in criteria if kind == CriterionKind.SCORING),
        qualifications=sum(kind == CriterionKind.ELIGIBILITY for kind, _weight in criteria),
        proposals=tuple(_proposals(call)),
        **_counts(call, reviewers),
    )


def _counts(call: Call, reviewers: Any) -> dict[str, Any]:
    """How many are invited and review, and whether there is a resolution (one query)."""
    row = Call._base_manager.filter(pk=call.pk).annotate(
        invited=_count(CallInvitation.objects.filter(call=OuterRef("pk")), "call"),
        reviewers=_count(reviewers.filter(call=OuterRef("pk")), "call"),
    )
    invited, reviewing, resolution = row.values_list("invited", "reviewers", "resolution__pk").get()
    return {"invited": invited, "reviewers": reviewing, "has_resolution": resolution is not None}


def _proposals(call: Call) -> list[ProposalFacts]:
    """The received proposals (one query)."""
    sitting = Capacity.objects.current().filter(call=call, kind=CapacityKind.REVIEWER).values("user_id")
    finished = Review.objects.filter(proposal=OuterRef("pk"), finished_at__isnull=False, reviewer__in=sitting)
    rows = Proposal.objects.filter(call=call, state__in=RECEIVED_PROPOSALS).annotate(
        presented=Exists(Presentation.objects.filter(proposal=OuterRef("pk"))),
        scored=_count(finished, "proposal"),
        has_outcome=Exists(ResolutionOutcome.objects.filter(proposal=OuterRef("pk"))),
        selected_unfit=Exists(_selected_unfit()),
    )
    names = ("state", "presented", "scored", "has_outcome", "selected_unfit")
    return [ProposalFacts(*row) for row in rows.values_list(*names)]


def _selected_unfit() -> Any:
    fit = Q(proposal__organisation__blocked_at=None, proposal__organisation__verified_until__gte=clock.today())
    return ResolutionOutcome.objects.filter(~fit, proposal=OuterRef("pk"), outcome=Outcome.SELECTED)


def _count(rows: Any, by: str) -> Any:
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def sharing_an_applicant(user_id: int) -> Q:
    """Received proposals whose organisation the person belongs to: such a person cannot review the call."""
    return Q(state__in=RECEIVED_PROPOSALS, organisation__memberships__user_id=user_id)


# --- the requirements -----------------------------------------------------------------------------------------------


def is_complete(facts: CallFacts) -> bool:
    return facts.written and (facts.procedure == Procedure.OPEN or facts.invited > 0)


def has_all_presented(facts: CallFacts) -> bool:
    """A presentation belongs to PBC step 3; Grant has none."""
    return facts.form != Form.PBC or all(proposal.presented for proposal in facts.eligible)


def is_all_scored(facts: CallFacts) -> bool:
    return facts.reviewers > 0 and all(proposal.scored >= facts.reviewers for proposal in facts.eligible)


def is_resolved(facts: CallFacts) -> bool:
    return facts.has_resolution and bool(facts.eligible) and all(proposal.has_outcome for proposal in facts.eligible)


REQUIREMENTS = (
    Requirement("call_complete", _("Every part of the call filled in"), is_complete, where="content"),
    Requirement(
        "criteria_total_100",
        _("Weights of the criteria that total 100"),
        lambda facts: sum(facts.weights) == 100,
        where="criteria",
    ),
    Requirement(
        "closes_in_future",
        _("A deadline that is still ahead"),
        lambda facts: facts.closes_at > facts.now,
        where="content",
    ),
    Requirement(
        "deadline_passed", _("The deadline has passed"), lambda facts: facts.now > facts.closes_at, where="content"
    ),
    Requirement(
        "all_screened",
        _("Every proposal screened"),
        lambda facts: all(proposal.state != ProposalState.SUBMITTED for proposal in facts.proposals),
        where="proposals",
    ),
    Requirement(
        "all_presented",
        _("Every eligible applicant has presented, or did not come"),
        has_all_presented,
        where="proposals",
    ),
    Requirement(
        "reviewers_named", _("At least one reviewer named"), lambda facts: facts.reviewers > 0, where="reviewers"
    ),
    Requirement("all_scored", _("Every eligible proposal scored by every reviewer"), is_all_scored, where="ranking"),
    Requirement(
        "resolution_complete",
        _("The committee's resolution on every eligible proposal"),
        is_resolved,
        where="resolution",
    ),
    Requirement(
        "selected_may_be_selected",
        _("Every selected partner verified today, and none of them blocked"),
        lambda facts: not any(proposal.selected_unfit for proposal in facts.proposals),
        where="resolution",
    ),
)

BOOK = Book(load=load, requirements={requirement.name: requirement for requirement in REQUIREMENTS})
