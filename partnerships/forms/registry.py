"""Forms by which OPDC keeps the register: agencies, duties, duplicates, organisations entered by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.th import tin

from core import clock
from core.forms import BuddhistDateField, HouseForm, ThaiTextField
from partnerships.enums import (
    PARTNER_KINDS,
    LocalGovernmentType,
    OrganisationKind,
    OrganisationStanding,
    ProvincialDutyKind,
)
from partnerships.geography import province_choices
from partnerships.models import Organisation

AGENCY_KIND_CHOICES = [
    (kind.value, kind.label)
    for kind in (OrganisationKind.MINISTRY, OrganisationKind.DEPARTMENT, OrganisationKind.PROVINCIAL_OFFICE)
]


def provinces() -> list[tuple[str, Any]]:
    """The 77 provinces behind an empty choice."""
    return [("", _("Choose a province")), *province_choices()]


class NameChoice(forms.ModelChoiceField):
    """Organisations by name in the reader's language."""

    def label_from_instance(self, obj: Organisation) -> str:
        return obj.name


def existing(*kinds: str) -> Any:
    """Agencies of these kinds that exist today."""
    agencies = Organisation.objects.filter(kind__in=kinds, standing=OrganisationStanding.ACTIVE)
    return agencies.named_on(clock.today()).order_by("sort_key", "pk")


class AgencyForm(HouseForm):
    """A ministry, a department or a provincial office."""

    kind = forms.ChoiceField(label=_("Kind"), choices=AGENCY_KIND_CHOICES, widget=forms.RadioSelect)
    name_th = ThaiTextField(label=_("Name in Thai"), max_length=300)
    name_en = ThaiTextField(label=_("Name in English"), max_length=300, required=False)
    short_name = ThaiTextField(label=_("Short name"), max_length=50, required=False)
    code = forms.CharField(label=_("Agency code"), max_length=20, required=False)
    parent = NameChoice(
        label=_("Belongs to"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("None: a ministry"),
        help_text=_("A department belongs to a ministry, a provincial office to a department."),
    )
    province_code = forms.ChoiceField(
        label=_("Province"), choices=provinces, required=False, help_text=_("Only of a provincial office")
    )
    valid_from = BuddhistDateField(label=_("Name valid from"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = existing(OrganisationKind.MINISTRY, OrganisationKind.DEPARTMENT)


class RenameForm(HouseForm):
    name_th = ThaiTextField(label=_("New name in Thai"), max_length=300)
    name_en = ThaiTextField(label=_("New name in English"), max_length=300, required=False)
    short_name = ThaiTextField(label=_("Short name"), max_length=50, required=False)
    valid_from = BuddhistDateField(label=_("The new name holds from"))


class MoveForm(HouseForm):
    parent = NameChoice(label=_("New ministry or department"), queryset=Organisation.objects.none())
    valid_from = BuddhistDateField(label=_("Belongs there from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        office = self.root.kind == OrganisationKind.PROVINCIAL_OFFICE
        kind = OrganisationKind.DEPARTMENT if office else OrganisationKind.MINISTRY
        self.fields["parent"].queryset = existing(kind).exclude(pk=self.root.parent_id)


class RetireForm(HouseForm):
    valid_until = BuddhistDateField(label=_("Exists until"))
    reason = ThaiTextField(label=_("Reason"), max_length=2000, rows=3)


class DutyForm(HouseForm):
    """An office named as coordinator or verifier in a province."""

    office = NameChoice(label=_("Provincial office"), queryset=Organisation.objects.none())
    kind = forms.ChoiceField(label=_("Duty"), choices=ProvincialDutyKind.choices, widget=forms.RadioSelect)
    province_code = forms.ChoiceField(label=_("Province"), choices=provinces)
    starts_on = BuddhistDateField(label=_("From"))
    ends_on = BuddhistDateField(label=_("Until"), required=False, help_text=_("Empty: until further notice"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = existing(OrganisationKind.PROVINCIAL_OFFICE)


class EndDutyForm(HouseForm):
    ends_on = BuddhistDateField(label=_("Until"))


class MergeForm(HouseForm):
    """Which of the two is kept, and why they are one."""

    kept = forms.ChoiceField(
        label=_("Which record is kept"),
        widget=forms.RadioSelect,
        help_text=_("Everything that belongs to the other one moves to it. This cannot be taken back."),
    )
    reason = ThaiTextField(label=_("Reason"), max_length=2000, rows=3)

    def __init__(self, *args: Any, pair: tuple[Organisation, Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pair = {str(organisation.pk): organisation for organisation in pair}
        self.fields["kept"].choices = [
            (pk, f"{organisation.name} ({organisation.pk})") for pk, organisation in self.pair.items()
        ]

    @property
    def facts(self) -> dict[str, Any]:
        """The one kept, the one merged, and the reason."""
        kept = self.pair[self.cleaned_data["kept"]]
        merged = next(organisation for organisation in self.pair.values() if organisation != kept)
        return {"kept": kept, "merged": merged, "reason": self.cleaned_data["reason"]}


class NotDuplicateForm(HouseForm):
    reason = ThaiTextField(label=_("Why they are two organisations"), max_length=2000, rows=3)


class EnterForm(HouseForm):
    """A partner that OPDC enters itself."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(k.value, k.label) for k in OrganisationKind if k in PARTNER_KINDS]
    )
    local_type = forms.ChoiceField(
        label=_("Kind of local government"),
        choices=[("", _("Not a local government")), *LocalGovernmentType.choices],
        required=False,
    )
    name_th = ThaiTextField(label=_("Name in Thai"), max_length=300)
    name_en = ThaiTextField(label=_("Name in English"), max_length=300, required=False)
    tax_number = forms.CharField(
        label=_("13-digit tax number"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    registration_number = forms.CharField(label=_("Registration number"), max_length=30, required=False)
    province_code = forms.ChoiceField(label=_("Province"), choices=provinces)
    phone = forms.CharField(label=_("Telephone"), max_length=50, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "is_another" in self.data:
            self.ask_whether_another()

    def ask_whether_another(self) -> None:
        """After similar names were found: a box to tick."""
        self.fields["is_another"] = forms.BooleanField(
            label=_("It is another organisation than the ones named above"), required=False
        )

    @property
    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: value for name, value in super().facts.items() if name != "is_another"}

    def clean_tax_number(self) -> str:
        """13 digits whose last is the check digit."""
        typed = self.cleaned_data["tax_number"]
        if not typed:
            return ""
        try:
            return tin.validate(typed)
        except NumberError as error:
            raise forms.ValidationError(_("The number cannot be right: check its 13 digits.")) from error
