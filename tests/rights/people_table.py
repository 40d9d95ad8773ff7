"""Who may do what with the people of an organisation and with accounts; read as `tests.rights.table`.

The organisation is the partner: its administrator is partner_admin, its representative partner_rep.
"""

from __future__ import annotations

ORGANISATION_STATES = {"active", "merged"}
ORGANISATION_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    # OPDC too, so that an organisation can get its first administrator
    "invite": ({"active"}, {"partner_admin", "opdc"}),
    "propose_appointment": ({"active"}, {"partner_admin"}),
}

# Addressed to the stranger.
INVITATION_STATES = {"open", "expired", "accepted", "declined", "cancelled"}
INVITATION_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "send_again": ({"open", "expired"}, {"partner_admin", "opdc"}),
    "cancel": ({"open", "expired"}, {"partner_admin", "opdc"}),
    "accept": ({"open"}, {"stranger"}),
    "decline": ({"open"}, {"stranger"}),
}

# partner_admin proposed partner_staff: the second is the representative there is, not OPDC.
APPOINTMENT_STATES = {"proposed", "confirmed", "declined", "left"}
APPOINTMENT_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "confirm": ({"proposed"}, {"partner_rep"}),
    "decline": ({"proposed", "left"}, {"partner_rep"}),
}
# rival_rep proposed rival_staff: nobody else of the rival could be the second, so OPDC is.
ALONE_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "confirm": ({"proposed"}, {"opdc"}),
    "decline": ({"proposed"}, {"opdc"}),
}

# Of partner_staff.
MEMBERSHIP_STATES = {"current", "ended"}
MEMBERSHIP_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "change": ({"current"}, {"partner_admin"}),
    "end": ({"current"}, {"partner_admin"}),
    "leave": ({"current"}, {"partner_staff"}),
}

# Of partner_staff.
ACCOUNT_STATES = {"open", "closed"}
ACCOUNT_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "edit_profile": ({"open"}, {"partner_staff"}),
    "close": ({"open"}, {"partner_staff"}),
}
