"""Fields that forms of this house are made of: Buddhist-Era dates, baht, uploads, Thai text."""

from __future__ import annotations

import copy
import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from core import files, thai
from core.ui import is_thai

BAHT_WORD = "บาท"  # Thai on purpose: people type it behind the amount
BAHT_SIGN = "\u0e3f"  # Thai on purpose: ... or the sign before it
# What looks the same on screen but is not: typed by some keyboards, and by copying from PDFs.
TWO_SARA_E, SARA_AE = "\u0e40\u0e40", "\u0e41"  # Thai on purpose
SPLIT_SARA_AM, SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32"), "\\1\u0e33"  # Thai on purpose


class BuddhistDateField(forms.Field):
    """A date typed as 1/10/2569 or 1 ต.ค. 2569 (an English page also takes 1 Oct 2026); gives a `date`.

    What was typed stays in the field when it cannot be read. `not_before` and `not_after` are dates.
    """

    widget = forms.TextInput
    default_error_messages = {
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
    default_error_messages = {
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
        text = thai.arabic_digits(value or "").strip().removesuffix(BAHT_WORD).removeprefix(BAHT_SIGN)
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
        size, papers = files.max_bytes() // (1024 * 1024), {"docx", "xlsx"} & set(self.extensions)
        kinds = _("PDF, Word, Excel, PNG or JPEG") if papers else _("PDF, PNG or JPEG")
        kwargs.setdefault("help_text", format_lazy(_("{kinds}, up to {size} MB"), kinds=kinds, size=size))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"accept": ",".join(f".{extension}" for extension in self.extensions)}

    default_error_messages = {
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
        text = self.hidden_signs.sub("", text).replace(TWO_SARA_E, SARA_AE)
        text = SPLIT_SARA_AM.sub(SARA_AM, text)
        kept = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
        return kept.strip() if self.strip else kept


class Select(forms.Select):
    """A select that never changes its list of choices in place, so that the rows of a formset share it.

    `drawn`: its options as HTML by language and by what is chosen (`core.form_renderer`), as long as the list stands.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.drawn: dict[tuple[str | None, str], str] = {}
        super().__init__(*args, **kwargs)

    def __deepcopy__(self, memo: dict[int, Any]) -> Select:
        made = copy.copy(self)
        made.attrs = self.attrs.copy()
        memo[id(self)] = made
        return made

    @property
    def choices(self) -> Any:
        return self._choices

    @choices.setter
    def choices(self, value: Any) -> None:
        forms.Select.choices.fset(self, value)
        self.drawn = {}


class _Fixed:
    """Of a field with choices: Django copies the list for every row of a formset, field and widget each."""

    widget = Select

    def __deepcopy__(self, memo: dict[int, Any]) -> Any:
        return forms.Field.__deepcopy__(self, memo)


class FixedChoiceField(_Fixed, forms.ChoiceField):
    """One of choices that are the same in every row."""


class FixedTypedChoiceField(_Fixed, forms.TypedChoiceField):
    """The same, with the value made into a number or the like (`coerce`)."""


class SeveralField(forms.ModelMultipleChoiceField):
    """Several records by tick boxes. A number that no database could hold is no choice, instead of an error page."""

    widget = forms.CheckboxSelectMultiple
    longest = 18  # digits of a 64-bit number

    def clean(self, value: Any) -> Any:
        for chosen in value if isinstance(value, list | tuple) else ():
            if len(str(chosen)) > self.longest:
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": str(chosen)[:40]}
                )
        return super().clean(value)
