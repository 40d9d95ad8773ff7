"""Candidates of a mission: on the shortlist, assessed, or asked to rate themselves (§4 step 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from partnerships.enums import ShortlistState
from partnerships.models import Mission, Organisation, ReadinessAssessment, ReadinessRequest, ShortlistEntry
from partnerships.queries.readiness import Summary, readiness_of

TONES = {
    ShortlistState.LISTED: "plain",
    ShortlistState.INVITED: "wait",
    ShortlistState.INTERESTED: "good",
    ShortlistState.DECLINED: "stop",
}


@dataclass(frozen=True)
class Candidate:
    """One organisation: its entry on the shortlist, its readiness, and whether it was asked to rate itself."""

    organisation: Organisation
    entry: ShortlistEntry | None
    readiness: Summary
    asked: ReadinessRequest | None

    @property
    def tone(self) -> str:
        return TONES[ShortlistState(self.entry.state)] if self.entry else "plain"


def candidates_of(mission: Mission) -> list[Candidate]:
    """Those on the shortlist first, in the order in which they were put there (five queries)."""
    entries = {entry.organisation_id: entry for entry in mission.shortlist.select_related("organisation")}
    asked = {row.organisation_id: row for row in mission.readiness_requests.all()}
    assessed = set(ReadinessAssessment.objects.filter(mission=mission).values_list("organisation_id", flat=True))
    ids = {*entries, *asked, *assessed}
    organisations = Organisation.objects.in_bulk(ids)
    readiness = readiness_of(mission, ids) if ids else {}
    rows = [
        Candidate(organisations[pk], entries.get(pk), readiness.get(pk, Summary()), asked.get(pk)) for pk in sorted(ids)
    ]
    return sorted(rows, key=_place)


def _place(candidate: Candidate) -> tuple[bool, Any, str]:
    entry = candidate.entry
    return entry is None, entry.pk if entry else 0, candidate.organisation.sort_key
