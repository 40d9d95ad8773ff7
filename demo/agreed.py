"""Chapters of an agreement until its work begins: discussion, terms, signing, committee, plan (§4 4-6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from agreements.actions.agreements import make_move
from agreements.actions.budget import InstalmentRow, SourceRow, plan_instalments, set_budget_sources
from agreements.actions.committee import record_committee, waive_committee
from agreements.actions.decisions import endorse_decision, propose_decision
from agreements.actions.details import edit_details, edit_party
from agreements.actions.indicators import set_indicators
from agreements.actions.notes import confirm_note, write_note
from agreements.actions.plan import approve_plan, draw_up_plan, propose_plan
from agreements.actions.signing import sign_on_screen
from agreements.actions.texts import make_public
from agreements.enums import DecisionKind, NoteKind, Side
from agreements.models import Agreement
from core.thai import be_year
from demo.before import Giver
from demo.people import BY_KEY
from demo.story import FICTITIOUS, Story, again, paper

DISCUSSION = (NoteKind.VISION, NoteKind.PRIORITIES, NoteKind.SELECTION, NoteKind.DRAFT)
DECIDED = {
    NoteKind.VISION: "ทั้งสองฝ่ายเห็นพ้องในเป้าหมายและวิสัยทัศน์ร่วมของภารกิจ",
    NoteKind.PRIORITIES: "จัดลำดับความสำคัญ และพิจารณาความเป็นไปได้ด้านวิชาการ งบประมาณ การดำเนินงาน และระยะเวลา",
    NoteKind.SELECTION: "คัดเลือกกิจกรรมตามความต้องการของทั้งสองฝ่ายและประชาชน โดยคำนึงถึงความเร่งด่วน",
    NoteKind.DRAFT: "ร่วมกันพิจารณาร่างข้อตกลงด้วยความสมัครใจ กำหนดอำนาจหน้าที่และการบริหารงานของแต่ละฝ่าย",
    NoteKind.NEEDS: "สำรวจข้อเท็จจริงและรับฟังความต้องการของกลุ่มเป้าหมายแล้ว",
    NoteKind.RESOURCES: "พิจารณาทรัพยากรและงบประมาณเทียบกับผลลัพธ์และความต้องการแล้ว",
    NoteKind.DESIGN: "กำหนดรูปแบบบริการที่เหมาะสมกับกลุ่มเป้าหมายและงบประมาณ",
    NoteKind.DELIVERY: "จัดบริการตามรูปแบบที่ตกลงกันและตามกำลังของภาคีแต่ละแห่ง",
    NoteKind.OTHER: "หารือกำหนดการลงพื้นที่และข้อมูลที่ต้องจัดเตรียมสำหรับการประเมินผล",
    NoteKind.WORK_COMPLETED: "ดำเนินกิจกรรมครบถ้วนและส่งมอบผลงานแล้ว",
}


@dataclass(frozen=True)
class Sides:
    """Who acts for both sides. `duties`: of giver and receivers, in the order of the parties."""

    giver: Giver
    staff: str
    representative: str
    books: str  # keeps the receiver's books
    duties: tuple[str, ...]
    other_signatories: tuple[str, ...] = ()

    @property
    def signatories(self) -> tuple[str, ...]:
        return (self.giver.executive, self.representative, *self.other_signatories)


@dataclass(frozen=True)
class Terms:
    """What is agreed: `starts` and `ends` in days ago; `parts` the instalments in baht with the days they are due."""

    starts: int
    ends: int
    indicators: tuple[tuple[str, str, int, int, int], ...]  # statement, unit, baseline, target, weight
    activities: tuple[tuple[str, int, int, int], ...]  # title, first month, last month, budget in baht
    parts: tuple[tuple[int, int, str], ...] = ()  # baht, due in days ago, condition
    details: Mapping[str, Any] = field(default_factory=dict)


def note(story: Story, agreement: Agreement, sides: Sides, ago: int, kind: str, confirmed: bool = True) -> None:
    """Written by the giver's officer with the minutes, confirmed by the receiver two days later."""
    with story.on(ago):
        written = write_note(
            agreement=again(agreement),
            kind=kind,
            held_on=story.day(ago),
            decision=f"{DECIDED[NoteKind(kind)]} ({FICTITIOUS})",
            file=paper("รายงานการประชุม"),
            by=story.act(sides.giver.officer),
        )
    if confirmed:
        with story.on(ago - 2):
            confirm_note(note=written, by=story.act(sides.staff))


# --- terms and signing ----------------------------------------------------------------------------------------------


def write_terms(story: Story, agreement: Agreement, sides: Sides, ago: int, terms: Terms) -> None:
    """The terms, both sides' duties and signatories, indicators, and (where a sum is fixed) money and instalments."""
    with story.on(ago):
        officer = story.act(sides.giver.officer)
        edit_details(
            agreement=again(agreement),
            by=officer,
            starts_on=story.day(terms.starts),
            ends_on=story.day(terms.ends),
            procurement_screening="subsidy",
            made_at=agreement.agency.name_th,
            **{"scope": agreement.objectives, **terms.details},
        )
        for party, duties, key in zip(agreement.parties.order_by("pk"), sides.duties, sides.signatories, strict=True):
            edit_party(party=party, by=officer, duties=duties, **_signatory(key))
        set_indicators(agreement=again(agreement), indicators=[_indicator(row) for row in terms.indicators], by=officer)
        if terms.parts:
            _fix_money(story, agreement, terms, officer)


def _signatory(key: str) -> dict[str, str]:
    person = BY_KEY[key]
    return {
        "signatory_name": person.name,
        "signatory_title": person.title,
        "authority": f"ผู้มีอำนาจลงนามตามกฎหมายหรือหนังสือมอบอำนาจ ({FICTITIOUS})",
        "witness_1": "นายพยาน คนแรก (สมมติ)",
        "witness_2": "นางพยาน คนที่สอง (สมมติ)",
    }


def _indicator(row: tuple[str, str, int, int, int]) -> dict[str, Any]:
    statement, unit, baseline, target, weight = row
    return {
        "statement": statement,
        "unit": unit,
        "direction": "up" if target > baseline else "down",
        "baseline": Decimal(baseline),
        "target": Decimal(target),
        "weight": weight,
        "source": f"รายงานของผู้รับมอบภารกิจ ({FICTITIOUS})",
    }


def _fix_money(story: Story, agreement: Agreement, terms: Terms, officer: Any) -> None:
    source = SourceRow(agreement.agency_id, "state_budget", agreement.total, FICTITIOUS)
    set_budget_sources(agreement=again(agreement), rows=[source], by=officer)
    plan_instalments(agreement=again(agreement), rows=instalment_rows(story, terms.parts), by=officer)


def instalment_rows(story: Story, parts: Iterable[tuple[int, int, str]]) -> list[InstalmentRow]:
    """Instalments from (baht, due in days ago, condition)."""
    return [InstalmentRow(Decimal(baht), story.day(due), f"{words} ({FICTITIOUS})") for baht, due, words in parts]


def ready_to_sign(story: Story, agreement: Agreement, sides: Sides, ago: int) -> str:
    """The text approved and frozen by the executive's decision; returns its SHA-256."""
    with story.on(ago):
        decision = propose_decision(
            kind=DecisionKind.SIGN_AGREEMENT,
            root=again(agreement),
            by=story.act(sides.giver.officer),
            comment="เสนอร่างข้อตกลงเพื่อโปรดพิจารณา",
        )
    with story.on(ago - 3):
        endorse_decision(decision=decision, by=story.act(sides.giver.executive), comment="เห็นชอบ")
    return again(agreement).texts.get(superseded_at=None).sha256


def sign(story: Story, agreement: Agreement, sides: Sides, ago: int) -> None:
    """Text ready, signed by every party a week later, made public after two more days."""
    sha256 = ready_to_sign(story, agreement, sides, ago)
    with story.on(ago - 7):
        for party, key in zip(agreement.parties.order_by("pk"), sides.signatories, strict=True):
            sign_on_screen(party=party, sha256=sha256, by=story.act(key))
    with story.on(ago - 9):
        make_public(agreement=again(agreement), by=story.act(sides.giver.officer))


def discuss_and_sign(story: Story, agreement: Agreement, sides: Sides, ago: int, terms: Terms) -> None:
    """The four notes of §4 step 4, the terms, and the signatures: some five weeks."""
    for number, kind in enumerate(DISCUSSION):
        note(story, agreement, sides, ago - 4 * number, kind)
    write_terms(story, agreement, sides, ago - 20, terms)
    sign(story, agreement, sides, ago - 25)


# --- committee and plan ---------------------------------------------------------------------------------------------


def appoint(story: Story, agreement: Agreement, sides: Sides, ago: int, name: str, secretariat: str = "") -> None:
    """A joint committee with members of giver, receiver and supporters, by an order."""
    ordered_on = story.day(ago)
    members = [
        ("นายประธาน ร่วมมือ (สมมติ)", f"ผู้แทน{agreement.agency.name_th}", Side.GIVER, "chair"),
        ("นางสาวกรรมการ สร้างสรรค์ (สมมติ)", "ผู้แทนผู้รับมอบภารกิจ", Side.RECEIVER, "member"),
        ("นายอาวุโส น่านับถือ (สมมติ)", "ผู้ทรงคุณวุฒิในพื้นที่", Side.SUPPORTER, "member"),
        ("นางเลขา บันทึก (สมมติ)", "เลขานุการร่วม", Side.RECEIVER, "secretary"),
    ]
    with story.on(ago):
        record_committee(
            agreement=again(agreement),
            name=name,
            order_number=f"100/{be_year(ordered_on)} (สมมติ)",
            ordered_on=ordered_on,
            ordered_by=f"หัวหน้าส่วนราชการ {agreement.agency.name_th}",
            secretariat=secretariat,
            members=[
                {"name": who, "position": position, "side": side, "role": role, "can_decide": True}
                for who, position, side, role in members
            ],
            by=story.act(sides.giver.officer),
        )


def do_without_committee(story: Story, agreement: Agreement, sides: Sides, ago: int) -> None:
    with story.on(ago):
        reason = f"โครงการมีขนาดเล็กและระยะเวลาสั้น ทั้งสองฝ่ายประสานงานกันโดยตรง ({FICTITIOUS})"
        waive_committee(agreement=again(agreement), reason=reason, by=story.act(sides.giver.officer))


def plan(story: Story, agreement: Agreement, sides: Sides, ago: int, terms: Terms) -> None:
    """Drawn up by the receiver, approved by the giver's executive."""
    activities = [
        {
            "title": title,
            "target": f"ตามตัวชี้วัดของข้อตกลง ({FICTITIOUS})",
            "responsible": Side.RECEIVER,
            "month_from": first,
            "month_to": last,
            "budget": Decimal(baht),
        }
        for title, first, last, baht in terms.activities
    ]
    with story.on(ago):
        staff = story.act(sides.staff)
        drawn = draw_up_plan(
            agreement=again(agreement),
            activities=activities,
            participation=f"ผู้รับบริการและผู้มีส่วนได้ส่วนเสียร่วมให้ความเห็นทุกไตรมาส ({FICTITIOUS})",
            by=staff,
        )
        propose_plan(plan=drawn, by=staff)
    with story.on(ago - 3):
        approve_plan(plan=again(drawn), by=story.act(sides.giver.executive))


def go_on(story: Story, agreement: Agreement, ago: int, move: str, key: str) -> None:
    """One of the manual's moves."""
    with story.on(ago):
        make_move(agreement=again(agreement), move=move, by=story.act(key))
