"""A proposal on paper taken back by letter: recorded from the letter by one person of the agency, confirmed by another.

As with the proposal itself, what counts is the time stamped on the letter: one that came in time may be recorded and
confirmed until the call leaves the screening; the proposal is not screened while a letter waits.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from agreements.actions.paper import UNATTACHED, refuse_time
from agreements.enums import TAKES_PAPER, ProposalSource, ProposalState
from agreements.models import PaperWithdrawal, Proposal
from agreements.permissions.judging import why_judge_works_not
from agreements.permissions.papers import paper_withdrawal_confirmer
from agreements.permissions.proposals import proposal_officer
from core import clock
from core.files import files_of, store_file
from core.workflow import Rule, Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role

WITHDRAWAL_LETTER = "withdrawal_letter"


def _counts(proposal: Proposal) -> bool:
    on_paper = proposal.source == ProposalSource.PAPER and proposal.state == ProposalState.SUBMITTED
    return on_paper and proposal.call.state in TAKES_PAPER


def _may_be_recorded(proposal: Proposal) -> bool:
    return _counts(proposal) and proposal.withdrawal_waiting is None


def _waits(proposal: Proposal) -> bool:
    return _counts(proposal) and proposal.withdrawal_waiting is not None


RECORD_WITHDRAWAL = Rule(
    "record_withdrawal",
    _("Record a withdrawal by letter"),
    proposal_officer,
    when=_may_be_recorded,
    unless=why_judge_works_not,
)
RETURN_WITHDRAWAL = Rule(
    "return_withdrawal",
    _("Send the record of the letter back"),
    paper_withdrawal_confirmer,
    when=_waits,
    unless=why_judge_works_not,
)


def record_withdrawal(
    *, proposal: Proposal, reason: str, received_at: datetime, letter: File, by: Actor, stamp: Stamp | None = None
) -> PaperWithdrawal:
    """Keep the letter by which the applicant takes a proposal on paper back; it counts once another person confirms it.

    Raises ValidationError at `received_at` (after the deadline, before the proposal itself, in the future) and at
    `reason` where none is given; NotNow, NotYou, FileRefused.
    """
    file = store_file(letter, name=letter.name, root=proposal, kind=UNATTACHED, by=by)  # bytes before the lock
    with pass_door(proposal, RECORD_WITHDRAWAL, by=by, stamp=stamp) as door:
        current = door.root
        refuse_time(current.call, received_at)
        if received_at < current.received_at:
            raise ValidationError({"received_at": _("This is before the proposal itself was received.")})
        if not reason.strip():
            raise ValidationError({"reason": _("Give the reason that the letter states.")})
        files_of(current, UNATTACHED).filter(pk=file.pk).update(kind=WITHDRAWAL_LETTER)
        kept = PaperWithdrawal.objects.create(
            proposal=current, letter=file, reason=reason.strip(), received_at=received_at, recorded_by=by.user
        )
        door.payload.update(withdrawal=kept.pk, received_at=received_at, reason=kept.reason, sha256=file.sha256)
    return kept


def confirm_withdrawal(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """Another person has compared the record with the letter: the proposal is withdrawn, and its organisation told.

    Raises NotNow, NotYou (who recorded it), Stale, AlreadyDone.
    """
    with pass_door(proposal, "withdraw_paper", by=by, stamp=stamp) as door:
        waiting = _judged(door.root, by)
        door.payload.update(withdrawal=waiting.pk, version=door.root.versions.count())
        people = people_in_roles([door.root.organisation_id], Role.REPRESENTATIVE, Role.STAFF)
        tell(door, people, kind="proposal.withdrawn_on_paper", reason=waiting.reason)
    return door.root


def return_withdrawal(*, proposal: Proposal, reason: str, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """The record differs from the letter: who made it is told; the proposal stands as it was submitted."""
    with pass_door(proposal, RETURN_WITHDRAWAL, by=by, stamp=stamp) as door:
        if not reason.strip():
            raise ValidationError({"reason": _("Say what differs from the letter.")})
        waiting = _judged(door.root, by, sent_back=reason.strip())
        door.payload.update(withdrawal=waiting.pk, reason=reason)
        tell(door, [waiting.recorded_by_id], kind="proposal.withdrawal_returned", reason=reason)
    return door.root


def _judged(proposal: Proposal, by: Actor, sent_back: str = "") -> PaperWithdrawal:
    waiting = proposal.withdrawal_waiting
    waiting.judged_by, waiting.judged_at, waiting.sent_back = by.user, clock.now(), sent_back
    waiting.save()
    return waiting
