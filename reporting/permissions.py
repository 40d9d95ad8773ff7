"""Who sees the reports. Denied unless given."""

from __future__ import annotations

from typing import Any


def may_see_dashboard(actor: Any) -> bool:
    """OPDC sees every agreement, an agency its own ministry's part (§2)."""
    return actor.is_opdc or actor.is_agency
