"""The result letter (หนังสือแจ้งผลการพิจารณา) as an official letter, printed from the data it was issued with.

Always Thai. It tells the applicant its own result, reasons, score and the reviewers' words without their names; it names
no other applicant and no place by points: whom the committee puts where stands in its resolution, not in the scores.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localdate

from agreements.documents.build import FICTITIOUS, lines
from agreements.documents.memo import EXECUTIVE, titles_of
from agreements.enums import AppealVerdict, ProposalState
from agreements.models import Appeal, Decision, DecisionStep, Proposal, ResultLetter
from core import clock, thai
from core.pdf import render_pdf

RESULTS = {
    ProposalState.SELECTED: "ได้รับการคัดเลือก",
    ProposalState.RESERVE: "ได้รับการขึ้นบัญชีสำรอง",
    ProposalState.NOT_SELECTED: "ไม่ได้รับการคัดเลือก",
    ProposalState.INELIGIBLE: "ไม่ผ่านการตรวจคุณสมบัติ",
}
VERDICTS = {
    AppealVerdict.UPHELD: "พิจารณาแล้วเห็นว่าอุทธรณ์ฟังขึ้น",
    AppealVerdict.DISMISSED: "พิจารณาแล้วเห็นว่าอุทธรณ์ฟังไม่ขึ้น จึงยกอุทธรณ์",
}


def letter_content(
    letter: ResultLetter,
    *,
    decision: Decision | None,
    step: DecisionStep | None,
    score: Decimal | None,
    feedback: list[str],
    appeal: Appeal | None = None,
) -> dict[str, Any]:
    """What the letter will say for good, as JSON values.

    `step`: by which the matter was decided; `score` of 100 and `feedback` are told with the result, not with the answer
    to an appeal.
    """
    proposal, call = letter.proposal, letter.proposal.call
    about = "แจ้งผลการพิจารณาอุทธรณ์" if appeal else "แจ้งผลการพิจารณาข้อเสนอโครงการ"
    return {
        "schema": 1,
        "office": call.agency.name_th,
        "address": " ".join(call.agency.address.split()),
        "number": letter.number,
        "day": localdate(letter.issued_at, clock.BANGKOK).isoformat(),
        "subject": f"{about} “{' '.join(proposal.title.split())}”",
        "to": f"ผู้แทนผู้มีอำนาจของ{proposal.organisation.name_th}",
        "refers": _refers(proposal, appeal),
        "opening": _opening(proposal),
        "appeal": _appeal(appeal),
        "result": RESULTS[ProposalState(letter.outcome)],
        "reasons": list(lines(proposal.result_reason)),
        "place": _place(letter),
        "score": _score(score),
        "feedback": feedback,
        "next": _next(letter, appeal),
        "signature": _signature(decision, step),
        "contact": _contact(proposal),
        "reference": proposal.reference,
        "note": FICTITIOUS if clock.is_acting() else "",
    }


def letter_pdf(letter: ResultLetter) -> bytes:
    """The letter as PDF, the same whenever it is printed."""
    context = {"doc": letter.content, "day": datetime.fromisoformat(letter.content["day"]).date()}
    with translation.override("th"):
        html = render_to_string("documents/result_letter.html", context)
    return render_pdf(html, title=f"หนังสือแจ้งผลการพิจารณา {letter.number}")


def _refers(proposal: Proposal, appeal: Appeal | None) -> list[str]:
    call, submitted = proposal.call, proposal.submitted_at  # of one on paper: when the paper was received
    on = thai.long_date(localdate(submitted, clock.BANGKOK)) if submitted else ""
    rows = [
        f"ประกาศเปิดรับข้อเสนอ {call.number or call.reference} เรื่อง {' '.join(call.title.split())}",
        f"ข้อเสนอโครงการ เลขอ้างอิง {proposal.reference} ยื่นเมื่อวันที่ {on}",
    ]
    if appeal:
        filed = thai.long_date(localdate(appeal.filed_at, clock.BANGKOK))
        rows.append(f"หนังสืออุทธรณ์ เลขรับ {appeal.reference} ลงวันที่ {filed}")
    return rows


def _opening(proposal: Proposal) -> str:
    call = proposal.call
    return (
        f"ตามที่{proposal.organisation.name_th} ได้ยื่นข้อเสนอโครงการต่อ{call.agency.name_th} "
        f"ภายใต้ภารกิจ “{' '.join(call.mission.title.split())}” ความละเอียดแจ้งแล้ว นั้น"
    )


def _appeal(appeal: Appeal | None) -> dict[str, Any] | None:
    if appeal is None:
        return None
    return {"verdict": VERDICTS[AppealVerdict(appeal.verdict)], "answer": list(lines(appeal.answer))}


def _place(letter: ResultLetter) -> str:
    place = letter.proposal.reserve_place
    return f"ลำดับที่ {place} ในบัญชีสำรอง" if letter.outcome == ProposalState.RESERVE and place else ""


def _score(score: Decimal | None) -> str:
    return "" if score is None else f"คะแนนรวมของข้อเสนอโครงการของท่าน {score} จากคะแนนเต็ม 100 คะแนน"


def _next(letter: ResultLetter, appeal: Appeal | None) -> list[str]:
    """What comes next for the applicant, the way and the last day to appeal among it."""
    rows = []
    if letter.outcome == ProposalState.SELECTED:
        rows.append(
            "เจ้าหน้าที่ผู้รับผิดชอบจะประสานงานเพื่อจัดทำข้อตกลงในขั้นตอนต่อไป การแจ้งผลนี้ยังไม่ก่อให้เกิดข้อผูกพันจนกว่าทุกฝ่ายจะได้ลงนามในข้อตกลง"
        )
    if letter.outcome == ProposalState.RESERVE:
        rows.append("หากผู้ได้รับการคัดเลือกไม่อาจเข้าทำข้อตกลงได้ หน่วยงานจะพิจารณาผู้มีรายชื่อในบัญชีสำรองตามลำดับ")
    if letter.appeal_until is not None:
        last = letter.appeal_until.astimezone(clock.BANGKOK)
        until = f"{thai.long_date(last)} เวลา {thai.clock_time(last, point='.')} น."
        rows.append(
            f"หากไม่เห็นด้วยกับผลการพิจารณา ผู้แทนผู้มีอำนาจขององค์กรยื่นอุทธรณ์พร้อมเหตุผลได้ที่หน้าข้อเสนอโครงการในระบบ ภายในวันที่ {until}"
        )
    return rows


def _signature(decision: Decision | None, step: DecisionStep | None) -> dict[str, Any]:
    """Who decided, with the title as it was; and the matter it rests on."""
    if decision is None or step is None:
        return {"name": "", "titles": [EXECUTIVE], "order": "", "rests_on": ""}
    on = thai.long_date(localdate(step.at, clock.BANGKOK))
    return {
        "name": step.by_name,
        "titles": list(titles_of(step.position or EXECUTIVE, step.capacity)),
        "order": step.order_number,
        "rests_on": f"อนุมัติในระบบเมื่อวันที่ {on} ตามบันทึกข้อความที่ {decision.number}",
    }


def _contact(proposal: Proposal) -> list[str]:
    call = proposal.call
    phone = f"โทร. {call.contact_phone}" if call.contact_phone else ""
    reached = " ".join(part for part in (phone, call.officer.email) if part)
    rows = [f"{call.agency.name_th} เจ้าหน้าที่ผู้รับผิดชอบ {call.officer.full_name_th}", reached]
    return [row for row in rows if row]
