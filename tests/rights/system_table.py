"""Who keeps the system: OPDC's staff, nobody else. A word of a list stands for it, in use and retired."""

from __future__ import annotations

WORD_STATES = {"in use", "retired"}
OPDC = {"opdc"}

WORD_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "rename word": (WORD_STATES, OPDC),
    "move word": (WORD_STATES, OPDC),
    "retire word": ({"in use"}, OPDC),
    "restore word": ({"retired"}, OPDC),
    # Not about this word, but kept by the same people:
    "add word": (WORD_STATES, OPDC),
    "change setting": (WORD_STATES, OPDC),
    "change notice": (WORD_STATES, OPDC),
    "publish privacy notice": (WORD_STATES, OPDC),
}
