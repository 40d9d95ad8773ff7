"""Whether a committee's resolution still holds: said once, by the database (no model is imported)."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.enums import ProposalState


def _rows(model: str) -> QuerySet[Any]:
    return apps.get_model("agreements", model).objects.all()


class ResolutionQuerySet(QuerySet):
    def standing(self) -> ResolutionQuerySet:
        """Resolutions that nothing has overtaken: no score or opened review, no conflict, no other committee since.

        Judged while the selection goes on, over the eligible proposals.
        """
        overtaken = (_late_reviews(), _late_points(), _late_reopenings(), _late_conflicts(), _late_committee())
        return self.filter(*[~Exists(rows) for rows in overtaken])


def _of_call(before: str = "") -> dict[str, Any]:
    """Of the eligible proposals on the outer resolution's call; `before`: the way from a row to its proposal."""
    return {f"{before}proposal__call": OuterRef("call"), f"{before}proposal__state": ProposalState.ELIGIBLE}


def _late_reviews() -> QuerySet[Any]:
    return _rows("Review").filter(finished_at__gt=OuterRef("recorded_at"), **_of_call())


def _late_points() -> QuerySet[Any]:
    return _rows("PresentationScore").filter(given_at__gt=OuterRef("recorded_at"), **_of_call("presentation__"))


def _late_reopenings() -> QuerySet[Any]:
    """Also where the review never came back: the score that the committee saw is gone."""
    return _rows("ReviewReopening").filter(reopened_at__gt=OuterRef("recorded_at"), **_of_call("review__"))


def _late_committee() -> QuerySet[Any]:
    """Its order, a name or a role is another one: those who resolved are not the committee any more."""
    return _rows("SelectionCommittee").filter(call=OuterRef("call"), recorded_at__gt=OuterRef("recorded_at"))


def _late_conflicts() -> QuerySet[Any]:
    """Declared since by a person whose score thereby counts no more, or who was at the meeting."""
    return _rows("ConflictDeclaration").filter(
        Q(Exists(_scores_of_who_declared())) | Q(Exists(_who_declared_at_the_meeting())),
        call=OuterRef("call"),
        is_conflicted=True,
        declared_at__gt=OuterRef("recorded_at"),
    )


def _scores_of_who_declared() -> QuerySet[Any]:
    return (
        _rows("Review")
        .finished()
        .filter(
            proposal__call=OuterRef("call"),
            proposal__organisation=OuterRef("organisation"),
            proposal__state=ProposalState.ELIGIBLE,
            reviewer_id=OuterRef("user_id"),
        )
    )


def _who_declared_at_the_meeting() -> QuerySet[Any]:
    judged = _rows("Proposal").filter(
        call=OuterRef("call"), organisation=OuterRef(OuterRef("organisation")), state=ProposalState.ELIGIBLE
    )
    met = _rows("Resolution").filter(call=OuterRef("call"), attended__user_id=OuterRef("user_id"))
    return met.filter(Exists(judged))
