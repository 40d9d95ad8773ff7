"""What a proposal must have, and what its call and its screening say (§3.1 step 2, §3.2 steps 2-3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, Subquery
from django.utils.translation import gettext_lazy as _

from agreements.enums import TAKES_PAPER, CallState, CriterionKind, ProposalSource
from agreements.models import Call, CallCriterion, CureRequest, Proposal, ScreeningCheck
from core import clock
from core.workflow import Book, Requirement
from partnerships.models import Organisation

# The parts of a proposal as its writer meets them, and the fields without which a part is not finished.
SECTIONS: dict[str, tuple[str, ...]] = {
    "project": ("title", "objectives", "target_group", "beneficiaries", "area", "duration_months"),
    "plan": ("activities", "results"),
    "capability": ("expertise", "network", "risks"),
    "budget": ("budget", "budget_detail"),
}


@dataclass(frozen=True)
class ProposalFacts:
    """`empty`: names of required fields that are still empty. `met`: answers to the qualifications asked so far."""

    empty: frozenset[str]
    budget: Decimal | None
    ceiling: Decimal
    call_is_open: bool
    call_state: str
    qualifications: frozenset[int]
    met: dict[int, bool]
    is_blocked: bool = False
    is_on_paper: bool = False
    received_in_time: bool = False
    may_be_cured: bool = False
    cure_due_at: datetime | None = None
    now: datetime = field(default_factory=clock.now)

    @property
    def all_checked(self) -> bool:
        return self.qualifications <= self.met.keys()

    @property
    def all_met(self) -> bool:
        return self.all_checked and all(self.met[pk] for pk in self.qualifications)


def load(proposal: Proposal) -> ProposalFacts:
    """The facts of a proposal, in three queries; the call is read anew, so that the deadline is today's."""
    blocked = Organisation.objects.filter(pk=proposal.organisation_id, blocked_at__isnull=False)
    call = Call.objects.annotate(applicant_blocked=Exists(blocked), cure_due_at=_cure_due_at(proposal)).get(
        pk=proposal.call_id
    )
    asked = CallCriterion.objects.filter(call_id=proposal.call_id, kind=CriterionKind.ELIGIBILITY)
    return ProposalFacts(
        empty=empty_fields(proposal),
        budget=proposal.budget,
        ceiling=call.budget_ceiling,
        call_is_open=call.is_open(),
        call_state=call.state,
        qualifications=frozenset(asked.values_list("pk", flat=True)),
        met=dict(ScreeningCheck.objects.filter(proposal=proposal).values_list("criterion_id", "met")),
        is_blocked=call.applicant_blocked,
        is_on_paper=proposal.source == ProposalSource.PAPER,
        received_in_time=proposal.received_at is not None and proposal.received_at <= call.accepts_until,
        may_be_cured=call.cure_days > 0 and call.cure_due_at is None,
        cure_due_at=call.cure_due_at,
    )


def _cure_due_at(proposal: Proposal) -> Subquery:
    return Subquery(CureRequest.objects.filter(proposal=proposal).values("due_at"))


def empty_fields(proposal: Proposal) -> frozenset[str]:
    """Required fields that are still empty (0 people served is no answer either)."""
    return frozenset(name for names in SECTIONS.values() for name in names if not getattr(proposal, name))


def _has(section: str):
    return lambda facts: facts.empty.isdisjoint(SECTIONS[section])


REQUIREMENTS = (
    Requirement("project_written", _("Part 1: the project"), _has("project"), where="project"),
    Requirement("plan_written", _("Part 2: activities and results"), _has("plan"), where="plan"),
    Requirement("capability_written", _("Part 3: capability and risks"), _has("capability"), where="capability"),
    Requirement("budget_written", _("Part 4: budget"), _has("budget"), where="budget"),
    Requirement(
        "budget_within_ceiling",
        _("A budget within the ceiling of the call"),
        lambda facts: facts.budget is not None and facts.budget <= facts.ceiling,
        where="budget",
    ),
    Requirement(
        "proposal_complete",
        _("A complete proposal with a budget within the ceiling"),
        lambda facts: not facts.empty and facts.budget is not None and facts.budget <= facts.ceiling,
        where="parts",
    ),
    Requirement(
        "paper_complete",
        _("A proposal on paper that was received in time, with its scan, project title and budget"),
        lambda facts: facts.received_in_time and facts.budget is not None,
        where="parts",
    ),
    Requirement(
        "organisation_not_blocked",
        _("An organisation that OPDC has not blocked"),
        lambda facts: not facts.is_blocked,
        where="blocked",
    ),
)
PARTS = ("project_written", "plan_written", "capability_written", "budget_written", "budget_within_ceiling")

CONDITIONS = {
    "is_online": lambda facts: not facts.is_on_paper,
    "is_on_paper": lambda facts: facts.is_on_paper,
    "call_takes_paper": lambda facts: facts.call_state in TAKES_PAPER,
    "may_be_cured": lambda facts: facts.may_be_cured,
    "cure_open": lambda facts: facts.cure_due_at is not None and facts.now <= facts.cure_due_at,
    "cure_over": lambda facts: facts.cure_due_at is not None and facts.now > facts.cure_due_at,
    "call_open": lambda facts: facts.call_is_open,
    "call_screening": lambda facts: facts.call_state == CallState.SCREENING,
    "qualifications_met": lambda facts: facts.all_met,
    "qualifications_not_met": lambda facts: facts.all_checked and not facts.all_met,
}

BOOK = Book(
    load=load, requirements={requirement.name: requirement for requirement in REQUIREMENTS}, conditions=CONDITIONS
)
