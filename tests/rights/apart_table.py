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
}

REVIEW_RIGHTS: Rights = {"reopen": ({"eligible/selection"}, RESPONSIBLE)}
PROMOTION_RIGHTS: Rights = {"propose_promotion": ({"decided+vacancy"}, RESPONSIBLE)}
APPEAL_RIGHTS: Rights = {"propose_answer": ({"filed"}, RESPONSIBLE)}

# A selection that waits for the executive, who judges the call, was dismissed with a conflict, or screened an applicant.
MATTER_STATES = {"judged", "left", "screened"}
MATTER_RIGHTS: Rights = {"act": (MATTER_STATES, set()), "return": (MATTER_STATES, set())}
