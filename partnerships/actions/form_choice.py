"""The choice of a form: what the advisor said and what the officer chose, both kept (§3.0)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import state_writable
from core.workflow import Passage, Rule, Stamp, pass_door, together
from partnerships import endorsement_hooks
from partnerships.actors import Actor
from partnerships.advisor import RULES_VERSION, advise
from partnerships.endorsement_hooks import goes_by_chain
from partnerships.enums import Form, FormChoiceState
from partnerships.models import FormChoice, Mission
from partnerships.permissions.missions import may_edit_mission


def form_is_open(mission: Mission) -> bool:
    """Once something has been opened under a form, the choice is history."""
    return not mission.calls.exists() and not mission.agreements.exists()


CHOOSE_FORM = Rule(
    "choose_form",
    _("Choose the form of partnership"),
    may_edit_mission,
    when=lambda mission: form_is_open(mission) and not goes_by_chain(mission, endorsement_hooks.CHOOSE_FORM),
)
PROPOSE_FORM = Rule("propose_form", _("Propose the form of partnership"), may_edit_mission, when=form_is_open)


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


# --- through the agency's own chain, where it set one for the choice of form -----------------------------------------


def propose_form(
    *,
    mission: Mission,
    form: str,
    form_reason: str,
    by: Actor,
    answers: Mapping[str, str] | None = None,
    comment: str = "",
    stamp: Stamp | None = None,
) -> Any:
    """Put the choice before the agency's chain; until it is decided the mission's form stays as it is.

    Returns the decision. Raises the door's refusals.
    """
    proposal = {"form": form, "form_reason": form_reason, "answers": dict(answers or {})}
    with together():
        decision = endorsement_hooks.propose(
            kind=endorsement_hooks.CHOOSE_FORM, root=mission, by=by, proposal=proposal, comment=comment, stamp=stamp
        )
        keep_choice(mission, form=form, reason=form_reason, answers=proposal["answers"], by=by)
    return decision


def _waiting(mission: Mission) -> FormChoice | None:
    return mission.form_choices.filter(state=FormChoiceState.PROPOSED).first()


def _decided(mission: Mission, proposal: dict[str, Any], by: Actor, door: Passage) -> None:
    choice = _waiting(mission) or keep_choice(
        mission,
        form=proposal["form"],
        reason=proposal["form_reason"],
        answers=proposal.get("answers", {}),
        by=by,
    )
    hold_choice(mission, choice, door)


def _returned(mission: Mission, _proposal: dict[str, Any], comment: str) -> None:
    choice = _waiting(mission)
    if choice is not None:
        with state_writable(choice):
            choice.give_back()
        choice.comment = comment
        choice.save()


def _shown(_mission: Mission, proposal: dict[str, Any]) -> list[tuple[Any, Any]]:
    advice = advise(proposal.get("answers", {}))
    advised = Form(advice.recommended).label if advice.recommended else _("The form advisor was not asked")
    return [
        (_("Form of partnership"), Form(proposal["form"]).label),
        (_("Reason for the form"), proposal["form_reason"]),
        (_("What the form advisor recommends"), advised),
    ]


endorsement_hooks.register_mission_matter(
    endorsement_hooks.CHOOSE_FORM,
    propose=PROPOSE_FORM,
    outcome=_decided,
    returned=_returned,
    show=_shown,
    consequence=_("The form of partnership is kept with its reason, and calls or agreements can be opened under it."),
)
