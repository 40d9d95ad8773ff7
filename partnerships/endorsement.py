"""Reading chains: which positions a matter passes, and in which of them a person may act on a day."""

from __future__ import annotations

from typing import Any

from partnerships.endorsement_kinds import GENERAL
from partnerships.models import EndorsementPosition


def chain_for(organisation_id: int, kind: str) -> list[EndorsementPosition]:
    """The positions that a matter of this kind would pass now, in order; empty where the organisation set no chain.

    A kind without a chain of its own takes the organisation's general one.
    """
    rows = EndorsementPosition.objects.in_force().filter(organisation_id=organisation_id, kind__in={kind, GENERAL})
    ordered = list(rows.order_by("ordinal"))
    return [row for row in ordered if row.kind == kind] or ordered


def has_own_chain(organisation_id: int, kind: str) -> bool:
    """Whether the organisation set a chain for this very kind."""
    return EndorsementPosition.objects.of_chain(organisation_id, kind).exists()


def snapshot_of(positions: list[EndorsementPosition]) -> list[dict[str, Any]]:
    """The chain as a decision keeps it. `seat_id` finds the deputies, who are judged by the day on which they act."""
    return [
        {"title": row.title, "holder_id": row.holder_id, "seat_id": row.seat_id, "position_id": row.pk}
        for row in positions
    ]
