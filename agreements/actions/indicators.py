"""Indicators as agreed, a part of the text: statement, baseline, target and weight (§3.2, §4 step 6)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.details import terms_are_open
from agreements.models import Agreement, Indicator
from agreements.permissions.agreements import giver_officer
from core.workflow import Rule, Stamp, pass_door

SET_INDICATORS = Rule("set_indicators", _("Set the indicators"), role=giver_officer, when=terms_are_open)


def set_indicators(
    *, agreement: Agreement, indicators: list[dict[str, Any]], by: Any, stamp: Stamp | None = None
) -> list[Indicator]:
    """Write all indicators anew, in the order given; their weights (percent) total 100. Raises ValidationError.

    `indicators`: statement, unit, direction, baseline, target, weight, source.
    """
    total = sum(row["weight"] for row in indicators)
    if not indicators or total != 100:
        raise ValidationError(weights_message(total))
    if any(row["target"] == row["baseline"] for row in indicators):
        raise ValidationError(_("The target must differ from the baseline."))
    with pass_door(agreement, SET_INDICATORS, by=by, stamp=stamp) as door:
        door.root.indicators.all().delete()
        rows = [
            Indicator(agreement=door.root, ordinal=ordinal, **row) for ordinal, row in enumerate(indicators, start=1)
        ]
        written = Indicator.objects.bulk_create(rows)
        door.payload.update(indicators=len(written))
    return written


def weights_message(total: int) -> Any:
    """What to say where the weights do not total 100."""
    return _("The weights total %(total)s; they must total 100.") % {"total": total}
