"""Calls and proposals: to publish, close, screen, score, resolve and submit (§3.1 steps 1-2, §3.2 steps 1-4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.call_dates import accepts_at
from agreements.enums import (
    HOLDS_NOTHING_UP,
    CallState,
    DecisionState,
    ProposalSource,
    ProposalState,
    Standing,
)
from agreements.judges import calls_left_to_others
from agreements.models import (
    Agreement,
    Call,
    CallQuestion,
    Decision,
    Presentation,
    PresentationSlot,
    Proposal,
    Resolution,
    ReviewAssignment,
    SelectionCommittee,
)
from agreements.queries.own_proposals import inviting_calls
from agreements.queries.reserve import vacancies_of
from core import clock
from partnerships.enums import Form, Role
from reporting.worklist.item import LIMIT, WorkItem, at, until


def calls_to_carry(actor: Any) -> Iterable[WorkItem]:
    """My agency's calls that wait for an officer, unless they are before the executive."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    pending = Decision.objects.filter(call=OuterRef("pk"), state=DecisionState.PENDING)
    before_executive = pending.exclude(kind__in=HOLDS_NOTHING_UP)
    closed = Q(state=CallState.PUBLISHED) & ~accepts_at(clock.now())
    unscreened = Proposal.objects.filter(_to_screen() | Q(state=ProposalState.CURING), call=OuterRef("pk"))
    screened = Q(~Exists(unscreened), state=CallState.SCREENING)
    waiting = Call.objects.filter(
        ~Exists(before_executive),
        Q(state__in=[CallState.DRAFT, CallState.SELECTION]) | closed | screened,
        agency=actor.organisation,
    )
    waiting = waiting.exclude(pk__in=calls_left_to_others(actor)).annotate(
        appointed=Exists(SelectionCommittee.objects.filter(call=OuterRef("pk"))),
        resolved=Exists(Resolution.objects.standing().filter(call=OuterRef("pk"))),
        unscored=Exists(_unscored()),
    )
    for call in waiting.order_by("closes_at", "pk")[:LIMIT]:
        what, due = _words_for(call)
        url = reverse("agreements:call_detail", args=[call.reference])
        yield at(call, what, url, due_on=timezone.localdate(due) if due else None, officer_id=call.officer_id)


def _words_for(call: Call) -> tuple[str, Any]:
    if call.state == CallState.DRAFT:
        return _("Complete the call and propose its publication"), None
    if call.state == CallState.PUBLISHED:
        return _("Close submissions and begin screening"), call.closes_at
    if call.state == CallState.SCREENING:
        return _("Name the reviewers and begin the selection"), None
    return _words_in_selection(call), None


def _words_in_selection(call: Call) -> str:
    if call.unscored:
        return _("Follow up the scores that are still missing")
    if not call.appointed:
        return _("Record the selection committee")
    return _("Propose the selection") if call.resolved else _("Record the committee's resolution")


def places_to_fill(actor: Any) -> Iterable[WorkItem]:
    """My agency's decided calls where a selected partner fell out before signing and somebody is in reserve."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    reserve = Proposal.objects.filter(call=OuterRef("pk"), state=ProposalState.RESERVE)
    pending = Decision.objects.filter(call=OuterRef("pk"), state=DecisionState.PENDING)
    cancelled = Agreement.objects.filter(call=OuterRef("pk"), standing=Standing.CANCELLED)
    decided = Call.objects.filter(
        Exists(cancelled), Exists(reserve), ~Exists(pending), state=CallState.DECIDED, agency=actor.organisation
    )
    decided = decided.exclude(pk__in=calls_left_to_others(actor))
    for call in decided.order_by("decided_at", "pk")[:LIMIT]:
        if vacancies_of(call):
            url = reverse("agreements:call_propose_promotion", args=[call.reference])
            yield at(call, _("Propose a selection from the reserve list"), url, officer_id=call.officer_id)


def _unscored() -> QuerySet[Proposal]:
    """Eligible proposals of a call (the outer row) with a review not finished, or points for the presentation owed."""
    of_proposal = ReviewAssignment.objects.filter(proposal=OuterRef("pk"))
    waiting = Q(Exists(of_proposal.without_review())) | Q(Exists(of_proposal.owing_points()))
    return Proposal.objects.filter(waiting, call=OuterRef("pk"), state=ProposalState.ELIGIBLE)


def _to_screen() -> Q:
    """Proposals not screened yet; of a contract also eligible ones not presented yet, unless their time is to come."""
    presented = Presentation.objects.filter(proposal=OuterRef("pk"))
    to_come = PresentationSlot.objects.filter(proposal=OuterRef("pk"), starts_at__gt=clock.now())
    due = Q(~Exists(presented), ~Exists(to_come), state=ProposalState.ELIGIBLE, call__form=Form.PBC)
    return Q(state=ProposalState.SUBMITTED) | due


def proposals_to_screen(actor: Any) -> Iterable[WorkItem]:
    """Proposals whose qualifications are to be screened, and presentations to be recorded."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    waiting = Proposal.objects.filter(
        _to_screen(),
        call__state=CallState.SCREENING,
        call__agency=actor.organisation,
    ).select_related("call")
    waiting = waiting.exclude(call__in=calls_left_to_others(actor))
    for proposal in waiting.order_by("submitted_at", "pk")[:LIMIT]:
        screening = proposal.state == ProposalState.SUBMITTED
        what = _("Screen the qualifications") if screening else _("Record the presentation")
        page = "proposal_screen" if screening else "proposal_present"
        url = reverse(f"agreements:{page}", args=[proposal.reference])
        yield at(proposal, what, url, officer_id=proposal.call.officer_id)


def calls_to_answer(actor: Any) -> Iterable[WorkItem]:
    """Calls to which my organisation is invited directly and has not begun a proposal."""
    if not (actor.is_partner and actor.holds(Role.STAFF, Role.REPRESENTATIVE)):
        return
    for call in inviting_calls(actor.organisation_id)[:LIMIT]:
        url = reverse("agreements:call_detail", args=[call.reference])
        yield at(call, _("Read the invitation and make a proposal"), url, **until(call.closes_at))


def proposals_to_submit(actor: Any) -> Iterable[WorkItem]:
    """My organisation's drafts on calls that are still open, with the deadline."""
    if not (actor.is_partner and actor.holds(Role.STAFF, Role.REPRESENTATIVE)):
        return
    drafts = Proposal.objects.filter(
        accepts_at(clock.now(), "call__"),
        organisation=actor.organisation,
        source=ProposalSource.ONLINE,  # what came on paper the agency's officers write down
        state__in=[ProposalState.DRAFT, ProposalState.WITHDRAWN],
        call__state=CallState.PUBLISHED,
    ).select_related("call")
    submits = actor.holds(Role.REPRESENTATIVE)
    what = _("Complete the proposal and submit it") if submits else _("Complete the proposal")
    for proposal in drafts.order_by("call__closes_at", "pk")[:LIMIT]:
        url = reverse("agreements:proposal_detail", args=[proposal.reference])
        yield at(proposal, what, url, **until(proposal.call.closes_at))


def questions_to_answer(actor: Any) -> Iterable[WorkItem]:
    """Questions on my agency's calls that nobody has answered, the oldest first, one entry for each call."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    waiting = CallQuestion.objects.filter(call=OuterRef("pk"), answered_at__isnull=True).order_by("asked_at")
    calls = Call.objects.before_deadline().filter(agency=actor.organisation)
    calls = calls.exclude(pk__in=calls_left_to_others(actor))
    asked = calls.annotate(first_asked=Subquery(waiting.values("asked_at")[:1])).exclude(first_asked=None)
    for call in asked.order_by("first_asked", "pk")[:LIMIT]:
        url = reverse("agreements:question_list", args=[call.reference])
        due = until(call.closes_at)
        yield at(call, _("Answer the questions on the call"), url, **due, officer_id=call.officer_id)
