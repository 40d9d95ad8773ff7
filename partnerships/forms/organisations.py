"""Forms about organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from partnerships.enums import PARTNER_KINDS, OrganisationKind
from partnerships.geography import province_choices
from partnerships.models import FieldOfWork, TargetGroup
from partnerships.querysets import OrganisationQuerySet

STANDINGS = [
    ("", _("All")),
    ("verified", _("Verified")),
    ("expired", _("Verification expired")),
    ("unverified", _("Not verified")),
    ("blocked", _("Blocked")),
]


class WordChoice(forms.ModelChoiceField):
    """A word of OPDC's lists, in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        return obj.name


class OrganisationFilterForm(forms.Form):
    """Search and filters in the list of partners."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    province = forms.ChoiceField(
        label=_("Province"), required=False, choices=lambda: [("", _("All provinces")), *province_choices()]
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *[(k.value, k.label) for k in OrganisationKind if k in PARTNER_KINDS]],
    )
    field = WordChoice(
        label=_("Field of work"),
        required=False,
        queryset=FieldOfWork.objects.all(),
        empty_label=_("All fields of work"),
    )
    group = WordChoice(
        label=_("Target group"), required=False, queryset=TargetGroup.objects.all(), empty_label=_("All target groups")
    )
    standing = forms.ChoiceField(label=_("Verification"), required=False, choices=STANDINGS)

    def narrow(self, partners: OrganisationQuerySet) -> OrganisationQuerySet:
        """Those among the partners that were asked for; what cannot be read is left out."""
        data = getattr(self, "cleaned_data", {}) if not self.is_valid() else self.cleaned_data
        if data.get("q"):
            partners = partners.search(data["q"])
        if data.get("province"):
            partners = partners.in_province(data["province"])
        if data.get("kind"):
            partners = partners.filter(kind=data["kind"])
        if data.get("field"):
            partners = partners.with_field(data["field"].pk)
        if data.get("group"):
            partners = partners.with_target_group(data["group"].pk)
        return self._standing(partners, data.get("standing"))

    def _standing(self, partners: OrganisationQuerySet, standing: str | None) -> OrganisationQuerySet:
        today = clock.today()
        if standing == "verified":
            return partners.verified(today)
        if standing == "expired":
            return partners.filter(verified_until__lt=today)
        if standing == "unverified":
            return partners.filter(verified_until=None)
        return partners.filter(blocked_at__isnull=False) if standing == "blocked" else partners
