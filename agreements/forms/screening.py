"""The form of screening."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import CallCriterion
from core.forms import HouseForm, ThaiTextField

MET = (("yes", _("Met")), ("no", _("Not met")))


class ScreenAgainForm(HouseForm):
    reason = ThaiTextField(
        label=_("Why it is screened again"),
        max_length=2000,
        rows=3,
        help_text=_("Kept with what had been found; the applicant does not read it."),
    )


class ScreeningForm(HouseForm):
    """Each qualification met or not; the reason is needed where it is not."""

    def __init__(self, *args: Any, criteria: list[CallCriterion], **kwargs: Any) -> None:
        self.criteria = criteria
        self.base_fields = dict(self.base_fields)
        for criterion in criteria:
            self.base_fields[f"met_{criterion.pk}"] = forms.ChoiceField(
                label=criterion.title, help_text=criterion.description, choices=MET, widget=forms.RadioSelect
            )
            self.base_fields[f"reason_{criterion.pk}"] = ThaiTextField(
                label=_("Reason: %(name)s") % {"name": criterion.title},
                max_length=2000,
                rows=2,
                required=False,
                help_text=_("Where it is not met, these words stand in the letter to the applicant."),
            )
            self.base_fields[f"reason_{criterion.pk}"].needed = True  # where it is not met: no "(optional)" beside it
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for criterion in self.criteria:
            if data.get(f"met_{criterion.pk}") == "no" and not data.get(f"reason_{criterion.pk}"):
                self.add_error(f"reason_{criterion.pk}", _("Give the reason why this is not met."))
        return data

    @property
    def checks(self) -> dict[int, tuple[bool, str]]:
        """Criterion id → (met, reason)."""
        data = self.cleaned_data
        return {row.pk: (data[f"met_{row.pk}"] == "yes", data[f"reason_{row.pk}"]) for row in self.criteria}
