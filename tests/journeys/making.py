"""Making the agreement: discussion, terms, indicators, money, committee, text, signatures, plan (§4 steps 4-6)."""

from __future__ import annotations

from agreements.models import Agreement, Plan, Signature, StepNote
from tests.cast import PASSWORD
from tests.journeys.before import decide
from tests.journeys.papers import in_days, picture, today
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor

DISCUSSION = ("vision", "priorities", "selection", "draft")


def page_of(stage: Stage, who: str, agreement: Agreement) -> Visitor:
    """That person's window at the agreement's page."""
    return getattr(stage, who).at("agreements:agreement_detail", agreement.reference)


def move(stage: Stage, agreement: Agreement, name: str, to: str, who: str = "officer") -> None:
    """Press the button that leads on, and see that the agreement is at the next step."""
    page_of(stage, who, agreement).press("agreements:agreement_move", agreement.reference, name).look(to)
    assert stage.fresh(agreement).step == to


def notes(stage: Stage, agreement: Agreement, *kinds: str) -> None:
    """The officer writes each, the other side's representative confirms it."""
    for kind in kinds:
        officer = page_of(stage, "officer", agreement).follow("agreements:note_create", agreement.reference)
        officer.send({"kind": kind, "held_on": today(), "decision": f"ที่ประชุมเห็นชอบร่วมกัน ({kind})"})
    for kind in kinds:
        note = StepNote.objects.filter(agreement=agreement, kind=kind).latest("pk")
        page_of(stage, "partner_rep", agreement).press("agreements:note_confirm", note.pk)


def terms(stage: Stage, agreement: Agreement) -> None:
    officer = page_of(stage, "officer", agreement).follow("agreements:agreement_edit", agreement.reference)
    officer.send(
        {
            "objectives": "ให้ผู้สูงอายุได้รับการดูแลที่บ้าน",
            "scope": "เยี่ยมบ้านผู้สูงอายุอย่างน้อยเดือนละครั้ง",
            "legal_basis": "พระราชบัญญัติผู้สูงอายุ พ.ศ. 2546",
            "procurement_screening": "subsidy",
            "starts_on": today(),
            "ends_on": in_days(364),
        }
    )


def parties(stage: Stage, agreement: Agreement) -> None:
    """The officer writes both sides' duties and signatories."""
    names = {"giver": stage.cast.executive.user, "receiver": stage.cast.partner_rep.user}
    officer = page_of(stage, "officer", agreement).follow("agreements:agreement_parties", agreement.reference)
    for party in agreement.parties.order_by("pk"):
        officer.follow("agreements:party_edit", party.pk).send(
            {
                "duties": "ทำหน้าที่ตามข้อตกลง\nประสานงานกับอีกฝ่าย",
                "signatory_name": names[party.side].full_name_th,
                "signatory_title": "หัวหน้าหน่วยงาน",
                "authority": "คำสั่งมอบอำนาจ ที่ 1/2569",
                "witness_1": "นายพยาน หนึ่ง",
                "witness_2": "นางพยาน สอง",
            }
        )


def indicators(stage: Stage, agreement: Agreement) -> None:
    officer = page_of(stage, "officer", agreement).follow("agreements:indicator_edit", agreement.reference)
    visited = ("จำนวนผู้สูงอายุที่ได้รับการเยี่ยมบ้าน", "คน", "up", 0, 200, 60)
    falls = ("อัตราการหกล้ม", "ร้อยละ", "down", 20, 10, 40)
    names = ("statement", "unit", "direction", "baseline", "target", "weight")
    for at, row in enumerate((visited, falls)):
        officer.fill({f"form-{at}-{name}": value for name, value in zip(names, row, strict=True)})
    officer.send().sees("อัตราการหกล้ม")


def sources(stage: Stage, agreement: Agreement, total: str) -> None:
    """Where the money comes from."""
    officer = page_of(stage, "officer", agreement).follow("agreements:budget_edit", agreement.reference)
    source = {"organisation": agreement.agency_id, "source": "state_budget", "amount": total}
    officer.send({f"sources-0-{name}": value for name, value in source.items()}).sees(total)


def instalments(stage: Stage, agreement: Agreement, *amounts: str) -> None:
    """In which sums it goes out."""
    officer = page_of(stage, "officer", agreement).follow("agreements:instalment_plan", agreement.reference)
    for at, amount in enumerate(amounts):
        if at:
            officer.add_row("instalments")
        officer.fill({f"instalments-{at}-amount": amount, f"instalments-{at}-due_on": in_days(30 * at + 30)})
    officer.send().sees(*amounts)


def waive_committee(stage: Stage, agreement: Agreement) -> None:
    officer = page_of(stage, "officer", agreement).follow("agreements:committee_waive", agreement.reference)
    officer.send({"reason": "โครงการขนาดเล็ก สองฝ่ายประสานงานกันโดยตรง"})


def formal_body(stage: Stage, agreement: Agreement) -> None:
    """§3.3: a body with a secretariat and members of both sides."""
    officer = page_of(stage, "officer", agreement).follow("agreements:committee_edit", agreement.reference)
    body = {
        "name": "คณะกรรมการคุ้มครองเด็ก",
        "order_number": "1/2569",
        "ordered_on": today(),
        "ordered_by": "อธิบดี",
        "secretariat": "สำนักงานเลขานุการ",
    }
    chair = {"form-0-name": "นายกรรมการ หนึ่ง", "form-0-side": "giver", "form-0-role": "chair"}
    secretary = {"form-1-name": "นางกรรมการ สอง", "form-1-side": "receiver", "form-1-role": "secretary"}
    officer.send({**body, **chair, **secretary}).sees("นางกรรมการ สอง")


# --- text and signatures --------------------------------------------------------------------------------------------


def freeze(stage: Stage, agreement: Agreement) -> None:
    """The officer reads the draft and proposes it; the executive's decision freezes it."""
    officer = page_of(stage, "officer", agreement)
    assert officer.pdf("agreements:agreement_pdf", agreement.reference).startswith(b"%PDF")
    officer.follow("agreements:text_propose", agreement.reference).send({"comment": "ร่างผ่านการหารือแล้ว"})
    decide(stage, "sign_agreement")


def sign(stage: Stage, agreement: Agreement, on_paper: bool) -> None:
    """The executive signs on screen, the partner on paper (scan by one, confirmed by another) or on screen too."""
    giver, receiver = agreement.parties.get(side="giver"), agreement.parties.get(side="receiver")
    executive = page_of(stage, "executive", agreement).follow("agreements:signature_sign", giver.pk)
    executive.sees("ข้อ ๑").confirm_again(PASSWORD).send({"declared": True})
    if not on_paper:
        representative = page_of(stage, "partner_rep", agreement).follow("agreements:signature_sign", receiver.pk)
        representative.confirm_again(PASSWORD).send({"declared": True})
        return
    staff = page_of(stage, "partner_staff", agreement).follow("agreements:signature_paper", receiver.pk)
    staff.send({"signed_on": today(), "scan": picture("ลงนามแล้ว.png")})
    scan = Signature.objects.get(party=receiver)
    assert not staff.offers("agreements:signature_confirm", scan.pk), "whoever hands a scan in cannot confirm it"
    page_of(stage, "officer", agreement).press("agreements:signature_confirm", scan.pk)


def signed_and_public(stage: Stage, agreement: Agreement, on_paper: bool = False) -> None:
    freeze(stage, agreement)
    sign(stage, agreement, on_paper)
    officer = page_of(stage, "officer", agreement).press("agreements:text_publish", agreement.reference)
    signed = stage.fresh(agreement)
    assert signed.standing == "in_force" and signed.public_at and signed.number
    assert officer.pdf("agreements:agreement_pdf", agreement.reference).startswith(b"%PDF")


def plan(stage: Stage, agreement: Agreement) -> None:
    """Drawn up and proposed by the officer, approved by the head of the other side."""
    officer = page_of(stage, "officer", agreement).follow("agreements:plan_edit", agreement.reference)
    survey = {"title": "สำรวจข้อมูล", "responsible": "receiver", "month_from": 1, "month_to": 3, "budget": "300,000"}
    visits = {"title": "เยี่ยมบ้าน", "responsible": "receiver", "month_from": 3, "month_to": 12, "budget": "600,000"}
    rows = [{f"form-{at}-{name}": value for name, value in row.items()} for at, row in enumerate((survey, visits))]
    officer.send(rows[0] | rows[1])
    drawn_up = Plan.objects.get(agreement=agreement, cycle=agreement.cycle)
    officer.press("agreements:plan_propose", drawn_up.pk)
    page_of(stage, "partner_rep", agreement).press("agreements:plan_approve", drawn_up.pk)
