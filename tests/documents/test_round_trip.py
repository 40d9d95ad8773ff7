"""A printed page reads back as it was written: the test that keeps the Thai cures honest."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import pdf_thai
from core.pdf import PdfError, render_pdf, vendored_path
from tests.documents.reading import fonts_of, normal, page_texts, read_by_poppler, read_by_pypdf

TRAPS = (
    "สำนักงาน น้ำ คำ ผู้ใหญ่ ปั๊ม ก้ำ ฎีกา ญาติ ฐาน ปี่ ป้า ฝั่ง ฟ้า กตัญญู ซ้ำ ค่ำ คร่ำ ร่ำ ดำ ทำ จำ นำ ฝ้าย ปู่ ฟู่ ปิ่น "
    "ฟื้นฟู ฝึก ปี ปื้น ฬ่อ กฎหมาย ปรากฏ อนุญาต ผู้เชี่ยวชาญ ครรภ์ ก็ เป็น เดี๋ยว ต่าง ๆ ฤๅษี ฯลฯ ที่ นี้ สิ่ง ขั้น ทั้ง ชื่อ มื้อ เรื่อง "
    "สัญญา บริษัทฯ ฿ ๑,๒๓๔.๕๐ ๐๑๒๓๔๕๖๗๘๙ (ABC-123) “คำพูด” – ดำเนินการ อำเภอ ห้องน้ำ ปั้น ปุ๋ย ญู่ ฐุ ฎุ ฏู ย้ำ ล้ำ ห้ำหั่น สัมฤทธิ์"
)


def _page(body: str) -> str:
    style = '<link rel="stylesheet" href="static:documents/print.css">'
    return f'<!doctype html><html lang="th"><head><meta charset="utf-8">{style}</head><body>{body}</body></html>'


@pytest.fixture(scope="module")
def traps() -> bytes:
    body = f"<p>{TRAPS} {TRAPS}</p><p><b>{TRAPS}</b> {TRAPS}</p><p><i>{TRAPS}</i></p><p><b><i>{TRAPS}</i></b></p>"
    return render_pdf(_page(body), title="กับดัก")


def test_the_cures_are_for_the_installed_weasyprint() -> None:
    assert pdf_thai.apply()


def test_a_page_of_traps_copies_by_poppler_without_one_wrong_character(traps: bytes, tmp_path: Path) -> None:
    assert normal(TRAPS) * 6 in normal(read_by_poppler(traps, tmp_path))


def test_a_page_of_traps_copies_by_pypdf_without_one_wrong_character(traps: bytes) -> None:
    assert normal(TRAPS) * 6 in normal(read_by_pypdf(traps))


def test_all_four_sarabun_faces_are_embedded_and_nothing_else(traps: bytes, tmp_path: Path) -> None:
    fonts = fonts_of(traps, tmp_path)
    assert {name for name, _ in fonts} == {"Sarabun", "Sarabun-Bold", "Sarabun-Italic", "Sarabun-Bold-Italic"}
    assert all(embedded for _, embedded in fonts)


def test_a_justified_paragraph_keeps_its_text_on_lines_without_spaces(tmp_path: Path) -> None:
    text = "การพัฒนาศักยภาพศูนย์พัฒนาเด็กเล็กขององค์กรปกครองส่วนท้องถิ่นเพื่อส่งเสริมพัฒนาการกลุ่มเด็กที่มีความเปราะบางทางสังคม" * 4
    printed = render_pdf(_page(f"<p>{text}</p>"), title="ยาว")
    assert normal(text) in normal(read_by_poppler(printed, tmp_path))


def test_the_title_is_in_the_metadata_and_a_draft_says_so_on_every_page() -> None:
    import io

    from pypdf import PdfReader

    body = '<p>หน้าแรก</p><p style="break-before: page">หน้าสอง</p>'
    printed = render_pdf(_page(body), title="ชื่อเรื่อง <ทดสอบ>", draft=True)
    assert PdfReader(io.BytesIO(printed)).metadata.title == "ชื่อเรื่อง <ทดสอบ>"
    assert ["ร่าง" in text for text in page_texts(printed)] == [True, True]
    assert not any("ร่าง" in text for text in page_texts(render_pdf(_page(body), title="จริง")))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/logo.png",
        "https://example.org/logo.png",
        "file:///etc/passwd",
        "static:css/fonts.css",
        "static:documents/../../config/settings/base.py",
        "ftp://example.org/x.png",
        "data:text/html,x",
    ],
)
def test_an_address_that_is_not_vendored_stops_the_print(address: str) -> None:
    with pytest.raises(PdfError, match="not a vendored file"):
        render_pdf(_page(f'<img src="{address}" alt="">'), title="ห้าม")


def test_a_vendored_file_that_is_not_there_stops_the_print() -> None:
    with pytest.raises(PdfError):
        render_pdf(_page('<img src="static:documents/none.png" alt="">'), title="ไม่มี")


def test_the_licence_of_the_font_is_kept_beside_it() -> None:
    assert "SIL Open Font License" in vendored_path("static:fonts/sarabun/OFL.txt").read_text()
