"""Scores: per criterion, with reasons, finished once; opened again only with a reason (§3.1 step 2, §3.2 step 4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.calls import is_under_consideration
from agreements.enums import CallState, CriterionKind, ProposalState
from agreements.models import (
    CallCriterion,
    Proposal,
    Review,
    ReviewReopening,
    ReviewScore,
)
from agreements.permissions.judging import proposal_reviewer, why_judge_works_not
from agreements.permissions.proposals import proposal_officer
from agreements.queries.calls import criteria_of
from agreements.ranking import MAX_POINTS, weighted_total
from core import clock
from core.workflow import NotNow, Rule, Stamp, lock, pass_door, pass_draft, together
from partnerships.actions.notices import tell
from partnerships.actors import Actor

# Criterion id → (points 0-5 or None where not scored yet, reason).
Scores = Mapping[int, tuple[int | None, str]]


def _while_scoring(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.ELIGIBLE and proposal.call.state == CallState.SELECTION


def _finished_already(proposal: Proposal, actor: Actor) -> Any:
    if proposal.reviews.finished().filter(reviewer_id=actor.user_id).exists():
        return _("Your review of this proposal is finished and can no longer be changed.")
    return None


REVIEW = Rule("review", _("Score the proposal"), proposal_reviewer, when=_while_scoring, unless=_finished_already)


FINISH_REVIEW = Rule(
    "finish_review", _("Finish the review"), proposal_reviewer, when=_while_scoring, unless=_finished_already
)


def _why_not_reopened(proposal: Proposal, actor: Actor) -> Any:
    """Opening a review shows its score: not to who reviewed the proposal, nor to who judges the call at all."""
    if proposal.reviews.filter(reviewer_id=actor.user_id).exists():
        return _("You reviewed this proposal yourself: another officer opens reviews of it again.")
    return why_judge_works_not(proposal, actor)


REOPEN_REVIEW = Rule(
    "reopen_review",
    _("Open a finished review again"),
    proposal_officer,
    when=lambda proposal: _while_scoring(proposal) and not is_under_consideration(proposal.call),
    unless=_why_not_reopened,
)


def save_review(
    *, proposal: Proposal, scores: Scores, comment: str, by: Actor, feedback: str = "", stamp: Stamp | None = None
) -> Review:
    """Keep the reviewer's own unfinished work as far as it is written: a draft, of which no event is kept."""
    with pass_draft(proposal, REVIEW, by=by, stamp=stamp) as locked:
        return keep_review(locked, scores, comment, feedback, by)


def finish_review(
    *, proposal: Proposal, scores: Scores, comment: str, by: Actor, feedback: str = "", stamp: Stamp | None = None
) -> Review:
    """Finish with every criterion scored and reasoned; the total is worked out and the review closed to changes.

    `feedback` are words for the applicant, which go into the letter of the result; `comment` stays inside.
    """
    with pass_door(proposal, FINISH_REVIEW, by=by, stamp=stamp) as door:
        asked = criteria_of(door.root.call_id, CriterionKind.SCORING)
        _refuse_unfinished(asked, scores)
        review = keep_review(door.root, scores, comment, feedback, by)
        review.total = weighted_total((criterion.weight or 0, scores[criterion.pk][0] or 0) for criterion in asked)
        review.finished_at = clock.now()
        review.save()
        door.payload.update(review=review.pk, version=review.version.number, total=review.total)
    return review


def _refuse_unfinished(asked: list[CallCriterion], scores: Scores) -> None:
    complete = {criterion.pk for criterion in asked} == set(scores)
    if not complete or any(points is None or not why.strip() for points, why in scores.values()):
        raise ValidationError(_("Give points and a reason for every criterion."))


def keep_review(proposal: Proposal, scores: Scores, comment: str, feedback: str, by: Actor) -> Review:
    """Store what the reviewer wrote, as a whole; the proposal is locked, and the door has judged."""
    known = {criterion.pk for criterion in criteria_of(proposal.call_id, CriterionKind.SCORING)}
    given = [points for points, _why in scores.values() if points is not None]
    if not known >= set(scores) or any(not 0 <= points <= MAX_POINTS for points in given):
        raise ValidationError(_("Points go from 0 to 5."))
    own = {"proposal": proposal, "reviewer": by.user}
    review = Review.objects.filter(**own).first() or Review(**own)
    review.comment, review.feedback, review.version = comment, feedback, proposal.latest_version
    review.draft_version, review.saved_at = review.draft_version + 1, clock.now()
    review.save()
    review.scores.all().delete()
    ReviewScore.objects.bulk_create(
        ReviewScore(review=review, criterion_id=pk, points=points, reason=why) for pk, (points, why) in scores.items()
    )
    return review


def reopen_review(*, review: Review, reason: str, by: Actor, stamp: Stamp | None = None) -> ReviewReopening:
    """Give a finished review back to its reviewer, with the reason; the score it had is kept and counts no more.

    Raises NotNow for one that is not finished, and while the selection is before those who decide.
    """
    with together():
        lock(review.proposal.call)  # the call before its proposals, as a decision locks them
        with pass_door(review.proposal, REOPEN_REVIEW, by=by, stamp=stamp) as door:
            current = door.root.reviews.get(pk=review.pk)
            if current.finished_at is None:
                raise NotNow(_("This review is not finished: its reviewer can still change it."))
            if not reason.strip():
                raise ValidationError({"reason": _("Give the reason for opening the review again.")})
            kept = ReviewReopening.objects.create(
                review=current, reason=reason, total_before=current.total, reopened_by=by.user, reopened_at=clock.now()
            )
            door.payload.update(review=current.pk, reviewer=current.reviewer_id, total=current.total, reason=reason)
            current.total, current.finished_at = None, None
            current.save()
            tell(door, [current.reviewer_id], kind="review.reopened", about=door.root.call, reason=reason)
    return kept
