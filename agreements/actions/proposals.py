"""Writing a proposal, and what of it is frozen when it is submitted (§3.1 step 2, §3.2 step 2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from agreements.enums import TAKES_PAPER, ProposalSource, ProposalState
from agreements.models import Call, Proposal, ProposalVersion
from agreements.permissions import may_begin_proposal, proposal_writer
from agreements.requirements.proposal import SECTIONS
from core import clock
from core.canonical import canonical_json
from core.files import files_of, store_file
from core.models import StoredFile
from core.ui import show_moment
from core.workflow import NotNow, Rule, Stamp, birth, pass_door
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.permissions.organisations import is_out_of_draft
from partnerships.queries.standing import why_blocked

ATTACHMENT, REMOVED, UNATTACHED = "attachment", "removed_attachment", "unattached"
LATE = _("The deadline was %(deadline)s. Nothing more can be sent in; what you wrote is kept as it is.")
FIELDS = tuple(name for names in SECTIONS.values() for name in names)
MAX_ATTACHMENTS = 20


def is_being_written(proposal: Proposal) -> bool:
    """A draft, or withdrawn to be mended, while its call still takes proposals; from paper: until it is confirmed."""
    if proposal.source == ProposalSource.PAPER:
        return proposal.state == ProposalState.DRAFT and proposal.call.state in TAKES_PAPER
    return proposal.state in (ProposalState.DRAFT, ProposalState.WITHDRAWN) and proposal.call.is_open()


def _may_not_begin(call: Call, actor: Actor) -> Any:
    """Why this organisation's people cannot begin a proposal here, in words, or None."""
    if actor.organisation is not None and not is_out_of_draft(actor.organisation):
        return _("Send in your organisation's registration first: then you can make a proposal.")
    if call.proposals.filter(organisation_id=actor.organisation_id).exists():
        return _("Your organisation already has a proposal on this call.")
    return why_blocked(actor.organisation_id) if actor.is_partner else None


BEGIN_PROPOSAL = Rule(
    "begin_proposal",
    _("Begin a proposal"),
    may_begin_proposal,
    when=lambda call: call.is_open(),
    unless=_may_not_begin,
)
EDIT_PROPOSAL = Rule("edit", _("Edit the proposal"), proposal_writer, when=is_being_written)
ATTACH = Rule("attach", _("Attach a file"), proposal_writer, when=is_being_written)
DETACH = Rule("detach", _("Remove a file"), proposal_writer, when=is_being_written)


@contextmanager
def lateness_explained(proposal: Proposal) -> Iterator[None]:
    """Say that the deadline has passed, and that the draft is kept, where that is why the door said "not now"."""
    try:
        yield
    except NotNow as refusal:
        call = Call.objects.get(pk=proposal.call_id)
        if call.published_at and clock.now() > call.accepts_until and refusal.message is NotNow.message:
            raise NotNow(LATE % {"deadline": show_moment(call.closes_at)}) from refusal
        raise


def begin_proposal(*, call: Call, title: str, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """A draft of the actor's organisation on an open call, one per organisation and call. Raises NotNow, NotYou."""
    with birth(BEGIN_PROPOSAL, by=by, about=call, stamp=stamp) as door:
        proposal = Proposal(call=call, organisation=by.organisation, title=title, created_by=by.user)
        proposal.target_group, proposal.area, proposal.duration_months = (
            call.target_group,
            call.area,
            call.duration_months,
        )
        proposal.reference = next_reference("PROP")
        try:
            with transaction.atomic():
                proposal.save()
        except IntegrityError as error:
            raise NotNow(_("Your organisation already has a proposal on this call.")) from error
        door.root = proposal
        door.payload.update(call=call.reference)
    return proposal


def edit_proposal(*, proposal: Proposal, facts: Mapping[str, Any], by: Actor, stamp: Stamp | None = None) -> Proposal:
    """Save a part of the draft (budget in baht). Raises NotNow after the deadline or once submitted."""
    with lateness_explained(proposal), pass_door(proposal, EDIT_PROPOSAL, by=by, stamp=stamp) as door:
        for name, value in facts.items():
            if name not in FIELDS:
                raise ValueError(f"{name} is no part of a proposal")
            setattr(door.root, name, value)
        door.payload["fields"] = sorted(facts)
    return door.root


def attach_file(*, proposal: Proposal, upload: File, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """Keep a file with the draft. Raises FileRefused, NotNow."""
    # The bytes are written before the lock is taken; a file that is then refused stays attached to nothing.
    file = store_file(upload, name=upload.name, root=proposal, kind=UNATTACHED, by=by)
    with lateness_explained(proposal), pass_door(proposal, ATTACH, by=by, stamp=stamp) as door:
        if files_of(door.root, ATTACHMENT).count() >= MAX_ATTACHMENTS:
            raise NotNow(_("No more files can be attached to this proposal."))
        files_of(door.root, UNATTACHED).filter(pk=file.pk).update(kind=ATTACHMENT)
        door.payload.update(sha256=file.sha256, size=file.size)
    return door.root


def detach_file(*, proposal: Proposal, file: StoredFile, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """Take a file out of the draft. It is kept for the proposer: an earlier submitted version may name it."""
    with lateness_explained(proposal), pass_door(proposal, DETACH, by=by, stamp=stamp) as door:
        files_of(door.root, ATTACHMENT).filter(pk=file.pk).update(kind=REMOVED)
        door.payload["sha256"] = file.sha256
    return door.root


# --- what is frozen -------------------------------------------------------------------------------------------------


def frozen_content(version: ProposalVersion) -> str:
    """Canonical JSON of everything a reviewer judges: fields, proposer, call, and each file's name, size and hash."""
    proposal = version.proposal
    attached = files_of(proposal, ATTACHMENT).values("pk", "name", "size", "content_type", "sha256")
    return canonical_json(
        {
            "schema": 1,
            "reference": proposal.reference,
            "version": version.number,
            "submitted_at": version.submitted_at,
            "call": proposal.call.reference,
            "organisation": {"id": proposal.organisation_id, "name": proposal.organisation.name_th},
            "fields": {name: getattr(proposal, name) for name in FIELDS},
            "files": [{"id": row.pop("pk"), **row} for row in attached],
        }
    )


def sha256_of(content: str) -> str:
    """SHA-256 (hex) of a version's content in UTF-8."""
    return hashlib.sha256(content.encode("utf-8")).hexdigest()
