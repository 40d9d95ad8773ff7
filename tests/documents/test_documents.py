"""Whole documents: every word of them is found again in the print, drafts say so, hashes hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal as D
from pathlib import Path

import pytest

from agreements.documents.clauses import CONTENTS, closing_words, standing_clauses
from agreements.documents.payload import (
    ActivityRow,
    AgreementDocument,
    EvaluationDocument,
    from_json,
    sha256_of,
    to_canonical_json,
)
from agreements.documents.plan import plan_tables
from agreements.documents.render import opening_words, render_agreement, render_evaluation, signature_rows
from core.thai import official_text
from tests.documents import samples
from tests.documents.reading import FOOTER, fonts_of, normal, page_texts, read_by_poppler, read_by_pypdf

# Glossary: the law of procurement does not apply, so its words stay away.
AVOIDED = ("ผู้รับจ้าง", "ผู้ว่าจ้าง", "ค่าปรับ", "พัสดุ", "ผู้ทิ้งงาน", "ผู้ชนะ", "จัดซื้อจัดจ้าง")


def _sentences(doc: AgreementDocument) -> list[str]:
    texts = [doc.heading, doc.subject, opening_words(doc), *doc.rationale, doc.closing]
    for clause in doc.clauses:
        texts += [clause.heading, *clause.paragraphs, *clause.items, *clause.closing]
    return texts


def _found(wanted: list[str], read: str) -> list[str]:
    """The wanted texts that are not in what was read."""
    read = normal(read)
    return [text for text in wanted if normal(official_text(text)) not in read]


def _without_footers(printed: bytes) -> str:
    """A paragraph may run over a page's end: the footers between its halves are left out."""
    return "".join(FOOTER.sub("", text) for text in page_texts(printed))


@pytest.fixture(scope="module", params=["grant", "pbc", "commissioning"])
def signed(request: pytest.FixtureRequest) -> tuple[AgreementDocument, bytes]:
    doc = samples.agreement(request.param, signed=True)
    return doc, render_agreement(doc, draft=False)


THIRD = replace(samples.PARTIES[1], name="มูลนิธิตัวอย่างเพื่อชุมชน (สมมติ)", called="ภาคีหุ้นส่วน")


@pytest.fixture(scope="module")
def draft() -> bytes:
    """A joint contract of three, nothing annexed, no number, not dated, markup in its title."""
    block = replace(samples.SIGNATURES[1], party=THIRD.name, called="ภาคีหุ้นส่วน")
    doc = samples.agreement(
        "commissioning",
        subject="<img src=http://example.org/x.png>&amp;",
        parties=(*samples.PARTIES, THIRD),
        signatures=(*samples.SIGNATURES, block),
        activities=(), instalments=(), indicators=(), budget=(), made_on=None, number="",
    )  # fmt: skip
    return render_agreement(doc, draft=True)


@pytest.fixture(scope="module")
def report() -> bytes:
    return render_evaluation(samples.evaluation(), draft=False)


def test_every_clause_is_found_in_the_print(signed: tuple[AgreementDocument, bytes]) -> None:
    doc, printed = signed
    assert _found(_sentences(doc), _without_footers(printed)) == []


def test_poppler_and_pypdf_read_the_same_characters(signed: tuple[AgreementDocument, bytes], tmp_path: Path) -> None:
    _, printed = signed
    assert sorted(normal(read_by_poppler(printed, tmp_path))) == sorted(normal(read_by_pypdf(printed)))


def test_people_sums_and_annexes_are_found_in_the_print(signed: tuple[AgreementDocument, bytes]) -> None:
    doc, printed = signed
    wanted = [each.name for each in doc.signatures] + [each.acting for each in doc.signatures if each.acting]
    wanted += [witness.name for each in doc.signatures for witness in each.witnesses if witness.name]
    wanted += [each.title for each in doc.activities] + [each.statement for each in doc.indicators]
    wanted += ["2,400,000.50", "สองล้านสี่แสนบาทห้าสิบสตางค์", "เอกสารแนบท้าย 4", "ลงนามบนระบบ เมื่อวันที่ 26 กันยายน 2568"]
    assert _found(wanted, _without_footers(printed)) == []


def test_only_sarabun_is_in_the_file(signed: tuple[AgreementDocument, bytes], report: bytes, tmp_path: Path) -> None:
    for printed in (signed[1], report):
        assert {(name.split("-")[0], embedded) for name, embedded in fonts_of(printed, tmp_path)} == {("Sarabun", True)}


def test_pages_are_numbered_in_thai_and_carry_the_hash(signed: tuple[AgreementDocument, bytes]) -> None:
    doc, printed = signed
    pages = page_texts(printed)
    assert 5 <= len(pages) <= 8
    for number, text in enumerate(pages, 1):
        assert normal(official_text(f"หน้า {number} จาก {len(pages)}")) in text
        assert sha256_of(doc) in text


def test_a_signed_text_says_draft_nowhere(signed: tuple[AgreementDocument, bytes]) -> None:
    assert not any("ร่าง" in text for text in page_texts(signed[1]))


def test_a_draft_says_so_on_every_page_and_has_no_hash_yet(draft: bytes) -> None:
    assert all("ร่าง" in text for text in page_texts(draft))
    assert not any("SHA-256" in text for text in page_texts(draft))


def test_the_last_clause_stands_on_the_page_of_the_signatures(signed: tuple[AgreementDocument, bytes]) -> None:
    doc, printed = signed
    page = next(text for text in page_texts(printed) if normal(doc.signatures[0].acting) in text and "พยาน" in text
                and "ลงชื่อ" in text)  # fmt: skip
    last = doc.clauses[-1]
    assert normal(last.heading) in page
    assert normal(official_text(last.paragraphs[0])) in page


def test_the_report_holds_findings_figures_lessons_and_advice(report: bytes) -> None:
    doc = samples.evaluation()
    wanted = [doc.summary, *doc.recommendations, *doc.lessons.obstacles, *doc.lessons.improvements]
    for held in doc.rounds:
        wanted += [held.title, *(finding.summary for finding in held.findings), *(visit.place for visit in held.visits)]
    wanted += ["105.63", "รายงานผลแล้ว 2 จาก 3 ตัวชี้วัด", "2,350,000.00", "1,234.56"]
    assert _found(wanted, _without_footers(report)) == []


def test_the_hash_is_of_the_text_agreed_not_of_who_signed_it() -> None:
    unsigned, signed_too = samples.agreement(), samples.agreement(signed=True)
    assert unsigned != signed_too
    assert sha256_of(unsigned) == sha256_of(signed_too)
    assert sha256_of(unsigned) != sha256_of(replace(unsigned, total=D("2400000.51")))
    assert sha256_of(replace(unsigned, number="")) != sha256_of(unsigned)


def test_the_hash_does_not_hang_on_how_letters_or_sums_were_typed() -> None:
    doc = samples.agreement(subject="café", total=D("2400000.5"))
    assert sha256_of(doc) == sha256_of(replace(doc, subject="cafe\u0301", total=D("2400000.500")))


def test_a_document_is_made_again_from_its_json() -> None:
    for doc in (samples.agreement(), samples.evaluation()):
        text = to_canonical_json(doc)
        again = from_json(type(doc), text)
        assert to_canonical_json(again) == text
        assert isinstance(again, AgreementDocument | EvaluationDocument)


@pytest.mark.parametrize("form", list(CONTENTS))
def test_no_clause_speaks_the_language_of_procurement(form: str) -> None:
    text = str(standing_clauses(samples.terms(form))) + closing_words(samples.terms(form))
    assert [word for word in AVOIDED if word in text] == []


def test_terms_fill_the_clauses() -> None:
    text = str(standing_clauses(samples.terms(notice_days=45, retention_years=10))) + closing_words(
        samples.terms(counterparts=3)
    )
    for words in ("ไม่น้อยกว่า 45 วัน", "ไม่น้อยกว่า 10 ปี", "ทำขึ้นเป็น 3 ฉบับ", "วันที่ 1 ตุลาคม พ.ศ. 2568 ถึงวันที่ 30 กันยายน"):
        assert words in text
    one = str(standing_clauses(samples.terms(instalments=1)))
    assert "งวดเดียว" in one


def test_many_parties_and_empty_annexes_still_print(draft: bytes) -> None:
    text = "".join(page_texts(draft))
    assert normal("ภาคีทุกฝ่ายจึงตกลง") in text
    assert normal(THIRD.name) in text
    assert "เอกสารแนบท้าย๑" not in text


def test_markup_in_the_data_is_printed_as_text(draft: bytes) -> None:
    assert "<imgsrc=http://example.org/x.png>&amp;" in "".join(page_texts(draft))


def test_signatories_stand_in_pairs_with_their_witnesses_level() -> None:
    pair, single = signature_rows((*samples.SIGNATURES, samples.SIGNATURES[1]))
    assert [block.party for block in pair["signatories"]] == [samples.GIVER, samples.RECEIVER]
    assert len(pair["witnesses"]) == 2
    assert single["signatories"][1] is None


def test_a_plan_longer_than_a_year_has_a_table_for_each_fiscal_year() -> None:
    rows = (ActivityRow("หลัก", months=("2025-10", "2026-11")), ActivityRow("ย่อย", main=False), ActivityRow("หลักสอง"))
    first, second = plan_tables(rows, dt.date(2025, 10, 1), dt.date(2026, 12, 31))
    assert (first.label, second.label) == ("ปีงบประมาณ พ.ศ. 2569", "ปีงบประมาณ พ.ศ. 2570")
    assert first.years == ((2568, 3), (2569, 9))
    assert [row.number for row in first.rows] == ["1", "1.1", "2"]
    assert second.rows[0].months == (False, True, False)
    assert plan_tables((ActivityRow("ไม่มีเดือน"),), None, None)[0].months == ()
