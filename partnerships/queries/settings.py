"""Settings as pages show them: the value in words, what holds today and what will."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import settings_history
from core.models import Setting
from core.settings_catalogue import NUMBERS, Kind, SettingEntry, entries, sections, unpack
from core.ui import is_thai
from partnerships.models import User


class SettingHead:
    """What a form about a setting is drawn from: its last change takes the place of a version."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.refresh_from_db()

    def refresh_from_db(self) -> None:
        self.version = settings_history.last_change(self.key)


@dataclass(frozen=True)
class SettingRow:
    """One line of the list: what holds today, and the change to come, if one is recorded."""

    entry: SettingEntry
    value: str
    since: Setting | None
    coming: Setting | None
    coming_value: str


def setting_sections() -> list[tuple[str | Promise, list[SettingRow]]]:
    """All settings under their headings with what holds today (two queries)."""
    keys = [entry.key for entry in entries()]
    held, coming = settings_history.held_on(keys), settings_history.coming(keys)
    return [(title, [_row(entry, held, coming) for entry in found]) for title, found in sections()]


def setting_row(entry: SettingEntry) -> SettingRow:
    return _row(entry, settings_history.held_on([entry.key]), settings_history.coming([entry.key]))


def _row(entry: SettingEntry, held: dict[str, Setting], coming: dict[str, Setting]) -> SettingRow:
    now, later = held.get(entry.key), coming.get(entry.key)
    value = entry.default if now is None else unpack(entry, now.value)
    later_value = in_words(entry, unpack(entry, later.value)) if later else ""
    return SettingRow(entry, in_words(entry, value), now, later, later_value)


def in_words(entry: SettingEntry, value: Any) -> str:
    """A value as people read it, with its unit."""
    if entry.kind in NUMBERS:
        return _number(entry.kind, value)
    if entry.kind == Kind.BAHT:
        return _("%(amount)s baht") % {"amount": f"{value:,.2f}"}
    if entry.kind == Kind.YES_NO:
        return _("Yes") if value else _("No")
    if entry.kind == Kind.DAY_LIST:
        return _number(Kind.DAYS, value[0], ", ".join(f"{days:,}" for days in value)) if value else _("None")
    if entry.kind == Kind.TEXT:
        return value["th" if is_thai() else "en"]
    names = dict(entry.all_choices)
    codes = value if entry.kind == Kind.CODES else [value]
    return ", ".join(str(names.get(code, code)) for code in codes) or _("None")


def _number(kind: str, value: int, shown: str = "") -> str:
    words = {
        Kind.DAYS: ngettext("%(n)s day", "%(n)s days", value),
        Kind.MONTHS: ngettext("%(n)s month", "%(n)s months", value),
        Kind.MINUTES: ngettext("%(n)s minute", "%(n)s minutes", value),
    }
    return words.get(Kind(kind), "%(n)s") % {"n": shown or f"{value:,}"}


def names_of_changers(rows: list[Setting]) -> dict[int, str]:
    """Names of those who changed settings, by user id (one query)."""
    people = User.objects.in_bulk({row.changed_by_id for row in rows if row.changed_by_id})
    return {pk: str(user) for pk, user in people.items()}
