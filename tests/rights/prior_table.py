"""Who enters an agreement that is running already, and who lets it count: never the same person."""

from __future__ import annotations

PRIOR_STATES = {"proposed", "returned", "confirmed"}
OFFICERS = {"officer", "second_officer"}

PRIOR_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "enter": (PRIOR_STATES, OFFICERS),
    "correct": ({"proposed", "returned"}, OFFICERS),
    "confirm": ({"proposed"}, {"executive"}),
    "return": ({"proposed"}, {"executive"}),
}
