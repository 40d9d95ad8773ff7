"""The form of a setting: its field follows from its kind."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.forms import BahtField, BuddhistDateField, HouseForm, ThaiTextField
from core.settings_catalogue import NUMBERS, Kind, SettingEntry, value_of
from core.thai import arabic_digits

UNITS = {
    Kind.DAYS: _("Value (days)"),
    Kind.MONTHS: _("Value (months)"),
    Kind.MINUTES: _("Value (minutes)"),
    Kind.COUNT: _("Value"),
    Kind.BAHT: _("Value (baht)"),
    Kind.DAY_LIST: _("Numbers of days"),
}
MAX_REMINDERS = 6


class WholeNumberField(forms.IntegerField):
    """A whole number; Thai digits and thousands commas are understood."""

    default_error_messages = {
        "invalid": _("Enter a whole number, such as 12."),
        "min_value": _("The number must be at least %(limit_value)s."),
        "max_value": _("The number must be at most %(limit_value)s."),
    }
    widget = forms.TextInput

    def __init__(self, *, min_value: int, max_value: int | None, **kwargs: Any) -> None:
        super().__init__(min_value=min_value, max_value=max_value, **kwargs)
        for validator in self.validators:
            validator.message = self.error_messages.get(validator.code, validator.message)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "width-date", "inputmode": "numeric", "autocomplete": "off"}

    def to_python(self, value: Any) -> int | None:
        text = arabic_digits(value) if isinstance(value, str) else value
        return super().to_python(text.replace(",", "") if isinstance(text, str) else text)


class DayListField(forms.Field):
    """Numbers of days with commas between, such as 60, 30; gives a tuple, the largest first, each once."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Enter numbers of days with commas between them, such as 60, 30."),
        "range": _("Each number must be from %(least)s to %(most)s."),
        "many": _("Enter at most %(limit)s numbers."),
    }

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "width-date", "autocomplete": "off"}

    def to_python(self, value: Any) -> tuple[int, ...]:
        if isinstance(value, tuple | list):
            return tuple(value)
        parts = [part.strip() for part in arabic_digits(value or "").split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() and len(part) < 9 for part in parts):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        days = tuple(sorted({int(part) for part in parts}, reverse=True))
        if any(not self.least <= day <= self.most for day in days):
            limits = {"least": self.least, "most": self.most}
            raise ValidationError(self.error_messages["range"], code="range", params=limits)
        if len(days) > MAX_REMINDERS:
            raise ValidationError(self.error_messages["many"], code="many", params={"limit": MAX_REMINDERS})
        return days

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(day) for day in value) if isinstance(value, tuple | list) else value


def field_of(entry: SettingEntry) -> forms.Field:
    """The field in which a setting of this kind is typed; it cleans to the Python value of the kind."""
    label = UNITS.get(entry.kind, _("Value"))
    if entry.kind in NUMBERS:
        return WholeNumberField(min_value=int(entry.minimum), max_value=entry.most, label=label)
    if entry.kind == Kind.BAHT:
        return BahtField(label=label, positive=entry.minimum > 0, **({"max_value": entry.most} if entry.most else {}))
    if entry.kind == Kind.DAY_LIST:
        return DayListField(least=int(entry.minimum), most=int(entry.most or 3650), label=label)
    if entry.kind == Kind.YES_NO:
        choices = (("yes", _("Yes")), ("no", _("No")))
        return forms.TypedChoiceField(
            choices=choices, coerce=lambda code: code == "yes", widget=forms.RadioSelect, label=label
        )
    if entry.kind == Kind.CHOICE:
        return forms.ChoiceField(choices=entry.all_choices, widget=forms.RadioSelect, label=label)
    return forms.TypedMultipleChoiceField(
        choices=entry.all_choices, widget=forms.CheckboxSelectMultiple, label=label, empty_value=()
    )


class SettingForm(HouseForm):
    """A new value of one setting, from when, and why. `facts` has `value` as the setting's kind says."""

    def __init__(self, *args: Any, entry: SettingEntry, **kwargs: Any) -> None:
        self.entry = entry
        super().__init__(*args, **kwargs)
        fields = self._value_fields()
        fields["valid_from"] = BuddhistDateField(
            label=_("Valid from"), initial=clock.today, not_before=clock.today(), help_text=_("Today or later")
        )
        fields["reason"] = ThaiTextField(
            label=_("Reason"), rows=3, max_length=500, help_text=_("For example a resolution or an order, with its day")
        )
        for field in fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["required"] = _("Please choose one.")
            else:
                field.error_messages["required"] = _("Please fill in this field.")
        self.fields = {**fields, **self.fields}

    def _value_fields(self) -> dict[str, forms.Field]:
        held = value_of(self.entry.key)
        if self.entry.kind == Kind.TEXT:
            return {
                "value_th": ThaiTextField(label=_("Text in Thai"), rows=6, max_length=4000, initial=held["th"]),
                "value_en": ThaiTextField(label=_("Text in English"), rows=6, max_length=4000, initial=held["en"]),
            }
        field = field_of(self.entry)
        field.initial = ("yes" if held else "no") if self.entry.kind == Kind.YES_NO else held
        return {"value": field}

    @property
    def facts(self) -> dict[str, Any]:
        facts = super().facts
        if self.entry.kind == Kind.TEXT:
            facts["value"] = {"th": facts.pop("value_th"), "en": facts.pop("value_en")}
        elif self.entry.kind == Kind.CODES:
            # In the order of the choices, whatever order the boxes were ticked in.
            facts["value"] = tuple(code for code, _label in self.entry.all_choices if code in facts["value"])
        return facts
