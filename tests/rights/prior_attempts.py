"""How each action about a running agreement is tried."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from agreements.actions import prior as actions
from agreements.actions.prior import FACTS
from tests.world import evidence


def _said(prior: Any) -> dict[str, Any]:
    return {name: getattr(prior, name) for name in FACTS}


def _rows(prior: Any) -> list[dict[str, Any]]:
    return list(prior.instalments.values("amount", "due_on", "paid_on"))


PRIOR: dict[str, Callable] = {
    "enter": lambda prior, by: actions.enter_prior(
        mission=prior.mission, instalments=_rows(prior), paper=evidence(), by=by, **_said(prior)
    ),
    "correct": lambda prior, by: actions.correct_prior(prior=prior, instalments=_rows(prior), by=by, **_said(prior)),
    "confirm": lambda prior, by: actions.confirm_prior(prior=prior, by=by),
    "return": lambda prior, by: actions.return_prior(prior=prior, reason="แก้วันที่", by=by),
}
