"""Who may do what with missions, candidates, proposed missions, talks and policies (§3.0, §3.3 step 1, §4 steps 1-3).

Written by hand, as `table`: action → (states in which it can be done, people who may do it).
"""

from __future__ import annotations

OFFICERS = {"officer", "second_officer"}
PARTNERS = {"partner_staff", "partner_rep"}
OPDC = {"opdc"}

# --- a mission: without a form, with one, with a call under it, in an agency with chains of its own, shown to partners ---

MISSION_STATES = {"no_form", "form", "opened", "chain", "shown"}
ALL = MISSION_STATES

MISSION_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "edit": (ALL, OFFICERS),
    # Once something has been opened under a form, the choice is history; nobody walks past a chain.
    "choose form": ({"no_form", "form", "shown"}, OFFICERS),
    "propose form": ({"chain"}, OFFICERS),
    "record approach": (ALL, OFFICERS),
    "record meeting": (ALL, OFFICERS),
    "assess readiness": (ALL, OFFICERS | {"executive"} | OPDC),
    "ask for a self-assessment": (ALL, OFFICERS),
    "rate itself": (ALL, PARTNERS),
    "add to shortlist": (ALL, OFFICERS),
    "remove from shortlist": (ALL, OFFICERS),
    "invite shortlist": (ALL - {"chain"}, OFFICERS),
    "propose invitation": ({"chain"}, OFFICERS),
    # §4 step 3: the agency looks for a receiver in the open, or no longer.
    "show to partners": (ALL - {"shown"}, OFFICERS),
    "hide from partners": ({"shown"}, OFFICERS),
}

# --- an entry of its shortlist ---------------------------------------------------------------------------------------

ENTRY_STATES = {"listed", "invited", "interested", "declined"}

ENTRY_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "be interested": ({"invited", "declined"}, PARTNERS),
    "decline": ({"invited", "interested"}, PARTNERS),
}

# --- a mission proposed unasked by the partner; "looking": no agency has been found for it ------------------------------

SUGGESTION_STATES = {"sent", "looking", "talks", "adopted", "declined"}
WAITING = {"sent", "looking", "talks"}

SUGGESTION_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "assign": (WAITING, OPDC),
    "adopt": ({"sent", "talks"}, OFFICERS),
    "talk over": ({"sent"}, OFFICERS),
    "talk over without an agency": ({"looking"}, OPDC),
    "decline": ({"sent", "talks"}, OFFICERS),
    "decline without an agency": ({"looking"}, OPDC),
}

# --- OPDC's log, and policies ---------------------------------------------------------------------------------------

TALK_STATES = {"logged"}
TALK_RIGHTS: dict[str, tuple[set[str], set[str]]] = {"edit": ({"logged"}, OPDC), "log another": ({"logged"}, OPDC)}

POLICY_STATES = {"ranked"}
POLICY_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "record another": ({"ranked"}, OFFICERS | {"other_officer"}),
    "edit": ({"ranked"}, OFFICERS),
    "put under": ({"ranked"}, OFFICERS),
    "move": ({"ranked"}, OFFICERS),
    "take out": ({"ranked"}, OFFICERS),
}
