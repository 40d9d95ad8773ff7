"""Who appoints the committee, records its resolution, opens reviews again and proposes from the reserve (§3.2 step 4)."""

from __future__ import annotations

OFFICERS = {"officer", "second_officer"}

# "decided+vacancy": the selected partner's agreement was cancelled before signing, and a rival is in reserve;
# "selection+pending": the selection is before those who decide.
SELECTING_STATES = {"published", "screening", "selection", "selection+pending", "decided", "decided+vacancy"}
SELECTING_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "appoint_committee": ({"published", "screening", "selection"}, OFFICERS),
    "record_resolution": ({"selection"}, OFFICERS),
    "propose_promotion": ({"decided+vacancy"}, OFFICERS),
    "promote": ({"decided", "decided+vacancy"}, set()),  # carried out by the decision alone
}

# A finished review of the reviewer's, on a proposal in "state of the proposal/state of its call".
REVIEW_STATES = {"eligible/selection", "eligible/selection+pending", "selected/decided"}
REVIEW_RIGHTS: dict[str, tuple[set[str], set[str]]] = {
    "reopen": ({"eligible/selection"}, OFFICERS),
}
