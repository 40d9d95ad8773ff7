"""What follows the decision: who may appeal and until when, letters, and whether signing must still wait."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.utils.timezone import localdate

from agreements.enums import RECEIVED_PROPOSALS, AppealState, CallState, DecisionAct, DecisionKind, DecisionState
from agreements.enums import ProposalState as P
from agreements.judges import half_seen_calls
from agreements.models import (
    Appeal,
    Call,
    Decision,
    DecisionStep,
    Proposal,
    ResultLetter,
    Review,
)
from agreements.queries.ranking import entry_for
from agreements.ranking import final_score
from core import clock
from core.working_days import term_ends

MAY_APPEAL = (P.INELIGIBLE, P.NOT_SELECTED, P.RESERVE)


def appeal_ends(issued_at: datetime, days: int) -> datetime:
    """The last moment of the window: the end of the day, in Bangkok, that many days after the letter was issued.

    Where that is a day of rest, of the next working day (`core.working_days`).
    """
    day = term_ends(localdate(issued_at, clock.BANGKOK), days)
    return datetime.combine(day, time.max, tzinfo=clock.BANGKOK)


def letters_of(proposal: Proposal) -> QuerySet[ResultLetter]:
    """The proposal's letters, the latest first."""
    return proposal.result_letters.order_by("-issued_at", "-pk")


def appeal_until(proposal: Proposal) -> datetime | None:
    """Until when this applicant may appeal, by its letter; None where no letter opened a window."""
    return opened_until(letters_of(proposal))


def opened_until(letters: Iterable[ResultLetter]) -> datetime | None:
    """As `appeal_until`, of letters that have been read (the latest first): the first that opened a window says it."""
    ends = [letter.appeal_until for letter in letters if letter.appeal_until is not None]
    return ends[-1] if ends else None


def appeal_of(proposal: Proposal) -> Appeal | None:
    return Appeal.objects.filter(proposal=proposal).first()


def without_letter(call: Call) -> QuerySet[Proposal]:
    """Received proposals of a decided call whose applicants have no letter yet."""
    if call.state != CallState.DECIDED:
        return Proposal.objects.none()
    letters = ResultLetter.objects.filter(proposal=OuterRef("pk"))
    rows = call.proposals.filter(~Exists(letters), state__in=RECEIVED_PROPOSALS)
    return rows.select_related("organisation").order_by("pk")


def letters_on(call: Call) -> list[Proposal]:
    """The received proposals of a call with their letters (`letters`, latest first) and appeal, in two queries."""
    letters = Prefetch("result_letters", ResultLetter.objects.order_by("-issued_at", "-pk"), to_attr="letters")
    rows = call.proposals.filter(state__in=RECEIVED_PROPOSALS).select_related("organisation", "appeal")
    return list(rows.prefetch_related(letters).order_by("submitted_at", "pk"))


def open_appeals(actor: Any) -> QuerySet[Appeal]:
    """Appeals that an agency's officer has still to answer: filed, and no answer on its way."""
    pending = Decision.objects.filter(appeal=OuterRef("pk"), state=DecisionState.PENDING)
    rows = Appeal.objects.filter(~Exists(pending), state=AppealState.FILED, call__agency_id=actor.organisation_id)
    if half_seen := half_seen_calls(actor):
        rows = rows.exclude(call__in=half_seen)
    return rows.select_related("proposal", "call").order_by("filed_at", "pk")


def last_step(decision: Decision) -> DecisionStep | None:
    """The step by which the matter was decided: name and title under the letter."""
    return decision.steps.filter(act=DecisionAct.DECIDED).order_by("-at", "-pk").first()


def selection_of(call: Call) -> Decision | None:
    """The decision by which the call was decided."""
    rows = call.decisions.filter(kind=DecisionKind.SELECT_PROPOSALS, state=DecisionState.DECIDED)
    return rows.order_by("-decided_at").first()


# --- what the applicant is told of the judging, without anybody's name ------------------------------------------------


def feedback_for(proposal: Proposal) -> list[str]:
    """The reviewers' words for the applicant, in an order that does not tell whose they are."""
    rows = Review.objects.counting().filter(proposal=proposal).exclude(feedback="")
    return sorted(set(rows.values_list("feedback", flat=True)))


def score_of(proposal: Proposal) -> Decimal | None:
    """The proposal's own score of 100 as the ranking has it; None while it has none."""
    return final_score(entry_for(proposal), proposal.call.presentation_weight)
