"""What a call must have before it moves on (§3.1 steps 1-2, §3.2 steps 1-4), judged over facts of three queries."""

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
from django.utils.translation import gettext_lazy as _

from agreements.call_dates import DATES_IN_ORDER, out_of_order
from agreements.enums import (
    RECEIVED_PROPOSALS,
    AllocationMethod,
    CapacityKind,
    CriterionKind,
    Outcome,
    Procedure,
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
from agreements.models.presentations import MAX_POINTS
from core import clock
from core.workflow import Book, Requirement
from partnerships.enums import Form
from partnerships.models import Membership

NOT_SCREENED = (ProposalState.SUBMITTED, ProposalState.CURING)
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
RUBRIC_POINTS = tuple(range(MAX_POINTS, -1, -1))  # the best first


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


def sharing_an_applicant(user_id: int) -> Q:
    """Received proposals whose organisation the person belongs to: such a person cannot review the call."""
    return Q(state__in=RECEIVED_PROPOSALS, organisation__memberships__user_id=user_id)


# --- the requirements -----------------------------------------------------------------------------------------------


def is_complete(facts: CallFacts) -> bool:
    return facts.written and (facts.procedure == Procedure.OPEN or facts.invited > 0)


def has_whole_rubrics(facts: CallFacts) -> bool:
    """Where a criterion has levels, there is a word for each of 5, 4, 3, 2, 1 and 0 points."""
    return all(is_whole_rubric(levels) for levels in facts.rubrics)


def is_whole_rubric(levels: list[Any]) -> bool:
    return [points for points, words in levels if words] == list(RUBRIC_POINTS)


def has_all_presented(facts: CallFacts) -> bool:
    """A presentation belongs to PBC step 3; Grant has none."""
    return facts.form != Form.PBC or all(proposal.presented for proposal in facts.eligible)


def can_all_be_assigned(facts: CallFacts) -> bool:
    """Enough reviewers without a conflict for each eligible proposal; what is not assigned by hand is then drawn.

    That somebody is named, and that all have declared, is asked for by itself.
    """
    if not facts.reviewers or facts.undeclared:
        return True
    return all(proposal.free >= max(facts.wanted or 1, 1) for proposal in facts.eligible)


def is_all_scored(facts: CallFacts) -> bool:
    """Every assigned review of every eligible proposal is finished, and each proposal has at least one."""
    return all(proposal.assigned > 0 and proposal.unscored == 0 for proposal in facts.eligible)


def is_resolved(facts: CallFacts) -> bool:
    """On every eligible proposal, and overtaken by nothing: what changes a score asks for another look."""
    return facts.resolution_holds and bool(facts.eligible) and all(one.has_outcome for one in facts.eligible)


def is_within_ceiling(facts: CallFacts) -> bool:
    selected = sum((one.selected_budget or Decimal(0) for one in facts.eligible), Decimal(0))
    return facts.above_ceiling_explained or selected <= facts.ceiling


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
        "deadline_passed",
        _("The deadline has passed, and the grace period where the call gives one"),
        lambda facts: facts.now > facts.accepts_until,
        where="content",
    ),
    Requirement(
        "all_screened",
        _("Every proposal screened"),
        lambda facts: all(proposal.state not in NOT_SCREENED for proposal in facts.proposals),
        where="proposals",
    ),
    Requirement(
        "papers_confirmed",
        _("Every proposal on paper confirmed by a second person, or taken out as entered by mistake"),
        lambda facts: facts.papers_waiting == 0,
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
    Requirement(
        "conflicts_declared",
        _("Every reviewer has declared on all applicants"),
        lambda facts: facts.undeclared == 0,
        where="reviewers",
    ),
    Requirement(
        "reviewers_assigned",
        _("Enough reviewers without a conflict for every eligible proposal"),
        can_all_be_assigned,
        where="reviewers",
    ),
    Requirement(
        "all_scored", _("Every assigned review of every eligible proposal finished"), is_all_scored, where="ranking"
    ),
    Requirement(
        "presentations_scored",
        _("Points of every assigned reviewer for each presentation, as the call gives it a weight"),
        lambda facts: not facts.presentation_weight or all(one.presentation_scored for one in facts.eligible),
        where="ranking",
    ),
    Requirement(
        "committee_appointed",
        _("The selection committee with its appointment order"),
        lambda facts: facts.committee > 0,
        where="committee",
    ),
    Requirement(
        "committee_apart",
        _("No member of the selection committee who belongs to an applicant"),
        lambda facts: not facts.committee_of_applicants,
        where="committee",
    ),
    Requirement(
        "resolution_complete",
        _("The present committee's resolution on every eligible proposal, later than all scores and conflicts"),
        is_resolved,
        where="resolution",
    ),
    Requirement(
        "selected_within_ceiling",
        _("Selected budgets within the ceiling, or the committee's reason for going above it"),
        is_within_ceiling,
        where="resolution",
    ),
    Requirement(
        "selected_may_be_selected",
        _("Every selected partner verified today, and none of them blocked"),
        lambda facts: not any(proposal.selected_unfit for proposal in facts.proposals),
        where="resolution",
    ),
    Requirement(
        "dates_in_order", _("Dates in their order"), lambda facts: not out_of_order(facts.dates), where="writing"
    ),
    Requirement(
        "rubrics_whole",
        _("Words for every level of a criterion, from 5 to 0 points"),
        has_whole_rubrics,
        where="criteria",
    ),
    Requirement(
        "hints_replaced",
        _("Every hint of the template, written in square brackets, replaced by words of your own"),
        lambda facts: not facts.hints,
        where="content",
    ),
    Requirement(
        "money_told",
        _("The number of instalments, or the unit and the ceiling of its cost"),
        lambda facts: facts.money_told,
        where="writing",
    ),
)

BOOK = Book(load=load, requirements={requirement.name: requirement for requirement in REQUIREMENTS})
