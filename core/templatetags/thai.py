"""Template filters for Thai dates, money and numerals. Under the English interface dates are Common Era."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from core import thai

register = template.Library()

_NOWRAP, _END = mark_safe('<span class="nowrap">'), mark_safe("</span>")


def _in_english() -> bool:
    return (get_language() or "th").startswith("en")


def _local(value: dt.datetime) -> dt.datetime:
    return timezone.localtime(value) if timezone.is_aware(value) else value


@register.filter
def be_date(value: Any, style: str = "long") -> str:
    """A date as ``short``, ``long`` (default) or ``official`` text; "" for nothing."""
    if not value:
        return ""
    if isinstance(value, dt.datetime):
        value = _local(value).date()
    if _in_english() and style != "official":
        return thai.english_date(value, short=style == "short")
    return {"short": thai.short_date, "long": thai.long_date, "official": thai.official_date}[style](value)


@register.filter
def be_datetime(value: dt.datetime | None, style: str = "short") -> str:
    """A moment in Bangkok: ``1 ต.ค. 2568 เวลา 14:30 น.``; English ``1 Oct 2025, 14:30``."""
    return _be_datetime(value, style)


@register.filter
def be_second(value: dt.datetime | None, style: str = "short") -> str:
    """The same to the second: ``1 ต.ค. 2568 เวลา 14:30:05 น.``"""
    return _be_datetime(value, style, seconds=True)


def _be_datetime(value: dt.datetime | None, style: str, *, seconds: bool = False) -> str:
    if not value:
        return ""
    local = _local(value)
    day, time = be_date(local, style), f"{local:%H:%M:%S}" if seconds else thai.clock_time(local)
    return f"{day}, {time}" if _in_english() else f"{day} เวลา {time} น."


@register.filter
def baht(value: Decimal | int | None) -> str:
    """``1,234.50``; "" for nothing, so that what is not reported never looks like 0."""
    return "" if value is None or value == "" else thai.baht(value)


@register.filter
def baht_words(value: Decimal | int | None) -> str:
    """Baht in Thai words; "" for nothing."""
    return "" if value is None or value == "" else thai.baht_words(value)


@register.filter
def thai_digits(value: Any) -> str:
    """Arabic digits turned into Thai ones."""
    return "" if value is None else thai.thai_digits(value)


@register.filter
def official(value: Any) -> str:
    """Text of an official document: Thai numerals, and no line break where a reader would stumble."""
    if value is None:
        return ""
    pieces = thai.unbroken(thai.official_text(value))
    return format_html_join(
        "", "{}{}{}", ((_NOWRAP, text, _END) if glued else ("", text, "") for text, glued in pieces if text)
    )


@register.filter
def fiscal_year(value: dt.date | None) -> str:
    """Fiscal year of a date: Buddhist Era, Common Era under the English interface."""
    if not value:
        return ""
    year = thai.fiscal_year(value)
    return str(year - thai.BE_OFFSET if _in_english() else year)


@register.filter
def official_day(value: dt.date | None) -> str:
    """``วันที่ ๑ ตุลาคม ๒๕๖๘`` inside a sentence of an official document."""
    return thai.official_text(f"วันที่ {thai.long_date(value)}") if value else ""


@register.filter
def figure(value: Decimal | int | None) -> str:
    """A measured value with Thai numerals and no idle zeros; a dash for what is not reported."""
    if value is None or value == "":
        return "–"
    text = f"{Decimal(value):,.2f}".rstrip("0").rstrip(".")
    return thai.thai_digits(text)
