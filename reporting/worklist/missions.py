"""Missions: forms to choose, proposals to answer, invitations, self-assessments, next steps of talks (§4 steps 1-3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.enums import DecisionKind, DecisionState
from agreements.models import Decision
from partnerships.enums import Role, ShortlistState
from partnerships.lifecycles.suggestion import WAITING
from partnerships.models import ApproachMeeting, Mission, MissionSuggestion, ReadinessRequest, ShortlistEntry
from partnerships.queries.talks import with_next_step
from reporting.worklist.item import LIMIT, WorkItem, at


def forms_to_choose(actor: Any) -> Iterable[WorkItem]:
    """My agency's missions without a form, unless the choice is before the chain."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    pending = Decision.objects.filter(
        mission=OuterRef("pk"), kind=DecisionKind.CHOOSE_FORM, state=DecisionState.PENDING
    )
    waiting = Mission.objects.filter(~Exists(pending), agency=actor.organisation, form="")
    for mission in waiting.order_by("created_on", "pk")[:LIMIT]:
        url = reverse("partnerships:mission_detail", args=[mission.reference])
        yield at(mission, _("Choose the form of partnership"), f"{url}#form", officer_id=mission.officer_id)


def suggestions_to_answer(actor: Any) -> Iterable[WorkItem]:
    """To the agency's officers those put to it; to OPDC those for which no agency has been found."""
    if actor.is_opdc:
        waiting = MissionSuggestion.objects.filter(agency=None)
        what = _("Find the agency for a proposed mission")
    elif actor.is_agency and actor.holds(Role.OFFICER):
        waiting = MissionSuggestion.objects.filter(agency=actor.organisation)
        what = _("Answer a proposed mission")
    else:
        return
    for suggestion in waiting.filter(state__in=WAITING).order_by("sent_at", "pk")[:LIMIT]:
        url = reverse("partnerships:suggestion_detail", args=[suggestion.reference])
        yield at(suggestion, what, url)


def meetings_to_follow_up(actor: Any) -> Iterable[WorkItem]:
    """Next steps of the latest meeting of each of my agency's missions, with their day."""
    if not (actor.is_agency and actor.holds(Role.OFFICER)):
        return
    later = ApproachMeeting.objects.filter(mission=OuterRef("mission"), pk__gt=OuterRef("pk"))
    waiting = ApproachMeeting.objects.filter(
        ~Exists(later), mission__agency=actor.organisation, mission__form="", next_on__isnull=False
    ).select_related("mission")
    for meeting in waiting.order_by("next_on", "pk")[:LIMIT]:
        url = reverse("partnerships:mission_detail", args=[meeting.mission.reference])
        what = _("Next step after the meeting")
        officer = meeting.mission.officer_id
        yield at(meeting.mission, what, f"{url}#approach", due_on=meeting.next_on, officer_id=officer)


def invitations_to_answer(actor: Any) -> Iterable[WorkItem]:
    """Missions for which an agency asks my organisation."""
    if not (actor.is_partner and actor.holds(Role.STAFF, Role.REPRESENTATIVE)):
        return
    waiting = ShortlistEntry.objects.invited(actor).filter(state=ShortlistState.INVITED).select_related("mission")
    for entry in waiting.order_by("invited_at", "pk")[:LIMIT]:
        url = reverse("partnerships:mission_invitation", args=[entry.pk])
        yield at(entry.mission, _("Answer the agency's invitation"), url)


def readiness_to_rate(actor: Any) -> Iterable[WorkItem]:
    """Self-assessments for which my organisation was asked."""
    if not (actor.is_partner and actor.holds(Role.STAFF, Role.REPRESENTATIVE)):
        return
    waiting = ReadinessRequest.objects.visible_to(actor).filter(answered_at=None).select_related("mission")
    for asked in waiting.order_by("asked_at", "pk")[:LIMIT]:
        yield at(asked.mission, _("Rate your own readiness"), reverse("partnerships:self_assessment", args=[asked.pk]))


def talks_to_follow_up(actor: Any) -> Iterable[WorkItem]:
    """OPDC's open talks whose next step has a day."""
    if not actor.is_opdc:
        return
    for talk in with_next_step(actor).select_related("agency").order_by("next_on", "pk")[:LIMIT]:
        url = reverse("partnerships:talk_detail", args=[talk.pk])
        what = _("Next step of a talk")
        yield WorkItem(what=what, matter=talk.subject, reference=talk.agency.name, url=url, due_on=talk.next_on)
