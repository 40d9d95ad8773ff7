"""Missions proposed unasked by partners and OPDC, and the answers to them (§4 step 3, from inside)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Passage, Rule, Stamp, birth, pass_door, together
from partnerships.actions.missions import create_mission
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.enums import AGENCY_KINDS, OrganisationKind, Role
from partnerships.lifecycles.suggestion import WAITING
from partnerships.models import MissionSuggestion, Organisation
from partnerships.permissions.missions import may_assign_suggestion, may_suggest

SEND_SUGGESTION = Rule("send", _("Propose a mission"), may_suggest)
ASSIGN_SUGGESTION = Rule(
    "assign", _("Put it to an agency"), may_assign_suggestion, when=lambda suggestion: suggestion.state in WAITING
)
SUGGESTION_FIELDS = ("title", "problem", "idea", "awareness", "area")
WORDS = ("fields_of_work", "target_groups")


def send_suggestion(
    *, by: Actor, agency: Organisation | None, stamp: Stamp | None = None, **facts: Any
) -> MissionSuggestion:
    """Put a mission to an agency, or to OPDC that it may find one (`agency` None). Raises ValidationError.

    `facts`: SUGGESTION_FIELDS, and the words of WORDS (records).
    """
    with birth(SEND_SUGGESTION, by=by, stamp=stamp) as door:
        _check_agency(agency)
        door.root = MissionSuggestion.objects.create(
            reference=next_reference("SUG"),
            suggested_by=by.organisation,
            author=by.user,
            agency=agency,
            sent_at=clock.now(),
            **{name: facts[name] for name in SUGGESTION_FIELDS if name in facts},
        )
        for name in WORDS:
            getattr(door.root, name).set(facts.get(name, ()))
        door.payload.update(title=door.root.title, agency=door.root.agency_id)
        _tell_receivers(door, door.root)
    return door.root


def assign_suggestion(
    *, suggestion: MissionSuggestion, agency: Organisation, by: Actor, stamp: Stamp | None = None
) -> MissionSuggestion:
    """OPDC names the agency that the proposal is for (another one than before, where it was put to the wrong one)."""
    with pass_door(suggestion, ASSIGN_SUGGESTION, by=by, stamp=stamp) as door:
        _check_agency(agency)
        before, door.root.agency = door.root.agency_id, agency
        door.payload.update(agency=agency.pk, before=before)
        _tell_receivers(door, door.root)
        _tell_author(door, door.root, _("OPDC has put your proposal to an agency"), agency.name_th)
    return door.root


def talk_over_suggestion(
    *, suggestion: MissionSuggestion, answer: str, by: Actor, stamp: Stamp | None = None
) -> MissionSuggestion:
    """Say that it is to be talked over, with whom and when."""
    return _answer(suggestion, "talk_over", answer, by, stamp)


def decline_suggestion(
    *, suggestion: MissionSuggestion, answer: str, by: Actor, stamp: Stamp | None = None
) -> MissionSuggestion:
    """Say that it is not taken up, and why."""
    return _answer(suggestion, "decline", answer, by, stamp)


def adopt_suggestion(
    *, suggestion: MissionSuggestion, answer: str, by: Actor, stamp: Stamp | None = None, **facts: Any
) -> MissionSuggestion:
    """Take it up: the agency's officer records a mission (`facts` as for `create_mission`), and the two are linked."""
    with together():
        with pass_door(suggestion, "adopt", by=by, stamp=stamp) as door:
            _write_answer(door, answer, by)
        mission = create_mission(by=by, **facts)
        MissionSuggestion.objects.filter(pk=suggestion.pk).update(mission=mission)
    door.root.mission = mission
    return door.root


def _answer(suggestion: MissionSuggestion, move: str, answer: str, by: Actor, stamp: Stamp | None) -> MissionSuggestion:
    with pass_door(suggestion, move, by=by, stamp=stamp) as door:
        _write_answer(door, answer, by)
    return door.root


def _write_answer(door: Passage, answer: str, by: Actor) -> None:
    if not answer.strip():
        raise ValidationError({"answer": _("Please answer in words.")})
    door.root.answer, door.root.answered_by, door.root.answered_at = answer, by.user, clock.now()
    door.payload.update(answer=answer)
    _tell_author(door, door.root, _("Your proposal of a mission has been answered"), answer)


def _check_agency(agency: Organisation | None) -> None:
    owners = AGENCY_KINDS - {OrganisationKind.OPDC}
    if agency is not None and agency.kind not in owners:
        raise ValidationError({"agency": _("Choose an agency that owns missions.")})


def _tell_receivers(door: Passage, suggestion: MissionSuggestion) -> None:
    """The agency's officers, and OPDC."""
    opdc = Organisation.objects.filter(kind=OrganisationKind.OPDC).values_list("pk", flat=True)
    users = {*people_in_roles(opdc, Role.OPDC_STAFF)}
    if suggestion.agency_id:
        users.update(people_in_roles([suggestion.agency_id], Role.OFFICER))
    body = f"{suggestion.title} ({suggestion.reference})\n{suggestion.suggested_by.name_th}"
    tell(door, users, kind="suggestion.sent", subject=_("A mission has been proposed"), body=body)


def _tell_author(door: Passage, suggestion: MissionSuggestion, subject: Any, words: str) -> None:
    users = {suggestion.author_id, *people_in_roles([suggestion.suggested_by_id], Role.REPRESENTATIVE)}
    body = f"{suggestion.title} ({suggestion.reference})\n\n{words}"
    tell(door, users, kind="suggestion.answered", subject=subject, body=body)
