"""A policy's ranked missions, with the money that is known and what comes next when it falls short (§3.3 step 3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from partnerships.models import Mission, Policy


@dataclass(frozen=True)
class Ranked:
    """One mission of the list. `known`: baht over the sources whose amount is known, None where none is;
    `unknown`: how many sources have no amount yet; `running`: baht known from the first rank down to this one."""

    mission: Mission
    known: Decimal | None
    unknown: int
    running: Decimal
    fallback: Mission | None

    @property
    def has_sources(self) -> bool:
        return self.known is not None or self.unknown > 0


@dataclass(frozen=True)
class PolicyMoney:
    """`known` in baht over all missions; `open_missions`: without any source of money or with one still unknown."""

    rows: list[Ranked]
    known: Decimal
    open_missions: int


def ranked_missions(policy: Policy) -> PolicyMoney:
    """The missions under a policy in their order (two queries)."""
    missions = list(policy.missions.select_related("officer").prefetch_related("funding").order_by("rank"))
    rows: list[Ranked] = []
    running = Decimal(0)
    for place, mission in enumerate(missions):
        amounts = [row.amount for row in mission.funding.all()]
        given = [amount for amount in amounts if amount is not None]
        known = sum(given, Decimal(0)) if given else None
        running += known or 0
        fallback = missions[place + 1] if place + 1 < len(missions) else None
        rows.append(Ranked(mission, known, len(amounts) - len(given), running, fallback))
    return PolicyMoney(rows, running, sum(1 for row in rows if row.known is None or row.unknown))


def policies_for(actor: object) -> QuerySet[Policy]:
    """Policies the actor may read."""
    return Policy.objects.visible_to(actor).select_related("agency")
