"""Where a proposal stands: what has happened, what comes next and when, in words its own organisation understands.

Read from the proposal itself and from its call's dates: nothing of other proposals, of reviewers or of scores is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.enums import (
    CALL_CALLED_OFF,
    AppealState,
    CallState,
    ProposalSource,
    ProposalState,
    Standing,
)
from agreements.models import Appeal, Call, CureRequest, Presentation, PresentationSlot, Proposal, ResultLetter
from agreements.queries.call_public import taken_until
from agreements.queries.proposal_steps import (
    DONE,
    JUDGED_OUT,
    LATER,
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
from core.audit import history_of
from core.ui import local_day, show_day, show_moment


@dataclass(frozen=True)
class _Facts:
    proposal: Proposal
    call: Call
    cure: CureRequest | None
    slot: PresentationSlot | None
    presentation: Presentation | None
    letters: list[ResultLetter]  # the first one first
    appeal: Appeal | None
    agreement: Any

    @property
    def first_outcome(self) -> str:
        """The result as it was told first: an appeal or the reserve list may have changed it since."""
        return self.letters[0].outcome if self.letters else self.proposal.state

    @property
    def first_reason(self) -> str:
        changed = self.first_outcome != self.proposal.state
        return "\n".join(self.letters[0].content["reasons"]) if changed else self.proposal.result_reason


def timeline(proposal: Proposal) -> list[Step]:
    """The steps of a proposal (with its call fetched) in their order, in six queries more; a withdrawn one asks one."""
    if proposal.state == ProposalState.SET_ASIDE:
        return [*_begun(proposal), set_aside()]
    facts = _load(proposal)
    steps = [*_begun(proposal), *_submitted(facts)]
    if facts.call.state in CALL_CALLED_OFF:
        return [*steps, called_off(facts.call)]
    if proposal.state in WRITTEN:
        return [*steps, *_to_come(facts.call)] if steps[-1].state == NOW else steps
    steps += _screening(facts)
    if facts.first_outcome != ProposalState.INELIGIBLE:
        steps += [*_presentation(facts), _judging(facts.call)]
    return [*steps, _result(facts), *_after_result(facts)]


def _load(proposal: Proposal) -> _Facts:
    return _Facts(
        proposal=proposal,
        call=proposal.call,
        cure=CureRequest.objects.filter(proposal=proposal).first(),
        slot=PresentationSlot.objects.filter(proposal=proposal).first(),
        presentation=Presentation.objects.filter(proposal=proposal).first(),
        letters=list(ResultLetter.objects.filter(proposal=proposal).order_by("issued_at", "pk")),
        appeal=Appeal.objects.filter(proposal=proposal).first(),
        agreement=getattr(proposal, "agreement", None),
    )


# --- writing and submitting -----------------------------------------------------------------------------------------


def _begun(proposal: Proposal) -> list[Step]:
    """How it began; one that its organisation continued online also tells the paper and the letter (a query more)."""
    if proposal.received_at is None:
        return [Step("begun", _("Proposal begun"), DONE, show_moment(proposal.created_at))]
    paper = Step("received", _("Received on paper"), DONE, show_moment(proposal.received_at))
    if proposal.source == ProposalSource.PAPER:
        return [paper]
    label = _("Withdrawn by your organisation's letter")
    return [paper, Step("withdrawn_on_paper", label, DONE, _letter_when(proposal))]


def _submitted(facts: _Facts) -> list[Step]:
    proposal, call = facts.proposal, facts.call
    if proposal.state == ProposalState.WITHDRAWN:
        return _withdrawn(proposal)
    if proposal.state != ProposalState.DRAFT:
        return [Step("submitted", _("Submitted"), DONE, show_moment(proposal.submitted_at))]
    if call.state in CALL_CALLED_OFF:
        return []
    if proposal.source == ProposalSource.PAPER:
        return [being_entered(call)]
    if call.is_open():
        return [Step("submit", _("To be submitted"), NOW, show_moment(taken_until(call)), is_planned=True)]
    note = _("The deadline passed before it was submitted. What you wrote is kept.")
    return [Step("submit", _("Not submitted"), STOPPED, show_moment(call.closes_at), note)]


def _withdrawn(proposal: Proposal) -> list[Step]:
    """What had been submitted, when it was taken back, and until when it may come again."""
    on_paper, is_open = proposal.source == ProposalSource.PAPER, proposal.call.is_open()
    label = _("Withdrawn by your organisation's letter") if on_paper else _("Withdrawn by your organisation")
    steps = [
        Step("submitted", _("Submitted"), DONE, show_moment(proposal.submitted_at)),
        Step("withdrawn", label, DONE if is_open else STOPPED, _withdrawn_when(proposal, on_paper)),
    ]
    if not is_open:
        return steps
    code, again = "submit", _("It can be amended and submitted again")
    if on_paper:
        code, again = "paper", _("It can be continued online, or handed in on paper again")
    return [*steps, Step(code, again, NOW, show_moment(taken_until(proposal.call)), is_planned=True)]


def _withdrawn_when(proposal: Proposal, on_paper: bool) -> str:
    """The time stamped on the letter; else that of the event, or the day on which it took effect, where another."""
    if on_paper:
        return _letter_when(proposal)
    event = history_of(proposal).filter(kind="proposal.withdraw").last()
    if event is None:
        return ""
    at = event.recorded_at
    return show_moment(at) if event.effective_on == local_day(at) else show_day(event.effective_on)


def _letter_when(proposal: Proposal) -> str:
    letter = proposal.paper_withdrawals.filter(judged_at__isnull=False, sent_back="").last()
    return show_moment(letter.received_at) if letter else ""


def _to_come(call: Call) -> list[Step]:
    """The call's own dates, for a proposal that is still being written."""
    shown = [planned("screening", _("Check of qualifications"), call.screening_by)]
    if has_presentation(call):
        shown.append(presenting("presentation", _("Presentation"), call.presentation_on))
    return [*shown, planned("judging", _("Judging"), None), planned("result", _("Result"), call.decision_by)]


# --- judging --------------------------------------------------------------------------------------------------------


def _screening(facts: _Facts) -> list[Step]:
    proposal, call = facts.proposal, facts.call
    asked = [_cure(facts)] if facts.cure else []
    if proposal.state == ProposalState.CURING:
        return asked
    if facts.first_outcome == ProposalState.INELIGIBLE:
        return [*asked, Step("screening", _("Qualifications not met"), DONE, note=facts.first_reason)]
    if proposal.state != ProposalState.SUBMITTED:
        return [*asked, Step("screening", _("Qualifications met"), DONE)]
    if call.state == CallState.PUBLISHED:
        return [*asked, planned("screening", _("Check of qualifications"), screened_by(call))]
    return [*asked, planned("screening", _("Qualifications are being checked"), call.screening_by, NOW)]


def _cure(facts: _Facts) -> Step:
    cure = facts.cure
    if cure.answered_at:
        return Step("cure", _("Gaps completed"), DONE, show_moment(cure.answered_at))
    if facts.proposal.state == ProposalState.CURING:
        return Step("cure", _("Send further documents"), NOW, show_moment(cure.due_at), cure.gaps, True)
    return Step("cure", _("Asked to complete; the time passed"), DONE, show_moment(cure.due_at))


def _presentation(facts: _Facts) -> list[Step]:
    call = facts.call
    if facts.presentation:
        label = _("Presented") if facts.presentation.attended else _("Presentation missed")
        return [Step("presentation", label, DONE, show_day(facts.presentation.held_on), facts.presentation.place)]
    if not has_presentation(call) and not facts.slot:
        return []
    if facts.slot:
        place = facts.slot.place or facts.slot.link
        return [Step("presentation", _("Presentation"), LATER, show_moment(facts.slot.starts_at), place, True)]
    if call.state in (CallState.SELECTION, CallState.DECIDED):
        return []
    eligible = call.state == CallState.SCREENING and facts.proposal.state == ProposalState.ELIGIBLE
    if eligible and books_time(facts.proposal):
        return [choosing_time()]
    return [presenting("presentation", _("Presentation"), call.presentation_on, NOW if eligible else LATER)]


def _judging(call: Call) -> Step:
    if call.state == CallState.DECIDED:
        return Step("judging", _("Judged"), DONE)
    if call.state == CallState.SELECTION:
        return Step("judging", _("Proposals are being judged"), NOW)
    return Step("judging", _("Judging"), LATER)


# --- result, appeal, agreement --------------------------------------------------------------------------------------


def _result(facts: _Facts) -> Step:
    call, outcome = facts.call, facts.first_outcome
    if call.state != CallState.DECIDED:
        return planned("result", _("Result"), call.decision_by)
    note = facts.first_reason if outcome != ProposalState.INELIGIBLE else ""
    at = facts.letters[0].issued_at if facts.letters else call.decided_at
    label = _("Result: %(result)s") % {"result": _result_in_words(facts.proposal, outcome)}
    return Step("result", label, DONE, show_moment(at), note)


def _result_in_words(proposal: Proposal, outcome: str) -> str:
    """With the place that it has now, where the outcome still stands."""
    result = ProposalState(outcome).label
    if proposal.reserve_place is None or outcome != proposal.state:
        return str(result)
    return _("%(result)s, place %(place)s on the reserve list") % {"result": result, "place": proposal.reserve_place}


def _changed_results(facts: _Facts) -> list[Step]:
    """Letters after the first that told another result: after the appeal, or from the reserve list."""
    told = []
    for before, letter in pairwise(facts.letters):
        if letter.outcome != before.outcome:
            text = _("Result after the appeal: %(result)s") if letter.content["appeal"] else _("Result: %(result)s")
            result = text % {"result": _result_in_words(facts.proposal, letter.outcome)}
            told.append(Step("result_changed", result, DONE, show_moment(letter.issued_at)))
    return told


def _after_result(facts: _Facts) -> list[Step]:
    proposal, call = facts.proposal, facts.call
    steps = [*([_appeal(facts)] if facts.appeal else []), *_changed_results(facts)]
    if call.state != CallState.DECIDED:
        return steps
    if proposal.state == ProposalState.SELECTED:
        return [*steps, _agreement(facts)]
    if facts.appeal is None and proposal.state in JUDGED_OUT:
        steps += _time_to_appeal(call, facts.letters)
    return [*steps, _in_reserve()] if proposal.state == ProposalState.RESERVE else steps


def _in_reserve() -> Step:
    return Step("reserve", _("On the reserve list: the agency tells you if you are selected in another's place"), LATER)


def _time_to_appeal(call: Call, letters: list[ResultLetter]) -> list[Step]:
    """The last day for an appeal stands in the result letter; before it, only how many days there will be is known."""
    days = call.appeal_days
    if not letters:
        when = ngettext("within %(days)s day of the result letter", "within %(days)s days of the result letter", days)
        return [Step("appeal", _("Appeal possible"), LATER, when % {"days": days})]
    ends = [local_day(letter.appeal_until) for letter in letters if letter.appeal_until]
    state = STOPPED if ends and ends[0] < clock.today() else NOW
    return [Step("appeal", _("Appeal possible until"), state, show_day(ends[0]))] if ends else []


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
    url = reverse("agreements:agreement_detail", args=[facts.agreement.reference])
    if facts.agreement.standing == Standing.CANCELLED:
        label, when = _("The agreement was cancelled before it was signed"), show_moment(facts.agreement.ended_at)
        return Step("agreement", label, STOPPED, when, facts.agreement.end_reason, url=url)
    signed = facts.agreement.signed_at
    label = _("Agreement signed") if signed else _("Agreement being prepared together")
    return Step("agreement", label, DONE if signed else NOW, show_moment(signed) if signed else "", url=url)
