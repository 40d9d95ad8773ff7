"""Who keeps the templates of calls: OPDC's staff, nobody else. Calls are not touched (§3.1 step 1, §3.2 step 1)."""

from __future__ import annotations

TEMPLATE_STATES = {"in use", "retired"}
OPDC = {"opdc"}

TEMPLATE_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "add": (TEMPLATE_STATES, OPDC),
    "edit": (TEMPLATE_STATES, OPDC),
    "set criteria": (TEMPLATE_STATES, OPDC),
    "set documents": (TEMPLATE_STATES, OPDC),
    "retire": ({"in use"}, OPDC),
    "restore": ({"retired"}, OPDC),
}
