"""Forms of a proposal: one per part, so that each can be saved unfinished and come back to."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.forms import BahtField, HouseForm, ThaiTextField, UploadField

LONG = 6000


def _text(label: Any, rows: int = 5, max_length: int = LONG) -> ThaiTextField:
    return ThaiTextField(label=label, max_length=max_length, rows=rows, required=False)


class PartForm(HouseForm):
    """A part of a proposal. Nothing is required here: what is missing is shown in the list of parts."""

    heading: str | Promise = ""

    @property
    def helper(self) -> FormHelper:
        helper = super().helper
        helper.filter_form = True  # no field is marked as optional: it is needed in the end
        return helper


class ProjectForm(PartForm):
    heading = _("Part 1: the project")
    title = ThaiTextField(label=_("Title of the project"), max_length=300)
    objectives = _text(_("Objectives"))
    target_group = ThaiTextField(label=_("Target group"), max_length=300, required=False)
    beneficiaries = forms.IntegerField(
        label=_("Number of people served"), min_value=1, max_value=100_000_000, required=False,
        widget=forms.NumberInput(attrs={"class": "width-number"}),
    )  # fmt: skip
    area = ThaiTextField(label=_("Area"), max_length=300, required=False)
    duration_months = forms.IntegerField(
        label=_("Duration (months)"), min_value=1, max_value=120, required=False,
        widget=forms.NumberInput(attrs={"class": "width-number"}),
    )  # fmt: skip


class PlanForm(PartForm):
    heading = _("Part 2: activities and results")
    activities = _text(_("Activities and steps of work"), rows=8)
    results = _text(_("Expected results"))


class CapabilityForm(PartForm):
    heading = _("Part 3: capability and risks")
    expertise = _text(_("Expertise and track record"))
    network = _text(_("Network and scaling"))
    risks = _text(_("Risks and how they are met"))


class BudgetForm(PartForm):
    heading = _("Part 4: budget")
    budget = BahtField(label=_("Budget"), positive=True, required=False)
    budget_detail = _text(_("Budget in detail"), rows=8)

    def clean_budget(self) -> Any:
        """Within the ceiling of the call (baht)."""
        budget = self.cleaned_data["budget"]
        ceiling = self.root.call.budget_ceiling
        if budget is not None and budget > ceiling:
            raise forms.ValidationError(
                _("The budget is above the ceiling of the call, %(ceiling)s baht."),
                params={"ceiling": f"{ceiling:,.2f}"},
            )
        return budget


PART_FORMS: dict[str, type[PartForm]] = {
    "project": ProjectForm,
    "plan": PlanForm,
    "capability": CapabilityForm,
    "budget": BudgetForm,
}


class BeginForm(HouseForm):
    title = ThaiTextField(label=_("Title of the project"), max_length=300)


class AttachForm(HouseForm):
    file = UploadField(label=_("File to attach"))
