"""Facts that the examples share: missions by title and place, why a form was chosen, what a call says."""

from __future__ import annotations

from typing import Any

from demo.story import FICTITIOUS
from partnerships.enums import ApproachOrigin, Form

# What the officers answered to the form advisor (invented, as the manual gives no answers).
ANSWERS: dict[str, dict[str, str]] = {
    Form.GRANT: {
        "work": "project",
        "breadth": "one",
        "end": "clear",
        "results": "product",
        "capacity": "expertise",
        "money": "once",
        "wishes": "support",
        "ready": "growing",
        "trust": "worked",
        "body": "none",
    },
    Form.PBC: {
        "work": "routine",
        "breadth": "one",
        "end": "renewed",
        "results": "measured",
        "capacity": "people",
        "money": "yearly",
        "wishes": "hand_over",
        "ready": "capable",
        "trust": "worked",
        "body": "none",
    },
    Form.COMMISSIONING: {
        "work": "system",
        "breadth": "several",
        "end": "strategic",
        "results": "found",
        "capacity": "alone",
        "money": "pooled",
        "wishes": "together",
        "ready": "many",
        "trust": "close",
        "body": "formal",
    },
}
_APPROACH = {
    "approach": {
        "origin": ApproachOrigin.NOT_NEEDED,
        "reason": f"หน่วยงานมีนโยบายและแผนปฏิบัติราชการประจำปีรองรับอยู่แล้ว ({FICTITIOUS})",
    }
}
SEARCHED = f"ประกาศเปิดรับเป็นการทั่วไป และประชาสัมพันธ์ผ่านเครือข่ายในพื้นที่ ({FICTITIOUS})"
CHOSEN: dict[str, dict[str, Any]] = {
    Form.GRANT: {
        **_APPROACH,
        "form": Form.GRANT,
        "answers": ANSWERS[Form.GRANT],
        "form_reason": "เป็นโครงการที่กำหนดระยะเวลาชัดเจน ไม่ใช่งานประจำของหน่วยงาน และภาคส่วนอื่นเข้าถึงข้อมูลและกลุ่มเป้าหมายได้ดีกว่า",
    },
    Form.PBC: {
        **_APPROACH,
        "form": Form.PBC,
        "answers": ANSWERS[Form.PBC],
        "form_reason": "เป็นบริการต่อเนื่องที่หน่วยงานมีขีดความสามารถไม่เพียงพอ และมอบได้โดยไม่ต้องขยายหน่วยงานหรือเพิ่มบุคลากร",
    },
    Form.COMMISSIONING: {
        **_APPROACH,
        "form": Form.COMMISSIONING,
        "answers": ANSWERS[Form.COMMISSIONING],
        "form_reason": "เป็นหลายภารกิจภายใต้นโยบายเดียวกันในระดับพื้นที่ ต้องใช้ทรัพยากรร่วมกันและมีองค์กรร่วมอย่างเป็นทางการในระยะยาว",
    },
}
CALL = {
    "scope": f"ดำเนินกิจกรรมตามวัตถุประสงค์ในพื้นที่และระยะเวลาที่กำหนด ({FICTITIOUS})",
    "allocation": f"จัดสรรเป็นงวดตามผลงาน ({FICTITIOUS})",
    "evaluation_plan": f"ติดตามต่อเนื่องและประเมินผลตามตัวชี้วัดที่ตกลงร่วมกัน ({FICTITIOUS})",
}


def mission(title: str, area: str, target_group: str, law: str, routine: bool = False) -> dict[str, Any]:
    """A mission's facts; the title is the manual's example with the invented place behind it."""
    return {
        "title": f"{title} {area}",
        "problem": f"ข้อมูลและบริการในพื้นที่ยังไม่เพียงพอ และหน่วยงานเข้าถึงกลุ่มเป้าหมายได้จำกัด ({FICTITIOUS})",
        "objectives": f"เพื่อให้{target_group}ได้รับบริการที่ตรงกับสภาพปัญหาและความต้องการ ({FICTITIOUS})",
        "target_group": target_group,
        "area": area,
        "is_routine": routine,
        "time_frame": f"ตามข้อตกลง ({FICTITIOUS})",
        "legal_basis": law,
        "candidates_note": SEARCHED,
    }
