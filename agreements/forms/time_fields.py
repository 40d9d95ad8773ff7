"""A time of day in Thailand, as officials type it: 16:30, 9.30, ๑๖.๓๐ น."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import thai

HOUR = "น."  # Thai on purpose: people type it behind the time


class TimeOfDayField(forms.TimeField):
    """24 hours; Thai digits and the word behind are understood."""

    default_error_messages = {"invalid": _("Enter a time such as 16:30.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(format="%H:%M", attrs={"class": "width-date", "autocomplete": "off"})
        super().__init__(input_formats=["%H:%M", "%H.%M"], widget=widget, **kwargs)

    def to_python(self, value: Any) -> time | None:
        if isinstance(value, str):
            value = thai.arabic_digits(value).strip().removesuffix(HOUR).strip()
        return super().to_python(value)
