"""The corpus: which bad file is refused with which code, which is made harmless how, and which good ones pass."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import override_settings
from django.utils.translation import override

from core.catalogue import THAI
from core.file_names import clean_name
from core.file_refusals import MESSAGES
from core.files import FileRefused, check_file
from tests.core.corpus import archives, pdfs, pictures
from tests.core.corpus.archives import docx, odt, relation, xlsx

Content = bytes | Callable[[], bytes]
EICAR_FREE = b"MZ" + b"\0" * 100

# Name of the bad file → (what it is called, its bytes, the code it is refused with).
REFUSED: dict[str, tuple[str, Content, str]] = {
    # bombs
    "zip bomb in docx": ("a.docx", archives.docx_bomb, "too_large"),
    "zip bomb in xlsx, spread over sheets": ("a.xlsx", archives.xlsx_many_megabytes, "too_large"),
    "docx with 5,001 members": ("a.docx", archives.docx_many_members, "too_large"),
    "docx in docx in docx": ("a.docx", archives.docx_nested, "embedded"),
    "docx lying about its sizes": ("a.docx", archives.docx_lying_about_sizes, "damaged"),
    "docx with overlapping members": ("a.docx", archives.docx_overlapping, "damaged"),
    "png of 60,000 × 60,000": ("a.png", lambda: pictures.png_of(60_000, 60_000), "too_many_pixels"),
    "png of 10,000 × 9,000": ("a.png", lambda: pictures.png_of(10_000, 9_000), "too_many_pixels"),
    "jpeg of 65,000 × 65,000": ("a.jpg", lambda: pictures.jpeg_of(65_000, 65_000), "too_many_pixels"),
    # two things at once
    "pdf and zip": ("a.pdf", pdfs.with_archive_behind, "mixed"),
    "pdf and page behind": ("a.pdf", pdfs.with_page_behind, "mixed"),
    "pdf and page in front": ("a.pdf", pdfs.page_in_front, "mixed"),
    "png and page": ("a.png", pictures.png_with_page, "mixed"),
    "png with a page in a comment": ("a.png", pictures.png_with_page_in_a_comment, "mixed"),
    "jpeg and zip": ("a.jpg", pictures.jpeg_with_archive, "mixed"),
    "jpeg and php": ("a.jpg", pictures.jpeg_with_php, "mixed"),
    "gif and script": ("a.gif", pictures.gif_script, "type_not_allowed"),
    "gif and script, called png": ("a.png", pictures.gif_script, "content_mismatch"),
    "zip before docx": ("a.docx", archives.zip_before_docx, "mixed"),
    "docx with a comment behind": ("a.docx", lambda: docx() + b"<script>", "mixed"),
    # scripts
    "svg with script": ("a.svg", pictures.SVG, "type_not_allowed"),
    "svg with script, called png": ("a.png", pictures.SVG, "content_mismatch"),
    "html": ("a.html", pictures.SCRIPT, "type_not_allowed"),
    "html called pdf": ("a.pdf", pictures.SCRIPT, "content_mismatch"),
    "pdf with script": ("a.pdf", pdfs.script_on_opening, "active"),
    "pdf with script on a page": ("a.pdf", pdfs.script_on_a_page, "active"),
    "pdf with script in a field": ("a.pdf", pdfs.script_in_a_field, "active"),
    "pdf with script, name disguised": ("a.pdf", pdfs.script_with_a_disguised_name, "active"),
    "pdf with script in a packed object": ("a.pdf", pdfs.script_in_a_packed_object, "active"),
    "pdf that launches on opening": ("a.pdf", pdfs.launches_a_program, "active"),
    "pdf that launches on a click": ("a.pdf", pdfs.launches_on_click, "active"),
    "pdf that opens an address": ("a.pdf", pdfs.opens_an_address, "active"),
    "pdf that sends a form": ("a.pdf", pdfs.sends_a_form, "active"),
    "pdf with xfa": ("a.pdf", pdfs.xfa_form, "active"),
    "pdf with film": ("a.pdf", pdfs.film, "active"),
    "pdf with a program attached": ("a.pdf", pdfs.program_attached, "embedded"),
    "pdf with a document attached": ("a.pdf", pdfs.document_attached, "embedded"),
    "pdf with a program on a note": ("a.pdf", pdfs.attached_to_a_note, "embedded"),
    # office files
    "docx with macros": ("a.docx", lambda: docx({"word/vbaProject.bin": b"x"}), "macros"),
    "docx declared as docm": ("a.docx", lambda: docx(types='<Override ContentType="x.macroEnabled.main"/>'), "macros"),
    "docx with ActiveX": ("a.docx", lambda: docx({"word/activeX/activeX1.xml": "<x/>"}), "macros"),
    "xlsx with a macro sheet": ("a.xlsx", lambda: xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), "macros"),
    "odt with macros": ("a.odt", lambda: odt(more={"Basic/Standard/Module1.xml": "<x/>"}), "macros"),
    "docx with a template elsewhere": (
        "a.docx",
        lambda: docx(rels=relation("attachedTemplate", "https://example.org/x.dotm")),
        "external",
    ),
    "docx with a picture elsewhere": (
        "a.docx",
        lambda: docx(rels=relation("image", "\\\\10.0.0.1\\share\\x.png")),
        "external",
    ),
    "xlsx with figures from another book": (
        "a.xlsx",
        lambda: xlsx(
            {
                "xl/externalLinks/_rels/externalLink1.xml.rels": archives.RELS.format(
                    relation("externalLinkPath", "b.xlsx")
                )
            }
        ),
        "external",
    ),
    "docx with a DDE field": (
        "a.docx",
        lambda: docx(body="<w:instrText>DDEAUTO c:\\cmd.exe</w:instrText>"),
        "external",
    ),
    "xlsx with a DDE link": ("a.xlsx", lambda: xlsx({"xl/externalLinks/e1.xml": "<ddeLink/>"}), "external"),
    "docx with XXE": ("a.docx", archives.docx_with_xxe, "unsafe_xml"),
    "docx with XXE in UTF-16": ("a.docx", archives.docx_with_xxe_in_utf16, "unsafe_xml"),
    "docx with a DTD far behind": ("a.docx", archives.docx_with_late_doctype, "unsafe_xml"),
    "docx with a path that leads out": ("a.docx", lambda: docx({"../../evil.xml": "<x/>"}), "unsafe_xml"),
    "docx with the same name twice": ("a.docx", archives.docx_same_name_twice, "unsafe_xml"),
    "docx with a program inside": ("a.docx", lambda: docx({"word/media/run.exe": EICAR_FREE}), "embedded"),
    "docx with an archive inside": ("a.docx", lambda: docx({"word/media/a.zip": b"PK"}), "embedded"),
    "docx with an OLE package": ("a.docx", lambda: docx({"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
    "docx with macros in its chart": (
        "a.docx",
        lambda: docx({"word/embeddings/chart.xlsx": xlsx({"xl/vbaProject.bin": b"x"})}),
        "macros",
    ),
    # passwords
    "pdf with a password": ("a.pdf", pdfs.locked, "locked"),
    "docx with a password": ("a.docx", archives.office_with_password, "locked"),
    "docx with a locked member": ("a.docx", archives.docx_encrypted_member, "locked"),
    "odt with a password": ("a.odt", lambda: odt("<m:encryption-data/>"), "locked"),
    # nothing, too much, broken
    "empty": ("a.pdf", b"", "empty"),
    "too large": ("a.pdf", lambda: pdfs.good() + b"\n" * 5_000, "too_large"),
    "pdf cut off": ("a.pdf", pdfs.cut_off, "damaged"),
    "pdf without pages": ("a.pdf", pdfs.without_pages, "damaged"),
    "pdf that is only a head": ("a.pdf", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n", "damaged"),
    "png cut off": ("a.png", lambda: pictures.picture("PNG")[:60], "damaged"),
    # names
    "program": ("a.exe", EICAR_FREE, "type_not_allowed"),
    "program called pdf": ("a.pdf", EICAR_FREE, "content_mismatch"),
    "double extension": ("x.pdf.exe", pdfs.good, "type_not_allowed"),
    "extension hidden by a null byte": ("x.exe\x00.pdf", EICAR_FREE, "content_mismatch"),
    "extension hidden by direction": ("invoice\u202efdp.exe", pdfs.good, "type_not_allowed"),
    "Cyrillic extension": ("x.\u0440df", pdfs.good, "type_not_allowed"),
    "full-width extension": ("x\uff0epdf", pdfs.good, "type_not_allowed"),
    "wrong extension": ("a.png", pdfs.good, "content_mismatch"),
    "no extension": ("a", pdfs.good, "type_not_allowed"),
    "archive": ("a.zip", lambda: archives.zipped({"a.txt": "x"}), "type_not_allowed"),
    "archive called docx": ("a.docx", lambda: archives.zipped({"a.txt": "x"}), "content_mismatch"),
    "old Word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "type_not_allowed"),
}

# Bad name of a good file → the name it is kept, shown and handed out under.
DEFUSED: dict[str, tuple[str, str]] = {
    "path upwards": ("../../../etc/x.pdf", "x.pdf"),
    "path of Windows": ("C:\\Windows\\System32\\x.pdf", "x.pdf"),
    "null byte": ("x\x00y.pdf", "xy.pdf"),
    "right-to-left override": ("a\u202exe.fdp.pdf", "axe.fdp.pdf"),
    "isolates and marks": ("a\u2066\u2067\u2068\u2069\u200e\u200f\u061cb.pdf", "ab.pdf"),
    "zero-width signs": ("a\u200b\u200c\u200d\u2060\ufeffb.pdf", "ab.pdf"),
    "letters shown as nothing": ("a\u3164\u115f\u2800\u034fb.pdf", "ab.pdf"),
    "signs that look like slashes": ("etc\u2215passwd\uff0fx\u2044y.pdf", "etc_passwd_x_y.pdf"),
    "signs that look like dots": ("x\u2024exe\uff0e.pdf", "x_exe_.pdf"),
    "header of a response": ("x\r\nSet-Cookie: a=b.pdf", "x Set-Cookie_ a=b.pdf"),
    "device of Windows": ("CON.pdf", "_CON.pdf"),
    "program in front of the extension": ("x.exe.pdf", "x.exe.pdf"),
    "Cyrillic letters": ("\u0440aym\u0435nt.pdf", "\u0440aym\u0435nt.pdf"),
    "very long": ("ก" * 300 + ".pdf", "ก" * 78 + ".pdf"),
}

GOOD: dict[str, tuple[str, Content]] = {
    "docx": ("รายงาน.docx", docx),
    "docx with a link to click": ("a.docx", lambda: docx(rels=relation("hyperlink", "https://www.opdc.go.th"))),
    "docx with a chart's figures": ("a.docx", lambda: docx({"word/embeddings/Microsoft_Excel_Sheet1.xlsx": xlsx()})),
    "docx with a large picture": ("a.docx", lambda: docx({"word/media/image1.png": pictures.picture("PNG") * 50})),
    "xlsx": ("งบ.xlsx", xlsx),
    "xlsx with printer settings": ("a.xlsx", lambda: xlsx({"xl/printerSettings/printerSettings1.bin": b"\0" * 99})),
    "odt": ("a.odt", odt),
    "pdf": ("แผน.pdf", pdfs.good),
    "pdf by WeasyPrint": ("a.pdf", pdfs.by_weasyprint),
    "pdf with links and a page to open at": ("a.pdf", pdfs.with_links_and_a_jump),
    "pdf with data attached": ("a.pdf", pdfs.with_data_attached),
    "pdf locked against changes only": ("a.pdf", pdfs.locked_against_changes),
    "pdf with many objects": ("a.pdf", pdfs.too_many_objects),
    "pdf with zeros behind": ("a.pdf", lambda: pdfs.good() + b"\0" * 400),
    "png": ("a.png", lambda: pictures.picture("PNG")),
    "jpeg": ("a.jpg", lambda: pictures.picture("JPEG")),
    "jpeg from a telephone": ("IMG_2569.jpeg", pictures.jpeg_from_a_telephone),
}


def bytes_of(content: Content) -> bytes:
    return content if isinstance(content, bytes) else content()


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_file_is_refused_with_a_plain_message(case: str) -> None:
    name, content, code = REFUSED[case]
    limit = 4_000 if case == "too large" else 20 * 1024 * 1024
    with override_settings(FILE_MAX_BYTES=limit), override("th"), pytest.raises(FileRefused) as refusal:
        check_file(bytes_of(content), name=name)
    assert refusal.value.code == code
    assert THAI.search(str(refusal.value.message))


@pytest.mark.parametrize("case", DEFUSED)
def test_a_bad_name_is_made_harmless(case: str) -> None:
    given, kept = DEFUSED[case]
    assert clean_name(given) == kept
    assert check_file(pdfs.good(), name=given) == "application/pdf"


@pytest.mark.parametrize("case", GOOD)
def test_a_good_file_passes(case: str) -> None:
    name, content = GOOD[case]
    assert check_file(bytes_of(content), name=name)


def test_every_code_of_the_contents_is_in_the_corpus() -> None:
    asked_elsewhere = {"infected", "scanner_unreachable"}  # tests/core/test_file_scan.py
    assert {code for _name, _content, code in REFUSED.values()} == set(MESSAGES) - asked_elsewhere
    assert all(THAI.search(str(message)) for message in MESSAGES.values())
