"""The rows of a proposal: people served, activities, indicators, budget lines, team, risks."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from agreements.enums import BudgetCategory, Direction, IndicatorLevel, MoneySource, RiskLevel
from agreements.forms.number_fields import PlacesField, WholeField
from agreements.proposal_sections import (
    ACTIVITIES,
    BENEFICIARIES,
    INDICATORS,
    LINES,
    MEMBERS,
    RISKS,
    RowKind,
)
from agreements.proposal_totals import line_amount
from core.form_fields import FixedChoiceField, FixedTypedChoiceField
from core.forms import BahtField, RowForm, ThaiTextField, house_formset
from core.thai import baht

LONGEST = 120  # months
BEYOND = _("The project runs for %(months)s months: this lies after its end. It is saved, but cannot be submitted so.")
NOT_OUR_MONEY = _(
    "A budget line is ticked as brought in by your organisation, but its source of money is the state budget. Please "
    "check the source."
)
UNCHOSEN = [("", "—")]


def wide(**more: Any) -> ThaiTextField:
    """One line of text that takes most of its row."""
    return ThaiTextField(widget=forms.TextInput(attrs={"class": "wide"}), **more)


class KindForm(RowForm):
    """A row of one kind; its labels are those of the kind's columns."""

    kind: RowKind

    def __init__(self, *args: Any, groups: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        self.groups = groups
        super().__init__(*args, **kwargs)
        for name, label in self.kind.columns.items():
            self.fields[name].label = label


class BeneficiaryForm(KindForm):
    kind = BENEFICIARIES
    target_group = FixedTypedChoiceField(coerce=int, empty_value=None, required=False)
    description = ThaiTextField(max_length=300, required=False, help_text=_("Such as: elders who live alone"))
    number = WholeField(min_value=1, max_value=100_000_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["target_group"].choices = [*UNCHOSEN, *self.groups]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and data.get("number") and not (data.get("target_group") or data.get("description")):
            self.add_error("description", _("Choose a target group or say who they are."))
        return data


class ActivityForm(KindForm):
    kind = ACTIVITIES
    title = wide(max_length=300)
    detail = ThaiTextField(max_length=2000, rows=2, required=False)
    month_from = WholeField(min_value=1, max_value=LONGEST)
    month_to = WholeField(
        min_value=1, max_value=LONGEST, help_text=_("Months are counted from the start of the project: 1 is the first")
    )

    def __init__(self, *args: Any, duration: int | None = None, **kwargs: Any) -> None:
        self.duration = duration
        super().__init__(*args, **kwargs)

    @property
    def warnings(self) -> dict[str, Any]:
        """The month that lies beyond the project's end (`duration` in months): a draft is saved all the same."""
        known = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        last, gone = known.get("month_to"), known.get("DELETE")
        if gone or not last or not self.duration or last <= self.duration:
            return {}
        return {"month_to": BEYOND % {"months": self.duration}}

    def clean_month_to(self) -> int:
        first, last = self.cleaned_data.get("month_from"), self.cleaned_data["month_to"]
        if first and last < first:
            raise ValidationError(_("The last month must not come before the first."))
        return last


class IndicatorForm(KindForm):
    kind = INDICATORS
    level = FixedChoiceField(choices=IndicatorLevel.choices, initial=IndicatorLevel.OUTPUT)
    statement = wide(max_length=300)
    unit = ThaiTextField(max_length=50)
    direction = FixedChoiceField(choices=Direction.choices, initial=Direction.UP)
    baseline = PlacesField(required=False, help_text=_("Leave empty where it is not known: 0 means none"))
    target = PlacesField()
    source = ThaiTextField(max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        baseline, target = data.get("baseline"), data.get("target")
        if baseline is None or target is None:
            return data
        if target == baseline:
            self.add_error("target", _("The target must differ from the baseline."))
        elif (target > baseline) != (data.get("direction") == Direction.UP):
            self.add_error("target", _("The target lies on the wrong side of the baseline for this direction."))
        return data


class LineForm(KindForm):
    kind = LINES
    category = FixedChoiceField(choices=[*UNCHOSEN, *BudgetCategory.choices])
    title = ThaiTextField(max_length=300)
    unit = ThaiTextField(max_length=50, help_text=_("Such as: person, day, trip, set"))
    quantity = PlacesField(max_digits=12, min_value=Decimal("0.01"))
    unit_cost = BahtField(positive=True, max_value=Decimal("9999999999.99"))
    source = FixedChoiceField(
        choices=MoneySource.choices,
        initial=MoneySource.STATE_BUDGET,
        help_text=_("What your organisation brings in comes from a source of its own"),
    )
    is_own = forms.BooleanField(required=False)

    @property
    def told(self) -> SafeString:
        """What the line comes to, as far as it is written; scripts keep it while one types (proposal.js)."""
        known = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        whole = known.get("quantity") is not None and known.get("unit_cost") is not None
        amount = baht(line_amount(known)) if whole else "–"
        words = _("Amount of this line"), amount, _("baht")
        return format_html('<p class="row-told">{} <strong data-line-amount>{}</strong> {}</p>', *words)

    @property
    def warnings(self) -> dict[str, Any]:
        """An own contribution that stands as the state's money, as new lines do until a source is chosen."""
        known = getattr(self, "cleaned_data", {}) if self.is_bound else self.initial
        own = known.get("is_own") and not known.get("DELETE")
        return {"source": NOT_OUR_MONEY} if own and known.get("source") == MoneySource.STATE_BUDGET else {}


class MemberForm(KindForm):
    kind = MEMBERS
    name = ThaiTextField(max_length=200)
    duty = ThaiTextField(max_length=200)
    qualification = ThaiTextField(max_length=500, rows=2, required=False)


class RiskForm(KindForm):
    kind = RISKS
    risk = wide(max_length=300)
    likelihood = FixedTypedChoiceField(choices=RiskLevel.choices, coerce=int, initial=RiskLevel.MEDIUM)
    impact = FixedTypedChoiceField(choices=RiskLevel.choices, coerce=int, initial=RiskLevel.MEDIUM)
    response = ThaiTextField(max_length=2000, rows=2)


ADD = {
    BENEFICIARIES.code: _("Add a group"),
    ACTIVITIES.code: _("Add an activity"),
    INDICATORS.code: _("Add an indicator"),
    LINES.code: _("Add a budget line"),
    MEMBERS.code: _("Add a person"),
    RISKS.code: _("Add a risk"),
}
FORMSETS: dict[str, Any] = {
    form.kind.code: house_formset(
        form, title=form.kind.title, add_label=ADD[form.kind.code], max_rows=form.kind.most, extra=1
    )
    for form in (BeneficiaryForm, ActivityForm, IndicatorForm, LineForm, MemberForm, RiskForm)
}
