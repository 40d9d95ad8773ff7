"""What a proposal must have, and what its call and its screening say (§3.1 step 2, §3.2 steps 2-3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from agreements.enums import TAKES_PAPER, CallState, CriterionKind, ProposalSource
from agreements.models import Call, CallCriterion, CureRequest, PaperWithdrawal, Proposal, ScreeningCheck
from agreements.proposal_sections import ACTIVITIES, DOCUMENTS, KINDS, LINES, SECTIONS, RowKind
from agreements.proposal_totals import over_unit_ceiling
from core import clock
from core.thai import baht
from core.workflow import Book, Requirement, Text
from partnerships.models import Organisation


@dataclass(frozen=True)
class ProposalFacts:
    """`lacking`: section → what it still lacks, in words. `met`: answers to the qualifications asked so far."""

    lacking: Mapping[str, tuple[Text, ...]]
    budget: Decimal | None
    call_is_open: bool
    call_state: str
    qualifications: frozenset[int]
    met: dict[int, bool]
    is_blocked: bool = False
    is_on_paper: bool = False
    received_in_time: bool = False
    was_submitted: bool = False
    may_be_cured: bool = False
    cure_due_at: datetime | None = None
    withdrawal_waits: bool = False
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
    written = {f"has_{kind.code}": Exists(_rows(proposal, kind)) for kind in KINDS.values()}
    call = Call.objects.annotate(
        applicant_blocked=Exists(blocked),
        cure_due_at=_cure_due_at(proposal),
        withdrawal_waits=Exists(PaperWithdrawal.objects.filter(proposal=proposal, judged_at__isnull=True)),
        last_month=Subquery(_rows(proposal, ACTIVITIES).order_by("-month_to").values("month_to")[:1]),
        **written,
    ).get(pk=proposal.call_id)
    return ProposalFacts(
        lacking=_lacking(proposal, call),
        budget=proposal.budget,
        call_is_open=call.is_open(),
        call_state=call.state,
        **_screening(proposal),
        is_blocked=call.applicant_blocked,
        is_on_paper=proposal.source == ProposalSource.PAPER,
        received_in_time=proposal.received_at is not None and proposal.received_at <= call.accepts_until,
        was_submitted=proposal.submitted_at is not None,
        may_be_cured=call.cure_days > 0 and call.cure_due_at is None,
        cure_due_at=call.cure_due_at,
        withdrawal_waits=call.withdrawal_waits,
    )


def _cure_due_at(proposal: Proposal) -> Subquery:
    return Subquery(CureRequest.objects.filter(proposal=proposal).values("due_at"))


def _rows(proposal: Proposal, kind: RowKind) -> QuerySet:
    return getattr(proposal, kind.related).order_by()


def _screening(proposal: Proposal) -> dict[str, Any]:
    """The qualifications of the call, and which of them this proposal was found to meet."""
    own = Subquery(ScreeningCheck.objects.filter(proposal=proposal, criterion=OuterRef("pk")).values("met"))
    asked = CallCriterion.objects.filter(call_id=proposal.call_id, kind=CriterionKind.ELIGIBILITY)
    rows = list(asked.annotate(own_met=own).values_list("pk", "own_met"))
    return {
        "qualifications": frozenset(pk for pk, _met in rows),
        "met": {pk: met for pk, met in rows if met is not None},
    }


# --- what is missing ------------------------------------------------------------------------------------------------


def lacking_of(proposal: Proposal) -> Mapping[str, tuple[Text, ...]]:
    """Section → what it still lacks, in the words of the list, the button and the guard."""
    return load(proposal).lacking


def _lacking(proposal: Proposal, call: Call) -> dict[str, tuple[Text, ...]]:
    """`call` carries `has_<kind>` for every kind of rows, and `last_month` of the activities."""
    return {
        code: (
            *(section.fields[name] for name in section.required if not getattr(proposal, name)),
            *(kind.wanted for kind in section.rows if not getattr(call, f"has_{kind.code}")),
            *_too_much(proposal, call, code),
        )
        for code, section in SECTIONS.items()
    }


def _too_much(proposal: Proposal, call: Call, code: str) -> Iterator[Text]:
    """What is written but cannot be: months beyond the end, money beyond the call's ceilings, documents not there."""
    if code == ACTIVITIES.code and proposal.duration_months and (call.last_month or 0) > proposal.duration_months:
        yield _("Activities within the duration of %(months)s months") % {"months": proposal.duration_months}
    elif code == "budget":
        yield from _money(proposal, call)
    elif code == DOCUMENTS.code:
        there = Exists(proposal.document_rows.filter(wanted=OuterRef("pk"), file__kind="attachment"))
        yield from call.documents.filter(~there, is_required=True).values_list("title", flat=True)


def _money(proposal: Proposal, call: Call) -> Iterator[Text]:
    if proposal.budget is None:
        if call.has_lines:
            yield LINES.wanted
    elif proposal.budget > call.budget_ceiling:
        yield _("A budget within the ceiling of the call, %(ceiling)s baht") % {"ceiling": baht(call.budget_ceiling)}
    if over_unit_ceiling(proposal.budget, proposal.beneficiaries, call.unit_cost_ceiling, call.unit):
        ceiling = {"ceiling": baht(call.unit_cost_ceiling)}
        yield _("A cost per person served within the ceiling of the call, %(ceiling)s baht") % ceiling


def _complete(code: str) -> Callable[[ProposalFacts], bool]:
    return lambda facts: not facts.lacking[code]


REQUIREMENTS = (
    *(
        Requirement(section.requirement, section.heading, _complete(code), where=code)
        for code, section in SECTIONS.items()
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
CONDITIONS = {
    "is_online": lambda facts: not facts.is_on_paper,
    "is_on_paper": lambda facts: facts.is_on_paper,
    "never_submitted": lambda facts: not facts.was_submitted,
    "was_submitted": lambda facts: facts.was_submitted,
    "call_takes_paper": lambda facts: facts.call_state in TAKES_PAPER,
    "withdrawal_waits": lambda facts: facts.withdrawal_waits,
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
