"""What an addendum changed, in words: each field with its value before and after."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import models
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.models import Call, CallAddendum
from core.templatetags.ui_small import baht
from core.ui import show_day, show_moment
from partnerships.geography import province_name

# What belongs to a call without being one of its columns.
PARTS = {
    "criteria": gettext_lazy("Criteria"),
    "qualifications": gettext_lazy("Qualifications"),
    "scoring": gettext_lazy("Criteria with weights"),
    "documents": gettext_lazy("Documents wanted"),
    "areas": gettext_lazy("Provinces"),
    "provinces": gettext_lazy("Provinces"),
    "fields_of_work": gettext_lazy("Fields of work"),
}


@dataclass(frozen=True)
class Change:
    label: str
    before: str
    after: str


def changes_of(addendum: CallAddendum) -> list[Change]:
    """The addendum's changes in the order in which they were written."""
    return [
        Change(label_of(name), in_words(name, addendum.before.get(name)), in_words(name, after))
        for name, after in addendum.changes.items()
    ]


def label_of(name: str) -> str:
    """The name of a field as the reader knows it; the field's own for one that is unknown here."""
    if name in PARTS:
        return str(PARTS[name])
    field = _field(name)
    return str(capfirst(field.verbose_name)) if field is not None else name


def in_words(name: str, value: Any) -> str:
    """A stored (JSON) value as the page shows it; an en dash for nothing."""
    if value in (None, "", []):
        return "–"
    if isinstance(value, list):
        return "\n".join(_row_in_words(name, row) for row in value)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    field = _field(name)
    return _by_kind(field, value) if field is not None else str(value)


def _by_kind(field: models.Field, value: Any) -> str:
    text = str(value)
    if isinstance(field, models.DateTimeField):
        return show_moment(parse_datetime(text)) if parse_datetime(text) else text
    if isinstance(field, models.DateField):
        return show_day(parse_date(text)) if parse_date(text) else text
    if isinstance(field, models.DecimalField):
        return _money(text)
    if field.choices:
        return str(dict(field.flatchoices).get(value, text))
    return text


def _money(text: str) -> str:
    try:
        return _("%(amount)s baht") % {"amount": baht(Decimal(text))}
    except InvalidOperation:
        return text


def _row_in_words(name: str, row: Any) -> str:
    if name in ("areas", "provinces"):
        return province_name(str(row)) or str(row)
    if not isinstance(row, dict):
        return str(row)
    weight = f" ({row['weight']}%)" if row.get("weight") else ""
    return f"{row.get('title') or row.get('name') or row}{weight}"


def _field(name: str) -> models.Field | None:
    return next((field for field in Call._meta.concrete_fields if name in (field.name, field.attname)), None)
