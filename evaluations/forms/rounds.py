"""Forms of an evaluation round."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import clock, thai
from core.forms import BuddhistDateField, HouseForm, ThaiTextField, UploadField
from evaluations.actions.rounds import VERDICTS, belongs_to_party
from evaluations.enums import LessonKind, RoundKind
from evaluations.models import Round
from evaluations.queries.results import ResultsTable
from partnerships.models import User

VERDICT_WORDS: dict[str, dict[str, str | Promise]] = {
    RoundKind.MIDTERM: {
        "pass": _("Passed: the next instalment can be allocated"),
        "fail": _("Not passed: no further money, on to the final evaluation"),
    },
    RoundKind.FINAL: {
        "pass": _("Passed: the objectives were reached"),
        "fail": _("Not passed: the objectives were not reached"),
    },
    RoundKind.CYCLE: {
        "improve": _("Improve the service: back to its design, in a new cycle"),
        "widen": _("Widen to other missions: back to the priorities, in a new cycle"),
        "conclude": _("Conclude the partnership: go on to closing"),
    },
}


class RoundForm(HouseForm):
    """Opening a round: by when, and frame, method and indicators, which the joint committee fixes first (§4 step 8)."""

    due_on = BuddhistDateField(label=_("To be finished by"), required=False)
    frame = ThaiTextField(
        label=_("Frame, method and indicators of the evaluation"),
        help_text=_("As the joint committee has fixed them."),
        required=False,
        max_length=4000,
        rows=5,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_on"].not_before = clock.today()


class EvaluatorForm(HouseForm):
    """Who is invited, by the e-mail of the person's account."""

    email = forms.EmailField(
        label=_("E-mail of the external evaluator"),
        help_text=_("The person needs an account here and belongs to no party of the agreement."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user: User | None = None

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        self.user = User.objects.filter(email__iexact=email, is_active=True).first()
        if self.user is None:
            raise forms.ValidationError(_("Nobody with this e-mail has an account here."))
        if belongs_to_party(self.user, self.root.agreement):
            raise forms.ValidationError(
                _("This person belongs to a party of the agreement and cannot evaluate it from outside.")
            )
        return email


class FindingForm(HouseForm):
    text = ThaiTextField(label=_("Findings"), max_length=8000, rows=8)
    recommendation = ThaiTextField(label=_("Recommendation"), required=False, max_length=4000, rows=4)
    file = UploadField(label=_("Report or evidence"), required=False)


class VisitForm(HouseForm):
    visited_on = BuddhistDateField(label=_("Date of the visit"))
    place = ThaiTextField(label=_("Place"), max_length=300)
    participants = ThaiTextField(label=_("Who took part"), max_length=2000, rows=3)
    observations = ThaiTextField(label=_("What was seen"), max_length=8000, rows=6)
    file = UploadField(label=_("Photographs or report"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visited_on"].not_after = clock.today()


class FigureField(forms.DecimalField):
    """A measured figure; Thai digits and thousands commas are understood. Empty: not reported, which is not 0."""

    widget = forms.TextInput
    shape = re.compile(r"-?[0-9]+(\.[0-9]+)?")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=15, decimal_places=2, required=False, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        text = thai.arabic_digits(value or "").replace(",", "").strip()
        if text and not self.shape.fullmatch(text):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "width-number", "inputmode": "decimal", "autocomplete": "off"}


class ResultsForm(HouseForm):
    """A figure and an explanation for each indicator of the agreement."""

    def __init__(self, *args: Any, table: ResultsTable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table = table
        for row in table.rows:
            indicator = row.indicator
            self.fields[f"actual_{indicator.pk}"] = FigureField(
                label=indicator.statement,
                initial=None if row.actual is None else f"{row.actual.normalize():f}",
                help_text=_("Unit: %(unit)s. Baseline %(baseline)s, target %(target)s. Leave empty if not known yet.")
                % {
                    "unit": indicator.unit,
                    "baseline": f"{indicator.baseline.normalize():,f}",
                    "target": f"{indicator.target.normalize():,f}",
                },
            )
            self.fields[f"explanation_{indicator.pk}"] = ThaiTextField(
                label=_("Explanation"), required=False, max_length=2000, rows=2, initial=row.explanation
            )

    @property
    def results(self) -> dict[int, tuple[Decimal | None, str]]:
        """What `report_results` takes."""
        return {
            row.indicator.pk: (
                self.cleaned_data[f"actual_{row.indicator.pk}"],
                self.cleaned_data[f"explanation_{row.indicator.pk}"],
            )
            for row in self.table.rows
        }


class VerdictForm(HouseForm):
    verdict = forms.ChoiceField(label=_("Verdict"), widget=forms.RadioSelect)
    summary = ThaiTextField(label=_("Summary of the evaluation"), max_length=8000, rows=8)

    def __init__(self, *args: Any, root: Round, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        words = VERDICT_WORDS[root.kind]
        self.fields["verdict"].choices = [(code, words[code]) for code in VERDICTS[root.kind]]
        self.fields["summary"].initial = root.summary


class ReturnForm(HouseForm):
    comment = ThaiTextField(label=_("What is to be put right"), max_length=2000, rows=4)


class ConfirmForm(HouseForm):
    """Nothing to fill in: the stamp alone."""


class LessonForm(HouseForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=LessonKind.choices)
    text = ThaiTextField(label=_("Lesson"), max_length=4000, rows=5)
