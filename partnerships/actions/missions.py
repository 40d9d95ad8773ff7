"""What is done on the ground floor: missions written up, and the form chosen for them with reasons (§3.0, §4 1-3)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.counters import next_number
from core.thai import fiscal_year
from core.workflow import Passage, Rule, Stamp, birth, pass_door
from partnerships import endorsement_hooks
from partnerships.actors import Actor
from partnerships.endorsement_hooks import goes_by_chain
from partnerships.enums import ApproachOrigin, Form
from partnerships.models import Mission
from partnerships.permissions.missions import may_create_mission, may_edit_mission


def form_is_open(mission: Mission) -> bool:
    """Once something has been opened under a form, the choice is history."""
    return not mission.calls.exists() and not mission.agreements.exists()


CREATE_MISSION = Rule("create", _("Record a mission"), may_create_mission)
EDIT_MISSION = Rule("edit", _("Edit the mission"), may_edit_mission)
CHOOSE_FORM = Rule(
    "choose_form",
    _("Choose the form of partnership"),
    may_edit_mission,
    when=lambda mission: form_is_open(mission) and not goes_by_chain(mission, endorsement_hooks.CHOOSE_FORM),
)
PROPOSE_FORM = Rule("propose_form", _("Propose the form of partnership"), may_edit_mission, when=form_is_open)

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
    facts = {
        "form": form,
        "form_reason": form_reason,
        "approach": approach,
        "approach_note": approach_note,
        "candidates_note": candidates_note,
    }
    with pass_door(mission, CHOOSE_FORM, by=by, stamp=stamp) as door:
        keep_form(door.root, facts, by, door)
    return door.root


FORM_FIELDS = ("form", "form_reason", "approach", "approach_note", "candidates_note")


def keep_form(mission: Mission, facts: dict[str, Any], by: Actor, door: Passage) -> None:
    """Write the choice down, chosen by the officer or decided by the chain; runs inside the mission's door."""
    for name in FORM_FIELDS:
        setattr(mission, name, facts[name])
    mission.form_chosen_on = clock.today()
    door.payload.update(form=mission.form, reason=mission.form_reason, approach=mission.approach)


def propose_form(*, mission: Mission, by: Actor, stamp: Stamp | None = None, comment: str = "", **facts: str) -> Any:
    """Put the choice before the agency's own chain for it; `facts` as in `choose_form`. Raises the door's refusals."""
    proposal = {name: facts[name] for name in FORM_FIELDS}
    return endorsement_hooks.propose(
        kind=endorsement_hooks.CHOOSE_FORM, root=mission, by=by, proposal=proposal, comment=comment, stamp=stamp
    )


def _form_rows(_mission: Mission, proposal: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [
        (_("Form of partnership"), Form(proposal["form"]).label),
        (_("Reason for the form"), proposal["form_reason"]),
        (_("How the agency came to hand the mission over"), ApproachOrigin(proposal["approach"]).label),
        (_("Result of the talks, or why none were needed"), proposal["approach_note"]),
        (_("How partners were or will be looked for"), proposal["candidates_note"]),
    ]


endorsement_hooks.register_mission_matter(
    endorsement_hooks.CHOOSE_FORM,
    propose=PROPOSE_FORM,
    outcome=keep_form,
    show=_form_rows,
    consequence=_("The form of partnership is kept with its reason, and calls or agreements can be opened under it."),
)
