"""Forms of the calendar of presentations: times one by one, and a row of times of equal length."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.forms.number_fields import WholeField
from agreements.forms.time_fields import TimeOfDayField
from agreements.models import PresentationSlot
from core import clock
from core.forms import BuddhistDateField, HouseForm, RowForm, ThaiTextField, house_formset

MOST_IN_SERIES = 60


def link_field() -> forms.URLField:
    return forms.URLField(
        label=_("Online link"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Enter a link such as https://meet.example/room.")},
    )


class SlotFields(forms.Form):
    """What a time has; both sides of a day's midnight are in Bangkok."""

    on = BuddhistDateField(label=_("Day"))
    begins = TimeOfDayField(label=_("Begins at"))
    ends = TimeOfDayField(label=_("Ends at"))
    place = ThaiTextField(label=_("Place"), max_length=300, required=False)
    link = link_field()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", _("The end comes after the start."))
        if data.get("on") and not (data.get("place") or data.get("link")) and "link" not in self.errors:
            self.add_error("place", _("Give a place or an online link."))
        return data


def slot_facts(data: Mapping[str, Any]) -> dict[str, Any]:
    """The cleaned fields as the action takes them: moments instead of day and times."""
    return {
        "starts_at": at(data["on"], data["begins"]),
        "ends_at": at(data["on"], data["ends"]),
        "place": data["place"],
        "link": data["link"],
    }


def at(day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, tzinfo=clock.BANGKOK)


class SlotForm(SlotFields, HouseForm):
    @classmethod
    def answers_of(cls, slot: PresentationSlot) -> dict[str, Any]:
        begins, ends = slot.starts_at.astimezone(clock.BANGKOK), slot.ends_at.astimezone(clock.BANGKOK)
        facts = {"on": begins.date(), "begins": begins.time(), "ends": ends.time()}
        return {**facts, "place": slot.place, "link": slot.link}


class SlotRow(SlotFields, RowForm):
    pass


SlotRows = house_formset(SlotRow, title=_("Single times"), add_label=_("Add a time"), extra=1, max_rows=MOST_IN_SERIES)


class SeriesForm(HouseForm):
    """A row of times of equal length, one after the other; left empty where the times are given one by one."""

    on = BuddhistDateField(label=_("Day"), required=False)
    begins = TimeOfDayField(label=_("Begins at"), required=False)
    ends = TimeOfDayField(label=_("Ends at"), required=False)
    minutes = WholeField(label=_("Minutes for each"), min_value=5, max_value=480, required=False, initial=30)
    place = ThaiTextField(label=_("Place"), max_length=300, required=False)
    link = link_field()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.is_used or self.errors:
            return data
        for name in ("on", "begins", "ends", "minutes"):
            if not data.get(name):
                self.add_error(name, _("Please fill in this field."))
        if not (data.get("place") or data.get("link")):
            self.add_error("place", _("Give a place or an online link."))
        if not self.errors and not 1 <= len(self.slots) <= MOST_IN_SERIES:
            words = _("Between these times there is room for 1 to %(most)s presentations; now it is %(count)s.")
            self.add_error("ends", words % {"most": MOST_IN_SERIES, "count": len(self.slots)})
        return data

    @property
    def is_used(self) -> bool:
        return any(self.data.get(self.add_prefix(name)) for name in ("on", "begins", "ends"))

    @property
    def slots(self) -> list[dict[str, Any]]:
        """The times of the row, as the action takes them; what is left at its end stays free."""
        data = self.cleaned_data
        if not self.is_used:
            return []
        step, begins = timedelta(minutes=data["minutes"]), at(data["on"], data["begins"])
        ends, found = at(data["on"], data["ends"]), []
        while begins + step <= ends and len(found) <= MOST_IN_SERIES:
            where = {"place": data["place"], "link": data["link"]}
            found.append({"starts_at": begins, "ends_at": begins + step, **where})
            begins += step
        return found
