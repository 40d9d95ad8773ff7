"""Result letters (หนังสือแจ้งผลการพิจารณา): issued by the officer after the decision, one for each received proposal.

A letter is kept as the data it prints from and never changed. Who was not selected may appeal until the end of the day,
in Bangkok, that lies the call's `appeal_days` after it. The answer to an appeal is another letter.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agreements.actions.slots import applicants
from agreements.documents.result_letter import letter_content
from agreements.enums import RECEIVED_PROPOSALS, CallState, ProposalState
from agreements.models import Appeal, Call, Decision, Proposal, ResultLetter
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_runs_not, why_judge_works_not
from agreements.permissions.proposals import proposal_officer
from agreements.queries.results import (
    MAY_APPEAL,
    appeal_ends,
    feedback_for,
    last_step,
    score_of,
    selection_of,
    without_letter,
)
from core import clock
from core.counters import next_number
from core.thai import fiscal_year
from core.ui import moment_later
from core.workflow import NotNow, Passage, Rule, Stamp, pass_door
from partnerships.actions.notices import tell
from partnerships.actors import Actor


def _may_be_told(proposal: Proposal) -> bool:
    decided = proposal.call.state == CallState.DECIDED and proposal.state in RECEIVED_PROPOSALS
    return decided and not proposal.result_letters.exists()


ISSUE_LETTERS = Rule(
    "issue_letters",
    _("Issue the result letters"),
    call_officer,
    when=lambda call: without_letter(call).exists(),
    unless=why_judge_runs_not,
    not_now=_("Every applicant has the letter already, or the call is not decided yet."),
)
ISSUE_LETTER = Rule(
    "issue_letter", _("Issue the result letter"), proposal_officer, when=_may_be_told, unless=why_judge_works_not
)


def issue_result_letters(*, call: Call, by: Actor, stamp: Stamp | None = None) -> list[ResultLetter]:
    """A letter to each applicant that has none, each through its proposal's own door; safe to do again."""
    with pass_door(call, ISSUE_LETTERS, by=by, stamp=stamp) as door:
        waiting = list(without_letter(door.root))
        door.root.letters_issued_at = clock.now()
        door.payload["letters"] = len(waiting)
    letters = [_issue_or_leave(proposal, by) for proposal in waiting]
    return [letter for letter in letters if letter is not None]


def _issue_or_leave(proposal: Proposal, by: Actor) -> ResultLetter | None:
    """None where another officer issued it in the meantime."""
    try:
        return issue_result_letter(proposal=proposal, by=by)
    except NotNow:
        return None


def issue_result_letter(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> ResultLetter:
    """The letter to one applicant: number, result with reasons, and until when it may appeal."""
    with pass_door(proposal, ISSUE_LETTER, by=by, stamp=stamp) as door:
        return write_letter(door, decision=selection_of(door.root.call))


def write_letter(
    door: Passage, *, decision: Decision | None, appeal: Appeal | None = None, outcome: str = ""
) -> ResultLetter:
    """Keep a letter about the door's proposal and tell the applicant; an answer to an appeal opens no new window.

    `outcome`: the state that the proposal is about to reach, where this door moves it.
    """
    proposal = door.root
    issued_at, call = clock.now(), proposal.call
    may_appeal = appeal is None and (outcome or proposal.state) in MAY_APPEAL
    letter = ResultLetter(
        proposal=proposal,
        number=_next_letter_number(call),
        outcome=outcome or proposal.state,
        issued_at=issued_at,
        appeal_until=appeal_ends(issued_at, call.appeal_days) if may_appeal else None,
    )
    told = appeal is None and letter.outcome != ProposalState.INELIGIBLE
    with override("th"):
        letter.content = letter_content(
            letter,
            decision=decision,
            step=last_step(decision) if decision else None,
            score=score_of(proposal) if told else None,
            feedback=feedback_for(proposal) if told else [],
            appeal=appeal,
        )
    letter.save()
    door.payload.update(letter=letter.number, outcome=letter.outcome)
    _tell(door, letter)
    return letter


def _tell(door: Passage, letter: ResultLetter) -> None:
    until = moment_later(letter.appeal_until) if letter.appeal_until else "–"
    facts: dict[str, Any] = {"number": letter.number, "until": until}
    tell(door, applicants(letter.proposal), kind="proposal.letter", about=letter.proposal, **facts)


def _next_letter_number(call: Call) -> str:
    """ "ดย. 12/2570": the agency's letters, counted per fiscal year (Buddhist Era)."""
    year = fiscal_year(clock.today())
    number = next_number(issuer=f"organisation:{call.agency_id}", kind="letter", fiscal_year=year)
    return f"{call.agency.short_name} {number}/{year}".strip()[:60]
