"""Judging proposals: screening, presentation, reviewers, scores, resolution and award (§3.1 step 2, §3.2 steps 3-4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.calls import is_under_consideration
from agreements.enums import RECEIVED_PROPOSALS, CallState, CapacityKind, CriterionKind, Outcome, ProposalState
from agreements.models import (
    Call,
    CallCriterion,
    Capacity,
    Presentation,
    Proposal,
    Resolution,
    ResolutionOutcome,
    Review,
    ReviewScore,
    ScreeningCheck,
)
from agreements.models.reviews import MAX_POINTS
from agreements.permissions import call_officer, proposal_officer, proposal_reviewer
from core import clock
from core.workflow import NotNow, Rule, Stamp, pass_door, together
from partnerships.actions.notices import tell
from partnerships.actors import Actor
from partnerships.enums import Form
from partnerships.models import Membership, User
from partnerships.queries.standing import why_not_selectable

Scores = Mapping[int, tuple[int, str]]


def _while_screening(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.SUBMITTED and proposal.call.state == CallState.SCREENING


def _while_presenting(proposal: Proposal) -> bool:
    call = proposal.call
    return proposal.state == ProposalState.ELIGIBLE and call.state == CallState.SCREENING and call.form == Form.PBC


def _while_scoring(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.ELIGIBLE and proposal.call.state == CallState.SELECTION


def _while_reviewers_change(call: Call) -> bool:
    if call.state == CallState.SELECTION:
        return not is_under_consideration(call)
    return call.state == CallState.SCREENING


def _finished_already(proposal: Proposal, actor: Actor) -> Any:
    if proposal.reviews.filter(reviewer_id=actor.user_id, finished_at__isnull=False).exists():
        return _("Your review of this proposal is finished and can no longer be changed.")
    return None


SCREEN = Rule("screen", _("Screen the qualifications"), proposal_officer, when=_while_screening)
PRESENT = Rule("present", _("Record the presentation"), proposal_officer, when=_while_presenting)
NAME_REVIEWER = Rule("name_reviewer", _("Name a reviewer"), call_officer, when=_while_reviewers_change)
DISMISS_REVIEWER = Rule(
    "dismiss_reviewer", _("End a reviewer's invitation"), call_officer, when=_while_reviewers_change
)
REVIEW = Rule("review", _("Score the proposal"), proposal_reviewer, when=_while_scoring, unless=_finished_already)
FINISH_REVIEW = Rule(
    "finish_review", _("Finish the review"), proposal_reviewer, when=_while_scoring, unless=_finished_already
)
RESOLVE = Rule(
    "record_resolution",
    _("Record the committee's resolution"),
    call_officer,
    when=lambda call: call.state == CallState.SELECTION and not is_under_consideration(call),
    requires=("all_scored",),
)


# --- screening and presentation -------------------------------------------------------------------------------------


def screen_proposal(
    *, proposal: Proposal, checks: Mapping[int, tuple[bool, str]], by: Actor, stamp: Stamp | None = None
) -> Proposal:
    """Answer every qualification of the call: criterion id → (met, reason); the proposal becomes eligible or not.

    A reason is kept with each answer and must be given where a qualification is not met. Raises ValidationError.
    """
    with together():
        with pass_door(proposal, SCREEN, by=by, stamp=stamp) as door:
            asked = _criteria(door.root.call_id, CriterionKind.ELIGIBILITY)
            _refuse_incomplete(asked, checks)
            for criterion in asked:
                met, reason = checks[criterion.pk]
                ScreeningCheck.objects.update_or_create(
                    proposal=door.root,
                    criterion=criterion,
                    defaults={"met": met, "reason": reason, "checked_by": by.user, "checked_at": clock.now()},
                )
            unmet = [
                f"{criterion.title}: {checks[criterion.pk][1]}" for criterion in asked if not checks[criterion.pk][0]
            ]
            door.payload["unmet"] = len(unmet)
        with pass_door(proposal, "find_ineligible" if unmet else "find_eligible", by=by) as door:
            door.root.result_reason = "\n".join(unmet)
    return door.root


def _criteria(call_id: int, kind: str) -> list[CallCriterion]:
    return list(CallCriterion.objects.filter(call_id=call_id, kind=kind).order_by("ordinal", "pk"))


def _refuse_incomplete(asked: Iterable[CallCriterion], checks: Mapping[int, tuple[bool, str]]) -> None:
    if {criterion.pk for criterion in asked} != set(checks):
        raise ValidationError(_("Answer every qualification of the call."))
    if any(not met and not reason.strip() for met, reason in checks.values()):
        raise ValidationError(_("Give the reason for each qualification that is not met."))


def record_presentation(
    *, proposal: Proposal, held_on: date, place: str, minutes: str, by: Actor, stamp: Stamp | None = None
) -> Presentation:
    """The applicant presented its plan (§3.2 step 3); recording again replaces date, place and minutes."""
    with pass_door(proposal, PRESENT, by=by, stamp=stamp) as door:
        presentation, _created = Presentation.objects.update_or_create(
            proposal=door.root,
            defaults={
                "held_on": held_on,
                "place": place,
                "minutes": minutes,
                "recorded_by": by.user,
                "recorded_at": clock.now(),
            },
        )
        door.payload.update(held_on=held_on)
    return presentation


# --- reviewers ------------------------------------------------------------------------------------------------------


def name_reviewer(*, call: Call, user: User, by: Actor, stamp: Stamp | None = None) -> Capacity:
    """Invite a person as reviewer of the call. Raises ValidationError for one who belongs to an applicant."""
    with pass_door(call, NAME_REVIEWER, by=by, stamp=stamp) as door:
        applicants = door.root.proposals.filter(state__in=RECEIVED_PROPOSALS).values("organisation_id")
        members = Membership.objects.current(clock.today())
        if members.filter(user=user, organisation_id__in=applicants).exists():
            raise ValidationError(_("This person belongs to an applicant and cannot review this call."))
        capacity, _created = Capacity.objects.update_or_create(
            call=door.root,
            user=user,
            kind=CapacityKind.REVIEWER,
            defaults={"ends_on": None},
            create_defaults={"starts_on": clock.today()},
        )
        door.payload["user"] = user.pk
        tell(
            door,
            [user.pk],
            kind="call.reviewer",
            about=call,
        )
    return capacity


def dismiss_reviewer(*, call: Call, capacity: Capacity, by: Actor, stamp: Stamp | None = None) -> None:
    """End an invitation; what the person has finished stays on record and counts in the mean.

    Raises NotNow when every eligible proposal has the person's finished review: a judgement is not undone by dismissal.
    """
    with pass_door(call, DISMISS_REVIEWER, by=by, stamp=stamp) as door:
        eligible = door.root.proposals.filter(state=ProposalState.ELIGIBLE)
        done = Review.objects.filter(proposal__in=eligible, reviewer_id=capacity.user_id, finished_at__isnull=False)
        if eligible.exists() and done.count() == eligible.count():
            raise NotNow(_("This reviewer has finished every review; the invitation stays."))
        # The invitation held until yesterday: from this moment it opens nothing any more.
        door.root.capacities.filter(pk=capacity.pk).update(ends_on=clock.today() - timedelta(days=1))
        door.payload["user"] = capacity.user_id


# --- scores ---------------------------------------------------------------------------------------------------------


def weighted_total(points: Iterable[tuple[int, int]]) -> Decimal:
    """The score of 100 from (weight in percent, points 0-5) of each criterion: Σ weight × points / 5, two places."""
    total = sum((Decimal(weight) * Decimal(given) / MAX_POINTS for weight, given in points), Decimal(0))
    return total.quantize(Decimal("0.01"), ROUND_HALF_UP)


def save_review(*, proposal: Proposal, scores: Scores, comment: str, by: Actor, stamp: Stamp | None = None) -> Review:
    """Keep the reviewer's own unfinished work: criterion id → (points 0-5, reason), as far as given."""
    with pass_door(proposal, REVIEW, by=by, stamp=stamp) as door:
        return _keep_review(door.root, scores, comment, by)


def finish_review(*, proposal: Proposal, scores: Scores, comment: str, by: Actor, stamp: Stamp | None = None) -> Review:
    """Finish with every criterion scored and reasoned; the total is worked out and the review closed to changes."""
    with pass_door(proposal, FINISH_REVIEW, by=by, stamp=stamp) as door:
        asked = _criteria(door.root.call_id, CriterionKind.SCORING)
        if {criterion.pk for criterion in asked} != set(scores) or any(
            not why.strip() for _points, why in scores.values()
        ):
            raise ValidationError(_("Give points and a reason for every criterion."))
        review = _keep_review(door.root, scores, comment, by)
        review.total = weighted_total((criterion.weight or 0, scores[criterion.pk][0]) for criterion in asked)
        review.finished_at = clock.now()
        review.save()
        door.payload.update(review=review.pk, version=review.version.number, total=review.total)
    return review


def _keep_review(proposal: Proposal, scores: Scores, comment: str, by: Actor) -> Review:
    known = {criterion.pk for criterion in _criteria(proposal.call_id, CriterionKind.SCORING)}
    if not known >= set(scores) or any(not 0 <= points <= MAX_POINTS for points, _why in scores.values()):
        raise ValidationError(_("Points go from 0 to 5."))
    review, _created = Review.objects.update_or_create(
        proposal=proposal, reviewer=by.user, defaults={"comment": comment, "version": proposal.latest_version}
    )
    review.scores.all().delete()
    ReviewScore.objects.bulk_create(
        ReviewScore(review=review, criterion_id=pk, points=points, reason=why) for pk, (points, why) in scores.items()
    )
    return review


# --- resolution and award -------------------------------------------------------------------------------------------


def record_resolution(
    *,
    call: Call,
    facts: Mapping[str, Any],
    outcomes: Mapping[int, tuple[str, str]],
    by: Actor,
    stamp: Stamp | None = None,
) -> Resolution:
    """The committee's resolution (มติ), with proposal id → (outcome, reason) for every eligible proposal.

    facts: appointment_order, meeting_number, held_on, members, minutes. Recording again replaces it.
    Raises Missing while scores are outstanding, ValidationError for a proposal without outcome or reason, and for one
    that is selected while its organisation is blocked or not verified today.
    """
    with pass_door(call, RESOLVE, by=by, stamp=stamp) as door:
        eligible = set(door.root.proposals.filter(state=ProposalState.ELIGIBLE).values_list("pk", flat=True))
        if set(outcomes) != eligible or any(not why.strip() for _outcome, why in outcomes.values()):
            raise ValidationError(_("Give an outcome and a reason for every eligible proposal."))
        _refuse_unselectable(pk for pk, (outcome, _why) in outcomes.items() if outcome == Outcome.SELECTED)
        resolution, _created = Resolution.objects.update_or_create(
            call=door.root, defaults={**facts, "recorded_by": by.user, "recorded_at": clock.now()}
        )
        resolution.outcomes.all().delete()
        ResolutionOutcome.objects.bulk_create(
            ResolutionOutcome(resolution=resolution, proposal_id=pk, outcome=outcome, reason=why)
            for pk, (outcome, why) in outcomes.items()
        )
        door.payload.update(
            meeting=resolution.meeting_number, outcomes={str(pk): o for pk, (o, _why) in outcomes.items()}
        )
    return resolution


def _refuse_unselectable(selected: Iterable[int]) -> None:
    """Only partners that are verified today and not blocked are selected; says at the outcome which one is not."""
    rows = Proposal.objects.filter(pk__in=list(selected)).select_related("organisation")
    reasons = {row.pk: why_not_selectable(row.organisation) for row in rows}
    if any(reasons.values()):
        raise ValidationError({f"outcome_{pk}": reason for pk, reason in reasons.items() if reason})
