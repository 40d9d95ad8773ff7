"""An entry from paper goes back and forth until it is as the paper: sent back, corrected, compared again.

The parts are written like any draft's; here are the facts that stand outside them: when the paper came, and its scan.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import TAKES_PAPER, ProposalSource, ProposalState
from agreements.models import PaperReturn, Proposal
from agreements.permissions.judging import why_judge_works_not
from agreements.permissions.papers import paper_confirmer
from agreements.permissions.proposals import proposal_officer
from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.actions.notices import tell
from partnerships.actors import Actor


def waits_for_confirmation(proposal: Proposal) -> bool:
    on_paper = proposal.source == ProposalSource.PAPER and proposal.state == ProposalState.DRAFT
    return on_paper and proposal.call.state in TAKES_PAPER


RETURN_PAPER = Rule(
    "return_paper",
    _("Send the entry back for correction"),
    paper_confirmer,
    when=waits_for_confirmation,
    unless=why_judge_works_not,
)
REPORT_CORRECTED = Rule(
    "report_corrected",
    _("Corrected: to be compared again"),
    proposal_officer,
    when=lambda proposal: waits_for_confirmation(proposal) and proposal.open_return is not None,
    unless=why_judge_works_not,
)


def return_paper(*, proposal: Proposal, reason: str, by: Actor, stamp: Stamp | None = None) -> PaperReturn:
    """The entry differs from the scan: who entered it is told what to correct, and has it on the work list.

    Sent back again before it was corrected, the newer words stand. Raises ValidationError at `reason` without one.
    """
    with pass_door(proposal, RETURN_PAPER, by=by, stamp=stamp) as door:
        if not reason.strip():
            raise ValidationError({"reason": _("Say what differs from the paper.")})
        end_return(door.root)
        kept = PaperReturn.objects.create(proposal=door.root, reason=reason.strip(), returned_by=by.user)
        door.payload["reason"] = kept.reason
        tell(door, [door.root.entered_by_id], kind="proposal.paper_returned", about=door.root, reason=kept.reason)
    return kept


def report_corrected(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """What was sent back is corrected: whoever sent it back compares it again. Raises NotNow where nothing was."""
    with pass_door(proposal, REPORT_CORRECTED, by=by, stamp=stamp) as door:
        returned = door.root.open_return
        end_return(door.root)
        tell(door, [returned.returned_by_id], kind="proposal.paper_corrected", about=door.root)
    return door.root


def end_return(paper: Proposal) -> None:
    """It is corrected, confirmed, taken out, or sent back anew; in the passage of the door by which it is."""
    paper.paper_returns.filter(corrected_at__isnull=True).update(corrected_at=clock.now())
