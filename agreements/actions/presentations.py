"""Applicants are invited, present their plan, and reviewers give points where the call says so (§3.2 step 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.slots import applicants
from agreements.enums import CallState, ProposalState
from agreements.models import Presentation, PresentationScore, Proposal, Resolution
from agreements.models.presentations import MAX_POINTS
from agreements.permissions import proposal_officer, proposal_reviewer
from core import clock
from core.workflow import Refusal, Rule, Stamp, Text, pass_door
from partnerships.actions.notices import tell
from partnerships.actors import Actor
from partnerships.enums import Form


def _while_presenting(proposal: Proposal) -> bool:
    call = proposal.call
    return proposal.state == ProposalState.ELIGIBLE and call.state == CallState.SCREENING and call.form == Form.PBC


def _may_be_invited(proposal: Proposal) -> bool:
    waiting = proposal.presentation_invited_at is None and not hasattr(proposal, "presentation")
    return _while_presenting(proposal) and waiting


def _may_be_scored(proposal: Proposal) -> bool:
    """Heard, in a call that weighs presentations, until the committee has resolved."""
    call = proposal.call
    open_states = (CallState.SCREENING, CallState.SELECTION)
    if proposal.state != ProposalState.ELIGIBLE or call.state not in open_states or call.presentation_weight == 0:
        return False
    heard = Presentation.objects.filter(proposal=proposal, attended=True).exists()
    return heard and not Resolution.objects.filter(call=call).exists()


PRESENT = Rule("present", _("Record the presentation"), proposal_officer, when=_while_presenting)
INVITE_TO_PRESENT = Rule(
    "invite_to_present",
    _("Invite to present"),
    proposal_officer,
    when=_may_be_invited,
    not_now=_("Only eligible proposals not invited before are invited, while their call is at the presentations."),
)
SCORE_PRESENTATION = Rule(
    "score_presentation", _("Give points for the presentation"), proposal_reviewer, when=_may_be_scored
)


# --- inviting -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Invited:
    """What came of inviting several: those invited, and those left out with the reason."""

    done: tuple[Proposal, ...]
    skipped: tuple[tuple[Proposal, Text], ...]


def invite_one_to_present(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """The applicant is told to choose a time from the calendar."""
    with pass_door(proposal, INVITE_TO_PRESENT, by=by, stamp=stamp) as door:
        door.root.presentation_invited_at = clock.now()
        tell(door, applicants(door.root), kind="presentation.invited")
    return door.root


def invite_to_present(*, proposals: Iterable[Proposal], by: Actor) -> Invited:
    """Invite several, each through its own door: what is not allowed is left out, with what the door said of it."""
    done: list[Proposal] = []
    skipped: list[tuple[Proposal, Text]] = []
    for proposal in proposals:
        try:
            done.append(invite_one_to_present(proposal=proposal, by=by))
        except Refusal as refusal:
            skipped.append((proposal, refusal.message))
    return Invited(tuple(done), tuple(skipped))


# --- what happened --------------------------------------------------------------------------------------------------


def record_presentation(
    *,
    proposal: Proposal,
    held_on: date,
    place: str,
    minutes: str,
    attended: bool = True,
    attendees: str = "",
    questions: str = "",
    by: Actor,
    stamp: Stamp | None = None,
) -> Presentation:
    """The applicant presented its plan (§3.2 step 3), or did not come: then `minutes` says why, and the call goes on.

    Recording again replaces what was recorded. Raises ValidationError where the applicant did not come after points
    were given for its presentation.
    """
    facts = {"held_on": held_on, "place": place, "minutes": minutes, "attended": attended}
    facts |= {"attendees": attendees, "questions": questions}
    with pass_door(proposal, PRESENT, by=by, stamp=stamp) as door:
        _refuse_unheard(door.root, attended)
        presentation, _created = Presentation.objects.update_or_create(
            proposal=door.root, defaults={**facts, "recorded_by": by.user, "recorded_at": clock.now()}
        )
        door.payload.update(held_on=held_on, attended=attended)
    return presentation


def _refuse_unheard(proposal: Proposal, attended: bool) -> None:
    if not attended and PresentationScore.objects.filter(presentation__proposal=proposal).exists():
        raise ValidationError({"attended": _("Reviewers have given points for this presentation already.")})


def score_presentation(
    *, proposal: Proposal, points: int, reason: str, by: Actor, stamp: Stamp | None = None
) -> PresentationScore:
    """A reviewer's points (0-5) for the presentation, with the reason; giving them again replaces one's own."""
    with pass_door(proposal, SCORE_PRESENTATION, by=by, stamp=stamp) as door:
        if not 0 <= points <= MAX_POINTS:
            raise ValidationError({"points": _("Points go from 0 to 5.")})
        if not reason.strip():
            raise ValidationError({"reason": _("Give the reason for the points.")})
        score, _created = PresentationScore.objects.update_or_create(
            presentation=door.root.presentation,
            reviewer=by.user,
            defaults={"points": points, "reason": reason, "given_at": clock.now()},
        )
        door.payload.update(score=score.pk, points=points)
    return score
