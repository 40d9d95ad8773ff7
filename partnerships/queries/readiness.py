"""How ready candidates are (§4 step 3): each assessor's latest view counts, what nobody could tell is open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from statistics import fmean
from typing import Any

from partnerships.enums import ReadinessCriterion
from partnerships.models import Mission, ReadinessAssessment

CRITERIA = len(ReadinessCriterion)


@dataclass(frozen=True)
class CriterionView:
    """One criterion: mean and the lowest and highest score (1-5) of those who could tell; None where nobody could."""

    code: str
    label: Any
    scores: tuple[int, ...] = ()

    @property
    def mean(self) -> float | None:
        return fmean(self.scores) if self.scores else None

    @property
    def low(self) -> int | None:
        return min(self.scores, default=None)

    @property
    def high(self) -> int | None:
        return max(self.scores, default=None)


@dataclass(frozen=True)
class Summary:
    """`mean` 1-5 over the criteria that were scored (None without any), `coverage` of the eight, who and when.

    The candidate's view of itself is kept apart (`self_mean`): it does not count in `mean`.
    """

    mean: float | None = None
    coverage: int = 0
    assessors: int = 0
    latest_on: date | None = None
    self_mean: float | None = None
    criteria: tuple[CriterionView, ...] = field(default=())


def latest_assessments(mission: Mission, organisation_ids: Iterable[int] | None = None) -> list[ReadinessAssessment]:
    """The latest assessment of each candidate by each assessor, with its scores (two queries)."""
    rows = ReadinessAssessment.objects.filter(mission=mission).select_related("assessed_for", "organisation")
    if organisation_ids is not None:
        rows = rows.filter(organisation_id__in=list(organisation_ids))
    found: dict[tuple[int, int, bool], ReadinessAssessment] = {}
    for row in rows.prefetch_related("scores").order_by("-recorded_at", "-pk"):
        # A partner has one view of itself, whoever of its people wrote it down.
        key = (row.organisation_id, 0 if row.is_self else row.assessor_id, row.is_self)
        found.setdefault(key, row)
    return list(found.values())


def readiness_of(mission: Mission, organisation_ids: Iterable[int]) -> dict[int, Summary]:
    """Candidate id → its readiness for this mission; only those about whom something is on record."""
    grouped: dict[int, list[ReadinessAssessment]] = defaultdict(list)
    for row in latest_assessments(mission, organisation_ids):
        grouped[row.organisation_id].append(row)
    return {pk: summary_of(rows) for pk, rows in grouped.items()}


def summary_of(rows: Iterable[ReadinessAssessment]) -> Summary:
    """The latest assessments of one candidate, drawn together."""
    rows = list(rows)
    others = [row for row in rows if not row.is_self]
    views = criteria_of(others)
    means = [view.mean for view in views if view.mean is not None]
    own = [view.mean for view in criteria_of([row for row in rows if row.is_self]) if view.mean is not None]
    return Summary(
        mean=fmean(means) if means else None,
        coverage=len(means),
        assessors=len(others),
        latest_on=max((row.assessed_on for row in others), default=None),
        self_mean=fmean(own) if own else None,
        criteria=views,
    )


def criteria_of(rows: Iterable[ReadinessAssessment]) -> tuple[CriterionView, ...]:
    """The eight criteria in the manual's order, with what these assessments say of each."""
    given: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        for score in row.scores.all():
            given[score.criterion].append(score.score)
    return tuple(CriterionView(c.value, c.label, tuple(given[c.value])) for c in ReadinessCriterion)
