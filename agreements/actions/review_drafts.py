"""A review while it is written: saved as far as it goes, never over what the same person wrote in another window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.actions.reviews import REVIEW, Scores, finish_review, keep_review
from agreements.enums import CriterionKind
from agreements.models import Proposal, Review
from agreements.queries.calls import criteria_of
from core.drafts import Clash, Kept, Merge, Written, digests, reconcile
from core.workflow import Stamp, lock, pass_draft, together
from partnerships.actors import Actor

TEXTS = ("feedback", "comment")


class OtherWindow(Clash):
    """The same person saved something else in the same field, in another window."""

    message = _("You changed the same field in another window. Choose which text is to stay.")


def review_of(proposal: Proposal, by: Actor) -> Review | None:
    """The actor's own review, finished or not."""
    return proposal.reviews.filter(reviewer_id=by.user_id).prefetch_related("scores").first()


def values_of_review(proposal: Proposal, review: Review | None) -> dict[str, Any]:
    """What is on record by the names of the form's fields; points None where not scored yet."""
    scores = {score.criterion_id: score for score in review.scores.all()} if review else {}
    values: dict[str, Any] = {name: getattr(review, name, "") for name in TEXTS}
    for criterion in criteria_of(proposal.call_id, CriterionKind.SCORING):
        score = scores.get(criterion.pk)
        values[f"points_{criterion.pk}"] = score.points if score else None
        values[f"reason_{criterion.pk}"] = score.reason if score else ""
    return values


def scores_in(values: Mapping[str, Any]) -> Scores:
    """Criterion id → (points or None, reason), of the criteria where something is written."""
    ids = [int(name.removeprefix("points_")) for name in values if name.startswith("points_")]
    given = {pk: (values[f"points_{pk}"], values[f"reason_{pk}"]) for pk in ids}
    return {pk: (points, why) for pk, (points, why) in given.items() if points is not None or why}


def save_review_draft(*, proposal: Proposal, written: Written, by: Actor, stamp: Stamp | None = None) -> Kept:
    """Keep what was typed and differs from the record; nobody but the reviewer sees it, and no event is kept.

    Raises Clash where another window of the same person saved something else in the same field; then nothing is kept.
    """
    with pass_draft(proposal, REVIEW, by=by, stamp=stamp) as locked:
        review = review_of(locked, by)
        theirs, merge = _compared(locked, review, written)
        if merge.clash:
            raise _clash(merge.clash, review, theirs)
        now = theirs | merge.keep
        if merge.keep:
            review = keep_review(locked, scores_in(now), now["comment"], now["feedback"], by)
    version, saved_at = (review.draft_version, review.saved_at) if review else (0, None)
    taken = tuple(name for name in merge.take if name not in written.wrong)
    return Kept(version, saved_at, by.user if review else None, now, taken)


def finish_review_draft(*, proposal: Proposal, written: Written, by: Actor, stamp: Stamp | None = None) -> Review:
    """Finish with exactly what the page showed. Raises Clash where the record holds anything that it did not show."""
    with together():
        locked = lock(proposal)
        review = review_of(locked, by)
        theirs, merge = _compared(locked, review, written)
        if unseen := (*merge.clash, *merge.take):
            raise _clash(unseen, review, theirs)
        now = theirs | merge.keep
        return finish_review(
            proposal=locked,
            scores=scores_in(now),
            comment=now["comment"],
            feedback=now["feedback"],
            by=by,
            stamp=stamp,
        )


def _compared(proposal: Proposal, review: Review | None, written: Written) -> tuple[dict[str, Any], Merge]:
    theirs = values_of_review(proposal, review)
    drawn = written.drawn
    if not drawn and (written.version or 0) == (review.draft_version if review else 0):
        drawn = digests(theirs)
    return theirs, reconcile(drawn=drawn, mine=written.values, theirs=theirs)


def _clash(names: Any, review: Review | None, theirs: Mapping[str, Any]) -> OtherWindow:
    facts = {"saved_by": review.reviewer, "saved_at": review.saved_at} if review else {}
    return OtherWindow(names, version=review.draft_version if review else 0, stored=theirs, **facts)
