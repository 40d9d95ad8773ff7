"""Subscribing to new calls: an address, and what it wants to hear of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm
from partnerships.forms.choice_fields import WordsField
from partnerships.geography import province_choices
from partnerships.models import FieldOfWork


class SubscriptionForm(HouseForm):
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        error_messages={"invalid": _("Please write an e-mail address, such as name@example.org.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    fields_of_work = WordsField(
        FieldOfWork, label=_("Fields of work"), help_text=_("Tick none to hear of calls in all fields.")
    )
    provinces = forms.MultipleChoiceField(
        label=_("Provinces"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_(
            "Choose none to hear of calls for all provinces. Calls for the whole country are always included. "
            "On a computer, hold Ctrl (Mac: Command) to choose several."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provinces"].choices = province_choices()
