"""What invented organisations write in the sections of a proposal, from a few facts."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from agreements.actions.proposals import save_part
from agreements.models import Proposal
from agreements.proposal_sections import SECTIONS
from demo.story import FICTITIOUS
from partnerships.actors import Actor

SHARES = (
    ("personnel", "ค่าตอบแทนคณะทำงานและวิทยากร", 35),
    ("operation", "ค่าดำเนินกิจกรรมในพื้นที่", 40),
    ("materials", "ค่าวัสดุและเอกสาร", 15),
)


def write_proposal(proposal: Proposal, facts: Mapping[str, Any], by: Actor) -> None:
    """Write every section. `facts`: fields by name, and target_group, beneficiaries, budget (baht), and if there are
    any `plan` (title, first month, last month) and `promised` (statement, unit, baseline, target)."""
    rows = _rows(facts)
    for section in SECTIONS.values():
        fields = {name: facts[name] for name in section.fields if name in facts}
        own = {kind.code: rows[kind.code] for kind in section.rows}
        if fields or own:
            save_part(proposal=proposal, part=section.code, facts=fields, rows=own, by=by)


def _rows(facts: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    months = facts["duration_months"]
    return {
        "beneficiaries": [{"description": facts["target_group"], "number": facts["beneficiaries"]}],
        "activities": [
            {"title": title, "month_from": first, "month_to": last}
            for title, first, last in facts.get("plan") or _usual_plan(months)
        ],
        "indicators": [_indicator(*row) for row in facts.get("promised") or _usual_results(facts)],
        "lines": _lines(facts["budget"], months),
        "members": [
            {
                "name": "นางสาวผู้จัดการ โครงการ (สมมติ)",
                "duty": "ผู้จัดการโครงการ",
                "qualification": "มีประสบการณ์บริหารโครงการในพื้นที่ 8 ปี",
            },
            {"name": "นายผู้ประสาน งานพื้นที่ (สมมติ)", "duty": "ผู้ประสานงานพื้นที่"},
        ],
        "risks": [
            {
                "risk": f"ผู้รับบริการเข้าร่วมไม่ครบหรือสภาพอากาศไม่เอื้ออำนวย ({FICTITIOUS})",
                "likelihood": 2,
                "impact": 2,
                "response": "ประสานผู้นำชุมชนล่วงหน้าและปรับปฏิทินลงพื้นที่",
            }
        ],
    }


def _usual_plan(months: int) -> list[tuple[str, int, int]]:
    first, last = max(months // 6, 1), max(months - months // 6, 1)
    return [
        ("เตรียมทีมงาน เครื่องมือ และประสานพื้นที่", 1, first),
        ("ดำเนินกิจกรรมในพื้นที่", first, last),
        ("สรุปผลและคืนข้อมูลให้ชุมชน", last, months),
    ]


def _usual_results(facts: Mapping[str, Any]) -> list[tuple[str, str, int | None, int]]:
    return [
        (f"จำนวน{facts['target_group']}ที่ได้รับบริการ"[:300], "คน", 0, facts["beneficiaries"]),
        ("ผู้รับบริการที่มีคุณภาพชีวิตดีขึ้น", "ร้อยละ", None, 80),
    ]


def _indicator(statement: str, unit: str, baseline: int | None, target: int, *_weight: int) -> dict[str, Any]:
    falls = baseline is not None and target < baseline
    return {
        "level": "outcome" if unit == "ร้อยละ" else "output",
        "statement": statement,
        "unit": unit,
        "direction": "down" if falls else "up",
        "baseline": None if baseline is None else Decimal(baseline),
        "target": Decimal(target),
        "source": "แบบบันทึกการให้บริการ",
    }


def _lines(budget: Decimal, months: int) -> list[dict[str, Any]]:
    """Lines that come to exactly `budget` (baht), and one in kind that the partner brings in."""
    lines, left = [], budget
    for category, title, share in SHARES:
        each = (budget * share / 100 / months).quantize(Decimal(1), ROUND_HALF_UP)
        lines.append(_line(category, title, "เดือน", months, each))
        left -= each * months
    lines.append(_line("administration", "ค่าบริหารโครงการ", "งาน", 1, left))
    own = _line("operation", "สถานที่และอาสาสมัครขององค์กร", "เดือน", months, Decimal(2000))
    return [*lines, {**own, "source": "in_kind", "is_own": True}]


def _line(category: str, title: str, unit: str, quantity: int, unit_cost: Decimal) -> dict[str, Any]:
    return {
        "category": category,
        "title": f"{title} ({FICTITIOUS})",
        "unit": unit,
        "quantity": Decimal(quantity),
        "unit_cost": unit_cost,
        "source": "state_budget",
        "is_own": False,
    }
