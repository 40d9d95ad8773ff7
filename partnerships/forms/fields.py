"""Fields that only organisations need: numbers with check digits, years of the Buddhist Era, counts, telephones."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from stdnum import exceptions as stdnum_errors
from stdnum.th import moa

from core import clock, thai
from core.forms import ThaiTextField

SEPARATORS = re.compile(r"[\s\u00a0\-‐-―−.]+")


def bare_digits(value: Any) -> str:
    """What was typed with Arabic digits and without spaces, dashes and points."""
    return SEPARATORS.sub("", thai.arabic_digits(value or ""))


class TaxNumberField(forms.CharField):
    """The 13-digit number of a legal person, checked by its last digit; gives 13 digits or "".

    Thai digits, spaces and dashes are understood. The number of a natural person is refused: it is personal data.
    """

    default_error_messages = {
        "digits": _("The number has only digits."),
        "length": _("The number has 13 digits; %(count)s were typed."),
        "person": _("The number of an organisation begins with 0. Do not enter a person's citizen number."),
        "check": _("The last digit does not fit the others: one digit may be mistyped. Compare with the certificate."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("13 digits; with or without dashes"))
        super().__init__(max_length=40, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off", "class": "width-date"}

    def to_python(self, value: Any) -> str:
        number = bare_digits(super().to_python(value))
        if not number:
            return ""
        if not number.isascii() or not number.isdigit():
            raise ValidationError(self.error_messages["digits"], code="digits")
        try:
            return moa.validate(number)
        except stdnum_errors.InvalidLength as error:
            raise self._wrong("length", error, count=len(number)) from error
        except stdnum_errors.InvalidComponent as error:
            raise self._wrong("person", error) from error
        except stdnum_errors.ValidationError as error:
            raise self._wrong("check", error) from error

    def _wrong(self, code: str, _error: Exception, **params: Any) -> ValidationError:
        return ValidationError(self.error_messages[code], code=code, params=params)

    def prepare_value(self, value: Any) -> Any:
        return moa.format(value) if isinstance(value, str) and moa.is_valid(value) else value


class RegistrationNumberField(ThaiTextField):
    """A number as the certificate has it ("กท 1234"), in Arabic digits and single spaces, to be found again."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value: Any) -> str:
        return " ".join(thai.arabic_digits(super().to_python(value)).split())


class BuddhistYearField(forms.Field):
    """A year typed in the Buddhist Era (2549); gives the year CE. Not after the present year."""

    widget = forms.TextInput
    earliest = 2300  # B.E.: older than any organisation that could register
    default_error_messages = {
        "invalid": _("Enter a year of the Buddhist Era in four digits, such as 2549."),
        "ce_year": _("Enter the year in the Buddhist Era, such as 2549 for 2006."),
        "future": _("The year must not be later than the present one."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Buddhist Era, for example 2549"))
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off", "class": "width-date"}

    def to_python(self, value: Any) -> int | None:
        text = bare_digits(value).removeprefix("พศ")  # Thai on purpose: "พ.ศ. 2549"
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{4}", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        year = int(text)
        if 1750 <= year <= 2150:
            raise ValidationError(self.error_messages["ce_year"], code="ce_year")
        if year < self.earliest:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if year > thai.be_year(clock.today()):
            raise ValidationError(self.error_messages["future"], code="future")
        return year - 543

    def prepare_value(self, value: Any) -> Any:
        return value + 543 if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class CountField(forms.Field):
    """A number of people, 0 or more; commas and Thai digits are understood. Empty is "not told", never 0."""

    widget = forms.TextInput
    most = 10_000_000
    unit = _("people")
    default_error_messages = {
        "invalid": _("Enter a whole number in digits, such as 12."),
        "too_large": _("The number must not be more than %(limit)s."),
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        text = re.sub(r"[\s,]", "", thai.arabic_digits("" if value is None else value))
        text = text.removesuffix("คน")  # Thai on purpose
        if not text:
            return None
        if not re.fullmatch(r"[0-9]+", text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if len(text) > 12 or int(text) > self.most:
            limit = f"{self.most:,}"
            raise ValidationError(self.error_messages["too_large"], code="too_large", params={"limit": limit})
        return int(text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:,}" if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class PhoneField(ThaiTextField):
    """A telephone number as people write it, with an extension if there is one; at least 9 digits somewhere in it."""

    default_error_messages = {"phone": _("Enter a telephone number with its area code, such as 02 123 4567.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=50, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "tel"}

    def to_python(self, value: Any) -> str:
        text = " ".join(thai.arabic_digits(super().to_python(value)).split())
        if text and sum(sign.isdigit() for sign in text) < 9:
            raise ValidationError(self.error_messages["phone"], code="phone")
        return text


class AccountNumberField(forms.CharField):
    """A bank account's number: 10 to 15 digits, dashes and Thai digits understood; gives the digits."""

    default_error_messages = {
        "digits": _("The number has only digits."),
        "length": _("An account number has 10 to 15 digits; %(count)s were typed."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=40, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"inputmode": "numeric", "autocomplete": "off", "class": "width-date"}

    def to_python(self, value: Any) -> str:
        number = bare_digits(super().to_python(value))
        if not number:
            return ""
        if not number.isascii() or not number.isdigit():
            raise ValidationError(self.error_messages["digits"], code="digits")
        if not 10 <= len(number) <= 15:
            raise ValidationError(self.error_messages["length"], code="length", params={"count": len(number)})
        return number
