"""The manual's own criteria, offered as a start when a call is opened; the officer edits them before publication.

Three lists, kept apart as the manual keeps them: Grant's application criteria (§3.1), the qualifications of PBC step 3
and the scoring criteria of PBC step 4 (§3.2). The weights are ours: the manual gives none.
"""

from __future__ import annotations

from dataclasses import dataclass

from agreements.enums import CriterionKind


@dataclass(frozen=True)
class StartingCriterion:
    kind: str
    title: str
    description: str
    weight: int | None = None


def _scored(title: str, description: str) -> StartingCriterion:
    return StartingCriterion(CriterionKind.SCORING, title, description, 20)


def _required(title: str, description: str) -> StartingCriterion:
    return StartingCriterion(CriterionKind.ELIGIBILITY, title, description)


GRANT = (
    _scored("ความเชี่ยวชาญและทักษะ", "มีความรู้และทักษะในภารกิจที่ขอรับเงินอุดหนุน"),
    _scored("มาตรฐานขององค์กร", "มีการบริหารงาน บัญชี และบุคลากรที่ได้มาตรฐาน"),
    _scored("พื้นที่ให้บริการเป้าหมาย", "เข้าถึงพื้นที่และกลุ่มเป้าหมายของภารกิจ"),
    _scored("ผลงานและชื่อเสียง", "มีผลงานที่ผ่านมาและเป็นที่ยอมรับ"),
    _scored("ความสามารถในการสร้างเครือข่ายและขยายผล", "ทำงานร่วมกับเครือข่ายและขยายผลได้"),
)

PBC = (
    _required("ความเชี่ยวชาญ", "มีความเชี่ยวชาญในภารกิจที่ประกาศ"),
    _required("มาตรฐานขององค์กร", "มีการบริหารงาน บัญชี และบุคลากรที่ได้มาตรฐาน"),
    _required("พื้นที่ให้บริการ", "ให้บริการในพื้นที่ที่กำหนดได้"),
    _required("ประสบการณ์", "มีประสบการณ์ทำงานกับกลุ่มเป้าหมาย"),
    _required("เครือข่าย", "มีเครือข่ายการทำงานในพื้นที่"),
    _scored("ความโดดเด่นของโครงการ", "แนวคิดและวิธีดำเนินงานโดดเด่นและตอบโจทย์ภารกิจ"),
    _scored("ความสมเหตุสมผลด้านงบประมาณ", "งบประมาณสมเหตุสมผลและแสดงต้นทุนต่อหน่วย"),
    _scored("ความเชี่ยวชาญ", "ศักยภาพและประสบการณ์ของทีมงาน"),
    _scored("ความเสี่ยง", "ระบุความเสี่ยงและแนวทางรับมือไว้ชัดเจน"),
    _scored("ความคุ้มค่า", "ประสิทธิภาพและประสิทธิผลเมื่อเทียบกับงบประมาณ"),
)

STARTING_CRITERIA = {"grant": GRANT, "pbc": PBC}
