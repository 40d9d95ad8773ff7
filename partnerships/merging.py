"""What moves when two records of one organisation become one: each floor says so for its own records.

A step runs under the lock of both organisations, in the merge's own transaction: it lets what belongs to `merged`
belong to `kept` and gives the number of records. Nothing is deleted. Its obstacle, asked before and again under the
lock, gives the reason for which the two cannot be merged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

Text = str | Promise
Organisation = Any


@dataclass(frozen=True)
class MergeStep:
    """`name` is kept in the record of the merge; `label` is shown beside the count."""

    name: str
    label: Text
    move: Callable[[Organisation, Organisation], int]
    obstacle: Callable[[Organisation, Organisation], Text | None]
    order: int


_steps: dict[str, MergeStep] = {}


def _none(kept: Organisation, merged: Organisation) -> None:
    return None


def register_merge_step(
    name: str,
    move: Callable[[Organisation, Organisation], int],
    *,
    label: Text,
    obstacle: Callable[[Organisation, Organisation], Text | None] = _none,
    order: int = 100,
) -> None:
    """Have `move(kept, merged)` called at each merge (in AppConfig.ready); registering a name again replaces it."""
    _steps[name] = MergeStep(name, label, move, obstacle, order)


def merge_steps() -> list[MergeStep]:
    """The steps in order."""
    return sorted(_steps.values(), key=lambda step: (step.order, step.name))


def obstacles(kept: Organisation, merged: Organisation) -> list[Text]:
    """Why these two cannot be merged; empty where they can."""
    return [reason for step in merge_steps() if (reason := step.obstacle(kept, merged))]
