"""What decisions tell the ground floor: the kinds that can have an endorsement chain, and who still waits for whom."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from agreements.documents.memo import memo_pdf
from agreements.enums import MISSION_KINDS, DecisionKind
from agreements.models import Decision
from agreements.queries.waiting_seats import former_positions_panel
from core.registry import register_document_kind, register_panel
from partnerships.endorsement_kinds import register_decision_kind

for kind in DecisionKind:
    register_decision_kind(kind.value, kind.label, only_by_own_chain=kind in MISSION_KINDS)

register_panel(
    "endorsement_chains", "former_positions", "agreements/_panel_former_positions.html", context=former_positions_panel
)


def find_decision(reference: str) -> Decision:
    """A decision by the number in its address."""
    return Decision.objects.select_related(
        "call", "agreement", "mission", "instalment", "organisation", "appeal__proposal"
    ).get(pk=int(reference) if reference.isdecimal() else None)


def decision_references() -> Iterable[str]:
    return map(str, Decision.objects.order_by("pk").values_list("pk", flat=True))


register_document_kind(
    "memo", _("Internal memo on a decision"), find=find_decision, references=decision_references, render=memo_pdf
)
