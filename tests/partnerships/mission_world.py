"""Missions and what hangs on them, made through the actions by the people of the fixed cast."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from core import clock
from partnerships.actions.form_choice import choose_form
from partnerships.actions.missions import create_mission
from partnerships.actions.policies import create_policy, put_under_policy
from partnerships.actions.readiness import ask_for_self_assessment
from partnerships.actions.shortlist import add_to_shortlist, invite_shortlist
from partnerships.actions.suggestions import send_suggestion
from partnerships.actions.talks import log_talk
from partnerships.models import Mission, MissionSuggestion, Policy, ReadinessRequest, ShortlistEntry, Talk
from tests.cast import Cast

FACTS: dict[str, Any] = {
    "title": "ศูนย์ดูแลเด็กเล็ก",
    "problem": "เด็กขาดพัฒนาการ",
    "objectives": "ให้เด็กมีพัฒนาการสมวัย",
    "target_group": "เด็กเล็ก",
    "area": "จังหวัดนครปฐม",
    "legal_basis": "พระราชบัญญัติคุ้มครองเด็ก พ.ศ. 2546",
}
IDEA: dict[str, Any] = {
    "title": "เพื่อนบ้านดูแลผู้สูงอายุ",
    "problem": "ผู้สูงอายุอยู่ลำพังมากขึ้น",
    "idea": "อาสาสมัครเยี่ยมบ้านทุกสัปดาห์",
    "awareness": "คณะกรรมการมูลนิธิเห็นชอบ",
}
SCORES = {"experience": (4, "ทำงานด้านนี้มาสิบปี"), "staff": (2, "บุคลากรยังไม่พอ")}


def today_talk(**facts: Any) -> dict[str, Any]:
    values = {
        "subject": "ชวนกรมมอบภารกิจ",
        "held_on": clock.today(),
        "participants": "ผู้อำนวยการกอง",
        "result": "จะนำเข้าแผนปีหน้า",
        "outcome": "ongoing",
        "next_step": "ส่งเอกสารตัวอย่าง",
        "next_on": clock.today() + timedelta(days=7),
    }
    return {**values, **facts}


class MissionWorld:
    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def act(self, name: str) -> Any:
        return self.cast.people[name].actor

    def mission(self, form: str = "pbc", **facts: Any) -> Mission:
        mission = create_mission(by=self.act("officer"), **{**FACTS, **facts})
        if form:
            choose_form(mission=mission, form=form, form_reason="เป็นบริการต่อเนื่อง", by=self.act("officer"))
        return Mission.objects.get(pk=mission.pk)

    def listed(self, mission: Mission, organisation: str = "partner") -> ShortlistEntry:
        return add_to_shortlist(
            mission=mission,
            organisation=self.cast.organisations[organisation],
            reason="มีประสบการณ์ในพื้นที่",
            by=self.act("officer"),
        )

    def invited(self, mission: Mission, organisation: str = "partner") -> ShortlistEntry:
        entry = self.listed(mission, organisation)
        invite_shortlist(mission=mission, entries=[entry], invitation="ขอเชิญร่วมหารือ", by=self.act("officer"))
        return ShortlistEntry.objects.get(pk=entry.pk)

    def asked(self, mission: Mission, organisation: str = "partner") -> ReadinessRequest:
        return ask_for_self_assessment(
            mission=mission, organisation=self.cast.organisations[organisation], by=self.act("officer")
        )

    def suggestion(self, agency: str | None = "agency", by: str = "partner_rep") -> MissionSuggestion:
        organisation = self.cast.organisations[agency] if agency else None
        return send_suggestion(by=self.act(by), agency=organisation, **IDEA)

    def talk(self, **facts: Any) -> Talk:
        return log_talk(by=self.act("opdc"), **today_talk(agency=self.cast.organisations["agency"], **facts))

    def policy(self, *missions: Mission) -> Policy:
        policy = create_policy(title="นโยบายเด็กปฐมวัย", description="", by=self.act("officer"))
        for mission in missions:
            put_under_policy(policy=policy, mission=mission, by=self.act("officer"))
        return Policy.objects.get(pk=policy.pk)


def browser(person: Any, language: str = "en") -> Client:
    client = Client()
    client.force_login(person.user)
    client.cookies["django_language"] = language
    return client


def url(name: str, *args: Any) -> str:
    return reverse(f"partnerships:{name}", args=args)


def stamped(root: Any = None, **fields: Any) -> dict[str, Any]:
    """Fields of a post with the stamp of its root."""
    version = {"version": type(root).objects.get(pk=root.pk).version} if root is not None else {}
    return {**fields, **version, "key": str(uuid.uuid4())}
