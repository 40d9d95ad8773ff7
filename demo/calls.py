"""Calls at four stages: to be published, open for proposals, being scored, and with an award that waits for a decision."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from agreements.actions.addenda import propose_addendum
from agreements.actions.decisions import endorse_decision
from agreements.models import Call, Proposal
from demo.before import (
    DCY_TEAM,
    DOP_TEAM,
    Giver,
    appoint,
    award,
    propose_call,
    publish_call,
    resolve,
    score,
    screen,
    submit,
    write_mission,
)
from demo.examples import CALL, CHOSEN, mission
from demo.results import answer_appeal, tell_results
from demo.story import FICTITIOUS, Story, again
from partnerships.enums import Form

ELDERS_LAW = "พระราชบัญญัติผู้สูงอายุ พ.ศ. 2546"
OPEN = mission("การจัดทำระบบฐานข้อมูลคุ้มครองผู้สูงอายุ", "จังหวัดธารสมมติ (สมมติ)", "ผู้สูงอายุ", ELDERS_LAW)
SHELTER = mission(
    "การบริหารจัดการสถานแรกรับเด็กและการคืนเด็กสู่สังคม",
    "จังหวัดนครสมมติ (สมมติ)",
    "เด็กในสถานแรกรับ",
    "พระราชบัญญัติคุ้มครองเด็ก พ.ศ. 2546",
    routine=True,
)
DAY_CARE = mission("การจัดบริการดูแลผู้สูงอายุช่วงกลางวัน", "จังหวัดธารสมมติ (สมมติ)", "ผู้สูงอายุที่อยู่ลำพัง", ELDERS_LAW, routine=True)

CARERS = mission("การอบรมผู้ดูแลผู้สูงอายุในชุมชน", "จังหวัดธารสมมติ (สมมติ)", "ผู้ดูแลผู้สูงอายุ", ELDERS_LAW)
HOME_VISITS = mission("การเยี่ยมบ้านผู้สูงอายุที่อยู่ลำพัง", "จังหวัดธารสมมติ (สมมติ)", "ผู้สูงอายุที่อยู่ลำพัง", ELDERS_LAW, routine=True)


def project(facts: dict[str, Any], baht: int, months: int = 12, served: int = 240) -> dict[str, Any]:
    """What an invented organisation proposes for a mission."""
    return {
        "objectives": facts["objectives"],
        "target_group": facts["target_group"],
        "beneficiaries": served,
        "area": facts["area"],
        "activities": f"เตรียมทีมงานและเครื่องมือ ดำเนินกิจกรรมในพื้นที่ สรุปผลและคืนข้อมูลให้ชุมชน ({FICTITIOUS})",
        "results": f"{facts['target_group']}ได้รับบริการและมีข้อมูลสำหรับวางแผน ({FICTITIOUS})",
        "expertise": f"ทำงานกับกลุ่มเป้าหมายในพื้นที่มาแล้ว 8 ปี ({FICTITIOUS})",
        "network": f"ทำงานร่วมกับอาสาสมัครและองค์กรปกครองส่วนท้องถิ่น ({FICTITIOUS})",
        "duration_months": months,
        "budget": Decimal(baht),
        "budget_detail": f"ค่าตอบแทน ค่าเดินทาง ค่าวัสดุ และค่าบริหารโครงการ ({FICTITIOUS})",
    }


def tell_calls(story: Story) -> None:
    tell_open_call(story)
    tell_waiting_decision(story)
    tell_unfinished_review(story)
    tell_answered_appeal(story)
    written = write_mission(story, DOP_TEAM, 28, CARERS, CHOSEN[Form.GRANT])
    propose_call(story, written, DOP_TEAM, 7, -45, {**CALL, "budget_ceiling": Decimal(500_000)})


def tell_open_call(story: Story) -> Call:
    """A Grant call with three proposals that takes more for another month, after an addendum."""
    call = _published(story, DOP_TEAM, 40, -23, OPEN, Form.GRANT, 800_000)
    for key, baht, ago, served in (
        ("elders", 640_000, 16, 900),
        ("university", 780_000, 12, 1500),
        ("community", 420_000, 9, 400),
    ):
        _propose(story, call, key, ago, OPEN, baht, served)
    tell_addendum(story, call)
    return call


def tell_addendum(story: Story, call: Call) -> None:
    """The deadline is moved forward a week, by a numbered addendum that the executive decides."""
    with story.on(5):
        decision = propose_addendum(
            call=again(call),
            summary=f"ขยายเวลารับข้อเสนอ เนื่องจากองค์กรในพื้นที่ห่างไกลขอเวลาเตรียมเอกสารเพิ่ม ({FICTITIOUS})",
            changes={"questions_until": story.end_of(-25), "closes_at": story.end_of(-30)},
            by=story.act(DOP_TEAM.officer),
            comment="เสนอเพื่อโปรดพิจารณาขยายเวลา",
        )
    with story.on(4):
        endorse_decision(decision=decision, by=story.act(DOP_TEAM.executive), comment="อนุมัติ")


def tell_waiting_decision(story: Story) -> Call:
    """Scored far apart and resolved, with one in reserve: the selection waits for the executive."""
    call = _published(story, DCY_TEAM, 95, 55, SHELTER, Form.PBC, 1_500_000)
    network = _propose(story, call, "network", 75, SHELTER, 1_380_000, 90)
    municipality = _propose(story, call, "municipality", 70, SHELTER, 1_450_000, 80)
    community = _propose(story, call, "community", 66, SHELTER, 990_000, 60)
    screen(story, call, DCY_TEAM, 50, {community.pk: f"ยังไม่มีเครือข่ายการทำงานในพื้นที่ที่กำหนด ({FICTITIOUS})"})
    score(story, call, DCY_TEAM, 38, {network.pk: (5, 3), municipality.pk: (3, 4)})
    resolve(story, call, DCY_TEAM, 10, network)
    return call


def tell_unfinished_review(story: Story) -> Call:
    """In selection: one reviewer has finished, the other has begun; a member of the committee has yet to declare."""
    call = _published(story, DOP_TEAM, 80, 45, DAY_CARE, Form.PBC, 1_200_000)
    elders = _propose(story, call, "elders", 60, DAY_CARE, 1_120_000, 150)
    university = _propose(story, call, "university", 58, DAY_CARE, 1_190_000, 120)
    screen(story, call, DOP_TEAM, 40)
    points = {elders.pk: (4, 4), university.pk: (4, 3)}
    score(story, call, DOP_TEAM, 26, points, unfinished="reviewer")
    appoint(story, call, DOP_TEAM, 15, declared=False)
    return call


def tell_answered_appeal(story: Story) -> Call:
    """Decided; every applicant has its letter, and the appeal of one that was found not eligible was upheld."""
    call = _published(story, DOP_TEAM, 150, 110, HOME_VISITS, Form.PBC, 600_000)
    elders = _propose(story, call, "elders", 130, HOME_VISITS, 560_000, 200)
    university = _propose(story, call, "university", 127, HOME_VISITS, 590_000, 180)
    community = _propose(story, call, "community", 124, HOME_VISITS, 480_000, 150)
    screen(story, call, DOP_TEAM, 105, {community.pk: f"ไม่พบหนังสือรับรองผลงานในเอกสารแนบ ({FICTITIOUS})"})
    score(story, call, DOP_TEAM, 95, {elders.pk: (5, 5), university.pk: (3, 4)})
    award(story, resolve(story, call, DOP_TEAM, 85, elders), DOP_TEAM, 80, elders)
    tell_results(story, call, DOP_TEAM, 78)
    answer_appeal(story, community, "rep_community", DOP_TEAM, 70)
    return call


def _published(
    story: Story, giver: Giver, ago: int, closes: int, facts: dict[str, Any], form: str, ceiling: int
) -> Call:
    written = write_mission(story, giver, ago + 25, facts, CHOSEN[form])
    return publish_call(story, written, giver, ago, closes, {**CALL, "budget_ceiling": Decimal(ceiling)})


def _propose(story: Story, call: Call, key: str, ago: int, facts: dict[str, Any], baht: int, served: int) -> Proposal:
    who = f"rep_{key}"
    return submit(story, call, who, who, ago, facts["title"], project(facts, baht, served=served))
