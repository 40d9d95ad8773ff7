"""The form that proposes a selection from the reserve list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Proposal
from core.forms import HouseForm, ThaiTextField
from core.templatetags.ui_small import baht


class PromotionForm(HouseForm):
    """`waiting`: the proposals in reserve, in their order. `facts["proposal"]` is the proposal chosen."""

    proposal = forms.ChoiceField(label=_("From the reserve list"), choices=(), widget=forms.RadioSelect)
    skip_reason = ThaiTextField(
        label=_("Reason for passing over those before it on the list"),
        max_length=4000,
        rows=3,
        required=False,
        help_text=_("Only where the first on the list is not the one proposed."),
    )
    comment = ThaiTextField(label=_("Comment"), max_length=4000, rows=3, required=False)

    def __init__(self, *args: Any, waiting: list[Proposal], **kwargs: Any) -> None:
        self.waiting = waiting
        super().__init__(*args, **kwargs)
        self.fields["proposal"].choices = [
            (row.pk, f"{row.reserve_place or '–'}. {row.organisation.name} · {row.title} · {_sum(row)}")
            for row in waiting
        ]

    def clean_proposal(self) -> Proposal:
        chosen = int(self.cleaned_data["proposal"])
        return next(row for row in self.waiting if row.pk == chosen)


def _sum(row: Proposal) -> str:
    return f"{baht(row.budget)} {_('baht')}"
