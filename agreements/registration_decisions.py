"""What decisions tell the ground floor: the kinds that can have an endorsement chain, and who still waits for whom."""

from agreements.enums import MISSION_KINDS, DecisionKind
from agreements.queries.waiting_seats import former_positions_panel
from core.registry import register_panel
from partnerships.endorsement_kinds import register_decision_kind

for kind in DecisionKind:
    register_decision_kind(kind.value, kind.label, only_by_own_chain=kind in MISSION_KINDS)

register_panel(
    "endorsement_chains", "former_positions", "agreements/_panel_former_positions.html", context=former_positions_panel
)
