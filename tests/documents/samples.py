"""Whole documents as the tests print them: the manual's pilot B with invented people and sums."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D

from agreements.documents.clauses import HEADINGS, closing_words, standing_clauses
from agreements.documents.payload import (
    ActivityRow,
    AgreementDocument,
    BudgetRow,
    EvaluationDocument,
    Finding,
    IndicatorResult,
    IndicatorRow,
    InstalmentRow,
    Lessons,
    MoneySummary,
    PartyBlock,
    RoundBlock,
    SignatureBlock,
    SignatureRecord,
    SiteVisit,
    Witness,
)
from agreements.documents.terms import Terms

GIVER, RECEIVER = "กรมกิจการผู้สูงอายุ", "เทศบาลนครนนทบุรี"
SUBJECT = "การจัดตั้งศูนย์การพัฒนาเมืองอารยสถาปัตย์ เทศบาลนครนนทบุรี จังหวัดนนทบุรี"
STARTS, ENDS = dt.date(2025, 10, 1), dt.date(2026, 9, 30)

PARTIES = (
    PartyBlock(
        side="giver",
        name=GIVER,
        called="ผู้มอบภารกิจ",
        representative="นางสาวน้ำผึ้ง กตัญญูวงศ์",
        position="รองอธิบดี",
        acting="ปฏิบัติราชการแทนอธิบดีกรมกิจการผู้สูงอายุ",
        authority="ตามคำสั่งมอบอำนาจ ที่ 12/2568 ลงวันที่ 3 กันยายน 2568",
        address="เลขที่ 618/1 ถนนนิคมมักกะสัน เขตราชเทวี กรุงเทพมหานคร",
    ),
    PartyBlock(
        side="receiver",
        name=RECEIVER,
        called="ผู้รับมอบภารกิจ",
        representative="นายปั้น ผู้ใหญ่ดี",
        position="นายกเทศมนตรีนครนนทบุรี",
        address="เลขที่ 1 ถนนรัตนาธิเบศร์ อำเภอเมืองนนทบุรี จังหวัดนนทบุรี",
    ),
)
SIGNATURES = (
    SignatureBlock(
        party=GIVER,
        called="ผู้มอบภารกิจ",
        name="นางสาวน้ำผึ้ง กตัญญูวงศ์",
        position="รองอธิบดี",
        acting="ปฏิบัติราชการแทนอธิบดีกรมกิจการผู้สูงอายุ",
        witnesses=(
            Witness("นายฎีกา ญาติมิตร", "ผู้อำนวยการกองส่งเสริมศักยภาพ"),
            Witness("นางฐิติ ป้อมเพชร", "นักพัฒนาสังคมชำนาญการ"),
        ),
    ),
    SignatureBlock(
        party=RECEIVER,
        called="ผู้รับมอบภารกิจ",
        name="นายปั้น ผู้ใหญ่ดี",
        position="นายกเทศมนตรีนครนนทบุรี",
        witnesses=(Witness("นายฟ้า ฝั่งโขง", "ปลัดเทศบาล"), Witness()),
    ),
)
ACTIVITIES = (
    ActivityRow(
        "สร้าง พัฒนา และเผยแพร่องค์ความรู้อารยสถาปัตย์",
        "ชุดความรู้ 3 ชุด และเวทีเผยแพร่ 4 ครั้ง",
        "กองช่าง",
        ("2025-10", "2025-11", "2025-12"),
    ),
    ActivityRow("อบรมแกนนำชุมชนและผู้สูงอายุ", "ผู้ผ่านการอบรม 200 คน", "กองสวัสดิการสังคม", ("2026-01", "2026-02"), main=False),
    ActivityRow(
        "จัดทำฐานข้อมูลอารยสถาปัตย์ของเมือง",
        "ฐานข้อมูล 1 ระบบ",
        "กองยุทธศาสตร์และงบประมาณ",
        ("2025-12", "2026-01", "2026-02", "2026-03", "2026-04"),
    ),
    ActivityRow(
        "ปรับปรุงที่อยู่อาศัยของผู้มีรายได้น้อยและผู้ที่พร้อมสมทบ",
        "บ้าน 40 หลัง",
        "กองช่าง",
        ("2026-03", "2026-04", "2026-05", "2026-06", "2026-07", "2026-08"),
    ),
    ActivityRow("สรุปผลและถอดบทเรียน", "รายงาน 1 ฉบับ", "คณะทำงานร่วม", ("2026-09",)),
)
INSTALMENTS = (
    InstalmentRow(1, "แผนปฏิบัติการและชุดความรู้", D("900000.00"), dt.date(2025, 10, 15), "เมื่อสัญญามีผลใช้บังคับ"),
    InstalmentRow(2, "ฐานข้อมูลและบ้านที่ปรับปรุงแล้ว 20 หลัง", D("1000000.00"), dt.date(2026, 4, 15), "ผ่านการประเมินผลระยะกลาง"),
    InstalmentRow(3, "บ้านที่ปรับปรุงแล้วครบ 40 หลัง", D("500000.50"), dt.date(2026, 8, 1), "ผ่านการประเมินผลระยะกลาง รอบที่ 2"),
)
INDICATORS = (
    IndicatorRow("KPI-1", "จำนวนบ้านที่ปรับปรุงตามหลักอารยสถาปัตย์", "หลัง", D(0), D(40), D(40), "ทะเบียนของกองช่าง"),
    IndicatorRow("KPI-2", "ร้อยละความพึงพอใจของผู้รับบริการ", "ร้อยละ", None, D(80), D(30), "แบบสำรวจ"),
    IndicatorRow("KPI-3", "จำนวนระเบียนในฐานข้อมูลที่เป็นปัจจุบัน", "ระเบียน", D(120), D("1500.5"), D(30)),
)
BUDGET = (
    BudgetRow("งบประมาณแผ่นดิน", "เงินอุดหนุนจากกรมกิจการผู้สูงอายุ ปีงบประมาณ พ.ศ. 2569", D("2000000.00")),
    BudgetRow("เงินกองทุน", "กองทุนผู้สูงอายุ", D("400000.50")),
)


def terms(form: str = "pbc", **changes: object) -> Terms:
    """The terms of the sample agreement in one of the three forms."""
    known: dict[str, object] = {
        "objectives": (
            "ให้ผู้สูงอายุและคนพิการในเขตเทศบาลอยู่อาศัยและเดินทางได้อย่างปลอดภัย",
            "ให้เมืองมีฐานข้อมูลอารยสถาปัตย์ที่ใช้วางแผนได้จริง",
        ),
        "scope": (
            "สร้าง พัฒนา และเผยแพร่องค์ความรู้อารยสถาปัตย์",
            "จัดทำฐานข้อมูลอารยสถาปัตย์ของเมือง",
            "ปรับปรุงที่อยู่อาศัยของผู้มีรายได้น้อยและผู้ที่พร้อมสมทบค่าใช้จ่าย",
        ),
        "target_group": "ผู้สูงอายุ คนพิการ และผู้ดูแล ประมาณ 1,200 คน",
        "area": "เขตเทศบาลนครนนทบุรี",
        "giver_duties": ("สนับสนุนองค์ความรู้ ทักษะ และความเชี่ยวชาญด้านอารยสถาปัตย์",),
        "receiver_duties": ("ขับเคลื่อนกิจกรรมตามแผน และสำรวจบ้านที่ต้องปรับปรุงร่วมกับชุมชน",),
        "coordinators": ("ผู้มอบภารกิจ: นายฎีกา ญาติมิตร โทรศัพท์ 0 2642 4300", "ผู้รับมอบภารกิจ: นายฟ้า ฝั่งโขง โทรศัพท์ 0 2589 0500"),
        "starts_on": STARTS,
        "ends_on": ENDS,
        "total": D("2400000.50"),
        "sources": (("งบประมาณแผ่นดิน", D("2000000.00")), ("เงินกองทุนผู้สูงอายุ", D("400000.50"))),
        "instalments": 3,
        "volume": "การปรับปรุงบ้านไม่น้อยกว่า 30 หลังต่อปีงบประมาณ",
    }
    return Terms(form=form, **(known | changes))  # type: ignore[arg-type]


def agreement(form: str = "pbc", *, signed: bool = False, **changes: object) -> AgreementDocument:
    """The sample agreement; ``signed`` puts both signatures on record."""
    of_form = terms(form)
    record = SignatureRecord("ลงนามบนระบบ", dt.date(2025, 9, 26)) if signed else None
    known: dict[str, object] = {
        "form": form,
        "heading": HEADINGS[form],
        "word": of_form.word,
        "subject": SUBJECT,
        "reference": "PBC-2569-0002",
        "number": "2/2569",
        "made_at": "กรมกิจการผู้สูงอายุ",
        "made_on": dt.date(2025, 9, 26),
        "parties": PARTIES,
        "rationale": (
            "ด้วยกรมกิจการผู้สูงอายุมีภารกิจส่งเสริมสภาพแวดล้อมที่เอื้อต่อผู้สูงอายุ และเทศบาลนครนนทบุรีมีความพร้อมด้านช่าง ข้อมูล และเครือข่ายชุมชน "
            "อาศัยอำนาจตามมาตรา 11 แห่งพระราชบัญญัติผู้สูงอายุ พ.ศ. 2546",
        ),
        "clauses": standing_clauses(of_form),
        "closing": closing_words(of_form),
        "starts_on": STARTS,
        "ends_on": ENDS,
        "total": D("2400000.50"),
        "signatures": tuple(SignatureBlock(**{**vars(block), "signed": record}) for block in SIGNATURES),
        "activities": ACTIVITIES,
        "instalments": INSTALMENTS,
        "indicators": INDICATORS,
        "budget": BUDGET,
        "note": "ข้อมูลสมมติ: ชื่อบุคคล จำนวนเงิน และวันที่ในเอกสารนี้จัดทำขึ้นเพื่อการสาธิต",
    }
    return AgreementDocument(**(known | changes))  # type: ignore[arg-type]


def _results(*actuals: str | None) -> tuple[IndicatorResult, ...]:
    progress = {"18": D(45), "40": D(100), "84.5": D("105.63"), "1200": D("78.23")}
    return tuple(
        IndicatorResult(
            code=each.code, statement=each.statement, unit=each.unit, baseline=each.baseline, target=each.target,
            actual=None if value is None else D(value), progress=progress.get(value or ""), weight=each.weight,
        )
        for each, value in zip(INDICATORS, actuals, strict=True)
    )  # fmt: skip


def evaluation() -> EvaluationDocument:
    """The report on the sample agreement after its mid-term and final rounds."""
    middle = RoundBlock(
        title="การประเมินผลระยะกลาง งวดที่ 1",
        verdict="ผ่าน",
        held_on=dt.date(2026, 3, 31),
        findings=(
            Finding(
                "ภายใน",
                "กองส่งเสริมศักยภาพผู้สูงอายุ",
                "ดำเนินการได้ตามแผน การปรับปรุงบ้านเริ่มช้ากว่ากำหนด 2 สัปดาห์เพราะน้ำท่วม",
                dt.date(2026, 3, 20),
            ),
            Finding(
                "ภายนอก",
                "คณะสถาปัตยกรรมศาสตร์ มหาวิทยาลัยตัวอย่าง (สมมติ)",
                "องค์ความรู้ถูกต้องตามหลักวิชาการ ควรเพิ่มการสื่อสารกับผู้ใหญ่บ้านและญาติของผู้สูงอายุ",
                dt.date(2026, 3, 25),
            ),
        ),
        visits=(
            SiteVisit(
                dt.date(2026, 3, 18),
                "ชุมชนริมน้ำ 4 แห่ง",
                "ผู้แทนทั้งสองฝ่าย 6 คน",
                "ราวจับและทางลาดใช้งานได้จริง ห้องน้ำ 3 หลังยังต้องแก้ไข",
            ),
        ),
        indicators=_results("18", None, "1200"),
        recommendation="ให้จัดสรรงบประมาณงวดที่ 2 และเร่งสำรวจความพึงพอใจของผู้รับบริการ",
    )
    final = RoundBlock(
        title="การประเมินผลหลังสิ้นสุดการดำเนินงาน",
        verdict="ผ่าน",
        held_on=dt.date(2026, 10, 30),
        findings=(Finding("ภายใน", "คณะกรรมการร่วม", "บรรลุเป้าหมายทุกตัวชี้วัดสำคัญ ผู้รับบริการพึงพอใจสูงกว่าเป้าหมาย"),),
        indicators=_results("40", "84.5", "1200"),
    )
    return EvaluationDocument(
        form_title="การทำสัญญาข้อตกลง (PBC)",
        subject=SUBJECT,
        reference="PBC-2569-0002",
        number="2/2569",
        parties=PARTIES,
        starts_on=STARTS,
        ends_on=ENDS,
        drawn_up_on=dt.date(2026, 11, 2),
        rounds=(middle, final),
        money=MoneySummary(D("2400000.50"), D("2400000.50"), D("2350000.00"), D("50000.50"), D("0.00"), D("1234.56")),
        lessons=Lessons(
            problems=("ข้อมูลบ้านของแต่ละกองไม่ตรงกัน",),
            obstacles=("ระเบียบงบประมาณในพื้นที่ไม่เอื้อต่อการปรับปรุงบ้านของเอกชน", "นโยบายยังไม่สนับสนุนเท่าที่ควร"),
            improvements=("ใช้ฐานข้อมูลร่วมกันตั้งแต่เริ่มสำรวจ",),
        ),
        recommendations=("ควรกำหนดแนวทางการใช้งบประมาณปรับปรุงที่อยู่อาศัยให้ชัดเจน", "ควรขยายผลไปยังองค์กรปกครองส่วนท้องถิ่นอื่น"),
        summary="โครงการบรรลุวัตถุประสงค์ทั้ง 2 ข้อภายในวงเงินและระยะเวลาที่กำหนด ประเมินแล้ว 2 รอบ",
        signatures=(
            SignatureBlock(party=GIVER, called="ผู้จัดทำรายงาน", witnesses=()),
            SignatureBlock(party=RECEIVER, called="ผู้รับรองรายงาน", witnesses=()),
        ),
        note="ข้อมูลสมมติ: จัดทำขึ้นเพื่อการสาธิต",
    )
