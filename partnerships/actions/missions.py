"""What is done on the ground floor: missions written up, and the form chosen for them with reasons (§3.0, §4 1-3)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.counters import next_number
from core.thai import fiscal_year
from core.workflow import Rule, Stamp, birth, pass_door
from partnerships.actors import Actor
from partnerships.models import Mission
from partnerships.permissions.missions import may_create_mission, may_edit_mission

CREATE_MISSION = Rule("create", _("Record a mission"), may_create_mission)
EDIT_MISSION = Rule("edit", _("Edit the mission"), may_edit_mission)
CHOOSE_FORM = Rule(
    "choose_form",
    _("Choose the form of partnership"),
    may_edit_mission,
    # Once something has been opened under a form, the choice is history.
    when=lambda mission: not mission.calls.exists() and not mission.agreements.exists(),
)

MISSION_FIELDS = (
    "title",
    "problem",
    "objectives",
    "target_group",
    "area",
    "is_routine",
    "time_frame",
    "legal_basis",
)


def create_mission(*, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Mission:
    """A mission of the officer's agency. `facts` are the fields in MISSION_FIELDS."""
    with birth(CREATE_MISSION, by=by, stamp=stamp) as door:
        year = fiscal_year(clock.today())
        number = next_number(issuer="phakhi", kind="MIS", fiscal_year=year)
        door.root = Mission.objects.create(
            reference=f"MIS-{year}-{number:05d}",
            agency=by.organisation,
            officer=by.user,
            created_on=clock.today(),
            **facts,
        )
        door.payload.update(title=door.root.title)
    return door.root


def edit_mission(*, mission: Mission, by: Actor, stamp: Stamp | None = None, **facts: Any) -> Mission:
    """Change what the mission says; the event keeps which fields changed."""
    with pass_door(mission, EDIT_MISSION, by=by, stamp=stamp) as door:
        changed = [name for name in MISSION_FIELDS if name in facts and getattr(door.root, name) != facts[name]]
        for name in changed:
            setattr(door.root, name, facts[name])
        door.payload.update(changed=changed)
    return door.root


def choose_form(
    *,
    mission: Mission,
    form: str,
    form_reason: str,
    approach: str,
    approach_note: str,
    candidates_note: str,
    by: Actor,
    stamp: Stamp | None = None,
) -> Mission:
    """Keep the form and why (§3.0), how the agency was won (§4 step 2), how partners were looked for (step 3)."""
    with pass_door(mission, CHOOSE_FORM, by=by, stamp=stamp) as door:
        chosen = door.root
        chosen.form, chosen.form_reason, chosen.form_chosen_on = form, form_reason, clock.today()
        chosen.approach, chosen.approach_note, chosen.candidates_note = approach, approach_note, candidates_note
        door.payload.update(form=form, reason=form_reason, approach=approach)
    return chosen
