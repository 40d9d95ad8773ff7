"""Lists of missions proposed unasked."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from partnerships.enums import SuggestionState
from partnerships.models import MissionSuggestion

TONES = {
    SuggestionState.SENT: "wait",
    SuggestionState.TALKS: "now",
    SuggestionState.ADOPTED: "good",
    SuggestionState.DECLINED: "stop",
}


def suggestions_for(actor: Any, *, state: str = "") -> QuerySet[MissionSuggestion]:
    """Those the actor may read, narrowed by state."""
    rows = MissionSuggestion.objects.visible_to(actor).select_related("suggested_by", "agency", "mission")
    return rows.filter(state=state) if state else rows
