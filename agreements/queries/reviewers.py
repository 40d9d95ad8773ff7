"""The people who judge a call, with what each has declared and has to do."""

from __future__ import annotations

from typing import Any

from agreements.enums import CapacityKind
from agreements.judges import JUDGES
from agreements.queries.assignments import AssignmentTable
from agreements.queries.relations import applicants_of


def judges_of(table: AssignmentTable) -> list[dict[str, Any]]:
    """Current reviewers and committee members in the order of naming: declared or not, conflicts, load, finished."""
    names = {one.pk: one.name for one in applicants_of(table.call)}
    rows = table.call.capacities.current().filter(kind__in=JUDGES).select_related("user").order_by("kind", "pk")
    return [
        {
            "capacity": row,
            "user": row.user,
            "kind": row.get_kind_display(),
            "scores": row.kind == CapacityKind.REVIEWER,
            "declared": table.has_declared(row.user_id),
            "conflicts": [names[pk] for pk, yes in table.declared.get(row.user_id, {}).items() if yes and pk in names],
            "load": sum(user == row.user_id for _pk, user in table.assigned),
            "finished": sum(user == row.user_id for _pk, user in table.finished & table.assigned),
        }
        for row in rows
    ]
