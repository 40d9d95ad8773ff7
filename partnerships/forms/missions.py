"""Forms about missions: recorded on one page, completed part by part, found in the list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import BahtField, HouseForm, RowForm, ThaiTextField, house_formset
from partnerships.enums import Form, MoneySource, ProcurementScreening
from partnerships.forms.choice_fields import WordsField
from partnerships.geography import province_choices
from partnerships.models import FieldOfWork, Mission, Organisation, TargetGroup
from partnerships.queries.missions import NO_FORM


class MissionForm(HouseForm):
    """What is needed to begin; the rest is completed part by part."""

    title = ThaiTextField(label=_("Title of the mission"), max_length=300)
    problem = ThaiTextField(label=_("Problem"), max_length=4000, rows=4, required=False)
    objectives = ThaiTextField(label=_("Objectives"), max_length=4000, rows=4)
    target_group = ThaiTextField(label=_("Target group"), max_length=300)
    area = ThaiTextField(label=_("Area"), max_length=300)
    is_routine = forms.BooleanField(label=_("Continuing or routine service"), required=False)
    time_frame = ThaiTextField(label=_("Time frame"), max_length=200, required=False)
    legal_basis = ThaiTextField(
        label=_("Legal basis"),
        max_length=2000,
        rows=2,
        help_text=_("The law or regulation that gives the agency this mission."),
    )


class AboutPart(HouseForm):
    title = ThaiTextField(label=_("Title of the mission"), max_length=300)
    problem = ThaiTextField(label=_("Problem"), max_length=4000, rows=4, required=False)
    objectives = ThaiTextField(label=_("Objectives"), max_length=4000, rows=4)
    scope = ThaiTextField(
        label=_("Scope"),
        max_length=4000,
        rows=4,
        required=False,
        help_text=_("What belongs to the mission, and what stays with the agency."),
    )
    fields_of_work = WordsField(FieldOfWork, label=_("Fields of work"))


class PeoplePart(HouseForm):
    target_group = ThaiTextField(label=_("Target group"), max_length=300, help_text=_("In your own words"))
    target_groups = WordsField(TargetGroup, label=_("Target groups by which partners are found"))
    area = ThaiTextField(label=_("Area"), max_length=300, help_text=_("In your own words"))


class MeansPart(HouseForm):
    is_routine = forms.BooleanField(label=_("Continuing or routine service"), required=False)
    time_frame = ThaiTextField(label=_("Time frame"), max_length=200, required=False)
    candidates_note = ThaiTextField(
        label=_("How partners were or will be looked for"), max_length=4000, rows=4, required=False
    )


class LawPart(HouseForm):
    legal_basis = ThaiTextField(
        label=_("Legal basis"),
        max_length=2000,
        rows=3,
        help_text=_("The law or regulation that gives the agency this mission."),
    )
    procurement_screening = forms.ChoiceField(
        label=_("Procurement screening"),
        choices=ProcurementScreening.choices,
        help_text=_("Whether the rules of procurement apply: subsidies and contracts for results are no hiring."),
    )
    procurement_note = ThaiTextField(
        label=_("Result of the screening and e-GP reference"), max_length=2000, rows=3, required=False
    )


class ProvinceRow(RowForm):
    province_code = forms.ChoiceField(label=_("Province"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["province_code"].choices = [("", _("Choose a province")), *province_choices()]


class FundingRow(RowForm):
    source = forms.ChoiceField(label=_("Source of money"), choices=[("", "–"), *MoneySource.choices], required=False)
    amount = BahtField(label=_("Amount (baht)"), required=False, help_text=_("Leave it empty while it is not known."))
    note = ThaiTextField(label=_("Note"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if (data.get("amount") is not None or data.get("note")) and not data.get("source"):
            self.add_error("source", _("Please choose one."))
        return data


ProvinceRows = house_formset(
    ProvinceRow, title=_("Provinces (none: the whole country)"), add_label=_("Add a province"), max_rows=77
)
FundingRows = house_formset(FundingRow, title=_("Sources of money"), add_label=_("Add a source of money"), max_rows=20)


class MissionFilterForm(forms.Form):
    """Search in the list of missions; OPDC also by agency."""

    q = forms.CharField(label=_("Title or reference"), required=False, max_length=100)
    agency = forms.ModelChoiceField(
        label=_("Agency"), queryset=Organisation.objects.none(), required=False, empty_label=_("All agencies")
    )
    field = forms.ModelChoiceField(
        label=_("Field of work"), queryset=FieldOfWork.objects.all(), required=False, empty_label=_("All fields")
    )
    form = forms.ChoiceField(
        label=_("Form of partnership"),
        required=False,
        choices=[("", _("All forms")), *Form.choices, (NO_FORM, _("Not chosen yet"))],
    )

    def __init__(self, *args: Any, actor: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if actor.is_opdc:
            owners = Mission.objects.values("agency")
            self.fields["agency"].queryset = Organisation.objects.filter(pk__in=owners).order_by("sort_key")
        else:
            del self.fields["agency"]
