"""What a run found, as a table to read and as JSON to keep."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

COLUMNS = ("median ms", "rounds", "p95 ms", "× floor", "queries", "rows read")


def table(found: dict[str, Any]) -> str:
    """The rows of one size under each other."""
    width = max(len(row["page"]) for row in found["rows"])
    lines = [f"{'':{width}}  {COLUMNS[0]:>9}  {COLUMNS[1]:>15}  " + "  ".join(f"{name:>9}" for name in COLUMNS[2:])]
    for row in found["rows"]:
        examined = "–" if row["rows_examined"] is None else f"{row['rows_examined']:,}"
        spread = f"{row['lowest_ms']:.1f}–{row['highest_ms']:.1f}"
        lines.append(
            f"{row['page']:{width}}  {row['median_ms']:>9.1f}  {spread:>15}  {row['p95_ms']:>9.1f}"
            f"  {row['ratio']:>9.1f}  {row['queries']:>9}  {examined:>9}"
        )
    lines += [f"{name}: not measured, there is no such page or filter yet" for name in found["absent"]]
    lines += [f"{name}: not measured, it answered {status}" for name, status in found["failed"].items()]
    return "\n".join([*lines, export_line(found["export"])])


def export_line(export: dict[str, Any]) -> str:
    """The desk's whole list as CSV: how long a row takes, and how far memory grew after the first rows."""
    return (
        f"CSV of the desk: {export['rows']:,} rows in {export['seconds']} s, {export['ms_a_row']} ms a row; "
        f"memory {export['early_mb']} MB early, {export['most_mb']} MB at most"
    )


def keep(path: Path, run: dict[str, Any]) -> None:
    """Write the whole run as JSON."""
    path.write_text(json.dumps(run, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
