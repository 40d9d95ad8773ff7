"""Lists of calls for everybody: which are shown, in which order, and how near their deadline is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from agreements.call_dates import accepts_at
from agreements.enums import CallState
from agreements.models import Call, CallArea
from agreements.queries.call_public import SOON_DAYS, days_left, state_tone, state_words, time_left
from core import clock
from partnerships.geography import province_name
from partnerships.models import FieldOfWork

OPEN_FIRST_TO_CLOSE = ("closes_at", "pk")
CLOSED_LATEST_FIRST = ("-closes_at", "-pk")


def public_calls(
    *, words: str = "", form: str = "", field: FieldOfWork | None = None, province: str = "", closed: bool = False
) -> QuerySet[Call]:
    """Calls that anyone may read, open or closed, narrowed by what is given.

    province: a two-digit code; a call without provinces is for the whole country, and so for each of them.
    """
    rows = Call.objects.public()
    rows = rows.exclude(accepts_at(clock.now()), state=CallState.PUBLISHED) if closed else rows.open()
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(number__icontains=words))
    if form:
        rows = rows.filter(form=form)
    return in_province(in_field(rows, field), province)


def in_field(rows: QuerySet[Call], field: FieldOfWork | None) -> QuerySet[Call]:
    """Of those, the calls in that field of work, or in none: such a call is for every field."""
    if field is None:
        return rows
    through = Call.fields_of_work.through.objects.filter(call=OuterRef("pk"))
    return rows.filter(Q(Exists(through.filter(fieldofwork_id=field.pk))) | ~Exists(through))


def in_province(rows: QuerySet[Call], province: str) -> QuerySet[Call]:
    """Of those, the calls for that province or for the whole country."""
    if not province:
        return rows
    areas = CallArea.objects.filter(call=OuterRef("pk"))
    return rows.filter(Q(Exists(areas.filter(province_code=province))) | ~Exists(areas))


def fitting(rows: QuerySet[Call], fields: Iterable[int], provinces: Iterable[str]) -> QuerySet[Call]:
    """Calls in one of the fields (or without any) and for one of the provinces (or for the whole country).

    fields: ids; no field (or no province) given narrows nothing.
    """
    fields, provinces = list(fields), list(provinces)
    if fields:
        through = Call.fields_of_work.through.objects.filter(call=OuterRef("pk"))
        rows = rows.filter(Q(Exists(through.filter(fieldofwork_id__in=fields))) | ~Exists(through))
    if provinces:
        areas = CallArea.objects.filter(call=OuterRef("pk"))
        rows = rows.filter(Q(Exists(areas.filter(province_code__in=provinces))) | ~Exists(areas))
    return rows


LISTED = (
    *("reference", "number", "title", "form", "budget_ceiling", "procedure", "state"),
    *("published_at", "closes_at", "grace_minutes", "closed_at", "agency__name_th", "agency__name_en"),
)


def for_list(rows: QuerySet[Call]) -> QuerySet[Call]:
    """With what a row shows and nothing else, in a number of queries that does not depend on the number of rows."""
    return with_places(rows).only(*LISTED)


def with_places(rows: QuerySet[Call]) -> QuerySet[Call]:
    return rows.select_related("agency").prefetch_related("areas", "fields_of_work")


def shown_in_list(calls: Iterable[Call]) -> list[dict[str, Any]]:
    """Each call with days left, state and places in words."""
    return [_row(call) for call in calls]


def _row(call: Call) -> dict[str, Any]:
    left = days_left(call)
    provinces = [province_name(area.province_code) for area in call.areas.all()]
    return {
        "call": call,
        "is_open": left is not None,
        "soon": left is not None and left <= SOON_DAYS,
        "left_words": time_left(call),
        "state_words": state_words(call) if left is None else "",
        "state_tone": state_tone(call) if left is None else "",
        "provinces": provinces[:3],
        "more_provinces": max(len(provinces) - 3, 0),
        "fields_of_work": [field.name for field in call.fields_of_work.all()],
    }
