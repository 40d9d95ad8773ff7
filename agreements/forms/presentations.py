"""Forms of presentations."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField


class PresentationForm(HouseForm):
    held_on = BuddhistDateField(label=_("Held on"))
    place = ThaiTextField(label=_("Place or online link"), max_length=300)
    minutes = ThaiTextField(label=_("Minutes of the presentation"), max_length=20000, rows=8)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].not_after = clock.today()
