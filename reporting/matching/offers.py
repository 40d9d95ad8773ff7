"""What fits a partner: the open calls, and the missions shown to partners, ranked by the same table of points."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, QuerySet

from agreements.models import Call
from partnerships.models import Mission, Organisation
from reporting.matching.facts import fields_of_projects, offers_of
from reporting.matching.partners import wanted_by
from reporting.matching.points import Offered, Part, Wanted, parts_of, total

SHOWN = 100  # the newest of each that are looked at
SAYS_NOTHING_HERE = ("readiness", "verification")  # of the partner, the same for every offer


@dataclass(frozen=True)
class Offer:
    """A call or a mission with its points for this partner, of `most`, and why."""

    matter: Any
    mission: Mission
    points: int
    most: int
    parts: tuple[Part, ...]


def calls_for(organisation: Organisation, calls: QuerySet[Call]) -> list[Offer]:
    """Open calls of the queryset that fit the partner, the best first, the sooner deadline first among equals."""
    missions = Mission.objects.prefetch_related("fields_of_work", "target_groups", "areas")
    rows = calls.open().select_related("agency").prefetch_related(Prefetch("mission", queryset=missions))
    rows = rows.order_by("closes_at", "pk")[:SHOWN]
    return _ranked(organisation, [(call, call.mission) for call in rows])


def missions_for(organisation: Organisation, missions: QuerySet[Mission]) -> list[Offer]:
    """Missions of the queryset that fit the partner, the best first, the newer first among equals."""
    rows = missions.select_related("agency").prefetch_related("fields_of_work", "target_groups", "areas")
    return _ranked(organisation, [(mission, mission) for mission in rows.order_by("-created_on", "-pk")[:SHOWN]])


def _ranked(organisation: Organisation, matters: list[tuple[Any, Mission]]) -> list[Offer]:
    asked = [(matter, mission, wanted_by(mission)) for matter, mission in matters]
    everything = Wanted(
        fields={pk: name for _matter, _mission, wanted in asked for pk, name in wanted.fields.items()},
        groups={pk: name for _matter, _mission, wanted in asked for pk, name in wanted.groups.items()},
    )
    offered, past = offers_of([organisation], everything)[organisation.pk], fields_of_projects(organisation)
    offers = []
    for matter, mission, wanted in asked:
        alike = sum(1 for fields in past.values() if fields & wanted.fields.keys())
        offers.append(_offer(matter, mission, wanted, replace(offered, projects=alike)))
    return sorted((offer for offer in offers if _fits(offer)), key=lambda offer: -offer.points)


def _offer(matter: Any, mission: Mission, wanted: Wanted, offered: Offered) -> Offer:
    told = tuple(part for part in parts_of(wanted, offered) if part.code not in SAYS_NOTHING_HERE)
    return Offer(matter, mission, total(told), sum(part.most for part in told), told)


def _fits(offer: Offer) -> bool:
    """In field or target group at least; a mission that names neither is shown to whom its area fits."""
    points = {part.code: part.points for part in offer.parts}
    named = offer.mission.fields_of_work.all() or offer.mission.target_groups.all()
    return bool(points["field"] or points["group"]) if named else bool(points["area"])
