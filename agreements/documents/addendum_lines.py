"""What an addendum changes, as lines of an official document: old and new wording of each field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db import models
from django.utils import translation
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import localtime

from agreements.documents.build import lines
from agreements.models import Call, CallAddendum, Decision
from core import thai


def addendum_lines(decision: Decision) -> tuple[str, ...]:
    """The summary, then for each field: เดิม … แก้ไขเป็น …"""
    addendum = CallAddendum.objects.get(pk=decision.proposal["addendum"])
    summary = f"สาระสำคัญของการแก้ไขเพิ่มเติม: {' '.join(lines(addendum.summary))}"
    return (summary, *(_change(name, addendum.before.get(name), new) for name, new in addendum.changes.items()))


def _change(name: str, before: Any, after: Any) -> str:
    field = Call._meta.get_field(name)
    with translation.override("th"):
        label = str(field.verbose_name)
    return f"{label}: เดิม {_words(field, before)} แก้ไขเป็น {_words(field, after)}"


def _words(field: models.Field, value: Any) -> str:
    if value in (None, ""):
        return "ไม่ได้กำหนด"
    if isinstance(field, models.DateTimeField):
        moment = localtime(parse_datetime(value))
        return f"{thai.official_date(moment.date())} เวลา {thai.clock_time(moment, point='.')} น."
    if isinstance(field, models.DateField):
        return thai.official_date(parse_date(value))
    if isinstance(field, models.DecimalField):
        return f"{thai.baht(Decimal(value))} บาท ({thai.baht_words(Decimal(value))})"
    return f"“{' '.join(lines(str(value)))}”"
