"""Grant (การให้เงินอุดหนุน): the four steps of §3.1. Each step has duties for both sides, as the manual's table has."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.permissions.agreements import giver_officer, receiver_staff
from agreements.sequences.step import Carried, Step
from core.workflow import move

PREPARATION, APPLICATION, RECEIPT, DELIVERY = (
    "grant_1_preparation",
    "grant_2_application",
    "grant_3_receipt",
    "grant_4_delivery",
)

STEPS = (
    Step(
        1,
        PREPARATION,
        "การเตรียมความพร้อม",
        "Preparation",
        "กำหนดภารกิจ เงื่อนไข คุณสมบัติของผู้รับมอบภารกิจ และรายละเอียดกิจกรรมให้ชัดเจน",
        "Defines the mission, the conditions, the receiver's qualifications and clear details of the activities.",
        "เตรียมข้อเสนอและเอกสารที่เกี่ยวข้องในการขอรับเงินอุดหนุน",
        "Prepares the proposal and the documents needed to apply for the subsidy.",
        actor="both",
        carrier="call",
    ),
    Step(
        2,
        APPLICATION,
        "การยื่นข้อเสนอ",
        "Application",
        "กำหนดรูปแบบ หลักเกณฑ์ และขั้นตอนการยื่นและพิจารณาข้อเสนอ พร้อมให้คำปรึกษา",
        "Sets the form, the criteria and the procedure for applying and judging, and gives advice.",
        "ยื่นข้อเสนอ และทำความเข้าใจหลักเกณฑ์ เงื่อนไข วิธีการ ขั้นตอน และงบประมาณ",
        "Submits the proposal; understands the criteria, conditions, procedure and budget.",
        actor="both",
        carrier="call",
        requires=(
            "discussion_vision",
            "discussion_priorities",
            "discussion_selection",
            "discussion_draft",
            "text_signed",
            "made_public",
            "plan_outlined",
            "committee_settled",
            "instalments_planned",
        ),
    ),
    Step(
        3,
        RECEIPT,
        "การรับงบประมาณ",
        "Receipt",
        "จัดสรรเงินอุดหนุน และอาจพัฒนาขีดความสามารถ เช่น การจัดทำบัญชี งบประมาณ และหลักฐานการใช้จ่าย",
        "Allocates the subsidy; may build capacity, for example in bookkeeping, budgets and evidence of spending.",
        "รับงบประมาณ เงื่อนไขอาจเพิ่มเติม แก้ไข หรือผ่อนปรนได้โดยไม่กระทบต่อวัตถุประสงค์ของภารกิจ",
        "Receives the money; conditions may be added, changed or relaxed as long as the objective is untouched.",
        actor="both",
        carrier="agreement",
        requires=("first_instalment_received", "plan_approved"),
    ),
    Step(
        4,
        DELIVERY,
        "การจัดทำบริการสาธารณะตามที่ได้รับการจัดสรรเงินอุดหนุน",
        "Delivery on funded activity",
        "ให้คำปรึกษา ติดตาม และประเมินผลการทำงานอย่างต่อเนื่องตลอดการดำเนินงาน",
        "Advises, follows up and evaluates throughout the work.",
        "วางแผน ใช้จ่ายงบประมาณอย่างเป็นระบบและชัดเจน รายงานความคืบหน้าเป็นระยะพร้อมตารางสรุปการใช้จ่าย "
        "หากติดขัดแจ้งผู้มอบภารกิจเป็นลายลักษณ์อักษรเพื่อแก้ไขได้ทันที",
        "Plans, spends systematically and clearly, reports progress with a table of spending; tells the giver in writing "
        "when stuck, so that it can be solved at once.",
        actor="both",
        carrier="agreement",
        requires=(
            "work_completed",
            "final_evaluation_accepted",
            "lessons_recorded",
            "instalments_settled",
            "account_closed",
        ),
    ),
)

CARRIED = (Carried(PREPARATION, APPLICATION, "call.publish"),)
BORN_AT = APPLICATION


class GrantMoves(models.Model):
    """The moves of a Grant in the manual's order. An agreement is born at step 2, from the selected proposal."""

    class Meta:
        abstract = True

    @move(field="step", source=APPLICATION, target=RECEIPT, role=giver_officer, title=_("Allocate the subsidy"))
    def allocate_subsidy(self) -> None:
        """§3.1 step 3: the agreement is signed and public, the money can be allocated."""

    @move(field="step", source=RECEIPT, target=DELIVERY, role=receiver_staff, title=_("Begin the funded activities"))
    def begin_delivery(self) -> None:
        """§3.1 step 4: the money has arrived and the detailed plan is approved."""
