"""What a selected proposal brings into its agreement: plan, indicators and sources of money, for officers to adjust.

Called in the transaction in which the agreement is born. Nothing is made up: a proposed indicator whose baseline is
not known cannot be agreed yet (null is not 0), so that then none is written, and the form of the indicators offers all
of them with that field to fill. A version of before there were rows brings nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from agreements.actions.proposal_content import rows_on_record
from agreements.enums import Side
from agreements.models import Agreement, BudgetSource, Indicator, Plan, PlanActivity, Proposal
from agreements.proposal_sections import ACTIVITIES, INDICATORS, LINES
from agreements.proposal_totals import budget_totals

COPIED = ("statement", "unit", "direction", "baseline", "target", "source")


def carry_over(agreement: Agreement, proposal: Proposal) -> dict[str, int]:
    """Write what the proposal holds into the agreement that was just born; returns how many rows of each."""
    return {
        "activities": _plan(agreement, proposal),
        "indicators": _indicators(agreement, proposal),
        "sources": _sources(agreement, proposal),
    }


def spread_weights(count: int) -> list[int]:
    """Weights (percent) of so many indicators: even, the remainder to the first; they total 100."""
    if not count:
        return []
    each = 100 // count
    return [100 - each * (count - 1), *([each] * (count - 1))]


def proposed_indicators(proposal: Proposal) -> list[dict[str, Any]]:
    """The indicators of a proposal as those of an agreement, with weights; `baseline` may be None."""
    rows = list(rows_on_record(proposal, INDICATORS))
    weights = spread_weights(len(rows))
    return [
        {**{name: row[name] for name in COPIED}, "weight": weight} for row, weight in zip(rows, weights, strict=True)
    ]


def _plan(agreement: Agreement, proposal: Proposal) -> int:
    """An outline that the receiver's side has drawn up; money per activity is still to be agreed."""
    rows = list(rows_on_record(proposal, ACTIVITIES))
    if rows:
        version = proposal.latest_version
        plan = Plan.objects.create(
            agreement=agreement,
            cycle=agreement.cycle,
            side=Side.RECEIVER,
            recorded_by_id=version.submitted_by_id if version else proposal.created_by_id,
        )
        PlanActivity.objects.bulk_create(_activity(plan, ordinal, row) for ordinal, row in enumerate(rows, start=1))
    return len(rows)


def _activity(plan: Plan, ordinal: int, row: dict[str, Any]) -> PlanActivity:
    return PlanActivity(
        plan=plan,
        ordinal=ordinal,
        title=row["title"],
        target=" ".join(row["detail"].split())[:300],
        month_from=row["month_from"],
        month_to=row["month_to"],
        responsible=Side.RECEIVER,
    )


def _indicators(agreement: Agreement, proposal: Proposal) -> int:
    rows = proposed_indicators(proposal)
    if any(row["baseline"] is None or row["baseline"] == row["target"] for row in rows):
        return 0
    made = [Indicator(agreement=agreement, ordinal=ordinal, **row) for ordinal, row in enumerate(rows, start=1)]
    return len(Indicator.objects.bulk_create(made))


def _sources(agreement: Agreement, proposal: Proposal) -> int:
    """The agency brings what is asked of it, the partner what it offered, each by source."""
    money = budget_totals(rows_on_record(proposal, LINES))
    asked = _by_source(agreement, agreement.agency_id, money.asked_by_source)
    own = {source: amount - money.asked_by_source.get(source, Decimal(0)) for source, amount in money.by_source.items()}
    made = [*asked, *_by_source(agreement, proposal.organisation_id, own)]
    return len(BudgetSource.objects.bulk_create(made))


def _by_source(agreement: Agreement, organisation_id: int, amounts: dict[str, Decimal]) -> Sequence[BudgetSource]:
    return [
        BudgetSource(agreement=agreement, organisation_id=organisation_id, source=source, amount=amount)
        for source, amount in amounts.items()
        if amount > 0
    ]
