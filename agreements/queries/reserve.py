"""The reserve list of a decided call, and the places on it that fell vacant.

Places come from the committee's resolution. A proposal that comes onto the list by an accepted appeal is placed by the
ranking of scores (`agreements.ranking`, its rule for equal scores included): behind the last in reserve that the
ranking puts before it or on the same place, and before all the others, which move down by one. So nobody whom the
scores put first is passed by; of those who are equal, whom the committee had put on the list goes first. Without a
score (it was found not eligible, or its reviews are not all in) it stands last. A place that is given up is not filled:
the others keep the numbers that they were told, only their order counts.
"""

from __future__ import annotations

from django.db.models import F, Max

from agreements.enums import CallState, DecisionKind, DecisionState, ProposalState, Standing
from agreements.models import Agreement, Call, Proposal
from agreements.queries.ranking import places_of


def reserve_of(call: Call) -> list[Proposal]:
    """The proposals in reserve, in their order; one without a place (on record from before) stands last."""
    rows = call.proposals.filter(state=ProposalState.RESERVE).select_related("organisation")
    return list(rows.order_by(F("reserve_place").asc(nulls_last=True), "submitted_at", "pk"))


def place_on_appeal(proposal: Proposal) -> tuple[int, list[Proposal]]:
    """The place that a proposal takes when it comes onto the list by an appeal, and those behind it, in their order."""
    waiting = [row for row in reserve_of(proposal.call) if row.pk != proposal.pk]
    places = places_of(proposal.call)
    own = places.get(proposal.pk)
    behind = waiting[_last_before(waiting, places, own) + 1 :] if own is not None else []
    behind = [row for row in behind if row.reserve_place is not None]
    if behind:
        return behind[0].reserve_place, behind
    last = proposal.call.proposals.aggregate(last=Max("reserve_place"))["last"]
    return (last or 0) + 1, []


def _last_before(waiting: list[Proposal], places: dict[int, int], own: int) -> int:
    """The index of the last whom the scores put before `own` or on the same place; -1 where there is none."""
    before = [index for index, row in enumerate(waiting) if row.pk in places and places[row.pk] <= own]
    return before[-1] if before else -1


def vacancies_of(call: Call) -> list[Agreement]:
    """Agreements of the call that were cancelled before signing and whose place nobody has taken yet."""
    if call.state != CallState.DECIDED:
        return []
    cancelled = Agreement.objects.filter(call=call, standing=Standing.CANCELLED).order_by("ended_at", "pk")
    if not cancelled.exists():
        return []
    decided = call.decisions.filter(kind=DecisionKind.PROMOTE_RESERVE, state=DecisionState.DECIDED)
    taken = [told.get("instead_of") for told in decided.values_list("proposal", flat=True)]
    return [agreement for agreement in cancelled if agreement.pk not in taken]
