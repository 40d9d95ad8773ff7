"""The organisation in whose name a paper was entered says: it is not ours, or we want to go on online.

Until the entry is confirmed, and while the call takes proposals. It is a word and moves nothing: the agency has the
paper in hand, and another person than entered it takes it out (`paper_mistakes`) or confirms it; either is the answer.
Once it is confirmed the organisation takes it back by letter, and continues online from there (`continue_online`).
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import ProposalSource, ProposalState
from agreements.models import Call, PaperObjection, Proposal
from agreements.permissions.papers import online_continuer
from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role


def _may_be_objected_to(proposal: Proposal) -> bool:
    waits = proposal.source == ProposalSource.PAPER and proposal.state == ProposalState.DRAFT
    return waits and proposal.call.is_open() and proposal.open_objection is None


OBJECT_TO_PAPER = Rule(
    "object_to_paper",
    _("This paper is not ours, or we go on online"),
    online_continuer,
    when=_may_be_objected_to,
    not_now=_(
        "The agency has been told already, the paper has been confirmed or taken out, or the call takes no more "
        "proposals. A paper that is confirmed is taken back by letter to the agency."
    ),
)


def object_to_paper(*, proposal: Proposal, reason: str, by: Actor, stamp: Stamp | None = None) -> PaperObjection:
    """Tell the call's officer and those who work on the paper that its organisation does not want it entered, and why.

    What the organisation has online is not spoken of: the agency does not learn of it. Raises ValidationError at
    `reason` without one, NotNow (told already, confirmed, taken out, the deadline has passed), NotYou, Stale,
    AlreadyDone.
    """
    with pass_door(proposal, OBJECT_TO_PAPER, by=by, stamp=stamp) as door:
        if not reason.strip():
            raise ValidationError({"reason": _("Say why.")})
        kept = PaperObjection.objects.create(proposal=door.root, reason=reason.strip(), made_by=by.user)
        door.payload.update(objection=kept.pk, reason=kept.reason)
        tell(door, _who_works_on(door.root), kind="proposal.paper_objected", reason=kept.reason)
    return kept


def _who_works_on(paper: Proposal) -> list[int]:
    """The responsible officer and who entered it; where these are one, whoever else may take it out. No judge."""
    call: Call = paper.call
    people = {call.officer_id, paper.entered_by_id}
    if len(people) == 1:
        people |= set(people_in_roles([call.agency_id], Role.OFFICER, Role.EXECUTIVE))
    return sorted(pk for pk in people if not call.was_judged_by(pk))


def answer_objection(paper: Proposal) -> None:
    """What was objected to is confirmed, or taken out; in the passage of the door by which it is."""
    paper.objections.filter(answered_at__isnull=True).update(answered_at=clock.now())
