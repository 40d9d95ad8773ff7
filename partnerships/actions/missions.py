"""Missions written up: complete over time, part by part (§2, §4 step 1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Rule, Stamp, birth, pass_door
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.models import Mission, MissionArea, MissionFunding
from partnerships.permissions.missions import may_create_mission, may_edit_mission

CREATE_MISSION = Rule("create", _("Record a mission"), may_create_mission)
EDIT_MISSION = Rule("edit", _("Edit the mission"), may_edit_mission)

MISSION_FIELDS = (
    "title",
    "problem",
    "objectives",
    "scope",
    "target_group",
    "area",
    "is_routine",
    "time_frame",
    "legal_basis",
    "procurement_screening",
    "procurement_note",
    "candidates_note",
)
WORD_FIELDS = ("fields_of_work", "target_groups")


def create_mission(*, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Mission:
    """A mission of the officer's agency. `facts`: MISSION_FIELDS, WORD_FIELDS (records), `provinces` (codes) and
    `funding` (rows of source, amount in baht or None, note)."""
    with birth(CREATE_MISSION, by=by, stamp=stamp) as door:
        door.root = Mission.objects.create(
            reference=next_reference("MIS"),
            agency=by.organisation,
            officer=by.user,
            created_on=clock.today(),
            **{name: facts[name] for name in MISSION_FIELDS if name in facts},
        )
        _write_rows(door.root, facts)
        door.payload.update(title=door.root.title)
    return door.root


def edit_mission(*, mission: Mission, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Mission:
    """Change what the mission says (`facts` as for `create_mission`); the event keeps which parts changed."""
    with pass_door(mission, EDIT_MISSION, by=by, stamp=stamp) as door:
        changed = [name for name in MISSION_FIELDS if name in facts and getattr(door.root, name) != facts[name]]
        for name in changed:
            setattr(door.root, name, facts[name])
        changed += _write_rows(door.root, facts)
        door.payload.update(changed=changed)
    return door.root


def _write_rows(mission: Mission, facts: dict[str, Any]) -> list[str]:
    """Words, provinces and sources of money that were given; the names of those that differ from before."""
    changed = []
    for name in WORD_FIELDS:
        if name in facts:
            wanted = {word.pk for word in facts[name]}
            if wanted != set(getattr(mission, name).values_list("pk", flat=True)):
                getattr(mission, name).set(wanted)
                changed.append(name)
    if "provinces" in facts and _write_areas(mission, facts["provinces"]):
        changed.append("provinces")
    if "funding" in facts and _write_funding(mission, facts["funding"]):
        changed.append("funding")
    return changed


def _write_areas(mission: Mission, codes: Iterable[str]) -> bool:
    wanted = sorted(set(codes))
    if wanted == list(mission.areas.values_list("province_code", flat=True)):
        return False
    mission.areas.all().delete()
    MissionArea.objects.bulk_create(MissionArea(mission=mission, province_code=code) for code in wanted)
    return True


def _write_funding(mission: Mission, rows: Iterable[dict[str, Any]]) -> bool:
    wanted = [(row["source"], row.get("amount"), row.get("note", "")) for row in rows]
    if wanted == list(mission.funding.values_list("source", "amount", "note")):
        return False
    mission.funding.all().delete()
    MissionFunding.objects.bulk_create(
        MissionFunding(mission=mission, source=source, amount=amount, note=note) for source, amount, note in wanted
    )
    return True
