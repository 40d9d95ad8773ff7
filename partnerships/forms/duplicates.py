"""The filter of the page of duplicates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from partnerships.forms.registry import provinces


class DuplicateFilterForm(forms.Form):
    province = forms.ChoiceField(label=_("Province"), choices=provinces, required=False)
