"""Proposals that came on paper: entered from the scan by one person of the agency, confirmed by another.

What counts is the time stamped on the paper, not the time of typing: a paper handed in at 16:20 may be entered the next
day. Its content is written in the same parts as any other, by the agency's officers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from agreements.actions.paper_objections import answer_objection
from agreements.actions.paper_returns import end_return, waits_for_confirmation
from agreements.actions.proposals import lateness_explained
from agreements.actions.submission import freeze_version, tell_submitted
from agreements.enums import TAKES_PAPER, ProposalSource, ProposalState
from agreements.models import Call, Proposal, ProposalVersion
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_runs_not, why_judge_works_not
from agreements.permissions.papers import paper_enterer
from core import clock
from core.audit import log_security
from core.files import files_of, store_file
from core.models import StoredFile
from core.ui import show_moment
from core.workflow import NotNow, Rule, Stamp, birth, lock, pass_door, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.models import Organisation

UNATTACHED = "unattached"
PAPER_SCAN, FORMER_SCAN = "paper_scan", "former_paper_scan"  # former: of what a letter withdrew
REPLACED_SCAN = "replaced_paper_scan"  # another one took its place, as it was not whole or not the right paper


def _takes_paper(call: Call) -> bool:
    return call.state in TAKES_PAPER


ENTER_PAPER = Rule(
    "enter_paper", _("Enter a proposal on paper"), call_officer, when=_takes_paper, unless=why_judge_runs_not
)


CORRECT_PAPER = Rule(
    "correct_paper",
    _("Correct the time of receipt or the scan"),
    paper_enterer,
    when=waits_for_confirmation,
    unless=why_judge_works_not,
)


def enter_paper_proposal(
    *,
    call: Call,
    organisation: Organisation,
    title: str,
    received_at: datetime,
    scan: File,
    by: Actor,
    stamp: Stamp | None = None,
) -> Proposal:
    """A draft from paper, with its scan and the time at which it was received.

    What its organisation has online and not submitted gives way: set aside, kept as it is, and its people told.
    Raises ValidationError at `received_at` (after the deadline, before the publication, in the future) and at
    `organisation` (not invited, has a proposal on paper already, or one submitted), NotNow, NotYou, FileRefused.
    """
    with (
        _second_one_told(call, organisation, by),
        together(),
        _online_draft_set_aside(call, organisation, by) as draft,
        birth(ENTER_PAPER, by=by, about=call, stamp=stamp) as door,
    ):
        current = _takes_paper_still(call)
        refuse_time(current, received_at)
        if not current.admits(organisation.pk):
            raise ValidationError({"organisation": _("This organisation was not invited to the call.")})
        proposal = Proposal(
            call=current,
            organisation=organisation,
            title=title,
            target_group=current.target_group,
            area=current.area,
            duration_months=current.duration_months,
            source=ProposalSource.PAPER,
            received_at=received_at,
            entered_by=by.user,
            created_by=by.user,
            reference=next_reference("PROP"),
        )
        try:
            with transaction.atomic():
                proposal.save()
        except IntegrityError as error:
            raise SecondProposalError from error
        # A scan belongs to its proposal from the start: it is stored here, where the proposal is born and nobody waits.
        file = store_file(scan, name=scan.name, root=proposal, kind=PAPER_SCAN, by=by)
        door.root = proposal
        door.payload.update(call=current.reference, received_at=received_at, sha256=file.sha256)
        if draft is not None:
            told = {"at": show_moment(received_at), "paper": proposal.reference, "phone": current.contact_phone}
            people = people_in_roles([organisation.pk], Role.REPRESENTATIVE, Role.STAFF)
            tell(door, people, kind="proposal.set_aside", about=draft, **told)
    return proposal


class SecondProposalError(Exception):
    """The organisation has a proposal on the call, which nobody else may know of while it is sealed."""


@contextmanager
def _second_one_told(call: Call, organisation: Organisation, by: Actor) -> Iterator[None]:
    """Say that there is a proposal only to whom it is open to read; else the try is noted, after it was rolled back."""
    try:
        yield
    except SecondProposalError as error:
        if Proposal.objects.visible_to(by).filter(call=call, organisation=organisation).exists():
            text = _("This organisation already has a proposal on this call.")
        else:
            text = _(
                "No proposal of this organisation can be entered from paper. Please ask the organisation how it wants "
                "to take part. This entry has been noted in the log."
            )
            detail = f"organisation {organisation.pk}"
            log_security(kind="refused_paper", actor=by, root=call, action=ENTER_PAPER.name, detail=detail)
        raise ValidationError({"organisation": text}) from error


@contextmanager
def _online_draft_set_aside(call: Call, organisation: Organisation, by: Actor) -> Iterator[Proposal | None]:
    """What the organisation has on the call online and has not submitted, set aside; None where there is nothing.

    What is submitted in that very second stays: then the paper is refused, as one that comes after a submission is.
    """
    lock(call)
    unsent = [ProposalState.DRAFT, ProposalState.WITHDRAWN]
    online = Proposal.objects.filter(call=call, organisation=organisation, source=ProposalSource.ONLINE)
    draft = online.filter(state__in=unsent).first()
    if draft is not None:
        try:
            with pass_door(draft, "set_aside", by=by) as door:
                door.payload["call"] = call.reference
        except NotNow:
            draft = None
    yield draft


def enter_paper_again(
    *, proposal: Proposal, received_at: datetime, scan: File, by: Actor, stamp: Stamp | None = None
) -> Proposal:
    """A new paper for one that was withdrawn by letter: the same proposal is a draft again, with what was written.

    The scan of what was withdrawn is kept. Raises ValidationError at `received_at` (as `enter_paper_proposal`, or
    before the letter that withdrew it), NotNow, NotYou, FileRefused.
    """
    file = store_file(scan, name=scan.name, root=proposal, kind=UNATTACHED, by=by)  # bytes before the lock
    with together():
        call = _takes_paper_still(proposal.call)
        with pass_door(proposal, "enter_again", by=by, stamp=stamp) as door:
            current = door.root
            _refuse_time_again(current, call, received_at)
            _use_scan(current, file, before=FORMER_SCAN)
            current.received_at, current.entered_by, current.confirmed_by = received_at, by.user, None
            door.payload.update(received_at=received_at, sha256=file.sha256)
    return door.root


def correct_paper(
    *, proposal: Proposal, received_at: datetime, scan: File | None, by: Actor, stamp: Stamp | None = None
) -> Proposal:
    """The stamp was misread, or the scan lacks a page: put right by who entered it, until a colleague confirms.

    `scan` None leaves the scan as it is; one that is replaced is kept. Raises ValidationError at `received_at` (as
    `enter_paper_again`), NotNow, NotYou (anybody but who entered it), FileRefused.
    """
    file = store_file(scan, name=scan.name, root=proposal, kind=UNATTACHED, by=by) if scan else None
    with together():
        call = _takes_paper_still(proposal.call)
        with pass_door(proposal, CORRECT_PAPER, by=by, stamp=stamp) as door:
            current = door.root
            _refuse_time_again(current, call, received_at)
            door.payload.update(received_at_before=current.received_at, received_at=received_at)
            current.received_at = received_at
            if file is not None:
                _use_scan(current, file, before=REPLACED_SCAN)
                door.payload["sha256"] = file.sha256
    return door.root


def _refuse_time_again(proposal: Proposal, call: Call, received_at: datetime) -> None:
    refuse_time(call, received_at)
    letter = proposal.paper_withdrawals.filter(sent_back="").last()
    if letter is not None and received_at < letter.received_at:
        raise ValidationError({"received_at": _("This is before the letter that withdrew the proposal.")})


def _use_scan(proposal: Proposal, file: StoredFile, *, before: str) -> None:
    """`before`: the kind as which the scan so far is kept."""
    files_of(proposal, PAPER_SCAN).update(kind=before)
    files_of(proposal, UNATTACHED).filter(pk=file.pk).update(kind=PAPER_SCAN)


def _takes_paper_still(call: Call) -> Call:
    """The call under its lock, so that its selection does not begin while a paper comes in. Raises NotNow."""
    current = lock(call)
    if not _takes_paper(current):
        raise NotNow()
    return current


def continue_online(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """What was withdrawn by letter becomes an online draft of its own organisation, with what was entered from paper.

    Until the deadline it is amended and submitted like any other; versions, scans and letters are kept. From now on the
    agency reads it no more until submissions are closed, so the officer who entered it is told. Raises NotNow (not
    withdrawn by letter, the deadline has passed, entered again, blocked), NotYou, Stale, AlreadyDone.
    """
    with lateness_explained(proposal), pass_door(proposal, "continue_online", by=by, stamp=stamp) as door:
        current = door.root
        files_of(current, PAPER_SCAN).update(kind=FORMER_SCAN)
        tell(door, [current.entered_by_id], kind="proposal.continued_online")
        current.source, current.entered_by, current.confirmed_by = ProposalSource.ONLINE, None, None
        door.payload.update(versions=current.versions.count(), received_at=current.received_at)
    return door.root


def refuse_time(call: Call, received_at: datetime) -> None:
    """Raise ValidationError at `received_at` for what came after the deadline or cannot have come then."""
    if received_at > clock.now():
        raise ValidationError({"received_at": _("This lies in the future.")})
    if received_at > call.accepts_until:
        late = _("The deadline was %(deadline)s: a proposal that came later cannot be taken.")
        raise ValidationError({"received_at": late % {"deadline": show_moment(call.closes_at)}})
    if call.published_at and received_at < call.published_at:
        raise ValidationError({"received_at": _("This is before the call was published.")})


def confirm_paper(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> ProposalVersion:
    """Another person has compared the entry with the scan: it is frozen and counts as of the time it was received.

    Raises NotNow, NotYou (who entered it, or wrote a part of it), Missing, Stale, AlreadyDone.
    """
    with pass_door(proposal, "confirm_paper", by=by, stamp=stamp) as door:
        current = door.root
        current.confirmed_by = by.user
        name = current.organisation.name_th
        current.submitted_at = current.received_at
        version = freeze_version(door, at=current.received_at, by=current.entered_by, name=name)
        tell_submitted(door, version)
        answer_objection(current)
        end_return(current)
    return version
