"""The eight steps of building a collaboration (§4): the frame around every form."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import get_language


@dataclass(frozen=True)
class FrameTitle:
    number: int
    title_th: str
    title_en: str

    @property
    def title(self) -> str:
        return self.title_en if get_language() == "en" else self.title_th


FRAME = (
    FrameTitle(1, "การประยุกต์ใช้ตัวแบบ", "Choosing the form"),
    FrameTitle(2, "การเจรจากับหน่วยงานเจ้าของภารกิจ", "Talks with the agency that owns the mission"),
    FrameTitle(3, "การแสวงหาหน่วยงานรับมอบภารกิจ", "Looking for the receiver"),
    FrameTitle(4, "การหารือเบื้องต้นเพื่อกำหนดภารกิจและกิจกรรม", "First discussions on mission and activities"),
    FrameTitle(5, "การจัดทำข้อตกลงหรือลงนามบันทึกข้อตกลงความร่วมมือ", "Making and signing the agreement"),
    FrameTitle(6, "การจัดตั้งคณะกรรมการร่วมและจัดทำแผนปฏิบัติการ", "Joint committee and action plan"),
    FrameTitle(7, "การดำเนินกิจกรรมตามแผนปฏิบัติการ", "Activities of the action plan"),
    FrameTitle(8, "การประเมินผลการดำเนินงาน", "Evaluation"),
)
