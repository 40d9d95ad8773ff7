"""Forms by which a proposal that came on paper is entered, and sent back for correction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField, UploadField
from partnerships.forms.choice_fields import PartnerNameField


class PaperForm(HouseForm):
    """Whose proposal it is, when it was received (the stamp on the paper, Thai time), and its scan."""

    fields_of_facts = {"received_at": "received_on"}
    organisation = PartnerNameField(
        label=_("Proposing organisation"), max_length=200, help_text=_("Its name, or a part of it, as in the register")
    )
    title = ThaiTextField(label=_("Title of the project"), max_length=300)
    received_on = BuddhistDateField(label=_("Day of receipt"))
    received_time = forms.TimeField(
        label=_("Received at what time"),
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "width-date", "autocomplete": "off"}),
        help_text=_("As stamped on the paper: Thai time, 24 hours, for example 16:30"),
        error_messages={"invalid": _("Enter a time such as 16:30.")},
    )
    scan = UploadField(label=_("Scan of the whole proposal"), extensions=("pdf", "png", "jpg", "jpeg"))

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        on, at = data.get("received_on"), data.get("received_time")
        if on and at:
            data["received_at"] = datetime.combine(on, at, tzinfo=clock.BANGKOK)
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """The arguments of `enter_paper_proposal`."""
        return {name: self.cleaned_data[name] for name in ("organisation", "title", "received_at", "scan")}


class ReturnPaperForm(HouseForm):
    reason = ThaiTextField(label=_("What differs from the paper"), max_length=2000, rows=3)
