"""A proposal on paper: written down by one person of the agency, confirmed by another, never sent in by anybody else.

Entered by "officer". Each state with the state of its call: a paper may be entered and confirmed after the deadline too.
"""

from __future__ import annotations

PAPER_STATES = {"entered/published", "entered/screening", "confirmed/published", "confirmed/screening"}
ENTERED = {"entered/published", "entered/screening"}
OFFICERS = {"officer", "second_officer"}

PAPER_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "enter": (PAPER_STATES, OFFICERS),  # another one, of the rival
    "write": (ENTERED, OFFICERS),
    "confirm": (ENTERED, {"second_officer", "executive"}),
    "return": (ENTERED, {"second_officer", "executive"}),
    "submit": (set(), {"partner_rep"}),
    "withdraw": (set(), {"partner_rep"}),
}
