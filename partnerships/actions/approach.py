"""How the owner of a mission was won: the record of the approach, and the meetings on the way (§4 step 2)."""

from __future__ import annotations

import itertools
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from core import clock
from core.files import store_file
from core.workflow import Rule, Stamp, pass_door
from partnerships.actors import Actor
from partnerships.enums import ApproachOrigin
from partnerships.models import Approach, ApproachMeeting, Mission
from partnerships.permissions.missions import may_edit_mission

RECORD_APPROACH = Rule("record_approach", _("Record the approach to the agency"), may_edit_mission)
RECORD_MEETING = Rule("record_meeting", _("Record a meeting"), may_edit_mission)
MINUTES = "meeting_minutes"

APPROACH_FIELDS = (
    "origin",
    "reason",
    "third_party",
    "third_party_name",
    "idea",
    "idea_on",
    "awareness",
    "awareness_on",
    "policy_kind",
    "policy_title",
    "policy_on",
    "note",
)
STAGES = ("idea_on", "awareness_on", "policy_on")


def record_approach(*, mission: Mission, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Approach:
    """Write down how far the approach has come; later stages are added as they come. Raises ValidationError.

    `facts`: APPROACH_FIELDS; what is not given stays as it is.
    """
    with pass_door(mission, RECORD_APPROACH, by=by, stamp=stamp) as door:
        approach = Approach.objects.filter(mission=door.root).first() or Approach(mission=door.root)
        changed = [name for name in APPROACH_FIELDS if name in facts and getattr(approach, name) != facts[name]]
        for name in changed:
            setattr(approach, name, facts[name])
        if problems := _problems(approach):
            raise ValidationError(problems)
        approach.recorded_by, approach.recorded_at = by.user, clock.now()
        approach.save()
        door.payload.update(origin=approach.origin, stage=approach.stage, changed=changed)
    return approach


def _problems(approach: Approach) -> dict[str, Any]:
    problems: dict[str, Any] = {}
    if approach.origin == ApproachOrigin.NOT_NEEDED and not approach.reason:
        problems["reason"] = _("Give the reason why no approach was needed.")
    if approach.origin == ApproachOrigin.OUTSIDE and not approach.third_party:
        problems["third_party"] = _("Choose who brought the two sides together.")
    if approach.policy_title and not approach.policy_kind:
        problems["policy_kind"] = _("Choose the kind of plan or commitment.")
    if approach.policy_kind and not approach.policy_title:
        problems["policy_title"] = _("Give the name of the plan or commitment.")
    days = [(name, getattr(approach, name)) for name in STAGES if getattr(approach, name)]
    for name, day in days:
        if day > clock.today():
            problems[name] = _("The date cannot be in the future.")
    for (_earlier, before), (name, after) in itertools.pairwise(days):
        if after < before:
            problems.setdefault(name, _("The stages follow each other: this date cannot be before the one above."))
    return problems


def record_meeting(
    *, mission: Mission, by: Actor, file: File | None = None, stamp: Stamp | None = None, **facts: Any
) -> ApproachMeeting:
    """A meeting that was held: held_on, place, participants, result, next_step, next_on; minutes as a file.

    Raises ValidationError at the field, FileRefused.
    """
    if facts["held_on"] > clock.today():
        raise ValidationError({"held_on": _("A meeting that was held cannot be in the future.")})
    if facts.get("next_on") and facts["next_on"] < facts["held_on"]:
        raise ValidationError({"next_on": _("The next step cannot come before the meeting.")})
    with pass_door(mission, RECORD_MEETING, by=by, stamp=stamp) as door:
        meeting = ApproachMeeting(mission=door.root, recorded_by=by.user, recorded_at=clock.now(), **facts)
        if file:
            meeting.file = store_file(file, name=file.name, root=door.root, kind=MINUTES, by=by)
        meeting.save()
        sha256 = meeting.file.sha256 if meeting.file else None
        door.payload.update(meeting=meeting.pk, held_on=meeting.held_on, file=sha256)
    return meeting
