"""How each action of `missions_table` is tried: one line each, with input that is sound as far as the rights go."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from core import clock
from core.workflow import NotNow
from partnerships.actions.approach import record_approach, record_meeting
from partnerships.actions.form_choice import choose_form, propose_form
from partnerships.actions.missions import edit_mission
from partnerships.actions.policies import (
    create_policy,
    edit_policy,
    move_in_policy,
    put_under_policy,
    take_from_policy,
)
from partnerships.actions.readiness import ask_for_self_assessment, assess_readiness, rate_itself
from partnerships.actions.shortlist import (
    add_to_shortlist,
    answer_invitation,
    invite_shortlist,
    propose_invitation,
    remove_from_shortlist,
)
from partnerships.actions.showing import hide_mission, show_mission
from partnerships.actions.suggestions import (
    adopt_suggestion,
    assign_suggestion,
    decline_suggestion,
    talk_over_suggestion,
)
from partnerships.actions.talks import edit_talk, log_talk
from partnerships.models import Mission, Organisation

Attempt = Callable[[Any, Any], Any]

CHOICE = {"form": "pbc", "form_reason": "เหตุผล"}
SCORES = {"trust": (4, "เหตุผล")}
FACTS = {
    "title": "ภารกิจ",
    "objectives": "วัตถุประสงค์",
    "target_group": "กลุ่ม",
    "area": "พื้นที่",
    "legal_basis": "กฎหมาย",
}


def _rival() -> Organisation:
    return Organisation.objects.get(name_en="Rival Association")


def _agency() -> Organisation:
    return Organisation.objects.get(name_en="Department of Testing")


MISSION: dict[str, Attempt] = {
    "edit": lambda mission, by: edit_mission(mission=mission, by=by, title="ชื่อใหม่"),
    "choose form": lambda mission, by: choose_form(mission=mission, by=by, **CHOICE),
    "propose form": lambda mission, by: propose_form(mission=mission, by=by, **CHOICE),
    "show to partners": lambda mission, by: show_mission(mission=mission, by=by),
    "hide from partners": lambda mission, by: hide_mission(mission=mission, by=by),
    "record approach": lambda mission, by: record_approach(mission=mission, by=by, origin="inside", idea="แนวคิด"),
    "record meeting": lambda mission, by: record_meeting(
        mission=mission, by=by, held_on=clock.today(), participants="ผู้เข้าร่วม", result="ผล"
    ),
    "assess readiness": lambda mission, by: assess_readiness(
        mission=mission, organisation=_rival(), scores=SCORES, by=by
    ),
    "ask for a self-assessment": lambda mission, by: ask_for_self_assessment(
        mission=mission, organisation=_rival(), by=by
    ),
    "rate itself": lambda mission, by: rate_itself(request=mission.readiness_requests.get(), scores=SCORES, by=by),
    "add to shortlist": lambda mission, by: add_to_shortlist(
        mission=mission, organisation=_rival(), reason="เหตุผล", by=by
    ),
    "remove from shortlist": lambda mission, by: remove_from_shortlist(entry=mission.shortlist.get(), by=by),
    "invite shortlist": lambda mission, by: invite_shortlist(
        mission=mission, entries=mission.shortlist.all(), invitation="เชิญ", by=by
    ),
    "propose invitation": lambda mission, by: propose_invitation(
        mission=mission, entries=mission.shortlist.all(), invitation="เชิญ", by=by
    ),
}

ENTRY: dict[str, Attempt] = {
    "be interested": lambda entry, by: answer_invitation(entry=entry, interested=True, answer="สนใจ", by=by),
    "decline": lambda entry, by: answer_invitation(entry=entry, interested=False, answer="ไม่พร้อม", by=by),
}


def _with_agency(action: Attempt, wanted: bool) -> Attempt:
    """The same action is the agency's where there is one and OPDC's where none has been found: two rows."""

    def attempt(suggestion: Any, by: Any) -> Any:
        if (suggestion.agency_id is not None) != wanted:
            raise NotNow()
        return action(suggestion, by)

    return attempt


def _talk_over(suggestion: Any, by: Any) -> Any:
    return talk_over_suggestion(suggestion=suggestion, answer="นัดหารือ", by=by)


def _decline(suggestion: Any, by: Any) -> Any:
    return decline_suggestion(suggestion=suggestion, answer="ไม่พร้อม", by=by)


SUGGESTION: dict[str, Attempt] = {
    "assign": lambda suggestion, by: assign_suggestion(suggestion=suggestion, agency=_agency(), by=by),
    "adopt": _with_agency(lambda s, by: adopt_suggestion(suggestion=s, answer="รับ", by=by, **FACTS), wanted=True),
    "talk over": _with_agency(_talk_over, wanted=True),
    "talk over without an agency": _with_agency(_talk_over, wanted=False),
    "decline": _with_agency(_decline, wanted=True),
    "decline without an agency": _with_agency(_decline, wanted=False),
}

TALK: dict[str, Attempt] = {
    "edit": lambda talk, by: edit_talk(talk=talk, by=by, outcome="agreed"),
    "log another": lambda talk, by: log_talk(
        by=by, agency=talk.agency, subject="เรื่อง", held_on=clock.today(), participants="ผู้เข้าร่วม", result="ผล"
    ),
}


def _at(policy: Any, rank: int | None) -> Mission:
    if rank is None:
        return Mission.objects.get(agency=policy.agency, policy=None)
    return Mission.objects.get(policy=policy, rank=rank)


POLICY: dict[str, Attempt] = {
    "record another": lambda policy, by: create_policy(title="นโยบาย", description="", by=by),
    "edit": lambda policy, by: edit_policy(policy=policy, title="ชื่อใหม่", description="", by=by),
    "put under": lambda policy, by: put_under_policy(policy=policy, mission=_at(policy, None), by=by),
    "move": lambda policy, by: move_in_policy(policy=policy, mission=_at(policy, 2), rank=1, by=by),
    "take out": lambda policy, by: take_from_policy(policy=policy, mission=_at(policy, 1), by=by),
}
