"""Calls with what is rarer: a gap to be mended, papers, times to come, names hidden, an appeal that waits (§3.2 3-4)."""

from __future__ import annotations

from decimal import Decimal

from agreements.actions.calls import close_submissions, set_criteria
from agreements.actions.cure import ask_cure
from agreements.actions.paper import confirm_paper, enter_paper_proposal
from agreements.actions.screening import screen_proposal
from agreements.enums import CriterionKind
from agreements.models import Call, Proposal
from demo.before import (
    DCY_TEAM,
    DOP_TEAM,
    Giver,
    award,
    draft_call,
    propose_draft,
    publish,
    resolve,
    score,
    screen,
    write_mission,
)
from demo.calls import ELDERS_LAW, project, proposed, published, title_of
from demo.examples import CALL, CHOSEN, mission
from demo.heard import invite_and_book, invite_only, make_times
from demo.proposals import write_proposal
from demo.results import appeal, tell_results
from demo.story import FICTITIOUS, Story, again, paper
from partnerships.enums import Form

SECOND_OFFICER = "officer_two_dcy"
CHILD_PLACE, CHILD_LAW = "จังหวัดนครสมมติ (สมมติ)", "พระราชบัญญัติคุ้มครองเด็ก พ.ศ. 2546"
FOSTER = mission("การพัฒนาครอบครัวอุปถัมภ์", CHILD_PLACE, "เด็กที่ต้องการการดูแลทดแทน", CHILD_LAW, routine=True)
LIBRARY = mission("การจัดห้องสมุดของเล่นชุมชน", CHILD_PLACE, "เด็กปฐมวัยและผู้ปกครอง", CHILD_LAW)
MEMORY = mission("การสำรวจภาวะสมองเสื่อมในชุมชน", "จังหวัดธารสมมติ (สมมติ)", "ผู้สูงอายุและครอบครัว", ELDERS_LAW)
# Judged from what is written, without knowing who wrote it: track record, standards and skill are no criteria here.
FROM_THE_TEXT = (
    ("ความเข้าใจปัญหาและกลุ่มเป้าหมาย", "วิเคราะห์ปัญหาจากข้อมูลในพื้นที่", 30),
    ("วิธีดำเนินงาน", "กิจกรรมสอดคล้องกับวัตถุประสงค์และปฏิบัติได้จริง", 40),
    ("ความคุ้มค่าของงบประมาณ", "รายการมีที่มาและเหมาะสมกับผลที่คาดหมาย", 30),
)


def tell_rarer(story: Story) -> None:
    tell_screening(story)
    tell_blind_review(story)
    tell_waiting_appeal(story)


# --- screening, with everything that can wait there -----------------------------------------------------------------


def tell_screening(story: Story) -> Call:
    """One completes its papers, one has a time to present and one has to choose it; of two on paper one is confirmed."""
    call = published(story, DCY_TEAM, 48, 12, FOSTER, Form.PBC, 900_000, cure_days=15, presentation_weight=20)
    network = proposed(story, call, "network", 30, FOSTER, 860_000, 40)
    municipality = proposed(story, call, "municipality", 26, FOSTER, 890_000, 36)
    foundation = proposed(story, call, "foundation", 22, FOSTER, 740_000, 30)
    _from_paper(story, call, "community", 12, 520_000, confirmed=True)
    with story.on(9):
        close_submissions(call=again(call), by=story.act(DCY_TEAM.officer))
    _from_paper(story, call, "elders", 9, 610_000, confirmed=False)
    with story.on(8):
        ask_cure(
            proposal=again(municipality),
            gaps=f"ขาดหนังสือแสดงความร่วมมือของเครือข่าย และแผนการดำเนินงานยังไม่ลงลายมือชื่อ ({FICTITIOUS})",
            by=story.act(DCY_TEAM.officer),
        )
    with story.on(7):
        make_times(story, call, DCY_TEAM.officer, -9)
        for proposal, invite in ((network, invite_and_book), (foundation, invite_only)):
            _find_eligible(story, proposal, DCY_TEAM)
            invite(story, again(proposal), DCY_TEAM.officer)
    return call


def _from_paper(story: Story, call: Call, key: str, ago: int, baht: int, *, confirmed: bool) -> Proposal:
    """Handed in three days before the deadline, entered `ago` days ago, and compared by another officer the day after."""
    officer = story.act(DCY_TEAM.officer)
    with story.on(ago):
        proposal = enter_paper_proposal(
            call=again(call),
            organisation=story.cast.organisations[key],
            title=title_of(key, FOSTER),
            received_at=story.end_of(15).replace(hour=10, minute=20),
            scan=paper("ข้อเสนอโครงการที่ยื่นเป็นเอกสาร"),
            by=officer,
        )
        write_proposal(again(proposal), project(FOSTER, baht, served=25), officer)
    if confirmed:
        with story.on(ago - 1):
            confirm_paper(proposal=again(proposal), by=story.act(SECOND_OFFICER))
    return again(proposal)


def _find_eligible(story: Story, proposal: Proposal, giver: Giver) -> None:
    asked = proposal.call.criteria.filter(kind=CriterionKind.ELIGIBILITY)
    checks = {one.pk: (True, f"ตรวจจากเอกสารแล้ว ({FICTITIOUS})") for one in asked}
    screen_proposal(proposal=again(proposal), checks=checks, by=story.act(giver.officer))


# --- names hidden ---------------------------------------------------------------------------------------------------


def tell_blind_review(story: Story) -> Call:
    """Under review by two who do not learn who proposes: one has finished, the other has begun."""
    written = write_mission(story, DOP_TEAM, 95, MEMORY, CHOSEN[Form.GRANT])
    facts = {**CALL, "budget_ceiling": Decimal(450_000), "is_blind": True}
    call = draft_call(story, written, DOP_TEAM, 70, 40, facts)
    with story.on(70):
        rows = [dict(zip(("title", "description", "weight"), row, strict=True)) for row in FROM_THE_TEXT]
        set_criteria(call=again(call), qualifications=(), scoring=rows, by=story.act(DOP_TEAM.officer))
    call = publish(story, propose_draft(story, call, DOP_TEAM, 68), DOP_TEAM, 66)
    elders = proposed(story, call, "elders", 55, MEMORY, 430_000, 700)
    university = proposed(story, call, "university", 50, MEMORY, 445_000, 950)
    screen(story, call, DOP_TEAM, 36)
    score(story, call, DOP_TEAM, 20, {elders.pk: (3, 4), university.pk: (4, 4)}, unfinished="reviewer")
    return call


# --- an appeal that waits -------------------------------------------------------------------------------------------


def tell_waiting_appeal(story: Story) -> Call:
    """Decided and told a week ago; the municipality, in reserve, appeals and has no answer yet."""
    call = published(story, DCY_TEAM, 90, 60, LIBRARY, Form.GRANT, 380_000)
    foundation = proposed(story, call, "foundation", 78, LIBRARY, 360_000, 320)
    municipality = proposed(story, call, "municipality", 74, LIBRARY, 375_000, 280)
    screen(story, call, DCY_TEAM, 55)
    score(story, call, DCY_TEAM, 45, {foundation.pk: (5, 4), municipality.pk: (4, 3)})
    award(story, resolve(story, call, DCY_TEAM, 20, foundation), DCY_TEAM, 14, foundation)
    tell_results(story, call, DCY_TEAM, 9)
    grounds = "คะแนนด้านพื้นที่ให้บริการไม่ได้นำหนังสือรับรองผลงานที่แนบไว้มาพิจารณา"
    appeal(story, municipality, "rep_municipality", 3, grounds, "ขอให้ทบทวนคะแนนและผลการคัดเลือก")
    return call
