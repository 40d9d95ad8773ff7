"""Who may do what with endorsement chains, by hand: keeping them, and acting in one of four positions.

The people of the cast hold the positions: 1 second_officer, 2 finance, 3 agency_admin, 4 executive; officer proposed.
Deputies: of 1 finance (until yesterday), of 2 and 3 second_officer (today), of 4 officer (today).
"""

from __future__ import annotations

Rights = dict[str, tuple[set[str], set[str]]]

# --- keeping the chains of an agency: its own administrator, nobody else (OPDC looks only) ---------------------------

KEEPING_STATES = {"with_chain"}
KEEPING_RIGHTS: Rights = {
    "set_chain": ({"with_chain"}, {"agency_admin"}),
    "remove_chain": ({"with_chain"}, {"agency_admin"}),
    "name_deputy": ({"with_chain"}, {"agency_admin"}),
    "end_deputy": ({"with_chain"}, {"agency_admin"}),
}

# --- a matter on its way: the holder, and a deputy whose time it is --------------------------------------------------

# The deputy's time was over yesterday.
FIRST: Rights = {"act": ({"at_1"}, {"second_officer"}), "return": ({"at_1"}, {"second_officer"})}
# second_officer is a deputy here, but has just acted in the first position: nobody acts twice in a row.
SECOND: Rights = {"act": ({"at_2"}, {"finance"}), "return": ({"at_2"}, {"finance"})}
# Another has acted in between.
THIRD: Rights = {
    "act": ({"at_3"}, {"agency_admin", "second_officer"}),
    "return": ({"at_3"}, {"agency_admin", "second_officer"}),
}
# The deputy is the proposer: never.
FOURTH: Rights = {"act": ({"at_4"}, {"executive"}), "return": ({"at_4"}, {"executive"})}
ENDED: Rights = {"act": (set(), set()), "return": (set(), set())}

TURNS: list[tuple[set[str], Rights]] = [
    ({"at_1"}, FIRST),
    ({"at_2"}, SECOND),
    ({"at_3"}, THIRD),
    ({"at_4"}, FOURTH),
    ({"decided", "returned"}, ENDED),
]
