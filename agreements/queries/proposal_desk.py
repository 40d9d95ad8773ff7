"""Proposals over all calls of an agency, as the desk lists, narrows and exports them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce

from agreements.models import Appeal, Call, Presentation, Proposal, Review, ReviewAssignment
from core import clock
from partnerships.models import FieldOfWork

# Orders that an index serves: code → fields of the keyset.
ORDERS: dict[str, tuple[str, ...]] = {
    "": ("-submitted_at", "-pk"),
    "oldest": ("submitted_at", "pk"),
    "budget_down": ("-budget", "-pk"),
    "budget_up": ("budget", "pk"),
    "reference": ("reference",),
}
LONG = [f.name for f in Proposal._meta.local_fields if isinstance(f, TextField)]
LONG_OF_CALL = [f"call__{f.name}" for f in Call._meta.local_fields if isinstance(f, TextField)]


def desk_rows(actor: Any, chosen: Mapping[str, Any]) -> QuerySet[Proposal]:
    """Received proposals on the actor's desk, narrowed by what the filter names (`agreements.forms.desk`)."""
    rows = Proposal.objects.on_desk_of(actor)
    if chosen.get("q"):
        rows = rows.search(chosen["q"])
    for name, condition in _CONDITIONS.items():
        if chosen.get(name) not in (None, ""):
            rows = rows.filter(condition(chosen[name]))
    if chosen.get("sort", "").startswith("budget"):
        rows = rows.filter(budget__isnull=False)
    return rows


def order_of(chosen: Mapping[str, Any]) -> tuple[str, ...]:
    return ORDERS[chosen.get("sort") or ""]


def to_keep(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """The filter as JSON keeps it; `read_kept` gives it back."""
    kept = {name: value for name, value in chosen.items() if value not in (None, "", [], False) and name != "col"}
    if "field" in kept:
        kept["field"] = kept["field"].pk
    return {name: value if isinstance(value, bool | int) else str(value) for name, value in kept.items()}


def read_kept(kept: Mapping[str, Any]) -> dict[str, Any]:
    days = {name: date.fromisoformat(kept[name]) for name in ("received_from", "received_to") if name in kept}
    sums = {name: Decimal(kept[name]) for name in ("budget_from", "budget_to") if name in kept}
    field = {"field": FieldOfWork.objects.filter(pk=kept["field"]).first()} if "field" in kept else {}
    return {**kept, **days, **sums, **field}


def with_columns(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """With what the columns read, without the long texts: one query however many rows."""
    assigned = ReviewAssignment.objects.filter(proposal=OuterRef("pk"))
    reviewed = Review.objects.finished().filter(proposal=OuterRef("pk"))
    return (
        rows.select_related("organisation", "call__agency", "presentation")
        .defer(*LONG, *LONG_OF_CALL, "presentation__minutes", "presentation__questions")
        .annotate(assigned=_count(assigned), reviewed=_count(reviewed), appealed=Exists(_appeals()))
    )


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("proposal").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _appeals() -> QuerySet[Any]:
    return Appeal.objects.filter(proposal=OuterRef("pk"))


def _of_call(words: str) -> Q:
    return Q(call__in=Call.objects.filter(Q(reference=words) | Q(number=words)).values("pk"))


def _of_field(field: Any) -> Q:
    return Q(call__in=Call.fields_of_work.through.objects.filter(fieldofwork_id=field.pk).values("call"))


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time.min, tzinfo=clock.BANGKOK)


def _presentation(word: str) -> Q:
    held = Exists(Presentation.objects.filter(proposal=OuterRef("pk")))
    if word == "held":
        return Q(held)
    return Q(presentation_invited_at__isnull=False) & ~Q(held)


def _without_reviewer(_wanted: bool) -> Q:
    return ~Q(Exists(ReviewAssignment.objects.filter(proposal=OuterRef("pk"))))


_CONDITIONS = {
    "call": _of_call,
    "state": lambda state: Q(state=state),
    "form": lambda form: Q(call__form=form),
    "province": lambda code: Q(organisation__province_code=code),
    "field": _of_field,
    "received_from": lambda day: Q(submitted_at__gte=_midnight(day)),
    "received_to": lambda day: Q(submitted_at__lt=_midnight(day + timedelta(days=1))),
    "budget_from": lambda baht: Q(budget__gte=baht),
    "budget_to": lambda baht: Q(budget__lte=baht),
    "presentation": _presentation,
    "unassigned": lambda wanted: _without_reviewer(wanted) if wanted else Q(),
    "appealed": lambda wanted: Q(Exists(_appeals())) if wanted else Q(),
}
