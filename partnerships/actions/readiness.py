"""Readiness of candidates: assessed by several, by the candidate itself first where it is asked (§4 step 3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import Passage, Rule, Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actions.shortlist import why_not_a_candidate
from partnerships.actors import Actor
from partnerships.enums import ReadinessCriterion, Role
from partnerships.models import Mission, Organisation, ReadinessAssessment, ReadinessRequest, ReadinessScore
from partnerships.permissions.candidates import may_assess, may_rate_itself
from partnerships.permissions.missions import may_edit_mission

Scores = Mapping[str, tuple[int, str]]  # criterion → (1-5, reason)

ASSESS = Rule("assess_readiness", _("Assess the readiness"), may_assess)
ASK = Rule("ask_for_self_assessment", _("Ask the partner to rate itself"), may_edit_mission)
RATE_ITSELF = Rule("rate_itself", _("Rate your own readiness"), may_rate_itself)


def assess_readiness(
    *,
    mission: Mission,
    organisation: Organisation,
    scores: Scores,
    by: Actor,
    assessed_on: date | None = None,
    note: str = "",
    stamp: Stamp | None = None,
) -> ReadinessAssessment:
    """One assessor's view of a candidate; criteria that he or she could not judge are left out, never 0.

    A later view of the same assessor counts instead of the earlier one, which stays. Raises ValidationError.
    """
    with pass_door(mission, ASSESS, by=by, stamp=stamp) as door:
        if problem := why_not_a_candidate(organisation):
            raise ValidationError(problem)
        return _write(door, organisation, scores, by, assessed_on=assessed_on, note=note)


def ask_for_self_assessment(
    *, mission: Mission, organisation: Organisation, by: Actor, stamp: Stamp | None = None
) -> ReadinessRequest:
    """Ask a candidate to rate itself first. Raises ValidationError where it was asked already."""
    with pass_door(mission, ASK, by=by, stamp=stamp) as door:
        if problem := why_not_a_candidate(organisation):
            raise ValidationError(problem)
        if door.root.readiness_requests.filter(organisation=organisation).exists():
            raise ValidationError(_("This partner has been asked already."))
        asked = ReadinessRequest.objects.create(
            mission=door.root, organisation=organisation, asked_by=by.user, asked_at=clock.now()
        )
        door.payload.update(organisation=organisation.pk)
        users = people_in_roles([organisation.pk], Role.STAFF, Role.REPRESENTATIVE)
        tell(door, users, kind="mission.self_assessment", agency=by.organisation_name)
    return asked


def rate_itself(
    *, request: ReadinessRequest, scores: Scores, by: Actor, note: str = "", stamp: Stamp | None = None
) -> ReadinessAssessment:
    """The candidate's own view, which the agency and OPDC see apart from the others'. Raises ValidationError."""
    with pass_door(request, RATE_ITSELF, by=by, stamp=stamp, root=request.mission) as door:
        door.subject.answered_at = clock.now()
        written = _write(door, request.organisation, scores, by, note=note, is_self=True)
        users = {door.root.officer_id, *people_in_roles([door.root.agency_id], Role.OFFICER)}
        tell(door, users, kind="mission.self_assessed", partner=by.organisation_name)
    return written


def _write(door: Passage, organisation: Organisation, scores: Scores, by: Actor, **facts: Any) -> ReadinessAssessment:
    problems = _problems(scores)
    day = facts.pop("assessed_on", None) or clock.today()
    if day > clock.today():
        problems["assessed_on"] = _("The date cannot be in the future.")
    if problems:
        raise ValidationError(problems)
    assessment = ReadinessAssessment.objects.create(
        mission=door.root,
        organisation=organisation,
        assessor=by.user,
        assessor_name=by.user.full_name_th,
        assessed_for=by.organisation,
        assessed_on=day,
        recorded_at=clock.now(),
        **facts,
    )
    ReadinessScore.objects.bulk_create(
        ReadinessScore(assessment=assessment, criterion=criterion, score=score, reason=reason)
        for criterion, (score, reason) in scores.items()
    )
    door.payload.update(organisation=organisation.pk, assessment=assessment.pk, scored=len(scores))
    return assessment


def _problems(scores: Scores) -> dict[str, Any]:
    """Messages by form field; `score_<criterion>` and `reason_<criterion>`."""
    if not scores:
        return {"__all__": _("Score at least one of the criteria.")}
    problems: dict[str, Any] = {}
    for criterion, (score, reason) in scores.items():
        if criterion not in ReadinessCriterion.values or score not in range(1, 6):
            problems[f"score_{criterion}"] = _("A score is from 1 to 5.")
        elif not reason.strip():
            problems[f"reason_{criterion}"] = _("Give the reason for the score.")
    return problems
