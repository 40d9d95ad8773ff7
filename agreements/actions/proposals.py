"""Writing a proposal: beginning it, saving its sections, attaching files (§3.1 step 2, §3.2 step 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, NamedTuple

from django.core.files import File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from agreements.actions.proposal_content import ATTACHMENT, part_content
from agreements.actions.proposal_rows import write_part
from agreements.actions.revisions import record_revision
from agreements.enums import TAKES_PAPER, ProposalSource, ProposalState
from agreements.models import Call, CallDocument, Proposal, ProposalDocument, ProposalPart
from agreements.permissions.calls import may_begin_proposal
from agreements.permissions.judging import why_judge_stands_in_not
from agreements.permissions.proposals import proposal_writer
from core import clock
from core.files import files_of, store_file
from core.models import StoredFile
from core.ui import show_moment
from core.workflow import NotNow, Passage, Rule, Stale, Stamp, birth, pass_door, pass_draft
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.models import User
from partnerships.permissions.organisations import is_out_of_draft
from partnerships.queries.standing import why_blocked

REMOVED, UNATTACHED = "removed_attachment", "unattached"
LATE = _("The deadline was %(deadline)s. Nothing more can be sent in; what you wrote is kept as it is.")
ON_PAPER_NOW = _("A proposal on paper has taken the place of this draft; what you wrote is kept as it is.")
MAX_ATTACHMENTS = 20


class PartChanged(Stale):
    """Somebody saved this section since the form was drawn: `stored` is the whole draft as it stands now."""

    kind = "part_changed"

    def __init__(self, saved: ProposalPart, stored: dict[str, Any]) -> None:
        self.part, self.version, self.saved_at, self.saved_by = (
            saved.part,
            saved.version,
            saved.saved_at,
            saved.saved_by,
        )
        self.stored = stored
        words = {"name": self.saved_by.get_full_name(), "time": show_moment(self.saved_at)}
        super().__init__(_("%(name)s saved this section at %(time)s.") % words)


class PartState(NamedTuple):
    version: int
    saved_at: datetime | None
    saved_by: User | None


def is_being_written(proposal: Proposal) -> bool:
    """A draft, or withdrawn to be mended, while its call still takes proposals; from paper: until it is confirmed."""
    if proposal.source == ProposalSource.PAPER:
        return proposal.state == ProposalState.DRAFT and proposal.call.state in TAKES_PAPER
    return proposal.state in (ProposalState.DRAFT, ProposalState.WITHDRAWN) and proposal.call.is_open()


def is_late(call: Call) -> bool:
    """Whether the deadline, and the grace after it, has passed on the server's clock."""
    return bool(call.published_at) and clock.now() > call.accepts_until


def _may_not_begin(call: Call, actor: Actor) -> Any:
    """Why this organisation's people cannot begin a proposal here, in words, or None."""
    if actor.organisation is not None and not is_out_of_draft(actor.organisation):
        return _("Send in your organisation's registration first: then you can make a proposal.")
    if call.proposals.in_place().filter(organisation_id=actor.organisation_id).exists():
        return _("Your organisation already has a proposal on this call.")
    return why_blocked(actor.organisation_id) if actor.is_partner else None


BEGIN_PROPOSAL = Rule(
    "begin_proposal",
    _("Begin a proposal"),
    may_begin_proposal,
    when=lambda call: call.is_open(),
    unless=_may_not_begin,
)


def _why_not_written(proposal: Proposal) -> Any:
    """What to tell whoever wants to go on writing: set aside, the deadline has passed, submitted; else None."""
    if proposal.state == ProposalState.SET_ASIDE:
        return ON_PAPER_NOW
    if proposal.source == ProposalSource.ONLINE and is_late(proposal.call):
        return LATE % {"deadline": show_moment(proposal.call.closes_at)}
    if proposal.source == ProposalSource.ONLINE and proposal.state == ProposalState.SUBMITTED:
        return _("The proposal has been submitted. To change it, the representative withdraws it first.")
    return None


def _writing_rule(name: str, title: Any) -> Rule:
    return Rule(
        name,
        title,
        proposal_writer,
        when=is_being_written,
        unless=why_judge_stands_in_not,
        not_now=_why_not_written,
    )


EDIT_PROPOSAL = _writing_rule("edit", _("Edit the proposal"))
ATTACH = _writing_rule("attach", _("Attach a file"))
DETACH = _writing_rule("detach", _("Remove a file"))


@contextmanager
def lateness_explained(proposal: Proposal) -> Iterator[None]:
    """Say that the deadline has passed, or a paper has come, and that the draft is kept, where that is why."""
    try:
        yield
    except NotNow as refusal:
        if Proposal.objects.filter(pk=proposal.pk, state=ProposalState.SET_ASIDE).exists():
            raise NotNow(ON_PAPER_NOW) from refusal
        call = Call.objects.get(pk=proposal.call_id)
        if is_late(call) and refusal.message is NotNow.message:
            raise NotNow(LATE % {"deadline": show_moment(call.closes_at)}) from refusal
        raise


def begin_proposal(*, call: Call, title: str, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """A draft of the actor's organisation on an open call, one per organisation and call. Raises NotNow, NotYou."""
    with birth(BEGIN_PROPOSAL, by=by, about=call, stamp=stamp) as door:
        return new_draft(door, call, title, by)


def new_draft(door: Passage, call: Call, title: str, by: Actor, copied_from: Proposal | None = None) -> Proposal:
    """The draft that is born through an open door; the second of an organisation on a call is refused (NotNow)."""
    proposal = Proposal(
        call=call,
        organisation=by.organisation,
        title=title,
        area=call.area,
        duration_months=call.duration_months,
        copied_from=copied_from,
        created_by=by.user,
        reference=next_reference("PROP"),
    )
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError as error:
        raise NotNow(_("Your organisation already has a proposal on this call.")) from error
    door.root = proposal
    door.payload.update(call=call.reference)
    return proposal


def save_part(
    *,
    proposal: Proposal,
    part: str,
    facts: Mapping[str, Any],
    rows: Mapping[str, Sequence[Mapping[str, Any]]] | None = None,
    by: Actor,
    part_version: int | None = None,
    stamp: Stamp | None = None,
) -> ProposalPart:
    """Save a section of the draft as far as it is written: its fields, and its rows by kind, each kind as a whole.

    Rows hold the columns of their kind (`agreements.proposal_sections`), money in baht. No event is sealed: the chain
    holds decisions, not keystrokes. Raises PartChanged when the section was saved since `part_version`; NotNow after
    the deadline or once submitted, NotYou, AlreadyDone; ValidationError for rows that cannot be.
    """
    with lateness_explained(proposal), pass_draft(proposal, EDIT_PROPOSAL, by=by, stamp=stamp) as draft:
        saved, _new = ProposalPart.objects.get_or_create(proposal=draft, part=part, defaults={"saved_by": by.user})
        if part_version is not None and part_version < saved.version:
            raise PartChanged(saved, part_content(draft))
        write_part(draft, part, facts, rows or {})
        saved.version, saved.saved_by, saved.saved_at = saved.version + 1, by.user, clock.now()
        saved.save()
        record_revision(draft, [part], part_content(draft), by=by)
    return saved


def part_state(proposal: Proposal, part: str) -> PartState:
    """The version of a section with time and person of its last saving; version 0 while it was never saved."""
    rows = ProposalPart.objects.select_related("saved_by").only("version", "saved_at", "saved_by__full_name_th")
    saved = rows.filter(proposal=proposal, part=part).first()
    return PartState(saved.version, saved.saved_at, saved.saved_by) if saved else PartState(0, None, None)


def attach_file(
    *, proposal: Proposal, upload: File, by: Actor, wanted: CallDocument | None = None, stamp: Stamp | None = None
) -> Proposal:
    """Keep a file with the draft, as the document that its call wants (`wanted`) or besides.

    Raises FileRefused, NotNow.
    """
    if wanted is not None and wanted.call_id != proposal.call_id:
        raise ValueError("another call wants this document")
    # The bytes are written before the lock is taken; a file that is then refused stays attached to nothing.
    file = store_file(upload, name=upload.name, root=proposal, kind=UNATTACHED, by=by)
    with lateness_explained(proposal), pass_door(proposal, ATTACH, by=by, stamp=stamp) as door:
        if files_of(door.root, ATTACHMENT).count() >= MAX_ATTACHMENTS:
            raise NotNow(_("No more files can be attached to this proposal."))
        files_of(door.root, UNATTACHED).filter(pk=file.pk).update(kind=ATTACHMENT)
        if wanted is not None:
            ProposalDocument.objects.create(proposal=door.root, wanted=wanted, file=file)
        door.payload.update(sha256=file.sha256, size=file.size)
    return door.root


def detach_file(*, proposal: Proposal, file: StoredFile, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """Take a file out of the draft. It is kept for the proposer: an earlier submitted version may name it."""
    with lateness_explained(proposal), pass_door(proposal, DETACH, by=by, stamp=stamp) as door:
        files_of(door.root, ATTACHMENT).filter(pk=file.pk).update(kind=REMOVED)
        door.root.document_rows.filter(file=file).delete()
        door.payload["sha256"] = file.sha256
    return door.root
