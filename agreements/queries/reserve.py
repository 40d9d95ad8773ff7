"""The reserve list of a decided call, and the places on it that fell vacant."""

from __future__ import annotations

from django.db.models import F

from agreements.enums import CallState, DecisionKind, DecisionState, ProposalState, Standing
from agreements.models import Agreement, Call, Proposal


def reserve_of(call: Call) -> list[Proposal]:
    """The proposals in reserve, in the order of the committee's list; who came onto it by an appeal stands last."""
    rows = call.proposals.filter(state=ProposalState.RESERVE).select_related("organisation", "outcome")
    return list(rows.order_by(F("outcome__reserve_rank").asc(nulls_last=True), "submitted_at", "pk"))


def vacancies_of(call: Call) -> list[Agreement]:
    """Agreements of the call that were cancelled before signing and whose place nobody has taken yet."""
    if call.state != CallState.DECIDED:
        return []
    decided = call.decisions.filter(kind=DecisionKind.PROMOTE_RESERVE, state=DecisionState.DECIDED)
    taken = [told.get("instead_of") for told in decided.values_list("proposal", flat=True)]
    cancelled = Agreement.objects.filter(call=call, standing=Standing.CANCELLED)
    return list(cancelled.exclude(pk__in=[pk for pk in taken if pk]).order_by("ended_at", "pk"))
