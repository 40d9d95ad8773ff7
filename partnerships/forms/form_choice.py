"""The advisor's questions, and the choice of the form with its reason (§3.0)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseForm, HouseMixin, ThaiTextField
from partnerships.advisor import QUESTIONS
from partnerships.enums import Form


class AdvisorForm(HouseMixin, forms.Form):
    """One radio group for each question; what is left out pulls nowhere. It is sent by GET and stores nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=question.label,
                help_text=question.help,
                choices=[(answer.code, answer.label) for answer in question.answers],
                widget=forms.RadioSelect,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(_("Answer at least one question."))
        return data

    @property
    def answers(self) -> dict[str, str]:
        """Question → answer, of a valid form."""
        return {code: answer for code, answer in self.cleaned_data.items() if answer}


class ChooseFormForm(HouseForm):
    """The officer's choice and its reason (§3.0); the answers given to the advisor come along hidden."""

    form = forms.ChoiceField(label=_("Form of partnership"), choices=Form.choices, widget=forms.RadioSelect)
    form_reason = ThaiTextField(
        label=_("Reason for the form"),
        max_length=4000,
        rows=5,
        help_text=_(
            "Think of the nature of the mission, its scope and time frame, resources and budget, what executives and "
            "staff want, how ready the receivers are, and the relation between both sides."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            self.fields[question.code] = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    @property
    def answers(self) -> dict[str, str]:
        return {q.code: answer for q in QUESTIONS if (answer := self.cleaned_data.get(q.code))}
