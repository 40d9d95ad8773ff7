"""OPDC's own log of talks across agencies: what came of them, and what comes next (§2, §4 step 2)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Rule, Stamp, birth, pass_door
from partnerships.actors import Actor
from partnerships.models import Talk
from partnerships.permissions.missions import may_log_talks

LOG_TALK = Rule("create", _("Log a talk"), may_log_talks)
EDIT_TALK = Rule("edit", _("Edit the entry"), may_log_talks)

TALK_FIELDS = (
    "agency",
    "partner",
    "mission",
    "subject",
    "held_on",
    "participants",
    "result",
    "outcome",
    "next_step",
    "next_on",
)


def log_talk(*, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Talk:
    """An entry of the log; `facts` are the fields in TALK_FIELDS. Raises ValidationError at the field."""
    with birth(LOG_TALK, by=by, stamp=stamp) as door:
        talk = Talk(recorded_by=by.user, recorded_at=clock.now(), **facts)
        _check(talk)
        talk.save()
        door.root = talk
        door.payload.update(agency=talk.agency_id, outcome=talk.outcome)
    return talk


def edit_talk(*, talk: Talk, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Talk:
    """Change an entry; the event keeps what was there before. Raises ValidationError at the field."""
    with pass_door(talk, EDIT_TALK, by=by, stamp=stamp) as door:
        before = {name: _plain(door.root, name) for name in TALK_FIELDS}
        for name in TALK_FIELDS:
            if name in facts:
                setattr(door.root, name, facts[name])
        _check(door.root)
        after = {name: _plain(door.root, name) for name in TALK_FIELDS}
        door.payload["before"] = {name: before[name] for name in TALK_FIELDS if before[name] != after[name]}
    return door.root


def _plain(talk: Talk, name: str) -> Any:
    value = getattr(talk, f"{name}_id" if name in ("agency", "partner", "mission") else name)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _check(talk: Talk) -> None:
    if talk.held_on > clock.today():
        raise ValidationError({"held_on": _("A talk that was held cannot be in the future.")})
    if talk.next_on and talk.next_on < talk.held_on:
        raise ValidationError({"next_on": _("The next step cannot come before the talk.")})
    if talk.mission_id and talk.mission.agency_id != talk.agency_id:
        raise ValidationError({"mission": _("This mission belongs to another agency.")})
