"""What may be typed into the books: amounts and dates, refused at the form's field they belong to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.thai import baht
from core.workflow import NotYou, Text

SATANG = Decimal("0.01")
LARGEST = Decimal("9999999999999.99")


def refused(field: str, message: Text, **params: Any) -> ValidationError:
    """A refusal that is shown at one field of the form."""
    return ValidationError({field: ValidationError(message, code="refused", params=params or None)})


def sound_amount(amount: Any, field: str = "amount") -> Decimal:
    """The amount in baht to the satang. Raises ValidationError unless it is more than 0 and fits the books."""
    if not isinstance(amount, Decimal) or not amount.is_finite() or amount <= 0:
        raise refused(field, _("The amount must be more than 0 baht."))
    if amount > LARGEST or amount != amount.quantize(SATANG):
        raise refused(field, _("Enter an amount in baht with no more than two digits after the point."))
    return amount.quantize(SATANG)


def not_in_future(day: dt.date, field: str) -> None:
    """Raises ValidationError for a day that has not come yet."""
    if day > clock.today():
        raise refused(field, _("The date cannot be in the future."))


def not_before(day: dt.date, earliest: dt.date | None, field: str, message: Text) -> None:
    """Raises ValidationError with the message for a day before the earliest one."""
    if earliest is not None and day < earliest:
        raise refused(field, message)


def refuse_own_work(reason: Text | None) -> None:
    """Raises NotYou with the reason, where there is one."""
    if reason is not None:
        raise NotYou(reason)


def to_satang(amount: Decimal | None) -> Decimal:
    """A sum made by the database as exact baht (SQLite adds in binary and may be off far behind the satang)."""
    return Decimal(0 if amount is None else amount).quantize(SATANG)


def in_baht(amount: Decimal) -> str:
    """An amount as a message shows it: 1,250.00."""
    return baht(amount)
