"""Proposals over all calls of an agency, as the desk lists, narrows and exports them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Replace
from django.db.models.lookups import Exact

from agreements.models import Appeal, Call, Presentation, Proposal, Review, ReviewAssignment
from agreements.queries.desk_columns import Column
from core import clock
from core.thai import arabic_digits
from partnerships.models import FieldOfWork

# Orders that an index serves: code → fields of the keyset.
ORDERS: dict[str, tuple[str, ...]] = {
    "": ("-submitted_at", "-pk"),
    "oldest": ("submitted_at", "pk"),
    "budget_down": ("-budget", "-pk"),
    "budget_up": ("budget", "pk"),
    "reference": ("reference",),
}


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


def with_columns(rows: QuerySet[Proposal], columns: Iterable[Column]) -> QuerySet[Proposal]:
    """With what these columns read and nothing else: one query however many rows and columns."""
    wanted = {name for column in columns for name in column.of}
    counted = {name: count() for name, count in COUNTS.items() if name in wanted}
    fields = wanted - counted.keys()
    joined = {name.rpartition("__")[0] for name in fields if "__" in name}
    if joined:
        rows = rows.select_related(*sorted(joined))
    return rows.only(*ALWAYS_READ, *sorted(fields)).annotate(**counted)


def _count(rows: QuerySet[Any]) -> Coalesce:
    counted = rows.order_by().values("proposal").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _appeals() -> QuerySet[Any]:
    return Appeal.objects.filter(proposal=OuterRef("pk"))


COUNTS: dict[str, Callable[[], Any]] = {
    "assigned": lambda: _count(ReviewAssignment.objects.filter(proposal=OuterRef("pk"))),
    "reviewed": lambda: _count(Review.objects.finished().filter(proposal=OuterRef("pk"))),
    "appealed": lambda: Exists(_appeals()),
}
# Of every row: its address, how its state is shown, what the orders go by.
ALWAYS_READ = ("reference", "title", "state", "submitted_at", "budget")


def _of_call(words: str) -> Q:
    """By ids that are asked for first: with them the database goes to these calls' proposals straight.

    In either digits and however spaced: papers print "ดย. ๑/๒๕๗๐" for what is kept as "ดย. 1/2570".
    """
    code = "".join(arabic_digits(words).split())
    if code.upper().startswith("CALL-"):
        found = Call.objects.filter(reference=code.upper())
    else:
        found = Call.objects.filter(Exact(Replace("number", Value(" ")), code))
    return Q(call__in=list(found.values_list("pk", flat=True)))


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
