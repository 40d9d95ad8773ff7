"""Who asks on a call, and who answers: anybody who is logged in but the agency itself; the agency's officers, once."""

from __future__ import annotations

from tests.rights.table import EVERYBODY

OFFICERS = {"officer", "second_officer"}
AGENCY = {"officer", "second_officer", "executive", "finance", "agency_admin"}

ASKING_STATES = {"draft", "open", "cut_off", "closed", "cancelled"}
ASKING_RIGHTS: dict[str, tuple[set[str], set[str]]] = {"ask": ({"open"}, set(EVERYBODY) - AGENCY - {"anonymous"})}

# A direct invitation: those who were invited ask, nobody else.
INVITED_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "ask": ({"invited"}, {"partner_staff", "partner_rep", "partner_finance", "partner_admin"})
}

QUESTION_STATES = {"asked", "answered", "asked, call closed", "asked, call cancelled"}
QUESTION_RIGHTS: dict[str, tuple[set[str], set[str]]] = {"answer": ({"asked"}, OFFICERS)}
