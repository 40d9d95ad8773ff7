"""A proposal on paper that was entered by mistake: for the wrong organisation, or twice.

Taken out by another person of the agency than entered it, with the reason. The place of the organisation on the call is
free again: it goes on with what it had online, proposes by itself, or its own paper is entered.
"""

from __future__ import annotations

import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.paper import FORMER_SCAN, PAPER_SCAN, REPLACED_SCAN
from agreements.actions.paper_objections import answer_objection
from agreements.actions.paper_returns import end_return
from agreements.actions.proposal_content import ATTACHMENT
from agreements.actions.restoring import write_content
from agreements.enums import ProposalState
from agreements.models import Proposal
from core.files import files_of
from core.workflow import Passage, Stamp, pass_door, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role

DISCARDED_FILE = "discarded_paper"  # somebody else's, perhaps: read by the agency alone


def discard_move(proposal: Proposal) -> str:
    """The move that takes the entry out: wholly, or back to what was withdrawn by letter before."""
    return "discard_again" if proposal.submitted_at else "discard_paper"


def discard_paper(*, proposal: Proposal, reason: str, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """Take out what was entered by mistake; it is kept for the agency, and its reason in the chain.

    Who entered it and the organisation are told, with the reason. Raises ValidationError at `reason`
    where none is given; NotNow (confirmed meanwhile, the call takes no paper), NotYou (who entered it), Stale,
    AlreadyDone.
    """
    with together():
        with pass_door(proposal, discard_move(proposal), by=by, stamp=stamp) as door:
            if not reason.strip():
                raise ValidationError({"reason": _("Say why it was entered by mistake.")})
            current, matter = door.root, door.root.call
            scans = files_of(current, PAPER_SCAN).values_list("sha256", flat=True)
            door.payload.update(reason=reason.strip(), organisation=current.organisation_id, sha256=sorted(scans))
            tell(door, [current.entered_by_id], kind="proposal.paper_discarded", reason=reason.strip())
            if door.name == "discard_again":
                _as_withdrawn(door)
                matter = current
            current.confirmed_by = by.user
            answer_objection(current)
            end_return(current)
            people = people_in_roles([current.organisation_id], Role.REPRESENTATIVE, Role.STAFF)
            tell(door, people, kind="proposal.entered_by_mistake", about=matter, reason=reason.strip())
        if door.name == "discard_paper":
            _bring_back(door.root, by)
    return door.root


def _bring_back(paper: Proposal, by: Actor) -> None:
    """What the organisation had online when the paper came: it goes on where it was, until the deadline."""
    rows = Proposal.objects.filter(call=paper.call_id, organisation=paper.organisation_id)
    draft = rows.filter(state=ProposalState.SET_ASIDE).order_by("-pk").first()
    if draft is not None:
        with pass_door(draft, "bring_back_withdrawn" if draft.submitted_at else "bring_back", by=by) as door:
            door.payload["paper"] = paper.reference


def _as_withdrawn(door: Passage) -> None:
    """As the letter left it: the last version's text and files, its scan and time of receipt.

    What was typed and attached since may be another organisation's: earlier states of it are not kept.
    """
    proposal, version = door.root, door.root.latest_version
    content = json.loads(version.content)
    letter = proposal.paper_withdrawals.filter(judged_at__isnull=False, sent_back="").last()
    proposal.revisions.filter(saved_at__gt=letter.judged_at).delete()
    write_content(proposal, content, by=door.by)
    scans = files_of(proposal).filter(kind__in=(PAPER_SCAN, REPLACED_SCAN))
    scans.filter(uploaded_at__gt=letter.judged_at).update(kind=DISCARDED_FILE)
    former = files_of(proposal, FORMER_SCAN).order_by("-pk").first()
    files_of(proposal, FORMER_SCAN).filter(pk=getattr(former, "pk", None)).update(kind=PAPER_SCAN)
    added = files_of(proposal, ATTACHMENT).exclude(pk__in=[row["id"] for row in content["files"]])
    proposal.document_rows.filter(file__in=added).delete()
    added.update(kind=DISCARDED_FILE)
    proposal.received_at = proposal.submitted_at
