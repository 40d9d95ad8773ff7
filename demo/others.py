"""One Grant, one Commissioning, calls and a text to sign, from the manual's own examples (§3.0).

Every organisation that receives here is invented, and so are sums, days and figures: names end in (สมมติ).
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from agreements.actions.agreements import open_commissioning
from agreements.actions.budget import SourceRow, plan_instalments, set_budget_sources
from agreements.enums import NoteKind
from agreements.models import Agreement
from demo.agreed import (
    DISCUSSION,
    Sides,
    Terms,
    appoint,
    discuss_and_sign,
    do_without_committee,
    go_on,
    instalment_rows,
    note,
    plan,
    ready_to_sign,
    sign,
    write_terms,
)
from demo.before import DCY_TEAM, judged_and_awarded, publish_call, submit, write_mission
from demo.calls import project, tell_calls
from demo.examples import CALL, CHOSEN, mission
from demo.judged import learn
from demo.money import pay, spend
from demo.rarer import tell_rarer
from demo.results import tell_results
from demo.story import FICTITIOUS, Story, again
from partnerships.enums import Form

PLACE = "จังหวัดนครสมมติ (สมมติ)"
CHILD_LAW = "พระราชบัญญัติคุ้มครองเด็ก พ.ศ. 2546"
FOUNDATION = Sides(
    giver=DCY_TEAM,
    staff="staff_foundation",
    representative="rep_foundation",
    books="finance_foundation",
    duties=(
        f"จัดสรรเงินอุดหนุน ให้คำปรึกษา ติดตามและประเมินผลอย่างต่อเนื่อง ({FICTITIOUS})",
        f"ดำเนินกิจกรรม ใช้จ่ายงบประมาณอย่างเป็นระบบ และรายงานความคืบหน้า ({FICTITIOUS})",
    ),
)


def tell_others(story: Story) -> None:
    """Everything besides the pilots."""
    tell_grant(story)
    tell_commissioning(story)
    tell_text_to_sign(story)
    tell_calls(story)
    tell_rarer(story)
    undecided = mission("การจัดทำรายงานสถานการณ์ปัญหาเด็กและเยาวชน", PLACE, "เด็กและเยาวชน", CHILD_LAW)
    write_mission(story, DCY_TEAM, 9, undecided, None)


# --- Grant: needs of children, at delivery --------------------------------------------------------------------------

GRANT = mission("การประเมินสภาพปัญหาและความต้องการของเด็ก", PLACE, "เด็กอายุไม่เกิน 18 ปีและครอบครัว", CHILD_LAW)
GRANT_TERMS = Terms(
    starts=215,
    ends=-150,
    indicators=(
        ("จำนวนเด็กที่ได้รับการประเมินสภาพปัญหาและความต้องการ", "คน", 0, 1200, 60),
        ("จำนวนตำบลที่มีรายงานสถานการณ์เด็ก", "ตำบล", 0, 24, 40),
    ),
    activities=(
        ("พัฒนาเครื่องมือและอบรมผู้เก็บข้อมูล", 1, 3, 140_000),
        ("เก็บข้อมูลและวิเคราะห์ผลรายตำบล", 3, 9, 340_000),
        ("จัดทำรายงานและคืนข้อมูลให้ชุมชน", 9, 12, 120_000),
    ),
    parts=((420_000, 200, "แผนปฏิบัติการได้รับความเห็นชอบ"), (180_000, -5, "ส่งรายงานความคืบหน้าครั้งที่ 1")),
)


def granted(story: Story, ago: int, facts: dict[str, Any], baht: int, months: int = 12) -> Agreement:
    """A Grant by an open call, awarded to the foundation some two months after `ago`."""
    written = write_mission(story, DCY_TEAM, ago, facts, CHOSEN[Form.GRANT])
    opened = {**CALL, "budget_ceiling": Decimal(baht), "duration_months": months}
    call = publish_call(story, written, DCY_TEAM, ago - 14, ago - 42, opened)
    sent = submit(
        story, call, "staff_foundation", "rep_foundation", ago - 30, facts["title"], project(facts, baht, months)
    )
    return judged_and_awarded(story, call, DCY_TEAM, ago - 45, sent)


def tell_grant(story: Story) -> Agreement:
    """Delivery under way, with its books; the second instalment is approved and waits to be paid."""
    agreement = granted(story, 345, GRANT, 600_000)
    tell_results(story, agreement.call, DCY_TEAM, 277)
    discuss_and_sign(story, agreement, FOUNDATION, 270, GRANT_TERMS)
    do_without_committee(story, agreement, FOUNDATION, 233)
    plan(story, agreement, FOUNDATION, 228, GRANT_TERMS)
    go_on(story, agreement, 212, "allocate_subsidy", "officer_dcy")
    pay(story, agreement, FOUNDATION, 208)
    go_on(story, agreement, 196, "begin_delivery", "staff_foundation")
    spend(
        story,
        agreement,
        FOUNDATION,
        (
            (175, "จัดทำเครื่องมือประเมินและคู่มือ", "48200.00", 1),
            (150, "อบรมผู้เก็บข้อมูลในพื้นที่", "86750.00", 1),
            (110, "ค่าตอบแทนผู้เก็บข้อมูล รอบที่ 1", "124600.00", 2),
            (62, "ค่าเดินทางและที่พักลงพื้นที่", "57340.25", 2),
            (21, "ค่าตอบแทนผู้เก็บข้อมูล รอบที่ 2", "71900.00", 2),
        ),
    )
    learn(story, agreement, 18, (("limit", "staff_foundation", f"บางตำบลเดินทางลำบากในฤดูฝน ({FICTITIOUS})"),))
    pay(story, agreement, FOUNDATION, 11, ordinal=2, until="approved")
    return again(agreement)


# --- Commissioning: provincial child protection, delivering its first cycle -----------------------------------------

BODY = "คณะกรรมการคุ้มครองเด็กจังหวัดนครสมมติ (สมมติ)"
JOINT = mission("การดำเนินระบบคุ้มครองสิทธิเด็กแบบครบวงจรระดับจังหวัด", PLACE, "เด็กและครอบครัวทั้งจังหวัด", CHILD_LAW)
JOINT_SIDES = replace(
    FOUNDATION,
    duties=(
        f"ผู้จัดการโครงการ สนับสนุนงบประมาณและองค์ความรู้ ({FICTITIOUS})",
        f"ฝ่ายปฏิบัติการ จัดบริการช่วยเหลือและฟื้นฟูเด็ก ({FICTITIOUS})",
        f"ฝ่ายปฏิบัติการ เฝ้าระวังและส่งต่อในชุมชน ({FICTITIOUS})",
        f"ฝ่ายเลขานุการร่วม จัดสถานที่และบุคลากรสนับสนุน ({FICTITIOUS})",
    ),
    other_signatories=("rep_network", "rep_municipality"),
)
JOINT_TERMS = Terms(
    starts=235,
    ends=-860,
    indicators=(
        ("ร้อยละของเด็กที่ถูกละเมิดและได้รับการช่วยเหลือภายใน 24 ชั่วโมง", "ร้อยละ", 55, 90, 60),
        ("จำนวนตำบลที่มีทีมสหวิชาชีพคุ้มครองเด็ก", "ตำบล", 4, 24, 40),
    ),
    activities=(
        ("จัดตั้งทีมสหวิชาชีพคุ้มครองเด็กระดับตำบล", 5, 12, 420_000),
        ("จัดบริการช่วยเหลือและฟื้นฟูเด็กและครอบครัว", 6, 18, 530_000),
    ),
)
JOINT_PARTS = ((600_000, 105, "เริ่มจัดบริการรอบแรก"), (350_000, 12, "ส่งรายงานความคืบหน้ารอบแรก"))


def tell_commissioning(story: Story) -> Agreement:
    """Step 5 of the first cycle; money is on its way and a note waits to be confirmed."""
    written = write_mission(story, DCY_TEAM, 330, JOINT, CHOSEN[Form.COMMISSIONING])
    partners = [story.cast.organisations[key].pk for key in ("foundation", "network", "municipality")]
    with story.on(315):
        agreement = open_commissioning(
            mission=written, title=JOINT["title"], partner_ids=partners, by=story.act("officer_dcy")
        )
    note(story, agreement, JOINT_SIDES, 305, NoteKind.VISION)
    note(story, agreement, JOINT_SIDES, 298, NoteKind.PRIORITIES)
    write_terms(story, agreement, JOINT_SIDES, 285, JOINT_TERMS)
    sign(story, agreement, JOINT_SIDES, 275)
    office = "สำนักงานเลขานุการคณะกรรมการคุ้มครองเด็กจังหวัดนครสมมติ (สมมติ)"
    appoint(story, agreement, JOINT_SIDES, 262, BODY, office)
    go_on(story, agreement, 240, "assess_needs", "officer_dcy")
    note(story, agreement, JOINT_SIDES, 205, NoteKind.NEEDS)
    go_on(story, agreement, 190, "allocate_resources", "officer_dcy")
    note(story, agreement, JOINT_SIDES, 180, NoteKind.RESOURCES)
    _pool_money(story, agreement)
    go_on(story, agreement, 165, "design_service", "officer_dcy")
    for kind, ago in ((NoteKind.SELECTION, 158), (NoteKind.DESIGN, 150)):
        note(story, agreement, JOINT_SIDES, ago, kind)
    plan(story, agreement, JOINT_SIDES, 135, JOINT_TERMS)
    go_on(story, agreement, 118, "deliver_service", "officer_dcy")
    _deliver(story, agreement)
    return again(agreement)


def _pool_money(story: Story, agreement: Agreement) -> None:
    organisations = story.cast.organisations
    rows = [
        SourceRow(agreement.agency_id, "state_budget", Decimal(750_000), FICTITIOUS),
        SourceRow(organisations["municipality"].pk, "own_revenue", Decimal(200_000), FICTITIOUS),
        SourceRow(organisations["foundation"].pk, "in_kind", Decimal(80_000), f"สถานที่และอาสาสมัคร ({FICTITIOUS})"),
    ]
    with story.on(174):
        set_budget_sources(agreement=again(agreement), rows=rows, by=story.act("officer_dcy"))
        planned = instalment_rows(story, JOINT_PARTS)
        plan_instalments(agreement=again(agreement), rows=planned, by=story.act("officer_dcy"))


def _deliver(story: Story, agreement: Agreement) -> None:
    pay(story, agreement, JOINT_SIDES, 112)
    rows = (
        (88, "อบรมทีมสหวิชาชีพระดับตำบล", "168400.00", 1),
        (55, "ช่วยเหลือและฟื้นฟูเด็กรายกรณี", "142780.50", 2),
        (24, "เยี่ยมบ้านและประชุมรายกรณี", "96315.00", 2),
    )
    spend(story, agreement, JOINT_SIDES, rows)
    pay(story, agreement, JOINT_SIDES, 14, ordinal=2, until="paid")
    note(story, agreement, JOINT_SIDES, 4, NoteKind.DELIVERY, confirmed=False)


# --- a text that waits for signatures -------------------------------------------------------------------------------

TRAINING = mission("การอบรมอาสาสมัครคุ้มครองเด็กในชุมชน", PLACE, "อาสาสมัครคุ้มครองเด็กในชุมชน", CHILD_LAW)
TRAINING_TERMS = Terms(
    starts=-12,
    ends=-200,
    indicators=(
        ("จำนวนอาสาสมัครที่ผ่านการอบรม", "คน", 0, 240, 70),
        ("ร้อยละของอาสาสมัครที่ปฏิบัติงานต่อเนื่อง 3 เดือน", "ร้อยละ", 0, 80, 30),
    ),
    activities=(("อบรมอาสาสมัคร 4 รุ่น", 1, 4, 200_000), ("ติดตามและสนับสนุนการปฏิบัติงาน", 4, 6, 80_000)),
    parts=((200_000, -20, "แผนปฏิบัติการได้รับความเห็นชอบ"), (80_000, -130, "อบรมครบทุกรุ่น")),
)


def tell_text_to_sign(story: Story) -> Agreement:
    """The text is frozen; neither the executive nor the foundation's representative has signed yet."""
    agreement = granted(story, 110, TRAINING, 280_000, months=6)
    for number, kind in enumerate(DISCUSSION):
        note(story, agreement, FOUNDATION, 36 - 4 * number, kind)
    write_terms(story, agreement, FOUNDATION, 16, TRAINING_TERMS)
    ready_to_sign(story, agreement, FOUNDATION, 8)
    return again(agreement)
