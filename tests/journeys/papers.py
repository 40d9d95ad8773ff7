"""What people in the journeys type and hand in: dates of the Buddhist Era, small real files, a proposal's answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from core import clock
from tests.world import PNG


def _row(kind: str, **answers: Any) -> dict[str, Any]:
    return {f"{kind}-0-{name}": value for name, value in answers.items()}


# One row of each kind is enough to be complete; the baseline of the indicator is not known yet.
PROPOSAL_PARTS: dict[str, dict[str, Any]] = {
    "work": {
        "objectives": "ให้ผู้สูงอายุในชุมชนได้รับการดูแลที่บ้านอย่างต่อเนื่อง",
        "area": "จังหวัดนนทบุรี",
        "duration_months": "๑๒",
        **_row("beneficiaries", description="ผู้สูงอายุที่อยู่ลำพัง", number="๒๐๐"),
    },
    "activities": {
        "activities": "สำรวจข้อมูล อบรมอาสาสมัคร และเยี่ยมบ้านทุกเดือน",
        **_row("activities", title="เยี่ยมบ้าน", detail="ทุกเดือน", month_from=1, month_to=12),
    },
    "results": {
        "results": "ผู้สูงอายุ 200 คนได้รับการเยี่ยมบ้าน",
        **_row("indicators", level="output", statement="จำนวนผู้สูงอายุที่ได้รับการเยี่ยมบ้าน", unit="คน", target=200),
    },
    "budget": {
        "budget_detail": "ค่าตอบแทนอาสาสมัคร ค่าเดินทาง ค่าวัสดุ",
        **_row("lines", category="operation", title="ค่าเยี่ยมบ้าน", unit="เดือน", quantity=12, unit_cost="75,000.00"),
    },
    "team": _row("members", name="นางผู้ประสาน งาน (สมมติ)", duty="ผู้จัดการโครงการ"),
    "risks": _row("risks", risk="น้ำท่วมในฤดูฝน", likelihood=2, impact=2, response="เลื่อนวันลงพื้นที่"),
    "network": {"expertise": "ทำงานกับผู้สูงอายุมา 10 ปี", "network": "อาสาสมัครสาธารณสุขในพื้นที่"},
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
