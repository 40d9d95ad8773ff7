"""Who may do what, and when: written by hand from the manual (§3.1-3.3, §4 steps 4-8) and the house's rules.

Each row: action → (states in which it can be done, people who may do it). Everything that is not in a row is refused:
outside the states with "not now", for anybody else with "not you". People are the names of the fixed cast.
"""

from __future__ import annotations

EVERYBODY = (
    "officer",
    "second_officer",
    "executive",
    "finance",
    "agency_admin",
    "partner_staff",
    "partner_rep",
    "partner_finance",
    "partner_admin",
    "rival_staff",
    "rival_rep",
    "other_officer",
    "reviewer",
    "evaluator",
    "opdc",
    "verifier",
    "other_verifier",
    "stranger",
    "anonymous",
)

OFFICERS = {"officer", "second_officer"}
RECEIVERS = {"partner_staff", "partner_rep"}
WRITERS = OFFICERS | RECEIVERS
HEADS = {"executive", "partner_rep"}

# --- agreements: where each form stands ------------------------------------------------------------------------------
# "+text": the text is frozen for signature; "+signed": in force, still at the step before the money moves.

GRANT = {"grant_2", "grant_2+text", "grant_2+signed", "grant_3", "grant_4"}
PBC = {"pbc_4", "pbc_4+text", "pbc_4+signed", "pbc_5", "pbc_6", "pbc_7", "pbc_8", "pbc_9"}
COM = {"com_1", "com_1+text", "com_1+signed", "com_2", "com_3", "com_4", "com_5", "com_6"}
ENDED = {"suspended", "cancelled", "terminated", "closed"}
AGREEMENT_STATES = GRANT | PBC | COM | ENDED

OPEN_TERMS = {"grant_2", "pbc_4", "com_1"}
FROZEN = {"grant_2+text", "pbc_4+text", "com_1+text"}
PREPARING = OPEN_TERMS | FROZEN
RUNNING = GRANT | PBC | COM
IN_FORCE = RUNNING - PREPARING
LAST = {"grant_4", "pbc_9", "com_6"}
WITH_MONEY = {"grant_4", "pbc_6", "pbc_7", "pbc_8", "pbc_9", "suspended", "terminated"}

AGREEMENT_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    # §3.1, the moves of a Grant
    "move allocate_subsidy": ({"grant_2", "grant_2+text", "grant_2+signed"}, OFFICERS),
    "move begin_delivery": ({"grant_3"}, RECEIVERS),
    # §3.2, the moves of a PBC contract (two instalments, none received yet)
    "move allocate_first_instalment": ({"pbc_4", "pbc_4+text", "pbc_4+signed"}, OFFICERS),
    "move begin_midterm_evaluation": ({"pbc_5", "pbc_7"}, OFFICERS),
    "move allocate_next_instalment": ({"pbc_6"}, OFFICERS),
    "move begin_final_evaluation": (set(), OFFICERS),
    "move end_funding": (set(), OFFICERS),
    "move begin_account_closing": ({"pbc_8"}, OFFICERS),
    # §3.3, the moves of a joint contract
    "move assess_needs": ({"com_1", "com_1+text", "com_1+signed"}, OFFICERS),
    "move allocate_resources": ({"com_2"}, OFFICERS),
    "move design_service": ({"com_3"}, OFFICERS),
    "move deliver_service": ({"com_4"}, OFFICERS),
    "move evaluate_service": ({"com_5"}, OFFICERS),
    "move improve_service": (set(), OFFICERS),
    "move widen_service": (set(), OFFICERS),
    # §1: both sides enter freely, and either may leave
    "cancel": (PREPARING, HEADS),
    "terminate": (IN_FORCE, HEADS),
    # §4 step 4: talked over by both sides
    "write_note": (RUNNING, WRITERS),
    # §4 step 5: terms are written before the text is frozen; each side its own duties and signatory
    "edit_details": (OPEN_TERMS, OFFICERS),
    "edit_giver_party": (OPEN_TERMS, OFFICERS),
    "edit_receiver_party": (OPEN_TERMS, OFFICERS | RECEIVERS),
    "set_indicators": (OPEN_TERMS, OFFICERS),
    "propose_text": (OPEN_TERMS, OFFICERS),
    "freeze_text": (OPEN_TERMS, set()),  # carried out by the decision alone
    "withdraw_text": (FROZEN, OFFICERS | {"executive"}),
    "sign_giver": (FROZEN, {"executive"}),
    "sign_receiver": (FROZEN, {"partner_rep"}),
    "make_public": ({"grant_2+signed", "pbc_4+signed", "com_1+signed"}, OFFICERS),
    # §4 step 6
    "waive_committee": (RUNNING - COM, OFFICERS),
    "record_committee": (RUNNING, WRITERS),
    "draw_up_plan": (RUNNING, WRITERS),
    # §4 step 7: money by source; instalments before the text is frozen (a joint contract: also when resources are allocated)
    "set_budget_sources": (OPEN_TERMS | {"com_3"}, OFFICERS),
    "plan_instalments": (OPEN_TERMS | {"com_3"}, OFFICERS),
    # §3.1 step 4: the receiver keeps the books
    # (money has come in: in these states the first instalment was received)
    "record_entry": (WITH_MONEY, RECEIVERS | {"partner_finance"}),
    # §3.2 step 9: drawn up by the receiver at the end, checked by the giver's finance
    "draw_up_account": (LAST | {"terminated"}, {"partner_finance"}),
    "check_account": (set(), {"finance"}),
    # §4 step 8
    "open_round": ({"grant_4", "pbc_6", "pbc_8", "com_6"}, OFFICERS),
    "record_lesson": (IN_FORCE, WRITERS),
    "conclude_lessons": ({"grant_4", "pbc_8", "pbc_9", "com_6"}, OFFICERS),
    "propose_closing": (LAST, OFFICERS),
}

# --- instalments (§3.2 steps 5 and 7): each pair of hands once --------------------------------------------------------
# States of the first instalment of a PBC contract at step 5. In these rows the officer has checked, the executive approved.

INSTALMENT_STATES = {"planned", "requested", "checked", "approved", "paid", "received", "void"}
INSTALMENT_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "request": ({"planned"}, RECEIVERS),
    "check": ({"requested"}, OFFICERS),
    "return": ({"requested", "checked"}, OFFICERS),
    "propose_payment": ({"checked"}, OFFICERS),
    "pay": ({"approved"}, {"finance"}),
    "confirm_receipt": ({"paid"}, {"partner_finance"}),
}

# --- decisions: the position whose turn it is, never who proposed ------------------------------------------------------

DECISION_STATES = {"pending", "decided", "returned", "lapsed"}
DECISION_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "decide": ({"pending"}, {"executive"}),
    "return_decision": ({"pending"}, {"executive"}),
    "lapse": ({"pending"}, set()),  # with the appeal that is withdrawn, by nobody by hand
}

# --- calls (§3.1 steps 1-2, §3.2 steps 1-4) ----------------------------------------------------------------------------

CALL_STATES = {"draft", "published", "screening", "selection", "decided", "cancelled", "void"}
CALL_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "edit": ({"draft"}, OFFICERS),
    "set_criteria": ({"draft"}, OFFICERS),
    "set_documents": ({"draft"}, OFFICERS),
    "propose_publication": ({"draft"}, OFFICERS),
    "publish": ({"draft"}, set()),  # carried out by the decision alone
    "propose_addendum": ({"published"}, OFFICERS),  # a published call is never edited
    "publish_addendum": ({"published"}, set()),  # carried out by the decision alone
    "close_submissions": ({"published"}, OFFICERS),
    "begin_selection": ({"screening"}, OFFICERS),
    "record_resolution": ({"selection"}, OFFICERS),
    "propose_selection": ({"selection"}, OFFICERS),
    "decide": ({"selection"}, set()),  # carried out by the decision alone
    "cancel": ({"draft", "published", "screening", "selection"}, {"executive"}),
    "declare_void": ({"screening", "selection"}, {"executive"}),
    "begin_proposal": ({"published"}, {"rival_staff", "rival_rep"}),  # the partner has one already
}

# --- proposals (§3.1 step 2, §3.2 steps 2-4) ----------------------------------------------------------------------------
# Each state with the state of its call: "submitted/published" may be withdrawn, "submitted/screening" is judged.

PROPOSAL_STATES = {
    "draft/published",
    "withdrawn/published",
    "submitted/published",
    "draft/screening",
    "submitted/screening",
    "eligible/screening",
    "ineligible/screening",
    "eligible/selection",
    "selected/decided",
    "not_selected/decided",
}
PROPOSAL_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "edit": ({"draft/published", "withdrawn/published"}, RECEIVERS),
    "save_draft": ({"draft/published", "withdrawn/published"}, RECEIVERS),
    "restore_state": ({"draft/published", "withdrawn/published"}, RECEIVERS),
    "submit": ({"draft/published", "withdrawn/published"}, {"partner_rep"}),
    "tell_ready": ({"draft/published", "withdrawn/published"}, {"partner_staff"}),
    "withdraw": ({"submitted/published"}, {"partner_rep"}),
    "screen": ({"submitted/screening"}, OFFICERS),
    "screen_again": ({"eligible/screening", "ineligible/screening"}, OFFICERS),
    "present": ({"eligible/screening"}, OFFICERS),
    "review": ({"eligible/selection"}, {"reviewer"}),
    "save_review": ({"eligible/selection"}, {"reviewer"}),
}

# --- evaluation rounds (§3.2 step 6): mid-term of a PBC contract --------------------------------------------------------
# "collecting": open; "proposed": the officer has proposed a verdict; "accepted": the executive has accepted it.

ROUND_STATES = {"collecting", "proposed", "accepted"}
ROUND_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "record_finding": ({"collecting"}, OFFICERS | {"evaluator"}),
    "record_visit": ({"collecting"}, OFFICERS | {"evaluator"}),
    "report_results": ({"collecting"}, RECEIVERS),
    "invite_evaluator": ({"collecting"}, OFFICERS),
    "propose_verdict": ({"collecting"}, OFFICERS),
    "accept": ({"collecting", "proposed"}, {"executive"}),  # while collecting the verdict is what is missing
}
