"""Who judges a call, who says who does, and who completes a proposal (§3.1 step 2, §3.2 steps 3-4)."""

from __future__ import annotations

OFFICERS = {"officer", "second_officer"}

# --- a call with one proposal of the partner's; the reviewer is invited -------------------------------------------------

CALL_STATES = {"published", "screening", "selection", "decided"}
CALL_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "name_reviewer": ({"screening", "selection"}, OFFICERS),
    "name_committee_member": ({"screening", "selection"}, OFFICERS),
    "dismiss_reviewer": ({"screening", "selection"}, OFFICERS),
    "invite_judge": ({"screening", "selection"}, OFFICERS),
    "declare_conflicts": ({"screening", "selection"}, {"reviewer"}),
    "assign_reviewers": ({"screening", "selection"}, OFFICERS),
    "draw_assignments": ({"screening", "selection"}, OFFICERS),
}

# --- an eligible proposal in the selection, by what stands between it and the reviewer -----------------------------------
# "ready": declared without a conflict, and assigned; each other state lacks one thing or has a conflict.

READY_STATES = {"ready"}
READY_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "review": (READY_STATES, {"reviewer"}),
    "save_review": (READY_STATES, {"reviewer"}),
}

SHUT_OUT_STATES = {"undeclared", "conflicted", "unassigned", "dismissed", "member"}
SHUT_OUT_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "review": (SHUT_OUT_STATES, set()),
    "save_review": (SHUT_OUT_STATES, set()),
}

# --- formal gaps: the call gives days for it ---------------------------------------------------------------------------

GAP_STATES = {"submitted", "curing", "curing/over", "submitted/cured", "eligible"}
GAP_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "ask_cure": ({"submitted"}, OFFICERS),
    "attach_to_cure": ({"curing"}, {"partner_staff", "partner_rep"}),
    "answer_cure": ({"curing"}, {"partner_rep"}),
    "lapse_cure": ({"curing/over"}, OFFICERS),
    "screen": ({"submitted", "submitted/cured"}, OFFICERS),
    "screen_again": ({"eligible"}, OFFICERS),
}
PAPER_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    # on paper the officer asked; another person of the agency enters what came
    "attach_to_cure": ({"curing"}, {"second_officer"}),
    "answer_cure": ({"curing"}, {"second_officer"}),
    "lapse_cure": (set(), OFFICERS),
}

# --- a letter to an address without an account: here the stranger's ------------------------------------------------------

INVITATION_STATES = {"open", "accepted", "cancelled"}
INVITATION_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "accept": ({"open"}, {"stranger"}),
    "decline": ({"open"}, {"stranger"}),
    "cancel": ({"open"}, OFFICERS),
}
