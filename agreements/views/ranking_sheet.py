"""The ranking as a spreadsheet: places and budgets, the scores one by one, and what one reviewer changes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from agreements.queries.ranking import Ranked, Ranking
from agreements.ranking import Place
from agreements.views.ranking_rows import change_of, lacks_in_words, tie_in_words
from core.spreadsheet import Workbook


def workbook_of(ranking: Ranking) -> bytes:
    """The file, in the language that is active."""
    book = Workbook()
    head = [
        _("Rank"), _("Proposal"), _("Organisation"), _("Final score (of 100)"), _("Mean of the reviews"), _("Median"),
        _("Least"), _("Most"), _("Standard deviation"), _("Presentation (0-5)"), _("Reviews in"), _("Reviews wanted"),
        _("Budget (baht)"), _("Added up (baht)"), _("Within the ceiling"), _("Note"),
    ]  # fmt: skip
    rows = [_row(row, ranking) for row in ranking.rows]
    book.add_sheet(_("Ranking"), head, rows, [8, 44, 36, 12, 12, 12, 10, 10, 12, 12, 10, 10, 16, 16, 26, 44])
    head = [_("Proposal"), _("Organisation"), _("Reviewer"), _("Criterion"), _("Weight (percent)"), _("Points (0-5)")]
    scores = [*head, _("Reason"), _("Total of the review (of 100)"), _("Far from the others")]
    book.add_sheet(_("Scores"), scores, _scores(ranking), [44, 36, 28, 36, 10, 10, 60, 12, 12])
    head = [_("Without this reviewer"), _("What would be another")]
    book.add_sheet(_("Sensitivity"), head, _changes(ranking), [36, 90])
    return book.content()


def _row(row: Ranked, ranking: Ranking) -> list[Any]:
    place, spread = row.place or Place(row.proposal.pk, None), row.spread
    told = [spread.mean, spread.median, spread.least, spread.most, spread.deviation] if spread else [None] * 5
    sums = [None, ""] if ranking.withheld else [place.cumulated, _within(place)]
    note = tie_in_words(row, ranking) or lacks_in_words(row, ranking)
    return [
        place.place,
        row.proposal.shown_title,
        row.proposal.shown_applicant,
        place.final,
        *told,
        row.presented,
        row.finished,
        row.wanted,
        row.proposal.budget,
        *sums,
        note,
    ]


def _within(place: Place) -> str:
    if place.within_is_for_the_committee:
        return _("Depends on the committee")
    return "" if place.within is None else _("yes") if place.within else _("no")


def _scores(ranking: Ranking) -> Iterator[list[Any]]:
    titles = {criterion.pk: criterion for criterion in ranking.criteria}
    for row in ranking.rows:
        far = row.far
        for review in row.reviews:
            mark = _("yes") if review.reviewer_id in far else ""
            for score in review.scores.all():
                criterion = titles[score.criterion_id]
                yield [
                    row.proposal.shown_title,
                    row.proposal.shown_applicant,
                    review.reviewer.get_full_name(),
                    criterion.title,
                    criterion.weight,
                    score.points,
                    score.reason,
                    review.total,
                    mark,
                ]


def _changes(ranking: Ranking) -> Iterator[list[Any]]:
    for one in ranking.without:
        change = change_of(one, ranking)
        for sentence in change.sentences or (_("Nothing would change."),):
            yield [change.name, sentence]
