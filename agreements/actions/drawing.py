"""Keeping assignments, and the draw that goes with the beginning of the selection."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from agreements.enums import CallState
from agreements.models import ReviewAssignment
from agreements.queries.assignments import AssignmentTable
from core import clock
from core.workflow import Passage
from partnerships.actions.notices import tell


def draw_at_selection(door: Passage) -> None:
    """The draw that goes with the beginning of the selection, for what nobody has assigned; by the system."""
    table = AssignmentTable(door.root)
    store_assignments(door, pairs_of(table.drawn().assigned) - table.assigned, None)


def pairs_of(assigned: Mapping[int, Iterable[int]]) -> set[tuple[int, int]]:
    return {(pk, user) for pk, users in assigned.items() for user in users}


def store_assignments(door: Passage, pairs: set[tuple[int, int]], assigned_by: Any) -> None:
    """Keep the new assignments; once scoring has begun the reviewers are told."""
    rows = [
        ReviewAssignment(proposal_id=proposal, reviewer_id=user, assigned_by=assigned_by, assigned_at=clock.now())
        for proposal, user in sorted(pairs)
    ]
    ReviewAssignment.objects.bulk_create(rows)
    of_call = ReviewAssignment.objects.of_call(door.root.pk).order_by("proposal_id", "reviewer_id")
    door.payload["assigned"] = [list(pair) for pair in of_call.values_list("proposal_id", "reviewer_id")]
    if door.root.state == CallState.SELECTION and rows:
        tell(door, sorted({user for _proposal, user in pairs}), kind="call.score", about=door.root)
