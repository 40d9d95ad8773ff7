"""What else happens when something becomes of a call: other parts of this floor are told inside the call's door."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Listener = Callable[[Any, Any], None]
_listeners: dict[str, list[Listener]] = {}

PUBLISHED, ADDENDUM = "published", "addendum"


def listen_to_calls(news: str, listener: Listener) -> None:
    """`listener(door, subject)` is asked at this news: of a call, or (ADDENDUM) of the addendum just published."""
    told = _listeners.setdefault(news, [])
    if listener not in told:
        told.append(listener)


def announce(news: str, door: Any, subject: Any) -> None:
    for listener in _listeners.get(news, []):
        listener(door, subject)
