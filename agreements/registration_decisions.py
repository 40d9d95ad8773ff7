"""What decisions tell the ground floor: the kinds that can have an endorsement chain."""

from agreements.enums import MISSION_KINDS, DecisionKind
from partnerships.endorsement_kinds import register_decision_kind

for kind in DecisionKind:
    register_decision_kind(kind.value, kind.label, only_by_own_chain=kind in MISSION_KINDS)
