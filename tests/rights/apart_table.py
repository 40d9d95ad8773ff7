"""Who judges a call, or has a conflict on it, leaves its agency's work to others, and decides and ends nothing (§3.2).

In all of these the second officer and the executive are judges of the call, or ("+left") were dismissed after they had
declared a conflict. The responsible officer is never a judge.
"""

from __future__ import annotations

Rights = dict[str, tuple[set[str], set[str]]]
RESPONSIBLE = {"officer"}

CALL_STATES = {"published", "screening", "selection", "selection+left"}
JUDGED = {"screening", "selection", "selection+left"}
SELECTING = {"selection", "selection+left"}
CALL_RIGHTS: Rights = {
    "name_reviewer": (JUDGED, RESPONSIBLE),
    "dismiss_reviewer": (JUDGED, RESPONSIBLE),
    "invite_judge": (JUDGED, RESPONSIBLE),
    "assign_reviewers": (JUDGED, RESPONSIBLE),
    "draw_assignments": (JUDGED, RESPONSIBLE),
    "appoint_committee": (CALL_STATES, RESPONSIBLE),
    "propose_addendum": ({"published"}, RESPONSIBLE),
    "close_submissions": ({"published"}, RESPONSIBLE | {"second_officer"}),  # due by the clock; shows a judge nothing
    "begin_selection": ({"screening"}, RESPONSIBLE),
    "record_resolution": (SELECTING, RESPONSIBLE),
    "propose_selection": (SELECTING, RESPONSIBLE),
    "cancel": (CALL_STATES, set()),
    "declare_void": (JUDGED, set()),
}

PROPOSAL_STATES = {"eligible", "heard"}
PROPOSAL_RIGHTS: Rights = {
    "invite": ({"eligible"}, RESPONSIBLE),
    "record": (PROPOSAL_STATES, RESPONSIBLE),
}

SLOT_RIGHTS: Rights = {
    "add": ({"free/screening"}, RESPONSIBLE),
    "change": ({"free/screening"}, RESPONSIBLE),
    "remove": ({"free/screening"}, RESPONSIBLE),
}

GAP_RIGHTS: Rights = {
    "ask_cure": ({"submitted"}, RESPONSIBLE),
    "lapse_cure": ({"curing/over"}, RESPONSIBLE),
    "screen": ({"submitted"}, RESPONSIBLE),
    "screen_again": ({"eligible"}, RESPONSIBLE),
}

# What came on paper, entered by the responsible officer; the executive, who judges nothing here, is the second person.
PAPER_STATES = {
    "entered/published",
    "entered/screening",
    "confirmed/screening",
    "letter/screening",
    "withdrawn/screening",
}
ENTERED = {"entered/published", "entered/screening"}
PAPER_RIGHTS: Rights = {
    "enter": (PAPER_STATES, RESPONSIBLE),
    "write": (ENTERED, RESPONSIBLE),
    "confirm": (ENTERED, {"executive"}),
    "return": (ENTERED, {"executive"}),
    "report_corrected": (set(), RESPONSIBLE),
    "correct": (ENTERED, RESPONSIBLE),
    "discard": (ENTERED, {"executive"}),
    "record_withdrawal": ({"confirmed/screening"}, RESPONSIBLE),
    "confirm_withdrawal": ({"letter/screening"}, {"executive"}),
    "return_withdrawal": ({"letter/screening"}, {"executive"}),
    "enter_again": ({"withdrawn/screening"}, RESPONSIBLE),
}

LETTER_RIGHTS: Rights = {
    "issue": ({"selected", "ineligible"}, RESPONSIBLE),
    "issue_all": ({"selected", "ineligible"}, RESPONSIBLE),
}

REVIEW_RIGHTS: Rights = {"reopen": ({"eligible/selection"}, RESPONSIBLE)}
PROMOTION_RIGHTS: Rights = {"propose_promotion": ({"decided+vacancy"}, RESPONSIBLE)}
APPEAL_RIGHTS: Rights = {"propose_answer": ({"filed"}, RESPONSIBLE)}

# A selection that waits for the executive, who judges the call, was dismissed with a conflict, or screened an applicant.
MATTER_STATES = {"judged", "left", "screened"}
MATTER_RIGHTS: Rights = {"act": (MATTER_STATES, set()), "return": (MATTER_STATES, set())}
