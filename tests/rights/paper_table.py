"""A proposal on paper: written down by one person of the agency, confirmed by another, never sent in by anybody else.

What was entered by mistake is taken out by another person than entered it. Entered by "officer", confirmed by "second_officer"; the letter that withdraws it recorded by "officer". Each state with
the state of its call: what came before the deadline may be entered and confirmed after it too.
"""

from __future__ import annotations

PAPER_STATES = {
    "entered/published", "entered/screening", "confirmed/published", "confirmed/screening",
    "letter/published", "letter/screening", "withdrawn/published", "withdrawn/screening",
    "again/published", "again/screening", "discarded/published", "discarded/screening",
    "returned/published", "returned/screening",
}  # fmt: skip
ENTERED = {"entered/published", "entered/screening"}
CONFIRMED = {"confirmed/published", "confirmed/screening"}
LETTER = {"letter/published", "letter/screening"}
WITHDRAWN = {"withdrawn/published", "withdrawn/screening"}
RETURNED = {"returned/published", "returned/screening"}  # by the second officer, not corrected yet
AGAIN = {"again/published", "again/screening"}
# What is online when its own organisation comes on paper; set aside, it is nobody's until the paper is taken out.
ONLINE_STATES = {
    "draft/published", "draft/screening", "withdrawn/published", "submitted/published", "aside/published",
    "aside/screening", "aside_withdrawn/published",
}  # fmt: skip
OFFICERS = {"officer", "second_officer"}

PAPER_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "enter": (PAPER_STATES, OFFICERS),  # another one, of the rival
    "write": (ENTERED | AGAIN | RETURNED, OFFICERS),
    "confirm": (ENTERED | AGAIN | RETURNED, {"second_officer", "executive"}),
    "return": (ENTERED | AGAIN | RETURNED, {"second_officer", "executive"}),
    "report_corrected": (RETURNED, OFFICERS),
    "correct": (ENTERED | AGAIN | RETURNED, {"officer"}),  # who entered it
    "discard": (ENTERED | AGAIN | RETURNED, {"second_officer", "executive"}),
    "submit": (set(), {"partner_rep"}),
    "withdraw": (set(), {"partner_rep"}),
    "record_withdrawal": (CONFIRMED, OFFICERS),
    "confirm_withdrawal": (LETTER, {"second_officer", "executive"}),
    "return_withdrawal": (LETTER, {"second_officer", "executive"}),
    "enter_again": (WITHDRAWN, OFFICERS),
    "continue_online": ({"withdrawn/published"}, {"partner_staff", "partner_rep"}),
    "object": ({"entered/published", "again/published", "returned/published"}, {"partner_staff", "partner_rep"}),
}

ONLINE_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "enter_own": (ONLINE_STATES, OFFICERS),  # of the same organisation; where it has submitted, it is told at the field
    "write": ({"draft/published", "withdrawn/published"}, {"partner_staff", "partner_rep"}),
    "submit": ({"draft/published", "withdrawn/published"}, {"partner_rep"}),
    "withdraw": ({"submitted/published"}, {"partner_rep"}),
    "discard": (set(), OFFICERS),
}
