"""The manual's two pilots (§6), with its own titles, parties, activities, results and obstacles.

The manual gives no sums, dates, figures or people, and no duties for the second: those are invented and marked so.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from agreements.actions.account import draw_up_account
from agreements.enums import EntryKind, NoteKind, Procedure
from agreements.models import Agreement
from demo.agreed import Sides, Terms, appoint, discuss_and_sign, go_on, note, plan
from demo.before import DCY_TEAM, DOP_TEAM, Giver, judged_and_awarded, publish_call, submit, write_mission
from demo.examples import ANSWERS
from demo.judged import begin_round, learn, pass_round
from demo.money import enter, pay, spend
from demo.results import tell_results
from demo.story import FICTITIOUS, Story, again
from evaluations.actions.lessons import conclude_lessons
from partnerships.enums import ApproachOrigin, Form, ThirdPartyKind

TITLE_A = (
    "การพัฒนาศักยภาพศูนย์พัฒนาเด็กเล็กขององค์กรปกครองส่วนท้องถิ่น เพื่อส่งเสริมพัฒนาการกลุ่มเด็กที่มีความเปราะบางทางสังคมด้วยระบบ Inclusive Care"
)
TITLE_B = "การจัดตั้งศูนย์การพัฒนาเมืองอารยสถาปัตย์ เทศบาลนครนนทบุรี จังหวัดนนทบุรี"
CHOICE = {
    "form": Form.PBC,
    "form_reason": "เป็นภารกิจที่ต้องดำเนินการอย่างต่อเนื่อง ภายใต้ขอบเขตภารกิจ รอบระยะเวลา และกลุ่มเป้าหมายเฉพาะ "
    "จึงเหมาะกับการทำสัญญาข้อตกลงที่มุ่งเน้นผลลัพธ์",
    "answers": ANSWERS[Form.PBC],
}
DIRECT = {
    "procedure": Procedure.DIRECT,
    "scope": f"ดำเนินกิจกรรมตามแผนที่ตกลงร่วมกัน ภายในรอบระยะเวลาและกลุ่มเป้าหมายที่กำหนด ({FICTITIOUS})",
    "allocation": f"จัดสรรเป็น 2 งวด งวดที่ 2 จัดสรรเมื่อผ่านการประเมินผลระยะกลาง ({FICTITIOUS})",
    "evaluation_plan": "ประเมินผลระยะกลางและประเมินผลหลังสิ้นสุดการดำเนินงาน ทั้งจากภายในและภายนอก",
}
CAPABLE = {
    "expertise": f"มีองค์ความรู้และความเชี่ยวชาญในการปฏิบัติงานด้านนี้ ({FICTITIOUS})",
    "network": f"มีเครือข่ายการทำงานกับหน่วยงานในพื้นที่ ({FICTITIOUS})",
    "budget_detail": f"ค่าดำเนินกิจกรรม ค่าวิทยากร ค่าวัสดุ และค่าบริหารโครงการ ({FICTITIOUS})",
}

# --- pilot A: child development centres, at mid-term ----------------------------------------------------------------

MISSION_A = {
    "title": TITLE_A,
    "problem": "กรมกิจการเด็กและเยาวชนมีข้อจำกัดด้านโครงสร้างและอัตรากำลังบุคลากรในการดูแลกลุ่มเด็กที่มีความเปราะบางทางสังคมตามพื้นที่ต่าง ๆ",
    "objectives": "พัฒนากลุ่มเด็กที่มีความเปราะบางทางสังคม และเสริมสร้างศักยภาพของศูนย์พัฒนาเด็กเล็กในสังกัดองค์กรปกครองส่วนท้องถิ่น",
    "target_group": "เด็กที่มีความเปราะบางทางสังคม และบุคลากรของศูนย์พัฒนาเด็กเล็ก",
    "area": f"ศูนย์พัฒนาเด็กเล็กนำร่อง 6 แห่ง ({FICTITIOUS})",
    "is_routine": True,
    "time_frame": f"18 เดือน ({FICTITIOUS})",
    "legal_basis": "พระราชบัญญัติคุ้มครองเด็ก พ.ศ. 2546",
}
SIDES_A = Sides(
    giver=DCY_TEAM,
    staff="staff_nicfd",
    representative="rep_nicfd",
    books="staff_nicfd",
    duties=(
        "สนับสนุนการดำเนินงาน ส่งเสริมองค์ความรู้ ทักษะ และความเชี่ยวชาญ และดำเนินกิจกรรมอื่นตามที่ตกลงร่วมกัน",
        "ขับเคลื่อนกิจกรรมตามแผนการดำเนินงาน ส่งเสริมพัฒนาการเด็ก เสริมสร้างศักยภาพศูนย์พัฒนาเด็กเล็ก และดำเนินกิจกรรมอื่นตามที่ตกลงร่วมกัน",
    ),
)
RESULTS_A = (
    "ผลการศึกษาต้นทุนต่อหน่วย (รายหัว) ในการส่งเสริมพัฒนาการเด็กกลุ่มที่มีความเปราะบางทางสังคม\n"
    "แนวทางปฏิบัติเพื่อส่งเสริมพัฒนาการกลุ่มเด็กที่มีความเปราะบางทางสังคมด้วยระบบ Inclusive Care สำหรับศูนย์พัฒนาเด็กเล็ก\n"
    "หลักสูตรการอบรมเพื่อการพัฒนาศักยภาพบุคลากรของศูนย์พัฒนาเด็กเล็ก"
)
TERMS_A = Terms(
    starts=320,
    ends=-230,
    indicators=(
        ("ร้อยละของเด็กกลุ่มเปราะบางที่มีพัฒนาการดีขึ้น", "ร้อยละ", 40, 75, 40),
        ("จำนวนบุคลากรศูนย์พัฒนาเด็กเล็กที่ผ่านหลักสูตร", "คน", 0, 120, 30),
        ("จำนวนศูนย์พัฒนาเด็กเล็กที่ใช้แนวทาง Inclusive Care", "แห่ง", 0, 6, 30),
    ),
    activities=(
        ("การพัฒนาศักยภาพกลุ่มเด็กที่มีความเปราะบางทางสังคม และขยายผลไปยังศูนย์พัฒนาเด็กเล็ก", 1, 18, 1_500_000),
        ("การจัดทำหลักสูตรเพื่อเสริมสร้างศักยภาพของศูนย์พัฒนาเด็กเล็ก", 3, 14, 900_000),
    ),
    parts=((1_400_000, 300, "แผนปฏิบัติการได้รับความเห็นชอบ"), (1_000_000, -25, "ผ่านการประเมินผลระยะกลาง")),
    details={
        "title": TITLE_A,
        "expected_results": RESULTS_A,
        "service_volume": f"เด็กกลุ่มเปราะบางไม่น้อยกว่า 180 คน ({FICTITIOUS})",
        "legal_basis": MISSION_A["legal_basis"],
    },
)
OBSTACLES_A = (
    ("obstacle", "staff_nicfd", "กฎระเบียบข้อบังคับ"),
    ("obstacle", "staff_nicfd", "งบประมาณ"),
    ("obstacle", "officer_dcy", "นโยบายไม่เอื้อต่อการปฏิบัติ"),
)


def tell_pilot_a(story: Story) -> Agreement:
    """From the talks to the mid-term evaluation, whose outside findings are awaited."""
    agreement = _contract(story, DCY_TEAM, SIDES_A, 460, MISSION_A, "nicfd", 2_400_000, (RESULTS_A, TERMS_A))
    discuss_and_sign(story, agreement, SIDES_A, 370, TERMS_A)
    appoint(story, agreement, SIDES_A, 333, "คณะกรรมการร่วมขับเคลื่อนระบบ Inclusive Care (สมมติ)")
    plan(story, agreement, SIDES_A, 329, TERMS_A)
    go_on(story, agreement, 318, "allocate_first_instalment", "officer_dcy")
    pay(story, agreement, SIDES_A, 314)
    spend(
        story,
        agreement,
        SIDES_A,
        (
            (270, "สำรวจและคัดกรองเด็กกลุ่มเปราะบางในพื้นที่นำร่อง", "286500.00", 1),
            (215, "จัดกิจกรรมส่งเสริมพัฒนาการ รอบที่ 1", "318240.50", 1),
            (160, "ประชุมเชิงปฏิบัติการยกร่างหลักสูตร", "214800.00", 2),
            (95, "จัดกิจกรรมส่งเสริมพัฒนาการ รอบที่ 2", "297315.25", 1),
        ),
    )
    go_on(story, agreement, 32, "begin_midterm_evaluation", "officer_dcy")
    begin_round(story, agreement, SIDES_A, 30, (58, 64, None), due=-14)
    learn(story, agreement, 12, OBSTACLES_A)
    note(story, agreement, SIDES_A, 5, NoteKind.OTHER, confirmed=False)
    return again(agreement)


# --- pilot B: universal design city centre, nearly closed -----------------------------------------------------------

MISSION_B = {
    "title": TITLE_B,
    "problem": "การขยายผลด้านอารยสถาปัตย์ไปยังที่อยู่อาศัยและพื้นที่สาธารณะจำเป็นต้องได้รับความร่วมมือจากหน่วยงานที่มีอำนาจหน้าที่รับผิดชอบพื้นที่",
    "objectives": "สร้างตัวแบบสำหรับพัฒนาคุณภาพชีวิตผู้สูงอายุระดับครัวเรือน ควบคู่กับการพัฒนาพื้นที่สาธารณะขององค์กรปกครองส่วนท้องถิ่น",
    "target_group": "ผู้สูงอายุและประชาชนในเขตเทศบาลนครนนทบุรี ทั้งผู้ด้อยโอกาสและผู้ที่มีฐานะ",
    "area": "เทศบาลนครนนทบุรี จังหวัดนนทบุรี",
    "is_routine": True,
    "time_frame": f"18 เดือน ({FICTITIOUS})",
    "legal_basis": "พระราชบัญญัติผู้สูงอายุ พ.ศ. 2546",
}
SIDES_B = Sides(
    giver=DOP_TEAM,
    staff="staff_nonthaburi",
    representative="rep_nonthaburi",
    books="staff_nonthaburi",
    duties=(
        f"จัดสรรงบประมาณ สนับสนุนองค์ความรู้ด้านอารยสถาปัตย์ ติดตามและประเมินผล ({FICTITIOUS})",
        f"จัดตั้งศูนย์ จัดทำฐานข้อมูล ปรับปรุงที่อยู่อาศัย และเผยแพร่องค์ความรู้ ({FICTITIOUS})",
    ),
)
RESULTS_B = "ฐานข้อมูลองค์ความรู้เกี่ยวกับการปรับปรุงที่อยู่อาศัยตามแนวคิดอารยสถาปัตย์\nแผนปฏิบัติการพัฒนาและปรับปรุงที่อยู่อาศัยตามแนวคิดอารยสถาปัตย์"
TERMS_B = Terms(
    starts=690,
    ends=145,
    indicators=(
        ("จำนวนผู้ผ่านการอบรมด้านอารยสถาปัตย์", "คน", 0, 300, 30),
        ("จำนวนที่อยู่อาศัยที่มีข้อมูลในฐานข้อมูลอารยสถาปัตย์", "หลัง", 0, 500, 35),
        ("จำนวนที่อยู่อาศัยที่ปรับปรุงตามแนวคิดอารยสถาปัตย์", "หลัง", 0, 40, 35),
    ),
    activities=(
        ("แผนงานเสริมสร้าง พัฒนา และเผยแพร่องค์ความรู้ด้านอารยสถาปัตย์", 1, 18, 700_000),
        ("แผนงานพัฒนาและบูรณาการฐานข้อมูลด้านอารยสถาปัตย์", 2, 16, 800_000),
        ("แผนงานพัฒนาที่อยู่อาศัยตามแนวคิดอารยสถาปัตย์", 4, 18, 1_700_000),
    ),
    parts=((1_800_000, 665, "แผนปฏิบัติการได้รับความเห็นชอบ"), (1_400_000, 400, "ผ่านการประเมินผลระยะกลาง")),
    details={
        "title": TITLE_B,
        "expected_results": RESULTS_B,
        "service_volume": f"ที่อยู่อาศัยไม่น้อยกว่า 500 หลัง ({FICTITIOUS})",
        "legal_basis": MISSION_B["legal_basis"],
    },
)
LESSONS_B = (
    ("obstacle", "staff_nonthaburi", "ระเบียบหรือข้อบังคับของงบประมาณสนับสนุนในพื้นที่"),
    ("obstacle", "officer_dop", "นโยบายไม่เอื้อต่อการปฏิบัติ"),
    ("improvement", "staff_nonthaburi", "แผนงานพัฒนาพื้นที่เทศบาลนครนนทบุรีตามแนวคิดอารยสถาปัตย์"),
    ("recommendation", "officer_dop", "ขยายความร่วมมือระหว่างกรมกิจการผู้สูงอายุกับองค์กรปกครองส่วนท้องถิ่นอื่น ๆ"),
    ("recommendation", "officer_dop", "แสวงหาความเป็นภาคีหุ้นส่วนร่วมกับองค์กรภาคประชาสังคมอื่น ๆ"),
)


def tell_pilot_b(story: Story) -> Agreement:
    """From the talks to the account that the giver's finance has yet to check."""
    agreement = _contract(story, DOP_TEAM, SIDES_B, 850, MISSION_B, "nonthaburi", 3_200_000, (RESULTS_B, TERMS_B))
    discuss_and_sign(story, agreement, SIDES_B, 760, TERMS_B)
    appoint(story, agreement, SIDES_B, 723, "คณะกรรมการร่วมพัฒนาเมืองอารยสถาปัตย์ (สมมติ)")
    plan(story, agreement, SIDES_B, 718, TERMS_B)
    go_on(story, agreement, 684, "allocate_first_instalment", "officer_dop")
    pay(story, agreement, SIDES_B, 680)
    spend(
        story,
        agreement,
        SIDES_B,
        (
            (620, "อบรมอารยสถาปัตย์ รุ่นที่ 1", "342000.00", 1),
            (560, "สำรวจข้อมูลที่อยู่อาศัย", "418750.00", 2),
            (500, "ปรับปรุงที่อยู่อาศัย ระยะที่ 1", "865400.00", 3),
        ),
    )
    go_on(story, agreement, 450, "begin_midterm_evaluation", "officer_dop")
    pass_round(story, agreement, SIDES_B, 448, (165, 270, 18))
    go_on(story, agreement, 420, "allocate_next_instalment", "officer_dop")
    pay(story, agreement, SIDES_B, 415, ordinal=2)
    _finish_work_b(story, agreement)
    _draw_up_b(story, agreement)
    return again(agreement)


def _finish_work_b(story: Story, agreement: Agreement) -> None:
    spend(
        story,
        agreement,
        SIDES_B,
        (
            (340, "พัฒนาระบบฐานข้อมูลอารยสถาปัตย์", "362300.00", 2),
            (270, "ปรับปรุงที่อยู่อาศัย ระยะที่ 2", "812600.00", 3),
            (190, "เผยแพร่องค์ความรู้และอบรม รุ่นที่ 2", "351475.50", 1),
        ),
    )
    note(story, agreement, SIDES_B, 140, NoteKind.WORK_COMPLETED)
    go_on(story, agreement, 130, "begin_final_evaluation", "officer_dop")
    pass_round(story, agreement, SIDES_B, 126, (324, 512, 41))
    go_on(story, agreement, 95, "begin_account_closing", "officer_dop")


def _draw_up_b(story: Story, agreement: Agreement) -> None:
    learn(story, agreement, 60, LESSONS_B)
    with story.on(40):
        conclude_lessons(agreement=again(agreement), by=story.act("officer_dop"))
    enter(story, agreement, SIDES_B, 30, EntryKind.INTEREST, "ดอกเบี้ยเงินฝากบัญชีโครงการ", "3215.75")
    left = again(agreement).account.balance
    enter(story, agreement, SIDES_B, 20, EntryKind.RETURN, "ส่งคืนเงินเหลือจ่ายและดอกเบี้ย", str(left))
    with story.on(6):
        statement = f"บัญชีค่าใช้จ่ายตลอดโครงการครบถ้วนตามหลักฐาน ส่งคืนเงินเหลือจ่ายและดอกเบี้ยแล้ว ({FICTITIOUS})"
        draw_up_account(agreement=again(agreement), statement=statement, by=story.act("staff_nonthaburi"))


# --- both -----------------------------------------------------------------------------------------------------------


def _contract(
    story: Story,
    giver: Giver,
    sides: Sides,
    ago: int,
    mission: dict[str, Any],
    receiver: str,
    baht: int,
    promised: tuple[str, Terms],
) -> Agreement:
    """Mission, direct call, the one proposal, judging, award and letter: some three months from `ago` on."""
    results, terms = promised
    organisation = story.cast.organisations[receiver]
    approach = {
        "origin": ApproachOrigin.OUTSIDE,
        "third_party": ThirdPartyKind.OPDC,
        "third_party_name": "สำนักงาน ก.พ.ร.",
        "note": "สำนักงาน ก.พ.ร. ร่วมกับสถาบันที่ปรึกษาประสานให้เป็นภารกิจนำร่อง",
    }
    searched = f"สรรหาหน่วยงานที่มีความพร้อมด้านองค์ความรู้และความเชี่ยวชาญ ได้แก่ {organisation.name_th}"
    recorded = {**mission, "candidates_note": searched}
    written = write_mission(story, giver, ago, recorded, {**CHOICE, "approach": approach})
    facts = {
        **DIRECT,
        "procedure_reason": "เป็นภารกิจนำร่องที่ต้องดำเนินการกับหน่วยงานที่มีความพร้อมด้านองค์ความรู้และความเชี่ยวชาญ",
        "invited": [organisation],
        "duration_months": 18,
        "budget_ceiling": Decimal(baht),
    }
    call = publish_call(story, written, giver, ago - 15, ago - 45, facts)
    proposal = {
        **CAPABLE,
        "objectives": mission["objectives"],
        "target_group": mission["target_group"],
        "beneficiaries": 180,
        "area": mission["area"],
        "activities": "\n".join(f"({n}) {row[0]}" for n, row in enumerate(terms.activities, start=1)),
        "results": results,
        "duration_months": 18,
        "budget": Decimal(baht),
        "plan": [row[:3] for row in terms.activities],
        "promised": [row[:4] for row in terms.indicators],
    }
    sent = submit(story, call, sides.staff, sides.representative, ago - 30, mission["title"], proposal)
    agreement = judged_and_awarded(story, call, giver, ago - 50, sent)
    tell_results(story, call, giver, ago - 73)
    return agreement
