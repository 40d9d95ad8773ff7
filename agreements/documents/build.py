"""An agreement's document out of its records: read only, always Thai, the same records give the same text."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from agreements.documents.clauses import HEADINGS, closing_words, standing_clauses
from agreements.documents.payload import (
    ActivityRow,
    AgreementDocument,
    BudgetRow,
    IndicatorRow,
    InstalmentRow,
    PartyBlock,
    SignatureBlock,
    Witness,
)
from agreements.documents.terms import Terms
from agreements.enums import InstalmentState, MoneySource, Side
from agreements.models import Agreement, Party, PlanActivity
from partnerships.enums import Form

FICTITIOUS = "ข้อมูลสมมติ: ชื่อบุคคล จำนวนเงิน และวันที่ในเอกสารนี้จัดทำขึ้นเพื่อการสาธิต"
SOURCES = {
    MoneySource.STATE_BUDGET: "งบประมาณแผ่นดิน",
    MoneySource.OWN_REVENUE: "เงินรายได้",
    MoneySource.FUND: "เงินกองทุน",
    MoneySource.DONATION: "เงินบริจาค",
    MoneySource.IN_KIND: "ทรัพยากรอื่นที่ตีมูลค่าเป็นเงิน",
}
_ACTING = ("ปฏิบัติราชการแทน", "รักษาราชการแทน", "รักษาการ")
# A number or a bullet that the writer typed: the document numbers its items itself.
_BULLET = re.compile(r"^\s*(?:[-–•*]|\(?[0-9๐-๙]{1,2}(?:\.[0-9๐-๙]{1,2})*[.)])\s+")


def build_agreement(agreement: Agreement) -> AgreementDocument:
    """The text as the records stand now. Freezing it (canonical JSON and hash) is the caller's."""
    terms = _terms(agreement)
    return AgreementDocument(
        form=agreement.form,
        heading=HEADINGS[agreement.form],
        word=terms.word,
        subject=agreement.title,
        reference=agreement.reference,
        number=agreement.number,
        made_at=agreement.made_at or agreement.agency.name_th,
        made_on=None,  # the day of the last signature, which is not known before it
        parties=tuple(_party(party) for party in agreement.party_list),
        rationale=_rationale(agreement),
        clauses=standing_clauses(terms),
        closing=closing_words(terms),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        total=agreement.total,
        signatures=tuple(_signature(party) for party in agreement.party_list),
        activities=_activities(agreement),
        instalments=_instalments(agreement, terms.word),
        indicators=_indicators(agreement),
        budget=_budget(agreement),
        note=FICTITIOUS if agreement.is_demonstration else "",
        version=agreement.texts.count() + 1,
    )


build_agreement_document = build_agreement


def lines(text: str) -> tuple[str, ...]:
    """The lines of a text field as items, without bullets or numbers typed before them."""
    return tuple(stripped for line in text.splitlines() if (stripped := _BULLET.sub("", line).strip()))


def called(side: str, form: str) -> str:
    """The word a document uses for a party of that side."""
    receiver = "ภาคีหุ้นส่วน" if form == Form.COMMISSIONING else "ผู้รับมอบภารกิจ"
    return {Side.GIVER: "ผู้มอบภารกิจ", Side.RECEIVER: receiver}.get(side, "ฝ่ายสนับสนุน")


def _terms(agreement: Agreement) -> Terms:
    parties = agreement.party_list
    return Terms(
        form=agreement.form,
        objectives=lines(agreement.objectives) or (agreement.title,),
        scope=lines(agreement.scope) or (agreement.title,),
        target_group=agreement.target_group,
        area=agreement.area,
        giver_duties=_duties(parties, Side.GIVER),
        receiver_duties=_duties(parties, Side.RECEIVER),
        coordinators=_coordinators(agreement),
        starts_on=agreement.starts_on,
        ends_on=agreement.ends_on,
        total=agreement.total,
        sources=tuple((f"{row.source} {row.item}".strip(), row.amount) for row in _budget(agreement)),
        expected_results=lines(agreement.expected_results),
        instalments=max(len(_instalments(agreement, "")), 1),
        volume=agreement.service_volume,
        legal_basis=agreement.legal_basis,
        parties=len(parties),
        plan_annexed=bool(_activities(agreement)),
        notice_days=agreement.notice_days,
        counterparts=max(len(parties), 2),
    )


def _duties(parties: list[Party], side: str) -> tuple[str, ...]:
    """Duties of that side; of several parties each line says whose it is."""
    of_side = [party for party in parties if party.side == side]
    if len(of_side) == 1:
        return lines(of_side[0].duties)
    return tuple(f"{party.organisation.name_th}: {line}" for party in of_side for line in lines(party.duties))


def _coordinators(agreement: Agreement) -> tuple[str, ...]:
    name = agreement.officer.full_name_th
    phone = f" โทรศัพท์ {agreement.contact_phone}" if agreement.contact_phone else ""
    return (f"ผู้มอบภารกิจ: {name}{phone}",) if name else ()


def _rationale(agreement: Agreement) -> tuple[str, ...]:
    basis = agreement.legal_basis.strip()
    if basis and not basis.startswith("อาศัยอำนาจ"):
        basis = f"ความร่วมมือนี้มีฐานอำนาจตามกฎหมาย ดังนี้ {' '.join(lines(basis))}"
    return (*lines(agreement.rationale), *((basis,) if basis else ()))


def _party(party: Party) -> PartyBlock:
    acting, authority = _acting(party.authority)
    return PartyBlock(
        side=party.side,
        name=party.organisation.name_th,
        called=called(party.side, party.agreement.form),
        representative=party.signatory_name,
        position=party.signatory_title,
        acting=acting,
        authority=authority,
        address=" ".join(party.organisation.address.split()),
    )


def _acting(authority: str) -> tuple[str, str]:
    """The authority to sign, apart: (ปฏิบัติราชการแทน …, order or delegation it rests on)."""
    authority = " ".join(authority.split())
    return (authority, "") if authority.startswith(_ACTING) else ("", authority)


def _signature(party: Party) -> SignatureBlock:
    return SignatureBlock(
        party=party.organisation.name_th,
        called=called(party.side, party.agreement.form),
        key=str(party.pk),
        name=party.signatory_name,
        position=party.signatory_title,
        acting=_acting(party.authority)[0],
        witnesses=(Witness(party.witness_1), Witness(party.witness_2)),
    )


def _activities(agreement: Agreement) -> tuple[ActivityRow, ...]:
    """The plan of the present cycle, or of the last one drawn up."""
    plan = agreement.plans.filter(cycle__lte=agreement.cycle).order_by("-cycle").first()
    if plan is None:
        return ()
    names = _responsible(agreement)
    return tuple(
        ActivityRow(
            title=row.title,
            output=row.target,
            responsible=names.get(row.responsible, ""),
            months=_months(row, agreement.starts_on),
        )
        for row in plan.activities.all()
    )


def _responsible(agreement: Agreement) -> dict[str, str]:
    return {side: called(side, agreement.form) for side in Side.values}


def _months(row: PlanActivity, starts_on: dt.date | None) -> tuple[str, ...]:
    """``YYYY-MM`` of each month; months are counted from the start, the first one is 1."""
    if starts_on is None:
        return ()
    first = starts_on.year * 12 + starts_on.month - 1
    counted = (first + number - 1 for number in range(row.month_from, row.month_to + 1))
    return tuple(f"{month // 12:04d}-{month % 12 + 1:02d}" for month in counted)


def _instalments(agreement: Agreement, word: str) -> tuple[InstalmentRow, ...]:
    rows = agreement.instalments.exclude(state=InstalmentState.VOID).order_by("ordinal")
    later = "ผลงานของงวดก่อนผ่านการตรวจรับและการประเมินผลระยะกลาง" if agreement.form == Form.PBC else ""
    return tuple(
        InstalmentRow(
            ordinal=row.ordinal,
            deliverable=" ".join(lines(row.condition)),
            amount=row.amount,
            due_on=row.due_on,
            condition=f"เมื่อ{word}มีผลใช้บังคับ" if row.ordinal == 1 else later,
        )
        for row in rows
    )


def _indicators(agreement: Agreement) -> tuple[IndicatorRow, ...]:
    return tuple(
        IndicatorRow(
            code=str(number),
            statement=row.statement,
            unit=row.unit,
            baseline=row.baseline,
            target=row.target,
            weight=Decimal(row.weight),
            source=row.source,
        )
        for number, row in enumerate(agreement.indicators.all(), 1)
    )


def _budget(agreement: Agreement) -> tuple[BudgetRow, ...]:
    return tuple(
        BudgetRow(
            source=SOURCES[MoneySource(row.source)],
            item=f"{row.organisation.name_th} {row.note}".strip(),
            amount=row.amount,
        )
        for row in agreement.budget_sources.select_related("organisation")
    )
