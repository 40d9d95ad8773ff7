"""What OPDC decides about the system: settings and texts of notices, each change from a day on and with its reason."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock, settings_history
from core.models import Setting
from core.notice_texts import NoticeTexts, notice_kind, setting_key
from core.settings_catalogue import entry_of, pack, value_of
from core.workflow import Passage, Rule, Stale, Stamp, birth
from partnerships.actors import Actor
from partnerships.permissions.administration import may_administer

CHANGE_SETTING = Rule("change", _("Change a setting"), may_administer)


def change_setting(
    *, key: str, value: Any, valid_from: date, reason: str, by: Actor, stamp: Stamp | None = None
) -> Setting:
    """Let another value (of the type that the setting's kind says) hold from a day on, today at the earliest.

    Raises ValidationError at the field: a day in the past, or a value that holds on that day anyway.
    """
    entry = entry_of(key)
    with birth(CHANGE_SETTING, by=by, stamp=_key_of(stamp)) as door:
        _refuse_past(valid_from)
        if value == value_of(key, valid_from):
            raise ValidationError({"value": _("This value holds on that day already.")})
        _write(door, key, pack(entry, value), valid_from, reason, stamp)
    return door.root


def change_notice(
    *,
    kind: str,
    texts: NoticeTexts | None,
    reason: str,
    by: Actor,
    valid_from: date | None = None,
    stamp: Stamp | None = None,
) -> Setting:
    """Let another text of a notice hold from a day on (default: today); None: the text that came with the system."""
    notice_kind(kind)
    with birth(CHANGE_SETTING, by=by, stamp=_key_of(stamp)) as door:
        _write(door, setting_key(kind), texts, valid_from or clock.today(), reason, stamp)
    return door.root


def _key_of(stamp: Stamp | None) -> Stamp:
    """A setting is no record with a version of its own: its version is its last change, compared under the lock."""
    return Stamp(key=stamp.key if stamp else None)


def _refuse_past(valid_from: date) -> None:
    if valid_from < clock.today():
        raise ValidationError({"valid_from": _("What held on a past day cannot be changed any more.")})


def _write(door: Passage, key: str, value: Any, valid_from: date, reason: str, stamp: Stamp | None) -> None:
    door.root = settings_history.write(key=key, value=value, by=door.by, reason=reason, valid_from=valid_from)
    before = settings_history.last_change(key, before=door.root)
    if stamp and stamp.version is not None and stamp.version != before:
        raise Stale()
    door.payload.update(key=key, value=value, valid_from=valid_from)
