"""Numbers as they are typed on a phone: Thai digits and thousands commas are understood, the number pad comes up."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import thai

# In words of the house: Django's own Thai speaks of "a value".
LIMITS = {
    "min_value": _("Enter a number not less than %(limit_value)s."),
    "max_value": _("Enter a number not more than %(limit_value)s."),
}


def plain_number(value: Any) -> Any:
    """Thai digits as Arabic ones, without commas and blanks; anything but text as it is."""
    return re.sub(r"[,\s]", "", thai.arabic_digits(value)) if isinstance(value, str) else value


class WholeField(forms.IntegerField):
    """A whole number."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Enter a whole number, such as 12."), **LIMITS}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "width-number", "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        return super().to_python(plain_number(value))


class PlacesField(forms.DecimalField):
    """A number with two places at most, negative too where `min_value` allows it."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Enter a number, such as 12 or 12.5."), **LIMITS}

    def __init__(self, *, max_digits: int = 15, **kwargs: Any) -> None:
        super().__init__(max_digits=max_digits, decimal_places=2, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "width-number", "inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Any:
        return super().to_python(plain_number(value))

    def prepare_value(self, value: Any) -> Any:
        """Without places that say nothing: 200, 2.5."""
        if not isinstance(value, Decimal):
            return value
        return f"{value.normalize():f}" if value else "0"
