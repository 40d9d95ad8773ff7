"""References at opening: ASCII, no slash, counted per kind and fiscal year (Buddhist Era)."""

from __future__ import annotations

from core import clock
from core.counters import next_number
from core.thai import fiscal_year

ISSUER = "phakhi"


def next_reference(prefix: str) -> str:
    """A reference such as "PBC-2569-00012", inside the caller's transaction."""
    year = fiscal_year(clock.today())
    return f"{prefix}-{year}-{next_number(issuer=ISSUER, kind=prefix, fiscal_year=year):05d}"
