"""What a page asks of the database: how many queries, and how many rows PostgreSQL looks at for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.pages import BARE, Address, client_with


@dataclass(frozen=True)
class Cost:
    """`rows_examined` is None where the database does not tell (SQLite)."""

    status: int
    queries: int
    rows_examined: int | None


def cost_of(address: Address) -> Cost:
    """Ask for the page once in this process and explain each of its queries (the bare view has none)."""
    if address.name == BARE:
        return Cost(200, 0, 0)
    client = client_with(address.cookies)
    with CaptureQueriesContext(connection) as captured:
        status = client.get(address.path).status_code
    asked = [query["sql"] for query in captured.captured_queries]
    if connection.vendor != "postgresql":
        return Cost(status, len(asked), None)
    return Cost(status, len(asked), sum(rows_examined(text) for text in asked if text.lstrip().startswith("SELECT")))


def rows_examined(text: str) -> int:
    """Rows that PostgreSQL read for a SELECT, those it threw away again included."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {text}")
        answer = cursor.fetchone()[0]
    plan = json.loads(answer) if isinstance(answer, str) else answer
    return _rows_in(plan[0]["Plan"])


def _rows_in(node: dict[str, Any]) -> int:
    """Rows of the scans in a plan: kept, and removed by a filter or a recheck; each as often as it was run."""
    rows = 0
    if "Relation Name" in node:
        seen = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
        rows = round(sum(node.get(name, 0) for name in seen) * node["Actual Loops"])
    return rows + sum(_rows_in(part) for part in node.get("Plans", ()))
