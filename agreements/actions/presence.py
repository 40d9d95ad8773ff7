"""Who has a section of a draft open just now: seen every few seconds while the page is."""

from __future__ import annotations

from datetime import timedelta

from agreements.models import Proposal, ProposalPresence
from core import clock
from partnerships.actors import Actor

SEEN_LATELY = timedelta(seconds=50)  # the page tells every 20 seconds


def be_present(*, proposal: Proposal, part: str, by: Actor) -> list[str]:
    """Note that the actor has the section open; gives the names of the others who do."""
    now = clock.real_now()
    ProposalPresence.objects.update_or_create(proposal=proposal, user=by.user, part=part, defaults={"seen_at": now})
    return others_present(proposal, part, by)


def others_present(proposal: Proposal, part: str, actor: Actor) -> list[str]:
    """Names of the others who have the section open."""
    seen = ProposalPresence.objects.filter(proposal=proposal, part=part, seen_at__gte=clock.real_now() - SEEN_LATELY)
    rows = seen.exclude(user=actor.user_id).select_related("user").order_by("user__full_name_th")
    return [row.user.get_full_name() for row in rows]
