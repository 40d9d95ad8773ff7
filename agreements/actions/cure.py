"""Formal gaps: one chance to mend them after the deadline, where the call says so (§3.2 step 3).

What was submitted stays: files are added and a few words said; texts and budget cannot be touched. What is sent freezes
the next version, and both versions are kept.
"""

from __future__ import annotations

from datetime import datetime, time

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from agreements.actions.proposals import MAX_ATTACHMENTS, REMOVED, UNATTACHED
from agreements.actions.submission import freeze_version
from agreements.documents.proposal_data import ATTACHMENT, version_content
from agreements.enums import ProposalState
from agreements.models import CureRequest, Proposal, ProposalVersion
from agreements.permissions.judging import why_judge_stands_in_not
from agreements.permissions.proposals import cure_writer
from core import clock
from core.files import files_of, store_file
from core.models import StoredFile
from core.ui import show_moment
from core.workflow import NotNow, Rule, Stamp, pass_door
from core.working_days import term_ends
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role


def is_being_cured(proposal: Proposal) -> bool:
    """Asked to complete, and the time given has not passed."""
    return proposal.state == ProposalState.CURING and clock.now() <= proposal.cure_request.due_at


NOTHING = _("Say what you completed, or attach a file.")
TOO_LATE = _("The time to complete the proposal has passed; it is considered as it was submitted.")
CURE, UNDO = (
    Rule(name, title, cure_writer, when=is_being_cured, unless=why_judge_stands_in_not, not_now=TOO_LATE)
    for name, title in (("attach_to_cure", _("Send further documents")), ("detach_from_cure", _("Remove the file")))
)


def cure_due_at(days: int) -> datetime:
    """The end of the day, Bangkok time, so many days from now; where that is a day of rest, of the next working day."""
    day = term_ends(clock.now().astimezone(clock.BANGKOK).date(), days)
    return datetime.combine(day, time(23, 59, 59), tzinfo=clock.BANGKOK)


def ask_cure(*, proposal: Proposal, gaps: str, by: Actor, stamp: Stamp | None = None) -> CureRequest:
    """Say which formal gaps the applicant may mend; the time runs to the end of the call's last day for it."""
    with pass_door(proposal, "ask_cure", by=by, stamp=stamp) as door:
        request = CureRequest.objects.create(
            proposal=door.root,
            gaps=gaps,
            due_at=cure_due_at(door.root.call.cure_days),
            asked_by=by.user,
            asked_at=clock.now(),
        )
        door.payload.update(gaps=gaps, due_at=request.due_at)
        _tell_applicant(door, "proposal.cure", gaps=gaps, due=show_moment(request.due_at))
    return request


def attach_to_cure(*, proposal: Proposal, upload: File, by: Actor, stamp: Stamp | None = None) -> StoredFile:
    """Add a file that was asked for. Raises FileRefused, NotNow."""
    file = store_file(upload, name=upload.name, root=proposal, kind=UNATTACHED, by=by)  # bytes before the lock
    with pass_door(proposal, CURE, by=by, stamp=stamp) as door:
        if files_of(door.root, ATTACHMENT).count() >= 2 * MAX_ATTACHMENTS:
            raise NotNow(_("No more files can be attached to this proposal."))
        files_of(door.root, UNATTACHED).filter(pk=file.pk).update(kind=ATTACHMENT)
        door.payload.update(sha256=file.sha256, size=file.size)
    return file


def detach_from_cure(*, proposal: Proposal, file: StoredFile, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """Take out a file that was added just now; what was submitted stays."""
    with pass_door(proposal, UNDO, by=by, stamp=stamp) as door:
        if file.pk in submitted_files(door.root):
            raise NotNow(_("This file was submitted with the proposal and stays. Add the right one beside it."))
        files_of(door.root, ATTACHMENT).filter(pk=file.pk).update(kind=REMOVED)
        door.payload["sha256"] = file.sha256
    return door.root


def added_files(proposal: Proposal) -> list[StoredFile]:
    """What was attached since and goes with the answer, in its order."""
    return list(files_of(proposal, ATTACHMENT).exclude(pk__in=submitted_files(proposal)).order_by("pk"))


def submitted_files(proposal: Proposal) -> set[int]:
    """Ids of the files of the latest submitted version."""
    version = proposal.latest_version
    return {row["id"] for row in version_content(version)["files"]} if version else set()


def answer_cure(*, proposal: Proposal, answer: str, by: Actor, stamp: Stamp | None = None) -> ProposalVersion:
    """Send what was completed: freezes the next version. Raises NotNow after the time, ValidationError for nothing."""
    with pass_door(proposal, "answer_cure", by=by, stamp=stamp) as door:
        current, moment = door.root, clock.now()
        added = added_files(current)
        if not answer.strip() and not added:
            raise ValidationError({"answer": NOTHING})
        CureRequest.objects.filter(proposal=current).update(answer=answer, answered_by=by.user, answered_at=moment)
        version = freeze_version(door, at=moment, by=by.user, name=by.user.full_name_th)
        door.payload["files"] = len(added)
        tell(door, [current.call.officer_id], kind="proposal.cured")
    return version


def lapse_cure(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """The time has passed without an answer: the proposal is screened as it was submitted.

    Files that were added and never sent are taken out again: they belong to no version.
    """
    with pass_door(proposal, "lapse_cure", by=by, stamp=stamp) as door:
        files_of(door.root, ATTACHMENT).exclude(pk__in=submitted_files(door.root)).update(kind=REMOVED)
        _tell_applicant(door, "proposal.cure_lapsed")
    return door.root


def _tell_applicant(door, kind: str, **words: str) -> None:
    people = people_in_roles([door.root.organisation_id], Role.REPRESENTATIVE, Role.STAFF)
    tell(door, people, kind=kind, **words)
