"""How anybody narrows the list of calls."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import HouseMixin, ThaiTextField
from partnerships.enums import Form
from partnerships.geography import province_choices
from partnerships.models import FieldOfWork

CALL_FORMS = (Form.GRANT, Form.PBC)


class PublicCallFilter(HouseMixin, forms.Form):
    """Words, form, field of work, province; those open (the default), or those that are closed."""

    q = ThaiTextField(label=_("Search by title or number"), required=False, max_length=100)
    form = forms.ChoiceField(label=_("Form of partnership"), required=False)
    field = forms.ModelChoiceField(
        FieldOfWork.objects.filter(is_active=True),
        label=_("Field of work"),
        required=False,
        empty_label=_("All fields"),
    )
    province = forms.ChoiceField(label=_("Province"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Open now")), ("closed", _("Closed for proposals"))]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [("", _("All forms")), *((form.value, form.label) for form in CALL_FORMS)]
        self.fields["province"].choices = [("", _("All provinces")), *province_choices()]

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen (arguments of `public_calls`); what is not on offer narrows nothing."""
        self.is_valid()
        found = getattr(self, "cleaned_data", {})
        return {
            "words": found.get("q") or "",
            "form": found.get("form") or "",
            "field": found.get("field"),
            "province": found.get("province") or "",
            "closed": found.get("state") == "closed",
        }
