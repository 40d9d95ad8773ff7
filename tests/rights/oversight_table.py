"""OPDC's oversight of organisations: who may do what, and when; written by hand (§2, §4 step 3). See `table`.

"verifier" is an officer of the provincial office named as verifier in the organisation's province, "other_verifier" of
the one named in another province.
"""

from __future__ import annotations

OPDC = {"opdc"}
ORGANISATION_STATES = {"draft", "submitted", "active", "blocked", "merged"}
IN_USE = {"submitted", "active", "blocked"}
ORGANISATION_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "verify": (IN_USE, OPDC | {"verifier"}),
    "raise_flag": (IN_USE, OPDC),
    "lift_flag": (ORGANISATION_STATES, OPDC),
    "merge_away": (ORGANISATION_STATES - {"merged"}, OPDC),
    "take_over": (IN_USE, OPDC),
    "not_duplicate": (IN_USE, OPDC),
    "enter": (ORGANISATION_STATES, OPDC),
}

AGENCY_STATES = {"in_use", "retired"}
AGENCY_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "add": (AGENCY_STATES, OPDC),
    "rename": ({"in_use"}, OPDC),
    "move": ({"in_use"}, OPDC),
    "retire": ({"in_use"}, OPDC),
    "name_duty": ({"in_use"}, OPDC),
    "end_duty": (AGENCY_STATES, OPDC),
}
