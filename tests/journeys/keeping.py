"""Keeping the agreement: instalments, account, evaluation rounds, lessons, closing (§3.2 steps 5-9, §4 steps 7-8)."""

from __future__ import annotations

from agreements.models import Agreement, Instalment
from evaluations.models import Round
from tests.journeys.before import decide
from tests.journeys.making import page_of
from tests.journeys.papers import in_days, picture, today
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor


def pay(stage: Stage, agreement: Agreement) -> Instalment:
    """The instalment whose turn it is: requested, checked, decided, paid, received, each by another person."""
    one = agreement.instalments.filter(state="planned").order_by("ordinal").first()
    page_of(stage, "partner_staff", agreement).follow("agreements:instalment_request", one.pk).send()
    officer = page_of(stage, "officer", agreement).follow("agreements:instalment_check", one.pk)
    officer.send({"note": "ตรวจรับผลงานงวดนี้แล้ว ถูกต้องครบถ้วน"})
    officer.follow("agreements:instalment_propose", one.pk).send({"comment": "เห็นควรจ่าย"})
    decide(stage, "pay_instalment")
    finance = page_of(stage, "finance", agreement).follow("agreements:instalment_pay", one.pk)
    finance.send({"paid_on": today(), "evidence": picture("โอนเงิน.png")})
    receiver = page_of(stage, "partner_finance", agreement).follow("agreements:instalment_receipt", one.pk)
    receiver.send({"received_on": today(), "receipt_number": f"บง {one.ordinal:03d}"})
    receiver.follow("agreements:instalment_detail", one.pk).sees(f"บง {one.ordinal:03d}")
    assert stage.fresh(one).state == "received"
    return one


def settle_account(stage: Stage, agreement: Agreement, spent: str) -> None:
    """Spending with its evidence, the account drawn up by the receiver, checked by the giver's finance."""
    account = page_of(stage, "partner_finance", agreement).follow("agreements:account_detail", agreement.reference)
    account.follow("agreements:entry_create", agreement.reference).send(
        {
            "booked_on": today(),
            "amount": spent,
            "description": "ค่าใช้จ่ายตลอดโครงการ",
            "evidence": picture("ใบเสร็จ.png"),
        }
    )
    account.sees("ค่าใช้จ่ายตลอดโครงการ").follow("agreements:account_draw_up", agreement.reference)
    account.send({"statement": "ใช้จ่ายครบถ้วน มีหลักฐานทุกรายการ"})
    finance = page_of(stage, "finance", agreement).follow("agreements:account_check", agreement.reference)
    finance.send({"note": "ตรวจแล้ว ถูกต้อง ไม่มีเงินเหลือจ่าย"})


# --- evaluation -----------------------------------------------------------------------------------------------------


def open_round(stage: Stage, agreement: Agreement) -> Round:
    officer = page_of(stage, "officer", agreement).follow("evaluations:round_create", agreement.reference)
    officer.send({"due_on": in_days(60), "frame": "ประเมินตามตัวชี้วัดในข้อตกลง โดยสัมภาษณ์และดูเอกสาร"})
    return Round.objects.filter(agreement=agreement).latest("pk")


def at_round(stage: Stage, who: str, one: Round) -> Visitor:
    """That person's window at the round's page."""
    return getattr(stage, who).at("evaluations:round_detail", one.pk)


def find(stage: Stage, one: Round, *people: str) -> None:
    """What each of them found."""
    for who in people:
        page = at_round(stage, who, one).follow("evaluations:finding_create", one.pk)
        page.send({"text": f"ดำเนินงานได้ตามแผน ({who})", "recommendation": "ขยายพื้นที่ในระยะต่อไป"})


def invite_evaluator(stage: Stage, one: Round) -> None:
    officer = at_round(stage, "officer", one).follow("evaluations:evaluator_invite", one.pk)
    officer.send({"email": stage.cast.evaluator.user.email})


def visit(stage: Stage, one: Round) -> None:
    officer = at_round(stage, "officer", one).follow("evaluations:visit_create", one.pk)
    officer.send(
        {
            "visited_on": today(),
            "place": "ศูนย์ผู้สูงอายุ ตำบลบางเขน",
            "participants": "เจ้าหน้าที่ทั้งสองฝ่าย",
            "observations": "ผู้รับบริการพึงพอใจ",
            "file": picture("ลงพื้นที่.png"),
        }
    )


def report_results(stage: Stage, one: Round) -> None:
    staff = at_round(stage, "partner_staff", one).follow("evaluations:results_edit", one.pk)
    first, second = one.agreement.indicators.order_by("ordinal")
    staff.send({f"actual_{first.pk}": "๑๕๐", f"explanation_{first.pk}": "ตามแผน", f"actual_{second.pk}": "12.5"})


def conclude(stage: Stage, one: Round, verdict: str) -> None:
    """The officer proposes the verdict, the executive accepts it; the report is there as a PDF."""
    officer = at_round(stage, "officer", one).follow("evaluations:verdict_propose", one.pk)
    officer.send({"verdict": verdict, "summary": "ผลการดำเนินงานเป็นไปตามข้อตกลง"})
    executive = at_round(stage, "executive", one).follow("evaluations:round_accept", one.pk).send()
    assert executive.pdf("evaluations:evaluation_report", one.pk).startswith(b"%PDF")
    assert (stage.fresh(one).state, stage.fresh(one).verdict) == ("accepted", verdict)


# --- the end --------------------------------------------------------------------------------------------------------


def learn(stage: Stage, agreement: Agreement) -> None:
    """A lesson of each side, concluded by the officer."""
    for who, text in (("officer", "ระเบียบการเบิกจ่ายยังไม่เอื้อ"), ("partner_staff", "ควรประชุมร่วมกันทุกเดือน")):
        page = page_of(stage, who, agreement).follow("evaluations:lesson_create", agreement.reference)
        page.send({"kind": "problem", "text": text})
    officer = page_of(stage, "officer", agreement).follow("evaluations:lessons_conclude", agreement.reference)
    officer.sees("ควรประชุมร่วมกันทุกเดือน").send()


def close(stage: Stage, agreement: Agreement) -> None:
    officer = page_of(stage, "officer", agreement).follow("agreements:agreement_close", agreement.reference)
    officer.send({"comment": "ดำเนินการครบถ้วนแล้ว"})
    decide(stage, "close_agreement")
    assert stage.fresh(agreement).standing == "closed"
    page_of(stage, "officer", agreement).look("closed")


def seen_by_all(stage: Stage, agreement: Agreement) -> None:
    """OPDC finds it on the dashboard and in the list, the public in the register."""
    stage.opdc.open("reporting:dashboard").sees(agreement.get_form_display(), f"{agreement.total:,.2f}")
    stage.opdc.open("agreements:agreement_list").follow("agreements:agreement_detail", agreement.reference)
    public = stage.public.open("reporting:public_agreements")
    public.follow("reporting:public_agreement", agreement.reference).sees(agreement.title, agreement.number)
