"""What has come of a mission: calls and agreements as the reader may see them, and §4 steps 1-3."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Agreement, Call
from agreements.queries.frame import DONE, NOT_YET, PARTLY, FrameStep, approach_answer
from agreements.sequences.frame import FRAME
from partnerships.enums import ShortlistState
from partnerships.models import Mission


def calls_of(mission: Mission, actor: Any) -> list[Call]:
    return list(Call.objects.visible_to(actor).filter(mission=mission))


def agreements_of(mission: Mission, actor: Any) -> list[Agreement]:
    return list(Agreement.objects.visible_to(actor).filter(mission=mission).prefetch_related("parties__organisation"))


def mission_frame(mission: Mission, *, searched: str, found: bool) -> list[FrameStep]:
    """Steps 1 to 3, which belong to the mission before there is an agreement (§4).

    `searched`: in words, how far the search for partners has come, "" where it has not begun; `found`: there is an
    agreement.
    """
    page = reverse("partnerships:mission_detail", args=[mission.reference])
    approach, said = approach_answer(mission.approach)
    receiver = DONE if found else PARTLY if searched else NOT_YET
    return [
        FrameStep(1, FRAME[0].title, DONE if mission.form else NOT_YET, url=f"{page}#form"),
        FrameStep(2, FRAME[1].title, approach, said, f"{page}#approach"),
        FrameStep(3, FRAME[2].title, receiver, "" if found else searched, f"{page}#candidates"),
    ]


def search_so_far(mission: Mission, calls: list[Call]) -> str:
    """How far the search for a receiver has come, from what is on record (one query)."""
    if any(call.published_at for call in calls):
        return _("a call is published")
    states = list(mission.shortlist.values_list("state", flat=True))
    interested = states.count(ShortlistState.INTERESTED)
    invited = len(states) - states.count(ShortlistState.LISTED)
    if invited:
        return _("%(interested)s of %(invited)s invited partners are interested") % {
            "interested": interested,
            "invited": invited,
        }
    if states:
        return _("%(number)s on the shortlist") % {"number": len(states)}
    return _("described in words") if mission.candidates_note else ""
