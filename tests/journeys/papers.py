"""What people in the journeys type and hand in: dates of the Buddhist Era, small real files, a proposal's answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from core import clock
from tests.world import PNG

PROPOSAL_PARTS: dict[str, dict[str, Any]] = {
    "project": {
        "objectives": "ให้ผู้สูงอายุในชุมชนได้รับการดูแลที่บ้านอย่างต่อเนื่อง",
        "target_group": "ผู้สูงอายุที่อยู่ลำพัง",
        "beneficiaries": 200,
        "area": "จังหวัดนนทบุรี",
        "duration_months": 12,
    },
    "plan": {
        "activities": "สำรวจข้อมูล อบรมอาสาสมัคร และเยี่ยมบ้านทุกเดือน",
        "results": "ผู้สูงอายุ 200 คนได้รับการเยี่ยมบ้าน",
    },
    "capability": {
        "expertise": "ทำงานกับผู้สูงอายุมา 10 ปี",
        "network": "อาสาสมัครสาธารณสุขในพื้นที่",
        "risks": "น้ำท่วมในฤดูฝน เลื่อนวันลงพื้นที่ได้",
    },
    "budget": {"budget": "900,000.00", "budget_detail": "ค่าตอบแทนอาสาสมัคร ค่าเดินทาง ค่าวัสดุ"},
}


def be(day: date) -> str:
    """A day as people type it: 1/10/2569."""
    return f"{day.day}/{day.month}/{day.year + 543}"


def today() -> str:
    return be(clock.today())


def in_days(days: int) -> str:
    return be(clock.today() + timedelta(days=days))


def picture(name: str = "หลักฐาน.png") -> dict[str, Any]:
    """A small real picture to upload."""
    return {"name": name, "mimeType": "image/png", "buffer": PNG}
