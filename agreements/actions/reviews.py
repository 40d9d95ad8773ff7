"""Scores: per criterion, with reasons, finished once (§3.1 step 2, §3.2 step 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.enums import CallState, CriterionKind, ProposalState
from agreements.models import (
    Proposal,
    Review,
    ReviewScore,
)
from agreements.models.reviews import MAX_POINTS
from agreements.permissions import proposal_reviewer
from agreements.queries.calls import criteria_of
from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.actors import Actor

Scores = Mapping[int, tuple[int, str]]


def _while_scoring(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.ELIGIBLE and proposal.call.state == CallState.SELECTION


def _finished_already(proposal: Proposal, actor: Actor) -> Any:
    if proposal.reviews.filter(reviewer_id=actor.user_id, finished_at__isnull=False).exists():
        return _("Your review of this proposal is finished and can no longer be changed.")
    return None


REVIEW = Rule("review", _("Score the proposal"), proposal_reviewer, when=_while_scoring, unless=_finished_already)


FINISH_REVIEW = Rule(
    "finish_review", _("Finish the review"), proposal_reviewer, when=_while_scoring, unless=_finished_already
)


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
        asked = criteria_of(door.root.call_id, CriterionKind.SCORING)
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
    known = {criterion.pk for criterion in criteria_of(proposal.call_id, CriterionKind.SCORING)}
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
