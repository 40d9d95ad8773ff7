"""Actual figures beside what was agreed, with progress and coverage."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from agreements.models import Indicator
from evaluations.models import IndicatorResult, Round
from evaluations.progress import Overall, Progress, overall, progress_of


@dataclass(frozen=True)
class ResultRow:
    """One indicator of the agreement; `actual` and `progress` are None where nothing was reported."""

    indicator: Indicator
    actual: Decimal | None
    explanation: str
    progress: Progress | None

    @property
    def percent(self) -> Decimal | None:
        """Capped progress in percent, to one decimal, for the bar."""
        return None if self.progress is None else self.progress.capped.quantize(Decimal("0.1"))

    @property
    def raw_percent(self) -> Decimal | None:
        return None if self.progress is None else self.progress.raw.quantize(Decimal("0.1"))


@dataclass(frozen=True)
class ResultsTable:
    rows: list[ResultRow]
    overall: Overall

    @property
    def percent(self) -> Decimal | None:
        return None if self.overall.percent is None else self.overall.percent.quantize(Decimal("0.1"))


def results_table(evaluation_round: Round) -> ResultsTable:
    """Every indicator of the agreement with what this round reports of it, in two queries."""
    reported = {row.indicator_id: row for row in IndicatorResult.objects.filter(round=evaluation_round)}
    rows = []
    for indicator in Indicator.objects.filter(agreement_id=evaluation_round.agreement_id):
        known = reported.get(indicator.pk)
        actual = known.actual if known else None
        progress = progress_of(actual, baseline=indicator.baseline, target=indicator.target)
        rows.append(ResultRow(indicator, actual, known.explanation if known else "", progress))
    return ResultsTable(rows, overall((row.progress, row.indicator.weight) for row in rows))
