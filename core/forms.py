"""Base forms: every form carries the door's stamp, keeps its input, and may have rows."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.form_fields import BahtField, BuddhistDateField, SeveralField, ThaiTextField, UploadField
from core.workflow import Requirement, Stamp

__all__ = [
    "BahtField",
    "BuddhistDateField",
    "HouseForm",
    "HouseFormSet",
    "HouseMixin",
    "RowForm",
    "SeveralField",
    "StampMixin",
    "ThaiTextField",
    "UploadField",
    "house_formset",
]

Text = str | Promise
NOT_SAID = forms.Field.default_error_messages["required"]


def _required_message(field: forms.Field) -> Text:
    """What to say when a required field was left empty."""
    if isinstance(field, forms.FileField):
        return _("Please choose a file.")
    if isinstance(field, forms.BooleanField):
        return _("Please tick this box.")
    if isinstance(field, forms.ChoiceField):
        return _("Please choose one.")
    return _("Please fill in this field.")


class HouseMixin:
    """What every form shares: crispy without a form tag of its own, required fields plain and optional ones marked."""

    summary_on_top = True
    warnings: Mapping[str, Text] = MappingProxyType({})  # name → what is told beside the field and stops no saving
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            said = field.error_messages.get("required")
            if said is NOT_SAID or said == NOT_SAID:  # equal is asked by putting both into words
                field.error_messages["required"] = _required_message(field)

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.include_media = False
        return helper


class StampMixin(HouseMixin):
    """A form that carries the version of its root and an idempotency key.

    `root` is the record the form was drawn from (None where one is being born).
    """

    stamp_names = ("version", "key")
    fields_of_facts: dict[str, str] = {}  # where a fact that an action refuses is no field of this name: its field

    def __init__(self, *args: Any, root: Any = None, **kwargs: Any) -> None:
        self.root = root
        self.missing: list[Requirement] = []
        super().__init__(*args, **kwargs)
        stale = _("This page is out of date. Please load it again.")
        self.fields["version"] = forms.IntegerField(
            required=root is not None,
            widget=forms.HiddenInput,
            initial=getattr(root, "version", None),
            error_messages={"required": stale, "invalid": stale},
        )
        self.fields["key"] = forms.CharField(
            required=False, max_length=64, widget=forms.HiddenInput, initial=lambda: str(uuid.uuid4())
        )

    @property
    def stamp(self) -> Stamp:
        """The stamp the browser sent back (only of a valid form)."""
        return Stamp(version=self.cleaned_data.get("version"), key=self.cleaned_data.get("key") or None)

    @property
    def facts(self) -> dict[str, Any]:
        """The cleaned fields without the stamp: what an action takes."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.stamp_names}

    def renew_stamp(self) -> None:
        """Take the root's version as it is now, so that the kept input can be sent again after a look."""
        self.root.refresh_from_db()
        self.data = self.data.copy()
        self.data[self.add_prefix("version")] = str(self.root.version)


class HouseForm(StampMixin, forms.Form):
    """The base of forms that change something. Draw it with `{% house_form form %}`."""


class RowForm(HouseMixin, forms.Form):
    """One row of a formset: no stamp of its own, errors beside the fields. `told`: HTML below them, if any."""

    summary_on_top = False
    told: SafeString = SafeString()


class HouseFormSet(forms.BaseFormSet):
    """Rows of the same kind. `title`, `hint`, `add_label` are shown; `rows` are the filled ones not taken away."""

    title: Text = ""
    hint: Text = ""
    add_label: Text = ""
    default_error_messages = {
        "missing_management_form": _("The rows of this form came in incomplete. Please load the page again."),
        "too_few_forms": ngettext_lazy(
            "Please fill in at least %(num)d row.", "Please fill in at least %(num)d rows.", "num"
        ),
        "too_many_forms": ngettext_lazy("Please send at most %(num)d row.", "Please send at most %(num)d rows.", "num"),
    }

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Cleaned data of the rows that count."""
        return [
            {name: value for name, value in form.cleaned_data.items() if name != "DELETE"}
            for form in self.forms
            if form.has_changed() and not form.cleaned_data.get("DELETE") and any_value(form.cleaned_data)
        ]

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Remove this row")


def any_value(data: dict[str, Any]) -> bool:
    """Whether a row holds anything at all."""
    return any(value not in (None, "", False) for name, value in data.items() if name != "DELETE")


def house_formset(
    form: type[RowForm],
    *,
    title: Text = "",
    hint: Text = "",
    add_label: Text = "",
    extra: int = 1,
    min_rows: int = 0,
    max_rows: int = 100,
    base: type[HouseFormSet] = HouseFormSet,
) -> type[HouseFormSet]:
    """A formset class whose rows can be added and taken away; at least `min_rows` must be filled.

    `hint`: what would be said again in each row, said once above them.
    """
    made = forms.formset_factory(
        form,
        formset=base,
        extra=extra,
        can_delete=True,
        min_num=min_rows,
        validate_min=bool(min_rows),
        max_num=max_rows,
        validate_max=True,
        absolute_max=max_rows + 50,
    )
    made.title, made.hint, made.add_label = title, hint, add_label
    return made
