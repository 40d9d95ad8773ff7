"""Judging before and while scoring: conflicts to declare, proposals to score, formal gaps (§3.2 steps 3-4)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.blind import name_on_calls
from agreements.enums import TAKES_PAPER, CallState, ProposalSource, ProposalState
from agreements.judges import calls_left_to_others, invitations, judged_calls, undeclared
from agreements.models import Call, JudgeInvitation, PaperReturn, PaperWithdrawal, Proposal, Review
from core import clock
from partnerships.enums import Role
from reporting.worklist.item import LIMIT, WorkItem, at, to_judge, until

BEING_JUDGED = (CallState.SCREENING, CallState.SELECTION)


def invitations_to_answer(actor: Any) -> Iterable[WorkItem]:
    """Letters that asked an address of mine to judge a call."""
    if actor.user is None:
        return
    own = actor.user.emailaddress_set.filter(verified=True).values("email")
    rows = JudgeInvitation.objects.filter(
        email__in=own, accepted=None, cancelled_at=None, call__state__in=BEING_JUDGED
    ).select_related("call")
    for row in rows[:LIMIT]:
        yield at(row, _("Answer the invitation to judge"), reverse("agreements:judge_invitation", args=[row.pk]))


def conflicts_to_declare(actor: Any) -> Iterable[WorkItem]:
    """Calls that I am to judge, on whose applicants I have not declared yet."""
    if not judged_calls(actor):
        return
    due = invitations(actor.user_id).filter(Exists(undeclared(OuterRef("call"), actor.user_id)))
    rows = Call.objects.filter(Exists(due.filter(call=OuterRef("pk"))), state__in=BEING_JUDGED)
    for call in rows.order_by("pk")[:LIMIT]:
        url = reverse("agreements:call_conflicts", args=[call.reference])
        yield at(call, _("Declare your conflicts of interest"), url)


def reviews_to_finish(actor: Any) -> Iterable[WorkItem]:
    """Proposals assigned to me whose review is not finished."""
    if not judged_calls(actor):
        return
    finished = Review.objects.finished().filter(proposal=OuterRef("pk"), reviewer_id=actor.user_id)
    waiting = Proposal.objects.scored_by(actor.user_id).filter(
        ~Exists(finished), state=ProposalState.ELIGIBLE, call__state=CallState.SELECTION
    )
    rows = waiting.select_related("call", "organisation").order_by("submitted_at", "pk")[:LIMIT]
    for proposal in name_on_calls(rows, actor):
        url = reverse("agreements:proposal_review", args=[proposal.reference])
        yield to_judge(proposal, _("Score the proposal and finish the review"), url)


def gaps_to_complete(actor: Any) -> Iterable[WorkItem]:
    """My organisation's proposals that were asked to be completed, with the time given.

    For one on paper that is the work of an officer of the agency other than the one who asked.
    """
    open_still = {"cure_request__due_at__gte": clock.now()}
    if actor.is_partner and actor.holds(Role.STAFF, Role.REPRESENTATIVE):
        rows, others = _curing(organisation=actor.organisation, source=ProposalSource.ONLINE, **open_still), frozenset()
    elif actor.is_agency and actor.holds(Role.OFFICER):
        rows = _curing(call__agency=actor.organisation, source=ProposalSource.PAPER, **open_still)
        others = calls_left_to_others(actor)
    else:
        return
    for proposal in rows:
        if proposal.cure_request.asked_by_id == actor.user_id or proposal.call_id in others:
            continue
        url = reverse("agreements:proposal_cure", args=[proposal.reference])
        yield at(proposal, _("Complete what was asked for"), url, **until(proposal.cure_request.due_at))


def gaps_left_open(actor: Any) -> Iterable[WorkItem]:
    """My agency's proposals whose time to complete has passed without an answer."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    others = calls_left_to_others(actor)
    for proposal in _curing(call__agency=actor.organisation, cure_request__due_at__lt=clock.now()):
        if proposal.call_id in others:
            continue
        url = reverse("agreements:proposal_detail", args=[proposal.reference])
        yield at(proposal, _("Go on without what was asked for"), url, officer_id=proposal.call.officer_id)


def papers_to_correct(actor: Any) -> Iterable[WorkItem]:
    """What I entered from paper and a colleague sent back, until I report it corrected."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    returned = Proposal.objects.filter(
        Exists(_open_returns()),
        entered_by_id=actor.user_id,
        call__agency=actor.organisation,
        state=ProposalState.DRAFT,
        call__state__in=TAKES_PAPER,
    ).exclude(call__in=calls_left_to_others(actor))
    for proposal in returned.order_by("received_at", "pk")[:LIMIT]:
        url = reverse("agreements:proposal_detail", args=[proposal.reference])
        yield at(proposal, _("Correct what was sent back, by the paper"), url)


def _open_returns() -> Any:
    return PaperReturn.objects.filter(proposal=OuterRef("pk"), corrected_at__isnull=True)


def papers_to_confirm(actor: Any) -> Iterable[WorkItem]:
    """What a colleague wrote down from paper and someone else compares: proposals and letters that withdraw them.

    A proposal once people and money are written, and unless it was sent back and is being corrected.
    """
    if not (actor.is_agency and actor.holds(Role.OFFICER, Role.EXECUTIVE)):
        return
    letters = PaperWithdrawal.objects.filter(proposal=OuterRef("pk"), judged_at__isnull=True)
    written = Q(state=ProposalState.DRAFT, budget__isnull=False, beneficiaries__isnull=False)
    entered = Proposal.objects.filter(
        (written & ~Q(entered_by_id=actor.user_id) & ~Exists(_open_returns()))
        | Q(Exists(letters.exclude(recorded_by_id=actor.user_id)), state=ProposalState.SUBMITTED),
        source=ProposalSource.PAPER,
        call__agency=actor.organisation,
        call__state__in=TAKES_PAPER,
    )
    for proposal in (
        entered.exclude(call__in=calls_left_to_others(actor))
        .select_related("call")
        .order_by("received_at", "pk")[:LIMIT]
    ):
        if proposal.state == ProposalState.DRAFT:
            page, what = "proposal_paper", _("Compare with the paper and confirm")
        else:
            page, what = "proposal_paper_withdrawal", _("Compare with the letter and confirm")
        yield at(proposal, what, reverse(f"agreements:{page}", args=[proposal.reference]))


def _curing(**conditions: Any) -> Iterable[Proposal]:
    rows = Proposal.objects.filter(state=ProposalState.CURING, call__state=CallState.SCREENING, **conditions)
    return rows.select_related("call", "cure_request").order_by("cure_request__due_at", "pk")[:LIMIT]
