"""Proposals that came on paper: entered from the scan by one person of the agency, confirmed by another.

What counts is the time stamped on the paper, not the time of typing: a paper handed in at 16:20 may be entered the next
day. Its content is written in the same parts as any other, by the agency's officers.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from agreements.actions.submission import freeze_version, tell_submitted
from agreements.enums import TAKES_PAPER, ProposalSource
from agreements.models import Call, Proposal, ProposalVersion
from agreements.permissions import call_officer, paper_confirmer
from core import clock
from core.files import store_file
from core.ui import show_moment
from core.workflow import Rule, Stamp, birth, pass_door
from partnerships.actions.notices import tell
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.models import Organisation

PAPER_SCAN = "paper_scan"


def _takes_paper(call: Call) -> bool:
    return call.state in TAKES_PAPER


def _waits_for_confirmation(proposal: Proposal) -> bool:
    return proposal.source == ProposalSource.PAPER and proposal.state == "draft" and _takes_paper(proposal.call)


ENTER_PAPER = Rule("enter_paper", _("Enter a proposal on paper"), call_officer, when=_takes_paper)
RETURN_PAPER = Rule(
    "return_paper", _("Send the entry back for correction"), paper_confirmer, when=_waits_for_confirmation
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

    Raises ValidationError at `received_at` (after the deadline, before the publication, in the future) and at
    `organisation` (not invited, has a proposal already), NotNow, NotYou, FileRefused.
    """
    with birth(ENTER_PAPER, by=by, about=call, stamp=stamp) as door:
        current = Call.objects.get(pk=call.pk)
        _refuse_time(current, received_at)
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
            raise ValidationError(
                {"organisation": _("This organisation already has a proposal on this call.")}
            ) from error
        # A scan belongs to its proposal from the start: it is stored here, where the proposal is born and nobody waits.
        file = store_file(scan, name=scan.name, root=proposal, kind=PAPER_SCAN, by=by)
        door.root = proposal
        door.payload.update(call=current.reference, received_at=received_at, sha256=file.sha256)
    return proposal


def _refuse_time(call: Call, received_at: datetime) -> None:
    if received_at > clock.now():
        raise ValidationError({"received_at": _("This lies in the future.")})
    if received_at > call.accepts_until:
        late = _("The deadline was %(deadline)s: a proposal that came later cannot be taken.")
        raise ValidationError({"received_at": late % {"deadline": show_moment(call.closes_at)}})
    if call.published_at and received_at < call.published_at:
        raise ValidationError({"received_at": _("This is before the call was published.")})


def confirm_paper(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> ProposalVersion:
    """Another person has compared the entry with the scan: it is frozen and counts as of the time it was received.

    Raises NotNow, NotYou (who entered it), Missing, Stale, AlreadyDone.
    """
    with pass_door(proposal, "confirm_paper", by=by, stamp=stamp) as door:
        current = door.root
        current.confirmed_by = by.user
        name = current.organisation.name_th
        current.submitted_at = current.received_at
        version = freeze_version(door, at=current.received_at, by=current.entered_by, name=name)
        tell_submitted(door, version)
    return version


def return_paper(*, proposal: Proposal, reason: str, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """The entry differs from the scan: who entered it is told what to correct."""
    with pass_door(proposal, RETURN_PAPER, by=by, stamp=stamp) as door:
        door.payload["reason"] = reason
        tell(door, [door.root.entered_by_id], kind="proposal.paper_returned", about=door.root, reason=reason)
    return door.root
