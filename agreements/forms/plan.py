"""The action plan's activities and the indicators, row by row."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.indicators import weights_message
from agreements.enums import Direction, Side
from agreements.forms.number_fields import PlacesField, WholeField
from agreements.models import Agreement, Plan
from core.forms import BahtField, HouseForm, HouseFormSet, RowForm, ThaiTextField, house_formset

ACTIVITY_FIELDS = ("title", "target", "responsible", "month_from", "month_to", "budget", "legal_authority")
INDICATOR_FIELDS = ("statement", "unit", "direction", "baseline", "target", "weight", "source")
LONGEST = 600


class PlanForm(HouseForm):
    participation = ThaiTextField(label=_("How stakeholders take part"), max_length=2000, rows=3, required=False)

    def __init__(self, *args: Any, root: Agreement, plan: Plan | None, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"participation": plan.participation if plan else ""})
        super().__init__(*args, root=root, **kwargs)


class ActivityForm(RowForm):
    title = ThaiTextField(label=_("Activity"))
    target = ThaiTextField(label=_("Target"), required=False)
    responsible = forms.ChoiceField(label=_("Who is responsible"), choices=Side.choices, initial=Side.RECEIVER)
    month_from = WholeField(label=_("From month"), min_value=1, max_value=LONGEST)
    month_to = WholeField(
        label=_("To month"),
        min_value=1,
        max_value=LONGEST,
        help_text=_("1 is the first month of the agreement"),
    )
    budget = BahtField(label=_("Budget (baht)"), required=False)
    legal_authority = ThaiTextField(
        label=_("Legal authority"),
        required=False,
        help_text=_("Existing powers first, else delegation, law or regulation"),
    )

    def __init__(self, *args: Any, months: int | None = None, **kwargs: Any) -> None:
        self.months = months
        super().__init__(*args, **kwargs)

    def clean_month_to(self) -> int:
        first, last = self.cleaned_data.get("month_from"), self.cleaned_data["month_to"]
        if first and last < first:
            raise ValidationError(_("The last month must not come before the first."))
        if self.months and last > self.months:
            raise ValidationError(_("The agreement runs for %(months)s months."), params={"months": self.months})
        return last

    def clean_budget(self) -> Decimal:
        return self.cleaned_data["budget"] or Decimal(0)


ActivityFormSet = house_formset(ActivityForm, title=_("Activities"), add_label=_("Add an activity"), min_rows=1)


class IndicatorForm(RowForm):
    statement = ThaiTextField(label=_("Indicator"))
    unit = ThaiTextField(label=_("Unit"), max_length=50)
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices, initial=Direction.UP)
    baseline = PlacesField(label=_("Baseline"))
    target = PlacesField(label=_("Target value"))
    weight = WholeField(label=_("Weight (percent)"), min_value=1, max_value=100)
    source = ThaiTextField(label=_("Source of data"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        baseline, target = data.get("baseline"), data.get("target")
        if baseline is not None and target is not None:
            self._check_direction(baseline, target, data.get("direction"))
        return data

    def _check_direction(self, baseline: Decimal, target: Decimal, direction: str | None) -> None:
        if target == baseline:
            self.add_error("target", _("The target must differ from the baseline."))
        elif (target > baseline) != (direction == Direction.UP):
            self.add_error("target", _("The target lies on the wrong side of the baseline for this direction."))


class IndicatorsBase(HouseFormSet):
    def clean(self) -> None:
        """The weights of all rows total 100; said at the weight of every row."""
        if any(form.errors for form in self.forms):
            return
        counted = [form for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]
        total = sum(form.cleaned_data["weight"] for form in counted)
        if total != 100:
            for form in counted:
                form.add_error("weight", weights_message(total))


IndicatorFormSet = house_formset(
    IndicatorForm, title=_("Indicators"), add_label=_("Add an indicator"), min_rows=1, base=IndicatorsBase
)


class IndicatorsForm(HouseForm):
    """Carries the stamp of the agreement; the rows stand in the formset."""


def rows_of(records: Any, names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Records on record as a formset's initial rows."""
    return [{name: getattr(record, name) for name in names} for record in records]
