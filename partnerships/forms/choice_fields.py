"""Fields by which words of OPDC's lists, agencies and partners are chosen."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.forms import SeveralField, ThaiTextField
from partnerships.enums import AGENCY_KINDS, OrganisationKind
from partnerships.geography import province_code_of, province_name
from partnerships.models import Organisation

SEVERAL = 6  # names shown where a search finds more than one


class WordsField(SeveralField):
    """Words of one of OPDC's lists, those in use and those already chosen."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(queryset=model.objects.filter(is_active=True), **kwargs)

    def keep(self, chosen: Any) -> None:
        """Let words that were retired since stay chosen."""
        self.queryset = self.queryset.model.objects.filter(Q(is_active=True) | Q(pk__in=[word.pk for word in chosen]))


class AgencyField(forms.ModelChoiceField):
    """An agency that owns missions."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Organisation.objects.none(), **kwargs)

    @staticmethod
    def owners() -> Any:
        return Organisation.objects.filter(kind__in=AGENCY_KINDS - {OrganisationKind.OPDC}).order_by("sort_key")


class OrganisationNameField(ThaiTextField):
    """An organisation of the register found by its name or a part of it; several hits are named in the message.

    A name that several have is told apart by its province: "name (province)" is understood as it is shown.
    """

    default_error_messages = {
        "none": _("No organisation of this name is in the register."),
        "several": _("Several organisations have this in their name: %(names)s. Type more of it."),
    }
    with_province = re.compile(r"(.+\S)\s*\(([^()]+)\)")

    def rows(self) -> Any:
        return Organisation.objects.listed()

    def clean(self, value: Any) -> Organisation | None:
        wanted = super().clean(value)
        if not wanted:
            return None
        found = self._find(wanted)
        if len(found) == 1:
            return found[0]
        names = ", ".join(_name_and_province(row) for row in found)
        code = "several" if found else "none"
        raise ValidationError(self.error_messages[code], code=code, params={"names": names})

    def _find(self, wanted: str) -> list[Organisation]:
        rows = self.rows()
        found = list(rows.filter(name_th=wanted)[:SEVERAL])
        match = self.with_province.fullmatch(wanted)
        if not found and match and (code := province_code_of(match[2])):
            found = list(rows.filter(name_th=match[1], province_code=code)[:SEVERAL])
        return found or list(rows.search(wanted).order_by("sort_key")[:SEVERAL])

    def is_name_of(self, typed: str, organisation: Organisation) -> bool:
        """Whether the whole name was typed, alone or with its province, and not a part that found it."""
        names = (organisation.name_th, _name_and_province(organisation))
        return " ".join(typed.split()) in {" ".join(name.split()) for name in names}

    def prepare_value(self, value: Any) -> Any:
        return value.name_th if isinstance(value, Organisation) else value


def _name_and_province(organisation: Organisation) -> str:
    province = province_name(organisation.province_code)
    return f"{organisation.name_th} ({province})" if province else organisation.name_th


class PartnerNameField(OrganisationNameField):
    """A partner found by its name."""

    default_error_messages = {
        "none": _("No partner of this name is in the register."),
        "several": _("Several partners have this in their name: %(names)s. Type more of it."),
    }

    def rows(self) -> Any:
        return Organisation.objects.partners().listed()
