"""Performance-based contracting (การทำสัญญาข้อตกลง): the nine steps of §3.2.

The manual gives one text per step; the split of duties between the two sides is derived by us.
Any number of instalments >= 1: each after the first has its mid-term evaluation (steps 6 and 7 alternate).
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.permissions.agreements import giver_officer
from agreements.sequences.step import Carried, Step
from core.workflow import move

CALL, PROPOSAL, PRESENTATION, SELECTION, FIRST_INSTALMENT, MIDTERM, NEXT_INSTALMENT, FINAL, CLOSING = (
    "pbc_1_call",
    "pbc_2_proposal",
    "pbc_3_presentation",
    "pbc_4_selection",
    "pbc_5_first_instalment",
    "pbc_6_midterm_evaluation",
    "pbc_7_next_instalment",
    "pbc_8_final_evaluation",
    "pbc_9_account_closing",
)

STEPS = (
    Step(
        1,
        CALL,
        "ภาครัฐประกาศรายการภารกิจเพื่อเปิดรับข้อเสนอ",
        "Call for proposals",
        "ประกาศขอบเขตงาน วัตถุประสงค์ ระยะเวลา หลักเกณฑ์การคัดเลือก วิธีการจัดสรรงบประมาณ และการประเมินโครงการ",
        "Announces scope, objectives, duration, selection criteria, how money is allocated and how the project is evaluated.",
        "ติดตามประกาศและเตรียมแผนการดำเนินโครงการ",
        "Follows the call and prepares a plan.",
        actor="giver",
        carrier="call",
    ),
    Step(
        2,
        PROPOSAL,
        "ภาคส่วนอื่นยื่นข้อเสนอโครงการต่อหน่วยงานเจ้าของภารกิจ",
        "Proposals come in",
        "เปิดรับข้อเสนอและตอบข้อสอบถามอย่างเท่าเทียม",
        "Receives proposals and answers questions alike for all.",
        "ยื่นข้อเสนอพร้อมแผนการดำเนินโครงการในฐานะผู้รับมอบภารกิจ",
        "Submits a proposal with its plan of implementation.",
        actor="receiver",
        carrier="call",
    ),
    Step(
        3,
        PRESENTATION,
        "ภาคส่วนอื่นนำเสนอรายละเอียด",
        "Presentation",
        "ตรวจคุณสมบัติตามเงื่อนไขด้านศักยภาพที่กำหนด และรับฟังการนำเสนอ",
        "Checks the eligibility conditions and hears the presentations.",
        "นำเสนอรายละเอียดแผนการดำเนินโครงการตามคุณสมบัติที่กำหนด",
        "Presents the details of the plan, being eligible under the conditions.",
        actor="receiver",
        carrier="call",
    ),
    Step(
        4,
        SELECTION,
        "ภาครัฐพิจารณาและคัดเลือกข้อเสนอโครงการที่ผ่านเกณฑ์",
        "Selection",
        "พิจารณาความโดดเด่นของโครงการ ความสมเหตุสมผลด้านงบประมาณ ความเชี่ยวชาญ ความเสี่ยง และความคุ้มค่า แล้วคัดเลือกคู่สัญญา",
        "Judges distinction, reasonableness of the budget, expertise, risk and value for money, and selects the party.",
        "ร่วมหารือ จัดทำแผนปฏิบัติการ และลงนามสัญญาข้อตกลง",
        "Discusses, draws up the action plan and signs the contract.",
        actor="giver",
        carrier="call",
        requires=(
            "discussion_vision",
            "discussion_priorities",
            "discussion_selection",
            "discussion_draft",
            "text_signed",
            "made_public",
            "plan_approved",
            "committee_settled",
            "instalments_planned",
        ),
    ),
    Step(
        5,
        FIRST_INSTALMENT,
        "ภาครัฐจัดสรรงบประมาณงวดที่ 1",
        "First instalment",
        "จัดสรรงบประมาณงวดแรกให้ผู้รับมอบภารกิจ",
        "Allocates the first instalment to the receiver.",
        "ขอเบิกและรับเงินงวดแรก แล้วดำเนินกิจกรรมตามแผนปฏิบัติการ",
        "Requests and receives the first instalment, and works by the action plan.",
        actor="giver",
        carrier="agreement",
        requires=("instalment_received",),
    ),
    Step(
        6,
        MIDTERM,
        "การประเมินผลการดำเนินงานระยะกลาง",
        "Mid-term evaluation",
        "ประเมินผลระยะกลางทั้งจากภายในและภายนอก จัดทำรายงาน และลงพื้นที่",
        "Evaluates at mid-term, from inside and outside, with a report and a site visit.",
        "รายงานผลตามตัวชี้วัด ให้ข้อมูล และอำนวยความสะดวกในการลงพื้นที่",
        "Reports its results against the indicators and helps with the site visit.",
        actor="giver",
        carrier="agreement",
        requires=("midterm_accepted",),
    ),
    Step(
        7,
        NEXT_INSTALMENT,
        "ภาครัฐจัดสรรงบประมาณงวดที่ 2",
        "Next instalment",
        "จัดสรรงบประมาณงวดถัดไปเมื่อผลการประเมินผ่าน",
        "Allocates the next instalment when the evaluation has been passed.",
        "ขอเบิกและรับเงินงวดถัดไป แล้วดำเนินกิจกรรมต่อเนื่อง",
        "Requests and receives the next instalment and continues the work.",
        actor="giver",
        carrier="agreement",
        requires=("instalment_received",),
    ),
    Step(
        8,
        FINAL,
        "การประเมินผลหลังสิ้นสุดการดำเนินงาน",
        "Final evaluation",
        "ประเมินผลภายหลังสิ้นสุดการดำเนินงานและปิดโครงการ",
        "Evaluates after the work has ended and closes the project.",
        "รายงานผลการดำเนินงานทั้งโครงการและส่งมอบผลผลิต",
        "Reports on the whole project and hands over what it produced.",
        actor="giver",
        carrier="agreement",
        requires=("final_evaluation_accepted",),
    ),
    Step(
        9,
        CLOSING,
        "การปิดบัญชีงบประมาณ",
        "Account closing",
        "ตรวจสอบบัญชีค่าใช้จ่ายตลอดโครงการ และศึกษาปัญหาและความเหมาะสมของโครงการ",
        "Checks the accounts of all spending, and studies problems and whether such a project fits.",
        "จัดทำบัญชีค่าใช้จ่ายตลอดการดำเนินงานและส่งคืนเงินเหลือจ่าย",
        "Draws up the accounts of all spending and returns unspent money.",
        actor="both",
        carrier="agreement",
        requires=("instalments_settled", "account_closed", "lessons_recorded"),
    ),
)

CARRIED = (
    Carried(CALL, PROPOSAL, "call.publish"),
    Carried(PROPOSAL, PRESENTATION, "call.close_submissions"),
    Carried(PRESENTATION, SELECTION, "call.begin_selection"),
)
BORN_AT = SELECTION


class PbcMoves(models.Model):
    """The moves of a PBC contract in the manual's order. A contract is born at step 4, from the selected proposal."""

    class Meta:
        abstract = True

    @move(
        field="step",
        source=SELECTION,
        target=FIRST_INSTALMENT,
        role=giver_officer,
        title=_("Allocate the first instalment"),
    )
    def allocate_first_instalment(self) -> None:
        """§3.2 step 5."""

    @move(
        field="step",
        source=[FIRST_INSTALMENT, NEXT_INSTALMENT],
        target=MIDTERM,
        role=giver_officer,
        only_if=("more_instalments",),
        title=_("Begin the mid-term evaluation"),
    )
    def begin_midterm_evaluation(self) -> None:
        """§3.2 step 6: before each instalment after the first."""

    @move(
        field="step",
        source=MIDTERM,
        target=NEXT_INSTALMENT,
        role=giver_officer,
        only_if=("midterm_not_failed",),
        title=_("Allocate the next instalment"),
    )
    def allocate_next_instalment(self) -> None:
        """§3.2 step 7: the evaluation was passed."""

    @move(
        field="step",
        source=[FIRST_INSTALMENT, NEXT_INSTALMENT],
        target=FINAL,
        role=giver_officer,
        only_if=("no_more_instalments",),
        requires=("work_completed",),
        title=_("Begin the final evaluation"),
    )
    def begin_final_evaluation(self) -> None:
        """§3.2 step 8: all instalments are paid and the work has ended."""

    @move(
        field="step",
        source=MIDTERM,
        target=FINAL,
        role=giver_officer,
        only_if=("midterm_failed",),
        title=_("End the funding and begin the final evaluation"),
    )
    def end_funding(self) -> None:
        """§3.2 step 6 not passed: no further money, straight to the final evaluation."""

    @move(field="step", source=FINAL, target=CLOSING, role=giver_officer, title=_("Begin closing the accounts"))
    def begin_account_closing(self) -> None:
        """§3.2 step 9."""
