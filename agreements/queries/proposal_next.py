"""What comes next for a proposal, in a list of one's own: from what the row has read, without a query."""

from __future__ import annotations

from django.utils.translation import gettext as _

from agreements.enums import CALL_CALLED_OFF, CallState, ProposalSource, ProposalState
from agreements.models import Proposal
from agreements.queries.call_public import taken_until
from agreements.queries.proposal_steps import (
    JUDGED_OUT,
    NOW,
    STOPPED,
    WRITTEN,
    Step,
    being_entered,
    books_time,
    called_off,
    choosing_time,
    has_presentation,
    planned,
    presenting,
    screened_by,
    set_aside,
)
from core import clock
from core.ui import local_day, show_day, show_moment


def next_step(proposal: Proposal) -> Step | None:
    """What comes next for a proposal in a list, without a query: from its state, its call (fetched), `has_time` and
    `appeal_until` (`queries.own_proposals.with_next`)."""
    call = proposal.call
    if proposal.state == ProposalState.SET_ASIDE:
        return set_aside()
    if call.state in CALL_CALLED_OFF:
        return called_off(call)
    if proposal.state in WRITTEN:
        return _paper_next(proposal) if proposal.source == ProposalSource.PAPER else _next_of_written(proposal)
    if proposal.state in JUDGED_OUT or proposal.state == ProposalState.SELECTED:
        return _next_of_judged(proposal)
    return _next_of_received(proposal)


def _next_of_written(proposal: Proposal) -> Step:
    call, withdrawn = proposal.call, proposal.state == ProposalState.WITHDRAWN
    if call.is_open():
        label = _("Withdrawn; it can be amended and submitted again") if withdrawn else _("Complete and submit")
        return Step("submit", label, NOW, show_moment(taken_until(call)), is_planned=True)
    return Step("submit", _("Withdrawn") if withdrawn else _("Not submitted in time"), STOPPED)


def _paper_next(proposal: Proposal) -> Step:
    """The agency writes it down; what was withdrawn by letter goes on online or on paper until the deadline."""
    if proposal.state == ProposalState.DRAFT:
        return being_entered(proposal.call)
    if proposal.call.is_open():
        when = show_moment(taken_until(proposal.call))
        return Step("paper", _("Withdrawn; continue online, or hand it in again"), NOW, when, is_planned=True)
    return Step("paper", _("Withdrawn by letter"), STOPPED)


def _next_of_received(proposal: Proposal) -> Step:
    call = proposal.call
    if proposal.state == ProposalState.CURING:
        return Step("cure", _("Send further documents"), NOW)
    if proposal.state == ProposalState.ELIGIBLE:
        return _next_of_eligible(proposal)
    if call.state == CallState.PUBLISHED:
        return planned("screening", _("Qualifications are checked after the deadline"), screened_by(call))
    if call.state == CallState.SCREENING:
        label = _("Check of qualifications and presentation")
        on = call.presentation_on
        return presenting("judging", label, on) if on else planned("judging", label, call.screening_by)
    return planned("result", _("Result"), call.decision_by)


def _next_of_judged(proposal: Proposal) -> Step | None:
    """The result; once it is told, the time to appeal to whom it is open."""
    if proposal.call.state != CallState.DECIDED:
        return planned("result", _("Result"), proposal.call.decision_by)
    until = proposal.appeal_until
    if proposal.state == ProposalState.SELECTED or until is None or until < clock.now():
        return None
    return Step("appeal", _("Appeal possible until"), NOW, show_day(local_day(until)))


def _next_of_eligible(proposal: Proposal) -> Step:
    """Its qualifications are met: the presentation, whose time it chooses once invited; else the result."""
    call = proposal.call
    if call.state != CallState.SCREENING or not has_presentation(call):
        return planned("result", _("Result"), call.decision_by)
    if books_time(proposal) and not proposal.has_time:
        return choosing_time()
    return presenting("presentation", _("Presentation"), call.presentation_on)
