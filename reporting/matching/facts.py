"""What is known of many partners at once, as plain rows: a fixed number of queries, however many they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from agreements.enums import Side, Standing
from agreements.models import Party
from partnerships.models import Mission, Organisation, ServiceArea, TrackRecord
from partnerships.queries.readiness import Summary, readiness_of
from reporting.matching.points import Offered, Wanted

KEPT = (Standing.IN_FORCE, Standing.SUSPENDED, Standing.CLOSED)
NOT_ASSESSED = Summary()


def offers_of(
    organisations: Iterable[Organisation], wanted: Wanted, mission: Mission | None = None
) -> dict[int, Offered]:
    """Organisation id → what it brings of what is wanted; with a mission, its readiness for it too (six queries)."""
    organisations = list(organisations)
    ids = [organisation.pk for organisation in organisations]
    fields, groups = tagged("fields_of_work", wanted.fields, ids), tagged("target_groups", wanted.groups, ids)
    provinces, projects, agreements = _provinces(organisations), _projects(ids, wanted), _agreements(ids)
    readiness = readiness_of(mission, ids) if mission else {}
    return {
        organisation.pk: Offered(
            kind=organisation.kind,
            fields=frozenset(fields[organisation.pk]),
            groups=frozenset(groups[organisation.pk]),
            provinces=frozenset(provinces[organisation.pk]),
            projects=projects[organisation.pk],
            agreements=agreements[organisation.pk],
            readiness=readiness.get(organisation.pk, NOT_ASSESSED).mean,
            readiness_coverage=readiness.get(organisation.pk, NOT_ASSESSED).coverage,
            verified=organisation.is_verified,
        )
        for organisation in organisations
    }


def tagged(name: str, words: Iterable[int], ids: Iterable[int] | None = None) -> dict[int, set[int]]:
    """Organisation id → those of the words (ids) of the list `name` that it has; of all of them without `ids`."""
    rows, word = _tags(name, words)
    rows = rows if ids is None else rows.filter(organisation_id__in=ids)
    return _grouped(rows.values_list("organisation_id", word))


def serving(areas: Iterable[str]) -> set[int]:
    """Ids of the organisations that serve one of the provinces or have their address there."""
    return {pk for rows in _serving(list(areas)) for pk in rows}


def fitting_in_all(wanted: Wanted) -> set[int]:
    """Ids of the organisations that fit in area, in field and in target group, as far as the mission names them.

    The database intersects the small indexes, so that few ids are read where few fit.
    """
    lists = (("fields_of_work", wanted.fields), ("target_groups", wanted.groups))
    tags = [_tags(name, words)[0].values_list("organisation_id", flat=True) for name, words in lists if words]
    if not wanted.areas:
        return set(tags[0].intersection(*tags[1:]) if len(tags) > 1 else tags[0])
    found: set[int] = set()
    for rows in _serving(list(wanted.areas)):
        found.update(rows.intersection(*tags) if tags else rows)
    return found


def _serving(areas: list[str]) -> tuple[QuerySet, QuerySet]:
    """Ids of organisations: those that name one of the provinces, and those with their address there."""
    served = ServiceArea.objects.filter(province_code__in=areas).order_by().values_list("organisation_id", flat=True)
    return served, Organisation.objects.filter(province_code__in=areas).order_by().values_list("pk", flat=True)


def _tags(name: str, words: Iterable[int]) -> tuple[QuerySet, str]:
    """Rows of the list `name` with one of the words, and the column that holds the word."""
    relation = Organisation._meta.get_field(name)
    word = f"{relation.m2m_reverse_field_name()}_id"
    return relation.remote_field.through.objects.filter(**{f"{word}__in": list(words)}), word


def _grouped(rows: Iterable[tuple[int, int | str]]) -> dict[int, set]:
    found: dict[int, set] = defaultdict(set)
    for organisation_id, value in rows:
        found[organisation_id].add(value)
    return found


def _provinces(organisations: list[Organisation]) -> dict[int, set[str]]:
    """Where each says that it serves, and where it is."""
    areas = ServiceArea.objects.filter(organisation__in=organisations).order_by()
    found = _grouped(areas.values_list("organisation_id", "province_code"))
    for organisation in organisations:
        if organisation.province_code:
            found[organisation.pk].add(organisation.province_code)
    return found


def _projects(ids: list[int], wanted: Wanted) -> Counter[int]:
    """Past projects of one of the wanted fields."""
    records = TrackRecord.objects.filter(organisation_id__in=ids, fields_of_work__in=list(wanted.fields))
    return Counter(pk for pk, _record in set(records.order_by().values_list("organisation_id", "pk")))


def fields_of_projects(organisation: Organisation) -> dict[int, set[int]]:
    """Past project → its fields of work (ids)."""
    records = TrackRecord.objects.filter(organisation=organisation, fields_of_work__isnull=False)
    return _grouped(records.order_by().values_list("pk", "fields_of_work"))


def _agreements(ids: list[int]) -> Counter[int]:
    """Agreements of this system that it received and that came into force."""
    kept = Party.objects.filter(organisation_id__in=ids, side=Side.RECEIVER, agreement__standing__in=KEPT)
    return Counter(kept.order_by().values_list("organisation_id", flat=True))
