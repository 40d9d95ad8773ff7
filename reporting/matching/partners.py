"""Partners ranked for one mission. Candidates are found by index, a bounded number, and only these are looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Prefetch, Q, QuerySet, When

from agreements.enums import Side, Standing
from agreements.models import Party
from core import clock
from partnerships.models import Mission, Organisation, ServiceArea, TrackRecord
from partnerships.queries.readiness import Summary, readiness_of
from reporting.matching.points import Offered, Part, Wanted, parts_of, total

STRONGEST = 3  # criteria named as the reason
POOL = 150  # the most candidates that are looked at closely
KEPT = (Standing.IN_FORCE, Standing.SUSPENDED, Standing.CLOSED)


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
    pool = _load(_pool(mission, wanted, narrowed))
    readiness = readiness_of(mission, [organisation.pk for organisation in pool])
    agreements = _agreements_of(pool)
    listed = dict(mission.shortlist.values_list("organisation_id", "state"))
    matches = []
    for organisation in pool:
        offered = offered_by(organisation, wanted, readiness.get(organisation.pk), agreements[organisation.pk])
        parts = parts_of(wanted, offered)
        matches.append(Match(organisation, total(parts), parts, listed.get(organisation.pk, "")))
    return sorted(matches, key=lambda match: (-match.points, match.organisation.sort_key, match.organisation.pk))


def offered_by(organisation: Organisation, wanted: Wanted, readiness: Summary | None, agreements: int = 0) -> Offered:
    """What a loaded organisation brings to what is wanted."""
    records = organisation.track_records.all()
    alike = [record for record in records if wanted.fields.keys() & {word.pk for word in record.fields_of_work.all()}]
    return Offered(
        kind=organisation.kind,
        fields=frozenset(word.pk for word in organisation.fields_of_work.all()),
        groups=frozenset(word.pk for word in organisation.target_groups.all()),
        provinces=provinces_of(organisation),
        projects=len(alike),
        agreements=agreements,
        readiness=readiness.mean if readiness else None,
        readiness_coverage=readiness.coverage if readiness else 0,
        verified=organisation.is_verified,
    )


def provinces_of(organisation: Organisation) -> frozenset[str]:
    """Codes of the provinces it can serve: where it says so, and where it is."""
    served = {area.province_code for area in organisation.service_areas.all()}
    return frozenset(served | ({organisation.province_code} if organisation.province_code else set()))


def strongest(match: Match) -> str:
    """The criteria that gave the most points, in words: why one would put the partner on a shortlist."""
    best = sorted((part for part in match.parts if part.points), key=lambda part: -part.points)[:STRONGEST]
    return "; ".join(f"{part.label}: {part.reason}" for part in best)


# --- finding candidates ---------------------------------------------------------------------------------------------


def _pool(mission: Mission, wanted: Wanted, narrowed: dict[str, Any]) -> list[int]:
    """Ids of at most POOL candidates: first who is on record for this mission, then tier by tier."""
    partners = Organisation.objects.partners().listed().filter(blocked_at=None, **narrowed)
    known = set(mission.shortlist.values_list("organisation_id", flat=True))
    known |= set(mission.assessments.values_list("organisation_id", flat=True))
    found = list(partners.filter(pk__in=known).values_list("pk", flat=True)[:POOL])
    for tier in _tiers(wanted):
        if len(found) >= POOL:
            break
        found += list(_first(tier(partners).exclude(pk__in=found), POOL - len(found)))
    return found


def _first(partners: QuerySet, most: int) -> QuerySet:
    """Ids of the first so many, those verified today before the others."""
    unverified = Case(When(verified_until__gte=clock.today(), then=0), default=1)
    return partners.order_by(unverified, "sort_key", "pk").values_list("pk", flat=True)[:most]


Tier = Callable[[QuerySet], QuerySet]


def _tiers(wanted: Wanted) -> list[Tier]:
    """From those who fit in area, field and target group down to those who fit in one of them."""
    by_area = (lambda partners: partners.filter(_serves(wanted))) if wanted.areas else None
    by_field = (lambda partners: partners.filter(_has("fields_of_work", wanted.fields))) if wanted.fields else None
    by_group = (lambda partners: partners.filter(_has("target_groups", wanted.groups))) if wanted.groups else None
    order = (
        (by_area, by_field, by_group),
        (by_area, by_field),
        (by_area, by_group),
        (by_field, by_group),
        (by_field,),
        (by_area,),
        (by_group,),
    )
    tiers = dict.fromkeys(tuple(step for step in steps if step) for steps in order)
    return [_all_of(steps) for steps in tiers if steps] or [lambda partners: partners.verified(clock.today())]


def _all_of(steps: tuple[Tier, ...]) -> Tier:
    def tier(partners: QuerySet) -> QuerySet:
        for step in steps:
            partners = step(partners)
        return partners

    return tier


def _serves(wanted: Wanted) -> Q:
    areas = ServiceArea.objects.filter(province_code__in=wanted.areas)
    return Q(province_code__in=wanted.areas) | Q(pk__in=areas.values("organisation"))


def _has(name: str, words: dict[int, str]) -> Q:
    relation = Organisation._meta.get_field(name)
    rows = relation.remote_field.through.objects.filter(**{f"{relation.m2m_reverse_field_name()}__in": list(words)})
    return Q(pk__in=rows.values("organisation"))


# --- what is known of them ------------------------------------------------------------------------------------------


def _load(ids: list[int]) -> list[Organisation]:
    records = TrackRecord.objects.prefetch_related("fields_of_work")
    return list(
        Organisation.objects.filter(pk__in=ids).prefetch_related(
            "fields_of_work", "target_groups", "service_areas", Prefetch("track_records", queryset=records)
        )
    )


def _agreements_of(pool: list[Organisation]) -> Counter[int]:
    """Organisation id → how many agreements of this system it received that came into force."""
    kept = Party.objects.filter(organisation__in=pool, side=Side.RECEIVER, agreement__standing__in=KEPT)
    return Counter(kept.values_list("organisation_id", flat=True))
