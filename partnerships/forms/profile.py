"""The parts of a profile. Nothing in them is required but the name: what is needed when is said by the requirements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import BahtField, HouseForm, SeveralField, ThaiTextField
from partnerships import geography
from partnerships.enums import OrganisationStanding
from partnerships.forms.fields import (
    BuddhistYearField,
    CountField,
    PhoneField,
    RegistrationNumberField,
    TaxNumberField,
)
from partnerships.forms.registration import KindMixin
from partnerships.models import FieldOfWork, Organisation, TargetGroup
from partnerships.reference.kinds import Need
from partnerships.reference.regions import REGIONS
from partnerships.requirements.organisation import rules_for


class ProfileForm(HouseForm):
    """One part of a profile: shows what is on record, gives what was typed.

    `needed` may be left empty for now, but the registration cannot be sent in without: they are not marked optional.
    """

    needed: tuple[str, ...] = ()

    def __init__(self, *args: Any, root: Organisation, **kwargs: Any) -> None:
        kwargs.setdefault("initial", self.on_record(root))
        super().__init__(*args, root=root, **kwargs)
        for name in self.needed:
            if name in self.fields:
                self.fields[name].needed = True

    @classmethod
    def on_record(cls, organisation: Organisation) -> dict[str, Any]:
        """Initial values from the record."""
        return {name: getattr(organisation, name, None) for name in cls.base_fields}


class IdentityForm(ProfileForm, KindMixin):
    """Who the organisation is. In the register the kind is no longer its own to change."""

    name_th = ThaiTextField(
        label=_("Name in Thai"), max_length=300, help_text=_("The full name as it stands on the certificate.")
    )
    name_en = ThaiTextField(label=_("Name in English"), max_length=300, required=False)
    short_name = ThaiTextField(label=_("Short name"), max_length=50, required=False)
    field_order = ("kind", "local_type", "is_unregistered", "name_th", "name_en", "short_name")

    def __init__(self, *args: Any, root: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        if root.standing != OrganisationStanding.DRAFT:
            self.fields["kind"].disabled = True
            self.fields["kind"].widget = forms.Select(choices=self.fields["kind"].choices)
            self.fields["kind"].help_text = _("Ask OPDC if the kind is wrong.")


class NumbersForm(ProfileForm):
    """The numbers that the kind has (reference/kinds.py)."""

    tax_number = TaxNumberField(label=_("13-digit tax number"), required=False)
    registration_number = RegistrationNumberField(
        label=_("Number on the registration certificate"),
        required=False,
        help_text=_("As it is written there, letters and digits"),
    )

    def __init__(self, *args: Any, root: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        rules = rules_for(root)
        for name in ("tax_number", "registration_number"):
            self.fields[name].needed = getattr(rules, name) is Need.REQUIRED
            if getattr(rules, name) is Need.NONE:
                del self.fields[name]


class AddressForm(ProfileForm):
    """Province, district and subdistrict come one after the other; the postal code follows from the subdistrict."""

    address = ThaiTextField(label=_("Number, building, village, lane and road"), max_length=500, rows=2, required=False)
    province_code = forms.ChoiceField(label=_("Province"), required=False)
    district_code = forms.ChoiceField(label=_("District"), required=False)
    subdistrict_code = forms.ChoiceField(label=_("Subdistrict"), required=False)
    postal_code = forms.ChoiceField(label=_("Postal code"), required=False)
    phone = PhoneField(label=_("Telephone"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    website = forms.URLField(
        label=_("Website"), required=False, assume_scheme="https", help_text=_("For example https://www.example.org")
    )
    places = ("province_code", "district_code", "subdistrict_code", "postal_code")
    needed = ("address", *places)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province, district, subdistrict = (self._given(name) for name in self.places[:3])
        self._offer("province_code", geography.province_choices(), _("Choose the province"))
        self._offer("district_code", geography.district_choices(province), _("Choose the district"))
        under = geography.subdistrict_choices(district) if district.startswith(province) and province else []
        self._offer("subdistrict_code", under, _("Choose the subdistrict"))
        codes = geography.postal_codes(subdistrict) if district and subdistrict.startswith(district) else ()
        self._offer("postal_code", [(code, code) for code in codes], _("Choose the postal code"))
        if len(codes) == 1:
            self.initial["postal_code"] = codes[0]

    def _given(self, name: str) -> str:
        found = self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)
        return str(found or "")

    def _offer(self, name: str, choices: list[tuple[str, str]], first: Any) -> None:
        self.fields[name].choices = [("", first), *choices]

    def _clean_fields(self) -> None:
        """A place that is not in the one above it is left out, not refused: the one above has just been changed."""
        self.data = self.data.copy()
        for name in self.places[1:]:
            if self._given(name) not in dict(self.fields[name].choices):
                self.data[self.add_prefix(name)] = ""
        super()._clean_fields()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        codes = [code for code, _label in self.fields["postal_code"].choices if code]
        if not given.get("postal_code") and len(codes) == 1:
            given["postal_code"] = codes[0]
        return given


class SizeForm(ProfileForm):
    """How large and how old; empty is "not told", never 0."""

    founded_year = BuddhistYearField(label=_("Year founded"), required=False)
    staff_count = CountField(label=_("Staff members"), required=False)
    volunteer_count = CountField(label=_("Volunteers"), required=False, help_text=_("Enter 0 if there are none."))
    yearly_income = BahtField(
        label=_("Yearly income"),
        required=False,
        help_text=_("Of the last year that was closed. Shown to agencies and OPDC, not to the public."),
    )


class WordsField(SeveralField):
    """Words that OPDC keeps: those in use, and those the organisation has already."""

    columns = True


class WorkForm(ProfileForm):
    """What it does, for whom, and where. `facts` gives the provinces as one list of codes."""

    needed = ("fields_of_work", "target_groups")
    about = ThaiTextField(
        label=_("What the organisation does"),
        max_length=4000,
        rows=5,
        required=False,
        help_text=_("In a few sentences; everyone can read it once the organisation is in the register."),
    )
    fields_of_work = WordsField(label=_("Fields of work"), queryset=FieldOfWork.objects.none(), required=False)
    target_groups = WordsField(label=_("Target groups"), queryset=TargetGroup.objects.none(), required=False)
    nationwide = forms.BooleanField(label=_("The whole country (all 77 provinces)"), required=False)

    def __init__(self, *args: Any, root: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, root=root, **kwargs)
        self.fields["fields_of_work"].queryset = FieldOfWork.objects.filter(is_active=True)
        self.fields["target_groups"].queryset = TargetGroup.objects.filter(is_active=True)
        served = self.initial["served"]
        for region, (label, codes) in REGIONS.items():
            field = forms.MultipleChoiceField(
                label=_("Provinces served: %(region)s") % {"region": label},
                choices=[(code, geography.province_name(code)) for code in codes],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                initial=[code for code in codes if code in served],
            )
            field.columns = True
            self.fields[f"areas_{region}"] = field

    @classmethod
    def on_record(cls, organisation: Organisation) -> dict[str, Any]:
        served = set(organisation.service_areas.values_list("province_code", flat=True))
        return {
            "about": organisation.about,
            "fields_of_work": list(organisation.fields_of_work.values_list("pk", flat=True)),
            "target_groups": list(organisation.target_groups.values_list("pk", flat=True)),
            "nationwide": len(served) == sum(len(codes) for _label, codes in REGIONS.values()),
            "served": served,
        }

    @property
    def facts(self) -> dict[str, Any]:
        given = super().facts
        areas = [given.pop(f"areas_{region}", None) for region in REGIONS]
        if given.pop("nationwide", False):
            given["provinces"] = [code for _label, codes in REGIONS.values() for code in codes]
        elif None not in areas:
            given["provinces"] = [code for some in areas for code in some]
        return {name: list(value) if hasattr(value, "iterator") else value for name, value in given.items()}
