"""The choice of a form: what the advisor said and what the officer chose, both kept (§3.0)."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import state_writable
from core.workflow import Passage, Rule, Stamp, pass_door
from partnerships.actors import Actor
from partnerships.advisor import RULES_VERSION, advise
from partnerships.models import FormChoice, Mission
from partnerships.permissions.missions import may_edit_mission


def form_is_open(mission: Mission) -> bool:
    """Once something has been opened under a form, the choice is history."""
    return not mission.calls.exists() and not mission.agreements.exists()


CHOOSE_FORM = Rule("choose_form", _("Choose the form of partnership"), may_edit_mission, when=form_is_open)


def choose_form(
    *,
    mission: Mission,
    form: str,
    form_reason: str,
    by: Actor,
    answers: Mapping[str, str] | None = None,
    stamp: Stamp | None = None,
) -> Mission:
    """Keep the form, why, and what the advisor made of the answers (question → answer, {} where it was not asked)."""
    with pass_door(mission, CHOOSE_FORM, by=by, stamp=stamp) as door:
        choice = keep_choice(door.root, form=form, reason=form_reason, answers=answers or {}, by=by)
        hold_choice(door.root, choice, door)
    return door.root


def keep_choice(mission: Mission, *, form: str, reason: str, answers: Mapping[str, str], by: Actor) -> FormChoice:
    """The passage through the advisor, as a record that is proposed; runs inside the mission's door."""
    advice = advise(answers)
    return FormChoice.objects.create(
        mission=mission,
        answers=advice.answers,
        scores=advice.scores if advice.answers else {},
        rules_version=RULES_VERSION,
        recommended=advice.recommended,
        was_close=advice.was_close,
        form=form,
        reason=reason,
        chosen_by=by.user,
        chosen_at=clock.now(),
    )


def hold_choice(mission: Mission, choice: FormChoice, door: Passage) -> None:
    """Let a choice hold: the mission has this form from now on; runs inside the mission's door."""
    with state_writable(choice):
        choice.hold()
    choice.save()
    mission.form, mission.form_reason, mission.form_chosen_on = choice.form, choice.reason, clock.today()
    door.payload.update(form=choice.form, reason=choice.reason, recommended=choice.recommended, choice=choice.pk)
