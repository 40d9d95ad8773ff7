"""The rows of a ranking in words, for its page: ties explained, sensitivity with names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.models import Review
from agreements.queries.ranking import Ranked, Ranking
from agreements.ranking import Without
from core.workflow import Text


@dataclass(frozen=True)
class RankingRow:
    """A row as the page draws it. `marks`: each review, and whether it is far from others; `lacks`: why no place."""

    row: Ranked
    marks: tuple[tuple[Review, bool], ...]
    tie: Text = ""
    lacks: Text = ""


@dataclass(frozen=True)
class Change:
    """What would be another without one reviewer, in sentences; none where nothing would."""

    name: str
    sentences: tuple[str, ...]


def page_of(ranking: Ranking) -> dict[str, Any]:
    """complete and incomplete rows, changes by reviewer, whether a review anywhere is far, and what is asked in all."""
    complete = [row_of(row, ranking) for row in ranking.complete]
    return {
        "ranking": ranking,
        "complete": complete,
        "incomplete": [row_of(row, ranking) for row in ranking.incomplete],
        "changes": [change_of(one, ranking) for one in ranking.without],
        "any_far": any(far for row in complete for _review, far in row.marks),
        "steady": not any(one.changes for one in ranking.without),
    }


def row_of(row: Ranked, ranking: Ranking) -> RankingRow:
    far = row.far
    marks = tuple((review, review.reviewer_id in far) for review in row.reviews)
    return RankingRow(row, marks, tie_in_words(row, ranking), lacks_in_words(row, ranking))


def lacks_in_words(row: Ranked, ranking: Ranking) -> Text:
    """Why a proposal has no place: reviews, or points for a presentation that weighs; "" where it has one."""
    if row.is_complete:
        return ""
    reviewed = 0 < row.wanted <= row.finished  # no place all the same: then the presentation is what is missing
    weighs = bool(ranking.call.presentation_weight) and not row.by_appeal
    if weighs and (reviewed or row.presented is None):
        return f"{row.progress} · {_('Points for the presentation are outstanding')}"
    return row.progress


def tie_in_words(row: Ranked, ranking: Ranking) -> Text:
    """How a proposal with the same final score as another came to its place; "" without a tie."""
    place = row.place
    if place is None or not place.tied_with:
        return ""
    if place.equal_with:
        return _("Equal with another on every criterion: the same place, and the committee decides.")
    titles = {criterion.pk: criterion.title for criterion in ranking.criteria}
    title = titles.get(place.decided_by or 0, "")
    return _("Same final score as another; placed by the heaviest criterion that differs: %(title)s.") % {
        "title": title
    }


def change_of(without: Without, ranking: Ranking) -> Change:
    """One reviewer left out, with the names of the proposals that would stand elsewhere."""
    named = {row.proposal.pk: row.proposal for row in ranking.rows}
    reviewer = ranking.reviewers[without.reviewer]
    sentences = [
        _moved(then) % {"before": now, "after": then, "name": named[pk].shown_applicant}
        for pk, (now, then) in sorted(without.moved.items(), key=lambda item: item[1][0] or 0)
        if pk in named
    ]
    for pks, text in (
        (without.into_budget, _("%(name)s would come within the budget.")),
        (without.out_of_budget, _("%(name)s would fall out of the budget.")),
    ):
        sentences += [text % {"name": named[pk].shown_applicant} for pk in pks if pk in named]
    return Change(reviewer.get_full_name(), tuple(sentences))


def _moved(then: int | None) -> str:
    if then is None:
        return _("%(name)s: place %(before)s, without a score then.")
    return _("%(name)s: place %(before)s, then %(after)s.")
