"""Who may do what with an organisation's registration and profile, and with a sponsorship (§2): written by hand.

"partner" is the organisation looked at (its representative and its administrator may the same here); for a sponsorship it is the sponsor, and "rival" the group that asks.
"""

from __future__ import annotations

KEEPERS = {"partner_staff", "partner_rep", "partner_admin"}
HEAD = {"partner_rep", "partner_admin"}

ORGANISATION_STATES = {"draft", "submitted", "active", "merged"}
KEPT = {"draft", "submitted", "active"}
ORGANISATION_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    # Who it is stays fixed while it is being checked.
    "edit_identity": ({"draft", "active"}, HEAD),
    "edit_numbers": ({"draft", "active"}, HEAD),
    "edit_address": (KEPT, KEEPERS),
    "edit_work": (KEPT, KEEPERS),
    "edit_size": (KEPT, KEEPERS),
    "edit_contacts": (KEPT, KEEPERS),
    "edit_track_record": (KEPT, KEEPERS),
    "add_document": (KEPT, KEEPERS),
    "void_document": (KEPT, KEEPERS),
    "add_representative": (KEPT, HEAD),
    "end_representative": (KEPT, HEAD),
    "set_bank_account": (KEPT, HEAD | {"partner_finance"}),
    "ask_sponsor": (KEPT, HEAD),
    "submit_registration": ({"draft"}, HEAD),
    "return_registration": ({"submitted"}, {"opdc", "verifier"}),
    "accept_registration": ({"submitted"}, {"opdc", "verifier"}),
    "merge_away": (KEPT, {"opdc"}),
}

SPONSORSHIP_STATES = {"asked", "agreed", "declined", "ended"}
SPONSORSHIP_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "agree": ({"asked"}, HEAD),
    "decline": ({"asked"}, HEAD),
    "end": ({"asked", "agreed"}, HEAD | {"rival_rep"}),
}
