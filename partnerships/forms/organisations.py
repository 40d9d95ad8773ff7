"""Forms about organisations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.enums import PARTNER_KINDS, OrganisationKind


class OrganisationFilterForm(forms.Form):
    """Search in the list of organisations."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[("", _("All kinds")), *[(k.value, k.label) for k in OrganisationKind if k in PARTNER_KINDS]],
    )
