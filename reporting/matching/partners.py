"""Partners ranked for one mission. Candidates are found by index, a bounded number, and only these are looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, QuerySet, When

from core import clock
from partnerships.models import Mission, Organisation
from reporting.matching.facts import fitting_in_all, offers_of, serving, tagged
from reporting.matching.points import CRITERIA, Part, Wanted, parts_of, total

POOL = 150  # the most candidates that are looked at closely
STRONGEST = 3  # criteria named as the reason
MOST = {code: most for code, _label, most, _judge in CRITERIA}


@dataclass(frozen=True)
class Match:
    """A partner with its points (0-100) and their parts. `entry_state`: on the shortlist, its state."""

    organisation: Organisation
    points: int
    parts: tuple[Part, ...]
    entry_state: str = ""


def wanted_by(mission: Mission) -> Wanted:
    """What the mission asks for (three queries, none where they were prefetched)."""
    return Wanted(
        fields={word.pk: word.name for word in mission.fields_of_work.all()},
        groups={word.pk: word.name for word in mission.target_groups.all()},
        areas=frozenset(area.province_code for area in mission.areas.all()),
        form=mission.form,
    )


def partners_for(mission: Mission, **narrowed: Any) -> list[Match]:
    """The best candidates for the mission, the best first; ties in the order of the names.

    `narrowed`: further conditions on the organisation. Blocked ones and those not in the register are left out. At
    most POOL; a constant number of queries.
    """
    wanted = wanted_by(mission)
    listed = dict(mission.shortlist.values_list("organisation_id", "state"))
    partners = Organisation.objects.partners().listed().filter(blocked_at=None, **narrowed)
    pool = _pool(mission, wanted, partners, set(listed))
    offers = offers_of(pool, wanted, mission)
    matches = []
    for organisation in pool:
        parts = parts_of(wanted, offers[organisation.pk])
        matches.append(Match(organisation, total(parts), parts, listed.get(organisation.pk, "")))
    return sorted(matches, key=lambda match: (-match.points, match.organisation.sort_key, match.organisation.pk))


def strongest(match: Match) -> str:
    """The criteria that gave the most points, in words: why one would put the partner on a shortlist."""
    best = sorted((part for part in match.parts if part.points), key=lambda part: -part.points)[:STRONGEST]
    return "; ".join(f"{part.label}: {part.reason}" for part in best)


def _pool(mission: Mission, wanted: Wanted, partners: QuerySet, listed: set[int]) -> list[Organisation]:
    """At most POOL candidates: who is on record for this mission, then the best by area, field and target group."""
    known = listed | set(mission.assessments.values_list("organisation_id", flat=True))
    unverified = Case(When(verified_until__gte=clock.today(), then=0), default=1)
    ordered = partners.order_by(unverified, "sort_key", "pk")
    found, chosen = list(ordered.filter(pk__in=known)), set(known)
    if not (wanted.areas or wanted.fields or wanted.groups):
        return found + list(partners.verified(clock.today()).exclude(pk__in=known)[:POOL])
    foremost = fitting_in_all(wanted)
    found += ordered.filter(pk__in=foremost - chosen)[: max(POOL - len(found), 0)]
    if len(found) >= POOL:
        return found
    # Few fit in everything: the rest are those who fit in most of it.
    chosen |= foremost
    tiers = _tiers(wanted)
    for points in sorted(tiers, reverse=True):
        found += ordered.filter(pk__in=tiers[points] - chosen)[: max(POOL - len(found), 0)]
        chosen |= tiers[points]
        if len(found) >= POOL:
            break
    return found


def _tiers(wanted: Wanted) -> dict[int, set[int]]:
    """Points by area, field and target group → the organisations that get so many (the rest is looked up later)."""
    points: Counter[int] = Counter()
    points.update(dict.fromkeys(serving(wanted.areas), MOST["area"]) if wanted.areas else {})
    points.update(dict.fromkeys(tagged("fields_of_work", wanted.fields), MOST["field"]) if wanted.fields else {})
    points.update(dict.fromkeys(tagged("target_groups", wanted.groups), MOST["group"]) if wanted.groups else {})
    tiers: dict[int, set[int]] = {}
    for pk, reached in points.items():
        tiers.setdefault(reached, set()).add(pk)
    return tiers
