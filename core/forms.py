"""Base forms and fields: Buddhist-Era dates, baht, uploads, Thai text, rows; every form carries the door's stamp."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import files, thai
from core.ui import is_thai
from core.workflow import Requirement, Stamp

Text = str | Promise


# --- fields


class BuddhistDateField(forms.Field):
    """A date typed as 1/10/2569 or 1 ต.ค. 2569 (an English page also takes 1 Oct 2026); gives a `date`.

    What was typed stays in the field when it cannot be read. `not_before` and `not_after` are dates.
    """

    widget = forms.TextInput
    default_error_messages = {  # noqa: RUF012 - Django's own way
        "format": _("Enter a date such as 1/10/2569."),
        "short_year": _("Enter the year in four digits of the Buddhist Era, such as 2569."),
        "ce_year": _("Enter the year in the Buddhist Era, such as 2569 for 2026."),
        "year": _("The year cannot be right. Enter a year of the Buddhist Era, such as 2569."),
        "nonexistent": _("There is no such day in the calendar."),
        "too_early": _("The date must not be before %(limit)s."),
        "too_late": _("The date must not be after %(limit)s."),
    }

    def __init__(self, *, not_before: dt.date | None = None, not_after: dt.date | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 1/10/2569"))
        self.not_before, self.not_after = not_before, not_after
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "width-date", "autocomplete": "off"}

    def to_python(self, value: Any) -> dt.date | None:
        if isinstance(value, dt.date):
            return value
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return thai.parse_be_date(text, accept_ce=not is_thai())
        except thai.ThaiDateError as error:
            code = error.code if error.code in self.error_messages else "format"
            raise ValidationError(self.error_messages[code], code=code) from error

    def validate(self, value: dt.date | None) -> None:
        super().validate(value)
        for limit, wrong, code in (
            (self.not_before, value and self.not_before and value < self.not_before, "too_early"),
            (self.not_after, value and self.not_after and value > self.not_after, "too_late"),
        ):
            if wrong:
                shown = thai.long_date(limit) if is_thai() else thai.english_date(limit)
                raise ValidationError(self.error_messages[code], code=code, params={"limit": shown})

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, dt.date):
            return value
        return f"{value.day}/{value.month}/{thai.be_year(value)}" if is_thai() else thai.english_date(value, short=True)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class BahtField(forms.Field):
    """An amount in baht to the satang, 0 or more; thousands commas, Thai digits and the word บาท are understood."""

    widget = forms.TextInput
    unit = _("baht")
    default_error_messages = {  # noqa: RUF012 - Django's own way
        "invalid": _("Enter an amount in digits, such as 1,250,000.00."),
        "negative": _("The amount must not be negative."),
        "too_small": _("The amount must be more than 0."),
        "decimals": _("Enter no more than two digits after the point (satang)."),
        "too_large": _("The amount must not be more than %(limit)s baht."),
    }
    shape = re.compile(r"(-?)(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d+))?")

    def __init__(
        self, *, positive: bool = False, max_value: Decimal = Decimal("999999999999.99"), **kwargs: Any
    ) -> None:
        """`positive`: 0 is refused too. `max_value` in baht."""
        self.positive, self.max_value = positive, max_value
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "width-money", "inputmode": "decimal", "autocomplete": "off"}

    def to_python(self, value: Any) -> Decimal | None:
        if isinstance(value, Decimal | int):
            return Decimal(value)
        text = thai.arabic_digits(value or "").strip().removesuffix("บาท").removeprefix("฿")
        text = re.sub(r"\s", "", text).replace("−", "-")
        if not text:
            return None
        match = self.shape.fullmatch(text)
        if not match:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len((match[3] or "").rstrip("0")) > 2:
            raise ValidationError(self.error_messages["decimals"], code="decimals")
        return Decimal(text.replace(",", "")).quantize(Decimal("0.01")) if len(text) < 40 else Decimal("1E+30")

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is None:
            return
        if value < 0:
            raise ValidationError(self.error_messages["negative"], code="negative")
        if self.positive and value == 0:
            raise ValidationError(self.error_messages["too_small"], code="too_small")
        if value > self.max_value:
            limit = f"{self.max_value:,.2f}"
            raise ValidationError(self.error_messages["too_large"], code="too_large", params={"limit": limit})

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value):,.2f}" if isinstance(value, Decimal | int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != self.to_python(initial)
        except ValidationError:
            return True


class UploadField(forms.FileField):
    """A file whose content is what its name says (`core.files.check_file`); gives the upload, stored by the action."""

    widget = forms.FileInput
    extensions = ("pdf", "docx", "xlsx", "png", "jpg", "jpeg")

    def __init__(self, *, extensions: Iterable[str] | None = None, **kwargs: Any) -> None:
        self.extensions = tuple(extensions or self.extensions)
        kwargs.setdefault("help_text", _("PDF, Word, Excel, PNG or JPEG"))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": ",".join(f".{extension}" for extension in self.extensions)}

    default_error_messages = {  # noqa: RUF012 - Django's own way
        "empty": _("This file is empty."),
        "kind": _("This kind of file is not accepted here. Please send one of: %(kinds)s."),
    }

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if not upload or upload is initial:
            return upload
        extension = upload.name.rpartition(".")[2].lower()
        if extension not in self.extensions:
            kinds = ", ".join(self.extensions)
            raise ValidationError(self.error_messages["kind"], code="kind", params={"kinds": kinds})
        try:
            files.check_file(upload, name=upload.name, content_type=upload.content_type or "")
        except files.FileRefused as refused:
            raise ValidationError(refused.message, code=refused.code) from refused
        return upload


class ThaiTextField(forms.CharField):
    """Text as people type Thai: ํา becomes ำ, เเ becomes แ, invisible characters go. `rows` makes it a text area.

    A text area says how many characters of `max_length` are used.
    """

    hidden_signs = re.compile(r"[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff]")

    def __init__(self, *, max_length: int = 300, rows: int | None = None, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        # The browser would cut a pasted text silently: the count warns, the server refuses with the text kept.
        limit = attrs.pop("maxlength", None)
        if limit and isinstance(widget, forms.Textarea):
            attrs["data-count"] = limit
        return attrs

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFC", super().to_python(value) or "").replace("\r\n", "\n")
        text = self.hidden_signs.sub("", text).replace("เเ", "แ")
        text = re.sub("ํ([่-๋]?)า", "\\1ำ", text)
        kept = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
        return kept.strip() if self.strip else kept


# --- forms


class HouseMixin:
    """What every form shares: crispy without a form tag of its own, required fields plain and optional ones marked."""

    summary_on_top = True

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
    """One row of a formset: no stamp of its own, errors beside the fields."""

    summary_on_top = False


class HouseFormSet(forms.BaseFormSet):
    """Rows of the same kind. `title` and `add_label` are shown; `rows` are the filled ones that were not taken away."""

    title: Text = ""
    add_label: Text = ""
    default_error_messages = {  # noqa: RUF012 - Django's own way
        "missing_management_form": _("The rows of this form came in incomplete. Please load the page again."),
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
    add_label: Text = "",
    extra: int = 1,
    min_rows: int = 0,
    max_rows: int = 100,
    base: type[HouseFormSet] = HouseFormSet,
) -> type[HouseFormSet]:
    """A formset class whose rows can be added and taken away; at least `min_rows` must be filled."""
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
    made.title, made.add_label = title, add_label
    return made
