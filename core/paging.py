"""Keyset pages: a list goes on from the last row shown, so a page costs the same wherever it stands."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 25
COUNT_CAP = 1000


@dataclass(frozen=True)
class Page:
    """Rows of one page and the addresses of its neighbours ("" where there is none)."""

    rows: list[Any]
    next_url: str
    previous_url: str

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(rows: QuerySet, request: HttpRequest, *, order: tuple[str, ...], size: int = PAGE_SIZE) -> Page:
    """The page that the request's `after` or `before` asks for; `order` names fields ("-" for falling) and ends unique.

    A cursor that cannot be read shows the first page.
    """
    after, before = (_read(request.GET.get(side), order, rows) for side in ("after", "before"))
    backwards = before is not None
    cursor = before if backwards else after
    walked = tuple(_turn(name) for name in order) if backwards else order
    if cursor is not None:
        rows = rows.filter(_beyond(walked, cursor))
    found = list(rows.order_by(*walked)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_next, has_previous = (True, more) if backwards else (more, after is not None)
    return Page(
        found,
        _address(request, "after", found[-1], order) if found and has_next else "",
        _address(request, "before", found[0], order) if found and has_previous else "",
    )


def capped_count(rows: QuerySet, cap: int = COUNT_CAP) -> str:
    """How many rows there are, as text: exact up to the cap, "1,000+" beyond."""
    counted = rows.order_by()[: cap + 1].count()
    return f"{cap:,}+" if counted > cap else f"{counted:,}"


def _turn(name: str) -> str:
    return name[1:] if name.startswith("-") else f"-{name}"


def _beyond(order: tuple[str, ...], cursor: list[Any]) -> Q:
    """Rows that come after the cursor in this order.

    The bound on the first field says nothing new to the reader, but lets the database begin in the index at the
    cursor: of the alternatives alone it would make a filter, and read every row before the page.
    """
    beyond, same = Q(), Q()
    for name, value in zip(order, cursor, strict=True):
        field, sign = (name[1:], "lt") if name.startswith("-") else (name, "gt")
        beyond |= same & Q(**{f"{field}__{sign}": value})
        same &= Q(**{field: value})
    first, sign = (order[0][1:], "lte") if order[0].startswith("-") else (order[0], "gte")
    return Q(**{f"{first}__{sign}": cursor[0]}) & beyond


def _address(request: HttpRequest, side: str, row: Any, order: tuple[str, ...]) -> str:
    values = [_value(row, name.removeprefix("-")) for name in order]
    cursor = urlsafe_b64encode(json.dumps(values, cls=DjangoJSONEncoder).encode()).decode()
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[side] = cursor
    return f"?{query.urlencode()}"


def _value(row: Any, name: str) -> Any:
    """The row's own value, to the microsecond (the JSON encoder would cut datetimes to milliseconds)."""
    value = getattr(row, name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read(cursor: str | None, order: tuple[str, ...], rows: QuerySet) -> list[Any] | None:
    """The values of a cursor, or None where they cannot be read or are not of the fields' kinds."""
    if not cursor:
        return None
    try:
        values = json.loads(urlsafe_b64decode(cursor.encode()))
    except ValueError:
        return None
    sound = isinstance(values, list) and len(values) == len(order) and all(isinstance(v, str | int) for v in values)
    if not sound:
        return None
    try:
        rows.filter(_beyond(order, values))
    except (TypeError, ValueError, ValidationError):
        return None
    return values
