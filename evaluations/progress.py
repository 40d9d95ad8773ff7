"""Progress against the indicators: pure arithmetic. Not reported is None, never 0 (§4 step 8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

HUNDRED = Decimal(100)
ZERO = Decimal(0)


@dataclass(frozen=True)
class Progress:
    """Percent of the way from baseline to target: `raw` may be below 0 or above 100, `capped` lies between them."""

    raw: Decimal
    capped: Decimal


@dataclass(frozen=True)
class Overall:
    """Weighted progress of those that were reported, and how many that is. `percent` is None where none was."""

    percent: Decimal | None
    reported: int
    total: int


def progress_of(actual: Decimal | None, *, baseline: Decimal, target: Decimal) -> Progress | None:
    """How far `actual` has come from `baseline` to `target`, in percent; the same for indicators that should fall.

    None where nothing was reported. Raises ValueError where the target equals the baseline.
    """
    if target == baseline:
        raise ValueError("the target must differ from the baseline")
    if actual is None:
        return None
    raw = (actual - baseline) * HUNDRED / (target - baseline)
    return Progress(raw=raw, capped=min(max(raw, ZERO), HUNDRED))


def overall(parts: Iterable[tuple[Progress | None, int]]) -> Overall:
    """Weighted mean of the capped progress, from pairs of progress and weight; what is not reported is left out.

    Over-fulfilment of one indicator does not make up for another, therefore the capped values.
    """
    rows = list(parts)
    known = [(progress.capped, weight) for progress, weight in rows if progress is not None]
    weights = sum(weight for _capped, weight in known)
    percent = sum(capped * weight for capped, weight in known) / weights if weights else None
    return Overall(percent=percent, reported=len(known), total=len(rows))
