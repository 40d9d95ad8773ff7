"""A decision as บันทึกข้อความ, the official internal memo: what is proposed, who endorsed it, what was decided.

Read only, always Thai, out of the decision's own records. Steps carry names, titles and capacities as they were then;
positions still to come stand as dotted lines, and until the last has decided every page is marked ร่าง.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate, localtime

from agreements.documents.addendum_lines import addendum_lines
from agreements.documents.build import FICTITIOUS, lines
from agreements.documents.minutes import Row as MinutesRow
from agreements.documents.minutes import build_minutes
from agreements.enums import AppealRemedy, AppealVerdict, DecisionAct, DecisionKind, DecisionState
from agreements.models import Agreement, Decision, DecisionStep, Proposal
from core import clock, thai
from core.pdf import render_pdf
from partnerships.endorsement_hooks import mission_matter
from partnerships.enums import DEPUTY_WORDS

EXECUTIVE = "ผู้บริหาร"


@dataclass(frozen=True)
class Words:
    """What a kind of decision is called in its memo: the subject, what is asked for, and how it is granted."""

    subject: str
    asked: str
    granted: str = "อนุมัติ"


WORDS: dict[str, Words] = {
    DecisionKind.PUBLISH_CALL: Words("ขออนุมัติเผยแพร่ประกาศเปิดรับข้อเสนอ", "อนุมัติให้เผยแพร่ประกาศเปิดรับข้อเสนอตามรายละเอียดข้างต้น"),
    DecisionKind.PUBLISH_ADDENDUM: Words(
        "ขออนุมัติเผยแพร่ประกาศแก้ไขเพิ่มเติม", "อนุมัติให้เผยแพร่ประกาศแก้ไขเพิ่มเติมตามรายละเอียดข้างต้น"
    ),
    DecisionKind.SELECT_PROPOSALS: Words(
        "ขออนุมัติผลการพิจารณาคัดเลือกข้อเสนอโครงการ", "อนุมัติผลการพิจารณาตามมติคณะกรรมการพิจารณาคัดเลือกข้างต้น"
    ),
    DecisionKind.PROMOTE_RESERVE: Words(
        "ขออนุมัติคัดเลือกข้อเสนอโครงการจากบัญชีสำรอง", "อนุมัติให้คัดเลือกข้อเสนอโครงการจากบัญชีสำรองตามรายละเอียดข้างต้น"
    ),
    DecisionKind.ANSWER_APPEAL: Words("ขออนุมัติผลการพิจารณาอุทธรณ์", "อนุมัติผลการพิจารณาอุทธรณ์ตามที่เสนอข้างต้น และให้แจ้งผู้อุทธรณ์ทราบ"),
    DecisionKind.SIGN_AGREEMENT: Words(
        "ขอความเห็นชอบร่างข้อตกลงเพื่อลงนาม", "เห็นชอบร่างข้อตกลงและให้นำเสนอผู้มีอำนาจลงนามของทุกฝ่าย", "เห็นชอบ"
    ),
    DecisionKind.PAY_INSTALMENT: Words("ขออนุมัติเบิกจ่ายเงินงวด", "อนุมัติให้เบิกจ่ายเงินงวดตามจำนวนข้างต้น"),
    DecisionKind.CLOSE_AGREEMENT: Words("ขออนุมัติปิดข้อตกลง", "อนุมัติให้ปิดข้อตกลง"),
    DecisionKind.CHOOSE_FORM: Words("ขอความเห็นชอบรูปแบบความร่วมมือ", "เห็นชอบรูปแบบความร่วมมือตามที่เสนอข้างต้น", "เห็นชอบ"),
    DecisionKind.INVITE_SHORTLIST: Words(
        "ขอความเห็นชอบการเชิญภาคีหุ้นส่วนตามบัญชีรายชื่อ", "เห็นชอบให้เชิญภาคีหุ้นส่วนตามบัญชีรายชื่อข้างต้น", "เห็นชอบ"
    ),
}


@dataclass(frozen=True)
class Opinion:
    """One position's block: `signed_at` is None where it is still to come."""

    opinion: str
    comment: tuple[str, ...]
    name: str
    titles: tuple[str, ...]  # a deputy's are two lines: รองอธิบดี / ปฏิบัติราชการแทน อธิบดีกรม…
    order: str = ""
    signed_at: dt.datetime | None = None


@dataclass(frozen=True)
class Memo:
    office: str
    number: str
    day: dt.date
    subject: str
    to: str
    background: tuple[str, ...]
    facts: tuple[str, ...]
    considered: tuple[str, ...]
    asked: str
    proposer: Opinion
    opinions: tuple[Opinion, ...]
    verdict: Opinion | None
    reference: str
    is_draft: bool
    note: str = ""


def build_memo(decision: Decision) -> Memo:
    """The memo as the records stand now."""
    words, root = WORDS[decision.kind], decision.root
    steps = list(decision.steps.select_related("by"))
    blocks = [_done(step, words) for step in steps]
    pending = decision.state == DecisionState.PENDING
    ahead = [_to_come(position) for position in decision.positions[decision.reached :]] if pending else []
    after_proposal = [*blocks[1:], *ahead]
    ends = pending or decision.state == DecisionState.DECIDED
    title = " ".join(str(root).split())
    instalment = f"งวดที่ {decision.instalment.ordinal}" if decision.instalment else ""
    return Memo(
        office=_office(decision),
        number=decision.number,
        day=localdate(decision.proposed_at),
        subject=" ".join(part for part in (words.subject + instalment, title) if part),
        to=decision.positions[-1].get("title") or f"{EXECUTIVE}{decision.organisation.name_th}",
        background=_background(decision),
        facts=_facts(decision),
        considered=_considered(steps[0].comment if steps else ""),
        asked=words.asked,
        proposer=blocks[0] if blocks else _to_come({}),
        opinions=tuple(after_proposal[:-1] if ends else after_proposal),
        verdict=after_proposal[-1] if ends and after_proposal else None,
        reference=root.reference,
        is_draft=pending,
        note=FICTITIOUS if getattr(root, "is_demonstration", False) or clock.is_acting() else "",
    )


def memo_pdf(decision: Decision) -> bytes:
    """The memo as PDF; ร่าง over every page while the matter is under consideration."""
    memo = build_memo(decision)
    with translation.override("th"):
        html = render_to_string("documents/memo.html", {"doc": memo})
    return render_pdf(html, title=f"บันทึกข้อความ {memo.subject}", draft=memo.is_draft)


def _office(decision: Decision) -> str:
    phone = decision.contact_phone
    return f"{decision.organisation.name_th} โทร. {phone}" if phone else decision.organisation.name_th


def _done(step: DecisionStep, words: Words) -> Opinion:
    opinion = {
        DecisionAct.PROPOSED: "",
        DecisionAct.ENDORSED: "เห็นชอบ",
        DecisionAct.DECIDED: words.granted,
        DecisionAct.RETURNED: "ส่งคืนเพื่อแก้ไข",
        DecisionAct.LAPSED: "ผู้อุทธรณ์ถอนอุทธรณ์แล้ว ยุติเรื่อง",
    }[DecisionAct(step.act)]
    beside_the_chain = {DecisionAct.PROPOSED: "เจ้าหน้าที่ผู้รับผิดชอบ", DecisionAct.LAPSED: "ผู้แทนผู้มีอำนาจของผู้อุทธรณ์"}
    usual = beside_the_chain.get(DecisionAct(step.act), EXECUTIVE)
    return Opinion(
        opinion=opinion,
        comment=lines(step.comment),
        name=step.by_name,
        titles=titles_of(step.position or usual, step.capacity),
        order=step.order_number,
        signed_at=localtime(step.at),
    )


def titles_of(position: str, capacity: str) -> tuple[str, ...]:
    """A deputy's own position above the words of the capacity, as letters have it."""
    if not capacity:
        return (position,)
    own, words, acted = position.partition(DEPUTY_WORDS[capacity])
    return (own.strip(), f"{words} {acted.strip()}")


def _to_come(position: dict[str, Any]) -> Opinion:
    return Opinion(opinion="", comment=(), name="", titles=(position.get("title") or EXECUTIVE,))


def _background(decision: Decision) -> tuple[str, ...]:
    """เรื่องเดิม: the mission that the matter comes from, and the law it rests on."""
    mission = decision.mission or decision.root.mission
    law = f" ซึ่งมีฐานอำนาจตามกฎหมาย ดังนี้ {' '.join(lines(mission.legal_basis))}" if mission.legal_basis else ""
    about = (
        ""
        if decision.mission_id
        else f" และได้จัดทำ{_word(decision)} เลขอ้างอิง {decision.root.reference} ภายใต้ภารกิจดังกล่าว"
    )
    return (f"{decision.organisation.name_th}มีภารกิจ “{mission.title}” (เลขอ้างอิง {mission.reference}){law}{about}",)


def _word(decision: Decision) -> str:
    return "ประกาศเปิดรับข้อเสนอ" if decision.call_id else "ข้อตกลง"


def _facts(decision: Decision) -> tuple[str, ...]:
    """ข้อเท็จจริง: sums, dates and what is proposed, one line each."""
    if decision.mission_id:
        with translation.override("th"):
            rows = mission_matter(decision.kind).show(decision.mission, decision.proposal)
            return tuple(f"{label}: {' '.join(lines(str(value)))}" for label, value in rows if value)
    if decision.instalment_id:
        one = decision.instalment
        checked = f"ผลการตรวจรับผลงาน: {' '.join(lines(one.check_note))}" if one.check_note else ""
        sums = (
            f"เงินงวดที่ {one.ordinal} จำนวน {_sum(one.amount)}",
            f"วงเงินทั้งสิ้นตามข้อตกลง {_sum(decision.agreement.total)}",
        )
        return (*sums, *((checked,) if checked else ()))
    if decision.agreement_id:
        return (f"วงเงินทั้งสิ้นตามข้อตกลง {_sum(decision.agreement.total)}",)
    return _call_facts(decision)


def _call_facts(decision: Decision) -> tuple[str, ...]:
    call = decision.call
    if decision.kind == DecisionKind.PUBLISH_ADDENDUM:
        return addendum_lines(decision)
    if decision.appeal is not None:
        return _appeal_facts(decision)
    if decision.kind == DecisionKind.SELECT_PROPOSALS:
        return _resolution(call)
    if decision.kind == DecisionKind.PROMOTE_RESERVE:
        return _promotion(decision)
    closes = f"กำหนดปิดรับข้อเสนอ{thai.official_date(localdate(call.closes_at))}" if call.closes_at else ""
    told = (f"กลุ่มเป้าหมาย: {call.target_group}" if call.target_group else "", f"พื้นที่: {call.area}" if call.area else "")
    return tuple(row for row in (f"วงเงินไม่เกิน {_sum(call.budget_ceiling)}", closes, *told) if row)


def _appeal_facts(decision: Decision) -> tuple[str, ...]:
    appeal, said = decision.appeal, decision.proposal
    with translation.override("th"):
        verdict, remedy = AppealVerdict(said["verdict"]).label, AppealRemedy(said["remedy"]).label
    return (
        f"ผู้อุทธรณ์: {appeal.proposal.organisation.name_th} ข้อเสนอโครงการ เลขอ้างอิง {appeal.proposal.reference}",
        f"ยื่นอุทธรณ์เมื่อ{thai.official_date(localdate(appeal.filed_at))}",
        f"เหตุแห่งอุทธรณ์: {' '.join(lines(appeal.grounds))}",
        f"ผลการพิจารณาที่เสนอ: {verdict} ({remedy})",
        f"เหตุผล: {' '.join(lines(said['answer']))}",
    )


def _resolution(call: Any) -> tuple[str, ...]:
    """The committee's resolution as its minutes have it: order, meeting, sums, on each proposal score and reason."""
    resolution = getattr(call, "resolution", None)
    if resolution is None:
        return ()
    minutes = build_minutes(resolution)
    above = " ".join(minutes.above_ceiling)
    return (
        f"คณะกรรมการพิจารณาคัดเลือกตาม{resolution.appointment_order} ประชุมครั้งที่ {resolution.meeting_number} "
        f"เมื่อ{thai.official_date(resolution.held_on)}",
        *minutes.resolved,
        *((f"เหตุผลที่คัดเลือกเกินวงเงินของประกาศ: {above}",) if above else ()),
        *(_resolved_on(row) for row in minutes.rows),
    )


def _resolved_on(row: MinutesRow) -> str:
    budget = f"{row.budget} บาท" if row.budget[:1].isdigit() else row.budget
    score = f"คะแนนรวม {row.score} จาก 100" if row.score[:1].isdigit() else row.score
    return f"{row.verdict}: {row.organisation} วงเงิน {budget} {score} เหตุผล: {' '.join(row.reason)}"


def _promotion(decision: Decision) -> tuple[str, ...]:
    """Who is to be selected from the reserve, whose place it is, and why others were passed over."""
    told = decision.proposal
    proposals = Proposal.objects.select_related("organisation").in_bulk([told["proposal"], *told["passed_over"]])
    chosen = proposals[told["proposal"]]
    rows = [f"ข้อเสนอโครงการในบัญชีสำรองที่เสนอให้คัดเลือก: {chosen.organisation.name_th} วงเงิน {_sum(chosen.budget)}"]
    vacant = Agreement.objects.filter(pk=told["instead_of"]).select_related("proposal__organisation").first()
    if vacant and vacant.proposal:
        rows.append(f"แทน{vacant.proposal.organisation.name_th} ซึ่งยกเลิกข้อตกลง เลขอ้างอิง {vacant.reference} ก่อนการลงนาม")
    if told["passed_over"]:
        names = " ".join(proposals[pk].organisation.name_th for pk in told["passed_over"])
        rows.append(f"ข้ามลำดับสำรองของ {names} เนื่องจาก {' '.join(lines(told['skip_reason']))}")
    return tuple(rows)


def _sum(amount: Any) -> str:
    return f"{thai.baht(amount)} บาท ({thai.baht_words(amount)})" if amount is not None else "ยังไม่ได้ระบุ"


def _considered(comment: str) -> tuple[str, ...]:
    """ข้อพิจารณา: what the proposer wrote; and that the system lets nothing incomplete be proposed."""
    said = lines(comment)
    return (*said, "เจ้าหน้าที่ผู้รับผิดชอบได้ตรวจสอบแล้ว มีข้อมูลและเอกสารครบถ้วนตามเงื่อนไขที่ต้องมีก่อนเสนอเรื่อง")
