"""Missions and what hangs on them, in each state of `missions_table`."""

from __future__ import annotations

from typing import Any

from core import clock
from core.workflow import set_first_state
from partnerships.models import (
    EndorsementPosition,
    Mission,
    MissionSuggestion,
    Policy,
    ReadinessRequest,
    ShortlistEntry,
    Talk,
)
from tests.cast import Cast
from tests.factories import CallFactory, MissionFactory


def make_mission(cast: Cast, state: str) -> Mission:
    """With a partner on the shortlist that was asked to rate itself, and another free one ("rival")."""
    form = {} if state != "no_form" else {"form": "", "form_reason": "", "form_chosen_on": None}
    agency = cast.organisations["agency"]
    mission = MissionFactory(agency=agency, officer=cast.officer.user, **form)
    if state == "shown":
        mission.shown_at = clock.real_now()
        mission.save()
    if state == "opened":
        CallFactory(mission=mission)
    if state == "chain":
        for kind in ("choose_form", "invite_shortlist"):
            EndorsementPosition.objects.create(
                organisation=agency, kind=kind, ordinal=1, title="อธิบดี", holder=cast.executive.user
            )
    _entry(cast, mission, "listed")
    ReadinessRequest.objects.create(
        mission=mission,
        organisation=cast.organisations["partner"],
        asked_by=cast.officer.user,
        asked_at=clock.now(),
    )
    return mission


def _entry(cast: Cast, mission: Mission, state: str) -> ShortlistEntry:
    entry = ShortlistEntry(
        mission=mission,
        organisation=cast.organisations["partner"],
        reason="เหตุผล",
        added_by=cast.officer.user,
        added_at=clock.now(),
    )
    set_first_state(entry, state=state)
    entry.save()
    return entry


def make_entry(cast: Cast, state: str) -> ShortlistEntry:
    mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user)
    return _entry(cast, mission, state)


def make_suggestion(cast: Cast, state: str) -> MissionSuggestion:
    facts: dict[str, Any] = {"title": "ภารกิจ", "problem": "ปัญหา", "idea": "แนวคิด", "reference": "SUG-T-00001"}
    suggestion = MissionSuggestion(
        suggested_by=cast.organisations["partner"],
        author=cast.partner_rep.user,
        agency=None if state == "looking" else cast.organisations["agency"],
        sent_at=clock.now(),
        **facts,
    )
    set_first_state(suggestion, state="sent" if state == "looking" else state)
    suggestion.save()
    return suggestion


def make_talk(cast: Cast, state: str) -> Talk:
    return Talk.objects.create(
        agency=cast.organisations["agency"],
        subject="เรื่อง",
        held_on=clock.today(),
        participants="ผู้เข้าร่วม",
        result="ผล",
        recorded_by=cast.opdc.user,
        recorded_at=clock.now(),
    )


def make_policy(cast: Cast, state: str) -> Policy:
    """Two missions in their order, and a third one that is free."""
    policy = Policy.objects.create(agency=cast.organisations["agency"], title="นโยบาย", created_on=clock.today())
    for rank in (1, 2):
        MissionFactory(agency=policy.agency, officer=cast.officer.user, policy=policy, rank=rank)
    MissionFactory(agency=policy.agency, officer=cast.officer.user)
    return policy
