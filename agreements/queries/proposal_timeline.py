"""Where a proposal stands: what has happened, what comes next and when, in words its own organisation understands.

Read from the proposal itself and from its call's dates: nothing of other proposals, of reviewers or of scores is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.enums import (
    CALL_CALLED_OFF,
    AppealState,
    CallState,
    ProposalSource,
    ProposalState,
)
from agreements.models import Appeal, Call, CureRequest, Presentation, PresentationSlot, Proposal, ResultLetter
from core import clock
from core.ui import local_day, show_day, show_moment
from partnerships.enums import Form

WRITTEN = (ProposalState.DRAFT, ProposalState.WITHDRAWN)
JUDGED_OUT = (ProposalState.INELIGIBLE, ProposalState.NOT_SELECTED, ProposalState.RESERVE)
RESULTS = (ProposalState.SELECTED, ProposalState.RESERVE, ProposalState.NOT_SELECTED)
DONE, NOW, LATER, STOPPED = "done", "now", "later", "stopped"


@dataclass(frozen=True)
class Step:
    """One step. `state`: done, now, later or stopped; `when`: the day or time in words, "" where none is known;
    `is_planned`: the date is a plan of the call's; `note`: a sentence more."""

    code: str
    label: str
    state: str
    when: str = ""
    note: str = ""
    is_planned: bool = False
    url: str = ""


@dataclass(frozen=True)
class _Facts:
    proposal: Proposal
    call: Call
    cure: CureRequest | None
    slot: PresentationSlot | None
    presentation: Presentation | None
    letter: ResultLetter | None
    appeal: Appeal | None
    agreement: Any


def timeline(proposal: Proposal) -> list[Step]:
    """The steps of a proposal (with its call fetched) in their order, in six queries more."""
    facts = _load(proposal)
    steps = [_begun(proposal), _submitted(facts)]
    if facts.call.state in CALL_CALLED_OFF:
        return [*steps, _called_off(facts.call)]
    if proposal.state in WRITTEN:
        return steps if not facts.call.is_open() else [*steps, *_to_come(facts.call)]
    steps += _screening(facts)
    if proposal.state != ProposalState.INELIGIBLE:
        steps += [*_presentation(facts), _judging(facts.call)]
    return [*steps, _result(facts), *_after_result(facts)]


def next_step(proposal: Proposal) -> Step | None:
    """What comes next for a proposal in a list: from its state and its call (fetched), without a query."""
    call = proposal.call
    if call.state in CALL_CALLED_OFF:
        return _called_off(call)
    if proposal.state in WRITTEN:
        if call.is_open():
            label = _("Complete and submit")
            return Step("submit", label, NOW, show_moment(call.closes_at), is_planned=True)
        return Step("submit", _("Not submitted in time"), STOPPED)
    if proposal.state == ProposalState.CURING:
        return Step("cure", _("Complete what was asked for"), NOW)
    if proposal.state in RESULTS or proposal.state == ProposalState.INELIGIBLE:
        return None if call.state == CallState.DECIDED else _planned("result", _("Result"), call.decision_by)
    return _next_of_submitted(call)


def _next_of_submitted(call: Call) -> Step:
    if call.state == CallState.PUBLISHED:
        return _planned(
            "screening", _("Qualifications are checked after the deadline"), call.screening_by or call.closes_at
        )
    if call.state == CallState.SCREENING:
        return _planned(
            "judging", _("Check of qualifications and presentation"), call.presentation_on or call.screening_by
        )
    return _planned("result", _("Result"), call.decision_by)


def _load(proposal: Proposal) -> _Facts:
    return _Facts(
        proposal=proposal,
        call=proposal.call,
        cure=CureRequest.objects.filter(proposal=proposal).first(),
        slot=PresentationSlot.objects.filter(proposal=proposal).first(),
        presentation=Presentation.objects.filter(proposal=proposal).first(),
        letter=ResultLetter.objects.filter(proposal=proposal).order_by("-issued_at", "-pk").first(),
        appeal=Appeal.objects.filter(proposal=proposal).first(),
        agreement=getattr(proposal, "agreement", None),
    )


# --- writing and submitting -----------------------------------------------------------------------------------------


def _begun(proposal: Proposal) -> Step:
    if proposal.source == ProposalSource.PAPER and proposal.received_at:
        return Step("received", _("Received on paper"), DONE, show_moment(proposal.received_at))
    return Step("begun", _("Proposal begun"), DONE, show_moment(proposal.created_at))


def _submitted(facts: _Facts) -> Step:
    proposal, call = facts.proposal, facts.call
    if proposal.state not in WRITTEN:
        return Step("submitted", _("Submitted"), DONE, show_moment(proposal.submitted_at))
    if proposal.state == ProposalState.WITHDRAWN:
        note = _("It can be amended and submitted again until the deadline.") if call.is_open() else ""
        state = NOW if call.is_open() else STOPPED
        return Step("withdrawn", _("Withdrawn by your organisation"), state, show_moment(call.closes_at), note, True)
    if call.is_open():
        return Step("submit", _("To be submitted"), NOW, show_moment(call.closes_at), is_planned=True)
    note = _("The deadline passed before it was submitted. What you wrote is kept.")
    return Step("submit", _("Not submitted"), STOPPED, show_moment(call.closes_at), note)


def _called_off(call: Call) -> Step:
    label = _("The call was cancelled") if call.state == CallState.CANCELLED else _("The call was declared void")
    when = show_moment(call.ended_at) if call.ended_at else ""
    return Step("called_off", label, STOPPED, when, call.cancel_reason)


def _to_come(call: Call) -> list[Step]:
    """The call's own dates, for a proposal that is still being written."""
    shown = [_planned("screening", _("Check of qualifications"), call.screening_by)]
    if _has_presentation(call):
        shown.append(_planned("presentation", _("Presentation"), call.presentation_on))
    return [*shown, _planned("judging", _("Judging"), None), _planned("result", _("Result"), call.decision_by)]


# --- judging --------------------------------------------------------------------------------------------------------


def _screening(facts: _Facts) -> list[Step]:
    proposal, call = facts.proposal, facts.call
    asked = [_cure(facts)] if facts.cure else []
    if proposal.state == ProposalState.CURING:
        return asked
    if proposal.state == ProposalState.INELIGIBLE:
        return [*asked, Step("screening", _("Qualifications not met"), DONE, note=proposal.result_reason)]
    if proposal.state != ProposalState.SUBMITTED:
        return [*asked, Step("screening", _("Qualifications met"), DONE)]
    if call.state == CallState.PUBLISHED:
        return [*asked, _planned("screening", _("Check of qualifications"), call.screening_by or call.closes_at)]
    return [*asked, _planned("screening", _("Qualifications are being checked"), call.screening_by, NOW)]


def _cure(facts: _Facts) -> Step:
    cure = facts.cure
    if cure.answered_at:
        return Step("cure", _("Gaps completed"), DONE, show_moment(cure.answered_at))
    if facts.proposal.state == ProposalState.CURING:
        return Step("cure", _("Complete what was asked for"), NOW, show_moment(cure.due_at), cure.gaps, True)
    return Step("cure", _("Asked to complete; the time passed"), DONE, show_moment(cure.due_at))


def _has_presentation(call: Call) -> bool:
    return call.form == Form.PBC or call.presentation_on is not None


def _presentation(facts: _Facts) -> list[Step]:
    call = facts.call
    if facts.presentation:
        label = _("Presented") if facts.presentation.attended else _("Presentation missed")
        return [Step("presentation", label, DONE, show_day(facts.presentation.held_on), facts.presentation.place)]
    if not _has_presentation(call) and not facts.slot:
        return []
    if facts.slot:
        place = facts.slot.place or facts.slot.link
        return [Step("presentation", _("Presentation"), LATER, show_moment(facts.slot.starts_at), place, True)]
    if call.state in (CallState.SELECTION, CallState.DECIDED):
        return []
    eligible = call.state == CallState.SCREENING and facts.proposal.state == ProposalState.ELIGIBLE
    return [_planned("presentation", _("Presentation"), call.presentation_on, NOW if eligible else LATER)]


def _judging(call: Call) -> Step:
    if call.state == CallState.DECIDED:
        return Step("judging", _("Judged"), DONE)
    if call.state == CallState.SELECTION:
        return Step("judging", _("Proposals are being judged"), NOW)
    return Step("judging", _("Judging"), LATER)


# --- result, appeal, agreement --------------------------------------------------------------------------------------


def _result(facts: _Facts) -> Step:
    call, proposal = facts.call, facts.proposal
    if call.state != CallState.DECIDED:
        return _planned("result", _("Result"), call.decision_by)
    note = proposal.result_reason if proposal.state != ProposalState.INELIGIBLE else ""
    at = facts.letter.issued_at if facts.letter else call.decided_at
    return Step(
        "result", _("Result: %(result)s") % {"result": proposal.get_state_display()}, DONE, show_moment(at), note
    )


def _after_result(facts: _Facts) -> list[Step]:
    proposal, call = facts.proposal, facts.call
    steps = [_appeal(facts)] if facts.appeal else []
    if call.state != CallState.DECIDED:
        return steps
    if proposal.state == ProposalState.SELECTED:
        return [*steps, _agreement(facts)]
    if facts.appeal is None and proposal.state in JUDGED_OUT:
        until = appeal_until(call, facts.letter)
        past = until is not None and until < clock.today()
        steps.append(
            Step("appeal", _("Appeal possible until"), STOPPED if past else NOW, show_day(until) if until else "")
        )
    return steps


def appeal_until(call: Call, letter: ResultLetter | None) -> date | None:
    """The last day for an appeal: by the result letter, else counted from the decision."""
    if letter is not None and letter.appeal_until is not None:
        return local_day(letter.appeal_until)
    return local_day(call.decided_at) + timedelta(days=call.appeal_days) if call.decided_at else None


def _appeal(facts: _Facts) -> Step:
    appeal = facts.appeal
    if appeal.state == AppealState.ANSWERED:
        label = _("Appeal answered: %(verdict)s") % {"verdict": appeal.get_verdict_display()}
        return Step("appeal", label, DONE, show_moment(appeal.answered_at), appeal.answer)
    if appeal.state == AppealState.WITHDRAWN:
        return Step("appeal", _("Appeal withdrawn"), DONE, show_moment(appeal.filed_at))
    return Step("appeal", _("Appeal filed; it is being considered"), NOW, show_moment(appeal.filed_at))


def _agreement(facts: _Facts) -> Step:
    if facts.agreement is None:
        return Step("agreement", _("The agency opens the agreement"), NOW)
    signed = facts.agreement.signed_at
    label = _("Agreement signed") if signed else _("Agreement being prepared together")
    url = reverse("agreements:agreement_detail", args=[facts.agreement.reference])
    return Step("agreement", label, DONE if signed else NOW, show_moment(signed) if signed else "", url=url)


def _planned(code: str, label: str, at: datetime | date | None, state: str = LATER) -> Step:
    when = "" if at is None else show_moment(at) if isinstance(at, datetime) else show_day(at)
    return Step(code, label, state, when, is_planned=bool(when))
