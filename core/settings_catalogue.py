"""The settings that can be changed in the interface: what each is called, what it may be, and what holds by default.

An app registers its settings in `AppConfig.ready` and reads them by `value_of(key)` alone, so that a default stands in
one place. What was set, by whom, from when and why is kept in `core.settings_history`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from core import settings_history

Text = str | Promise
Choices = Iterable[tuple[str, Text]]


class Kind(StrEnum):
    """What a setting's value is, in Python and (in brackets) as JSON."""

    DAYS = "days"  # int
    MONTHS = "months"  # int
    MINUTES = "minutes"  # int
    COUNT = "count"  # int
    BAHT = "baht"  # Decimal (text)
    YES_NO = "yes_no"  # bool
    CHOICE = "choice"  # a code (text)
    CODES = "codes"  # tuple of codes, in the order of the choices (list of texts)
    DAY_LIST = "day_list"  # tuple of numbers of days, the largest first (list of ints)
    TEXT = "text"  # {"th": …, "en": …}


NUMBERS = frozenset({Kind.DAYS, Kind.MONTHS, Kind.MINUTES, Kind.COUNT})
LANGUAGES = ("th", "en")
LIMITS: dict[Kind, int] = {Kind.DAYS: 3650, Kind.MONTHS: 600, Kind.MINUTES: 1440, Kind.COUNT: 1_000_000}
_NEVER_SET = object()


@dataclass(frozen=True)
class SettingEntry:
    """One setting of the catalogue. `minimum` and `maximum` bound numbers (each day of a day list) and baht."""

    key: str
    label: Text
    help: Text
    kind: Kind
    default: Any
    section: Text
    choices: Choices | Callable[[], Choices] = ()
    minimum: int | Decimal = 0
    maximum: int | Decimal | None = None
    order: int = 100

    @property
    def all_choices(self) -> list[tuple[str, Text]]:
        """The choices of a choice or a list of codes: (code, words)."""
        return list(self.choices() if callable(self.choices) else self.choices)

    @property
    def most(self) -> int | Decimal | None:
        """The largest number that may be set, or None."""
        return self.maximum if self.maximum is not None else LIMITS.get(self.kind)


_entries: dict[str, SettingEntry] = {}


def register_setting(
    key: str,
    label: Text,
    *,
    help: Text,
    kind: Kind,
    default: Any,
    section: Text,
    choices: Choices | Callable[[], Choices] = (),
    minimum: int | Decimal = 0,
    maximum: int | Decimal | None = None,
    order: int = 100,
) -> SettingEntry:
    """Put a setting into the catalogue (in AppConfig.ready); registering a key again replaces it.

    key: "floor.name", never changed later, as history is kept under it. default: what holds until somebody sets
    another value, of the type that `Kind` says. section: the heading under which it is listed; settings are listed by
    `order`. A test sees to it that every default could be set by hand.
    """
    entry = SettingEntry(key, label, help, Kind(kind), default, section, choices, minimum, maximum, order)
    _entries[key] = entry
    return entry


def entry_of(key: str) -> SettingEntry:
    """The entry of a key. Raises KeyError for a key that nobody registered."""
    return _entries[key]


def entries() -> list[SettingEntry]:
    """All settings, by order, then key."""
    return sorted(_entries.values(), key=lambda entry: (entry.order, entry.key))


def sections() -> list[tuple[Text, list[SettingEntry]]]:
    """The settings under their headings; a heading stands where its first setting is."""
    found: dict[str, tuple[Text, list[SettingEntry]]] = {}
    for entry in entries():
        found.setdefault(str(entry.section), (entry.section, []))[1].append(entry)
    return list(found.values())


def value_of(key: str, on: date | None = None) -> Any:
    """What holds on a day (default: the clock's today) for a registered setting: the value set, else the default.

    The type is what `Kind` says (int, Decimal baht, bool, code, tuple, {"th", "en"}). Raises KeyError.
    """
    entry = _entries[key]
    stored = settings_history.get(key, _NEVER_SET, on)
    return entry.default if stored is _NEVER_SET else unpack(entry, stored)


def pack(entry: SettingEntry, value: Any) -> Any:
    """A value as the JSON data that is stored."""
    if entry.kind == Kind.BAHT:
        return str(value)
    return list(value) if entry.kind in (Kind.CODES, Kind.DAY_LIST) else value


def unpack(entry: SettingEntry, stored: Any) -> Any:
    """What was stored, as the type that the setting's kind says."""
    if entry.kind == Kind.BAHT:
        return Decimal(stored)
    return tuple(stored) if entry.kind in (Kind.CODES, Kind.DAY_LIST) else stored
