"""Presentations, result letters and appeals (§3.2 steps 3-4): who does what, and when. Written by hand."""

from __future__ import annotations

from tests.rights.table import OFFICERS, RECEIVERS

Rights = dict[str, tuple[set[str], set[str]]]

# A proposal on its way to the presentation; "judged": heard, while its call is in selection; "proposed": judged, and
# the selection is before those who decide.
PRESENTING_STATES = {"submitted", "eligible", "invited", "booked", "heard", "judged", "proposed"}
PRESENTING_RIGHTS: Rights = {
    "invite": ({"eligible"}, OFFICERS),
    "book": ({"invited", "booked"}, OFFICERS | RECEIVERS),
    "release": ({"booked"}, OFFICERS | RECEIVERS),
    "record": ({"eligible", "invited", "booked", "heard"}, OFFICERS),
    "points": ({"heard", "judged"}, {"reviewer"}),
}

# A time in the calendar, with the state of its call.
SLOT_STATES = {"free/published", "free/screening", "taken/screening", "free/selection"}
SLOT_RIGHTS: Rights = {
    "add": ({"free/published", "free/screening", "taken/screening"}, OFFICERS),
    "change": ({"free/published", "free/screening", "taken/screening"}, OFFICERS),
    "remove": ({"free/published", "free/screening"}, OFFICERS),
}

# A proposal and its letter; "told": the letter is issued and the days to appeal run, "late": they are over.
LETTER_STATES = {"eligible", "selected", "not_selected", "ineligible", "told", "told_selected", "late"}
LETTER_RIGHTS: Rights = {
    "issue": ({"selected", "not_selected", "ineligible"}, OFFICERS),
    "issue_all": ({"selected", "not_selected", "ineligible"}, OFFICERS),
    "appeal": ({"told"}, {"partner_rep"}),
}

APPEAL_STATES = {"filed", "withdrawn", "answered"}
APPEAL_RIGHTS: Rights = {
    "withdraw": ({"filed"}, {"partner_rep"}),
    "propose_answer": ({"filed"}, OFFICERS),
    "answer": ({"filed"}, set()),  # carried out by the decision alone
}
