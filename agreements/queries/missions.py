"""What has come of a mission: calls and agreements as the reader may see them, and §4 steps 1-3."""

from __future__ import annotations

from typing import Any

from agreements.models import Agreement, Call
from agreements.queries.frame import DONE, NOT_NEEDED, NOT_YET, PARTLY, FrameStep
from agreements.sequences.frame import FRAME
from partnerships.enums import ApproachOrigin
from partnerships.models import Mission


def calls_of(mission: Mission, actor: Any) -> list[Call]:
    return list(Call.objects.visible_to(actor).filter(mission=mission))


def agreements_of(mission: Mission, actor: Any) -> list[Agreement]:
    return list(Agreement.objects.visible_to(actor).filter(mission=mission).prefetch_related("parties__organisation"))


def mission_frame(mission: Mission, *, searched: bool, found: bool) -> list[FrameStep]:
    """Steps 1 to 3, which belong to the mission before there is an agreement (§4).

    `searched`: a call was published or partners were looked for; `found`: there is an agreement.
    """
    return [
        FrameStep(1, FRAME[0].title, DONE if mission.form else NOT_YET),
        FrameStep(2, FRAME[1].title, _approach_state(mission)),
        FrameStep(3, FRAME[2].title, DONE if found else PARTLY if searched else NOT_YET),
    ]


def _approach_state(mission: Mission) -> str:
    if mission.approach == ApproachOrigin.NOT_NEEDED:
        return NOT_NEEDED
    return DONE if mission.approach else NOT_YET
