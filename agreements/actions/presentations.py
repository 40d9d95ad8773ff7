"""Applicants are invited, present their plan, and reviewers give points where the call says so (§3.2 step 3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.calls import is_under_consideration
from agreements.actions.slots import applicants
from agreements.enums import CallState, ProposalState
from agreements.models import Presentation, PresentationScore, Proposal
from agreements.models.presentations import MAX_POINTS
from agreements.permissions.judging import proposal_reviewer, why_judge_works_not
from agreements.permissions.proposals import proposal_officer
from core import clock
from core.ui import show_day, show_moment
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


def _why_not_invited(proposal: Proposal) -> Text:
    """The one reason why this proposal cannot be invited (again)."""
    call = proposal.call
    if call.form != Form.PBC:
        return _("Calls for grants have no presentations.")
    if call.state != CallState.SCREENING:
        return _("The call is not at the presentations (now: %(state)s).") % {"state": call.get_state_display()}
    if proposal.state != ProposalState.ELIGIBLE:
        state = {"state": proposal.get_state_display()}
        return _("Only eligible proposals are invited to present; this one is in the state “%(state)s”.") % state
    if hasattr(proposal, "presentation"):
        return _("Its presentation is on record already: %(day)s.") % {"day": show_day(proposal.presentation.held_on)}
    return _("Invited already: %(at)s.") % {"at": show_moment(proposal.presentation_invited_at)}


def _may_be_scored(proposal: Proposal) -> bool:
    """Heard, in a call that weighs presentations; what is given after a resolution asks for another one."""
    call = proposal.call
    open_states = (CallState.SCREENING, CallState.SELECTION)
    if proposal.state != ProposalState.ELIGIBLE or call.state not in open_states or call.presentation_weight == 0:
        return False
    heard = Presentation.objects.filter(proposal=proposal, attended=True).exists()
    return heard and not is_under_consideration(call)


def _given_and_finished(proposal: Proposal, actor: Actor) -> Any:
    """With the review finished the others' scores can be read: points given before stay, until it is opened again."""
    if proposal.call.presentation_weight == 0 or actor.user_id is None:
        return None
    own = PresentationScore.objects.filter(presentation__proposal=proposal, reviewer_id=actor.user_id)
    if own.exists() and proposal.reviews.finished().filter(reviewer_id=actor.user_id).exists():
        return _(
            "Your review of this proposal is finished, and with it your points for the presentation: "
            "they can no longer be changed."
        )
    return None


PRESENT = Rule(
    "present", _("Record the presentation"), proposal_officer, when=_while_presenting, unless=why_judge_works_not
)
INVITE_TO_PRESENT = Rule(
    "invite_to_present",
    _("Invite to present"),
    proposal_officer,
    when=_may_be_invited,
    unless=why_judge_works_not,
    not_now=_why_not_invited,
)
SCORE_PRESENTATION = Rule(
    "score_presentation",
    _("Give points for the presentation"),
    proposal_reviewer,
    when=_may_be_scored,
    unless=_given_and_finished,
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
    """A reviewer's points (0-5) for the presentation, with the reason; giving them again replaces one's own.

    Raises NotYou for changing them once one's review is finished: an officer opens it again, with a reason.
    """
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
