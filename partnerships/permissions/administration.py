"""Who keeps the system: settings, texts of notices, words, the privacy notice."""

from __future__ import annotations

from typing import Any


def may_administer(_about: Any, actor: Any) -> bool:
    """OPDC's staff (the manual's third party)."""
    return actor.is_opdc


def is_administering(actor: Any) -> bool:
    """The same, asked of the actor alone (navigation and cards)."""
    return may_administer(None, actor)
