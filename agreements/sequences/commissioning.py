"""Commissioning (กลไกขับเคลื่อนงานภายใต้สัญญาร่วม): the six steps of §3.3.

The manual gives one text per step; the split of duties is derived by us from its four roles (agency: project manager,
partners: operations, joint secretaries, secretariat office). Going back from step 6 is our reading: improve → 4,
widen → 1, each a new cycle under the same contract.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.permissions.agreements import giver_officer
from agreements.sequences.step import Carried, Step
from core.workflow import move

PRIORITIES, NEEDS, RESOURCES, DESIGN, DELIVERY, EVALUATION = (
    "commissioning_1_priorities",
    "commissioning_2_needs",
    "commissioning_3_resources",
    "commissioning_4_design",
    "commissioning_5_delivery",
    "commissioning_6_evaluation",
)

STEPS = (
    Step(
        1,
        PRIORITIES,
        "การจัดลำดับความสำคัญของภารกิจและผลลัพธ์",
        "Priorities of missions and results",
        "เป็นผู้จัดการโครงการ ตัดสินใจร่วมกับภาคีอย่างเสมอภาค และร่วมจัดตั้งฝ่ายเลขานุการและสำนักงานเลขานุการ",
        "Is project manager, decides with the partners as equals, and joins in setting up the secretariat.",
        "เป็นฝ่ายปฏิบัติการ ร่วมตัดสินใจลำดับความสำคัญ และร่วมเป็นฝ่ายเลขานุการ",
        "Are the operations side, decide the priorities jointly and share the secretaries' work.",
        actor="both",
        carrier="agreement",
        requires=("discussion_vision", "cycle_priorities", "text_signed", "made_public", "formal_body"),
    ),
    Step(
        2,
        NEEDS,
        "การประเมินความจำเป็นและความต้องการของกลุ่มเป้าหมาย",
        "Needs of the target group",
        "รวบรวมข้อมูลสภาพปัญหาและข้อเท็จจริง และปรึกษาหารือกับกลุ่มผู้รับบริการ",
        "Gathers facts about the problem and consults the people served.",
        "ร่วมสำรวจและปรึกษาหารือกับกลุ่มผู้รับบริการในพื้นที่",
        "Join in surveying and consulting the people served.",
        actor="both",
        carrier="agreement",
        requires=("cycle_needs",),
    ),
    Step(
        3,
        RESOURCES,
        "การจัดสรรทรัพยากรเพื่อการจัดบริการสาธารณะ",
        "Allocation of resources",
        "ประเมินทรัพยากรและงบประมาณที่จำเป็น หากไม่เพียงพอให้พิจารณาภารกิจลำดับรองลงมา",
        "Assesses the resources and money needed; where they fall short, considers the next mission on the list.",
        "ร่วมระดมทรัพยากร บุคลากร และงบประมาณ",
        "Pool resources, people and money.",
        actor="both",
        carrier="agreement",
        requires=("cycle_resources", "budget_sourced"),
    ),
    Step(
        4,
        DESIGN,
        "การกำหนดรูปแบบการจัดบริการสาธารณะที่เหมาะสมกับกลุ่มเป้าหมาย",
        "Design of the service",
        "ร่วมกำหนดรูปแบบบริการและงบประมาณสำหรับภาคีผู้ดำเนินการจริง",
        "Joins in designing the service and the money for the partners who deliver.",
        "ร่วมออกแบบบริการให้เหมาะกับกลุ่มเป้าหมายและขีดความสามารถ",
        "Design a service that fits the target group and their own abilities.",
        actor="both",
        carrier="agreement",
        requires=("cycle_selection", "cycle_design", "cycle_plan_approved"),
    ),
    Step(
        5,
        DELIVERY,
        "การจัดบริการสาธารณะ",
        "Delivery of the service",
        "กำกับและสนับสนุนการจัดบริการตามรูปแบบที่กำหนด",
        "Steers and supports the service as designed.",
        "ประเมินรูปแบบและวิธีการที่ทำได้จริง แล้วจัดบริการตามขีดความสามารถ",
        "Assess form and means, then deliver within what they are able to carry.",
        actor="receiver",
        carrier="agreement",
        requires=("cycle_delivery",),
    ),
    Step(
        6,
        EVALUATION,
        "การติดตามและประเมินผล",
        "Follow-up and evaluation",
        "ติดตามและประเมินผลร่วมกับผู้ให้บริการในฐานะผู้มีส่วนได้ส่วนเสีย",
        "Follows up and evaluates together with the providers as stakeholders.",
        "ร่วมประเมินและวิเคราะห์ผล เพื่อปรับปรุง ยกระดับ หรือขยายบริการ",
        "Join in evaluating, to improve, raise or widen the service.",
        actor="both",
        carrier="agreement",
        requires=("cycle_evaluated",),
    ),
)

CARRIED: tuple[Carried, ...] = ()
BORN_AT = PRIORITIES


class CommissioningMoves(models.Model):
    """The moves of a joint contract in the manual's order. There is no call: partners are parties from the start."""

    class Meta:
        abstract = True

    @move(
        field="step",
        source=PRIORITIES,
        target=NEEDS,
        role=giver_officer,
        title=_("Go on to the needs of the target group"),
    )
    def assess_needs(self) -> None:
        """§3.3 step 2."""

    @move(field="step", source=NEEDS, target=RESOURCES, role=giver_officer, title=_("Go on to the resources"))
    def allocate_resources(self) -> None:
        """§3.3 step 3."""

    @move(
        field="step", source=RESOURCES, target=DESIGN, role=giver_officer, title=_("Go on to the design of the service")
    )
    def design_service(self) -> None:
        """§3.3 step 4."""

    @move(field="step", source=DESIGN, target=DELIVERY, role=giver_officer, title=_("Begin the service"))
    def deliver_service(self) -> None:
        """§3.3 step 5."""

    @move(field="step", source=DELIVERY, target=EVALUATION, role=giver_officer, title=_("Go on to the evaluation"))
    def evaluate_service(self) -> None:
        """§3.3 step 6."""

    @move(
        field="step",
        source=EVALUATION,
        target=DESIGN,
        role=giver_officer,
        only_if=("verdict_improve",),
        title=_("Open a new cycle to improve the service"),
    )
    def improve_service(self) -> None:
        """§3.3 step 6 → 4: the findings improve the service."""
        self.cycle += 1

    @move(
        field="step",
        source=EVALUATION,
        target=PRIORITIES,
        role=giver_officer,
        only_if=("verdict_widen",),
        title=_("Open a new cycle to widen the service"),
    )
    def widen_service(self) -> None:
        """§3.3 step 6 → 1: the service is widened to other missions."""
        self.cycle += 1
