"""Earlier states of a draft: kept with each saving, one for what a person saves within ten minutes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from agreements.models import Proposal, ProposalRevision
from core import clock
from partnerships.actors import Actor

CLOSE_TOGETHER = timedelta(minutes=10)


def record_revision(
    proposal: Proposal, parts: Sequence[str], content: dict[str, Any], *, by: Actor, apart: bool = False
) -> ProposalRevision:
    """Keep the draft as it is now, under the proposal's lock. `apart`: as a revision of its own (a restored one).

    A revision that the same person began within the last ten minutes is continued; nobody else's ever is.
    """
    now = clock.now()
    latest = proposal.revisions.order_by("-number").first()
    if latest and not apart and _continues(latest, by, now):
        latest.content, latest.saved_at = content, now
        latest.parts = list(dict.fromkeys([*latest.parts, *parts]))
        latest.save(update_fields=["content", "saved_at", "parts"])
        return latest
    number = latest.number + 1 if latest else 1
    return ProposalRevision.objects.create(
        proposal=proposal,
        number=number,
        content=content,
        parts=list(parts),
        saved_by=by.user,
        begun_at=now,
        saved_at=now,
    )


def _continues(latest: ProposalRevision, by: Actor, now: Any) -> bool:
    return latest.saved_by_id == by.user_id and now - latest.begun_at < CLOSE_TOGETHER
