"""Private files: harmless names, honest contents, one copy, and nobody reads them without a rule that says so."""

import io
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404
from django.test import Client, RequestFactory, override_settings
from hypothesis import given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st
from PIL import Image

from core import files, files_views
from core.file_names import BLANKS, clean_name, extension_of
from core.files import FileRefused, can_read, check_file, store_file
from core.models import StoredFile
from tests.core.cast import Somebody, some_record
from tests.pdfs import PDF


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, kind)
    return out.getvalue()


def packed(**members: bytes | str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


DOCX = packed(**{"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"})
XLSX = packed(**{"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<w/>"})
PPTX = packed(**{"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<w/>"})
ODT = packed(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<o/>"})
ODS = packed(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<o/>"})


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}},
    }
    yield tmp_path


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_rules", {})


def stored(content: bytes = PDF, name: str = "แผน.pdf", **more: Any) -> StoredFile:
    return store_file(content, name=name, root=some_record(), kind="evidence", by=Somebody(), **more)


# --- names ----------------------------------------------------------------------------------------------------------

NAMES = [
    ("แผนปฏิบัติการ ปี 2569.pdf", "แผนปฏิบัติการ ปี 2569.pdf"),
    ("../../etc/passwd.pdf", "passwd.pdf"),
    ("C:\\Users\\me\\งบประมาณ.xlsx", "งบประมาณ.xlsx"),
    ("/absolute/a.pdf", "a.pdf"),
    ("a/../b.pdf", "b.pdf"),
    ("invoice\u202efdp.exe", "invoicefdp.exe"),  # shown reversed it would read invoiceexe.pdf
    ("a\u2066b\u2069\u200f\u200b.pdf", "ab.pdf"),
    ("a\x00.pdf", "a.pdf"),
    ("a.pdf\x00.exe", "a.pdf.exe"),
    ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie_ x.pdf"),
    ('quo"te<b>|?*.pdf', "quo_te_b____.pdf"),
    ("  .. hidden.pdf . ", "hidden.pdf"),
    (".htaccess", "htaccess"),
    ("CON.pdf", "_CON.pdf"),
    ("nul", "_nul"),
    ("\ud800a.pdf", "a.pdf"),
    ("e\u0301.pdf", "é.pdf"),
    ("a\u2028b\x85.pdf", "ab.pdf"),
    ("", "file"),
    ("///", "file"),
    ("...", "file"),
    ("\u202e", "file"),
]


@pytest.mark.parametrize(("given", "expected"), NAMES, ids=[ascii(given) for given, _ in NAMES])
def test_a_name_is_made_harmless(given: str, expected: str) -> None:
    assert clean_name(given) == expected
    assert clean_name(expected) == expected, "cleaning twice changes nothing"


@pytest.mark.parametrize("name", ["a" * 5000 + ".pdf", "ก" * 5000 + ".docx", "a." + "b" * 5000, "น้ำ" * 90 + ".pdf"])
def test_a_very_long_name_is_cut_and_keeps_its_extension(name: str) -> None:
    cleaned = clean_name(name)
    assert len(cleaned) <= 120
    assert len(cleaned.encode()) <= 240
    assert not unicodedata.category(cleaned[-1]).startswith("C")
    if not name.startswith("a.b"):
        assert cleaned.rpartition(".")[2] == name.rpartition(".")[2]


# What people and programs may put into a name: any text, and often what does harm.
NASTY = st.sampled_from(list("/\\:.\x00\r\n\u202e\u2066\u200b\ufeff\u3164\u2028\u2215\uff0f\u2024 ก\u0e49อ\u0e33"))
ANY_NAME = st.text(st.one_of(st.characters(), NASTY), max_size=300)


@given(ANY_NAME)
@settings_of_hypothesis(max_examples=500, deadline=None)
def test_whatever_a_name_is_it_comes_out_harmless(name: str) -> None:
    cleaned = clean_name(name)
    assert cleaned and cleaned not in (".", "..")
    assert not set(cleaned) & set('/\\:<>"|?*\u2215\u2044\uff0f\uff3c\u2024\uff0e')
    assert all(unicodedata.category(char)[0] != "C" and char not in BLANKS for char in cleaned)
    assert cleaned == cleaned.strip(" .") and len(cleaned.encode()) <= 240
    assert clean_name(cleaned) == cleaned


@given(ANY_NAME, st.sampled_from(sorted(files.TYPES)))
@settings_of_hypothesis(max_examples=300, deadline=None)
def test_the_extension_is_kept_whatever_stands_before_it(stem: str, extension: str) -> None:
    cleaned = clean_name(f"{stem}ก.{extension}")
    assert extension_of(cleaned) == extension
    assert len(cleaned) <= 120


# --- contents -------------------------------------------------------------------------------------------------------

ACCEPTED = [
    ("a.pdf", PDF, "application/pdf"),
    ("A.PDF", PDF, "application/pdf"),
    ("a.png", picture("PNG"), "image/png"),
    ("a.jpg", picture("JPEG"), "image/jpeg"),
    ("a.jpeg", picture("JPEG"), "image/jpeg"),
    ("a.docx", DOCX, files.TYPES["docx"]),
    ("a.xlsx", XLSX, files.TYPES["xlsx"]),
    ("a.pptx", PPTX, files.TYPES["pptx"]),
    ("a.odt", ODT, files.TYPES["odt"]),
    ("a.ods", ODS, files.TYPES["ods"]),
]

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
MACROS = packed(**{"[Content_Types].xml": "", "word/document.xml": "", "word/vbaProject.bin": "x"})

REFUSED = [
    ("a.pdf", b"", "empty"),
    ("a.exe", b"MZ" + b"\0" * 100, "type_not_allowed"),
    ("invoice\u202efdp.exe", PDF, "type_not_allowed"),
    ("a.svg", SVG, "type_not_allowed"),
    ("a.html", b"<html>", "type_not_allowed"),
    ("a.doc", OLE2, "type_not_allowed"),
    ("a.zip", DOCX, "type_not_allowed"),
    ("pdf", PDF, "type_not_allowed"),
    (".pdf", PDF, "type_not_allowed"),
    ("a.pdf", SVG, "content_mismatch"),
    ("a.pdf", b"MZ" + b"\0" * 100, "content_mismatch"),
    ("a.pdf", picture("PNG"), "content_mismatch"),
    ("a.jpg", picture("PNG"), "content_mismatch"),
    ("a.png", b"plain text", "content_mismatch"),
    ("a.docx", PDF, "content_mismatch"),
    ("a.docx", OLE2, "content_mismatch"),
    ("a.docx", XLSX, "content_mismatch"),
    ("a.xlsx", packed(**{"readme.txt": "x"}), "content_mismatch"),
    ("a.odt", ODS, "content_mismatch"),
    ("a.odt", DOCX, "content_mismatch"),
    ("a.docx", DOCX[:40], "damaged"),
    ("a.docx", b"PK\x03\x04" + b"\0" * 200, "damaged"),
    ("a.docx", MACROS, "macros"),
]


@pytest.mark.parametrize(("name", "content", "media_type"), ACCEPTED)
def test_a_file_that_is_what_it_says_is_accepted(name: str, content: bytes, media_type: str) -> None:
    assert check_file(content, name=name) == media_type
    assert check_file(content, name=name, content_type="application/octet-stream") == media_type
    assert check_file(content, name=name, content_type=media_type) == media_type


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "content", "code"), REFUSED)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_stored(
    name: str, content: bytes, code: str, own_place: Path
) -> None:
    with pytest.raises(FileRefused) as refusal:
        stored(content, name)
    assert refusal.value.code == code
    assert str(refusal.value.message)
    assert not StoredFile.objects.exists()
    assert list(own_place.rglob("*")) == []


def test_what_the_browser_claims_may_not_contradict_the_content() -> None:
    with pytest.raises(FileRefused) as refusal:
        check_file(PDF, name="a.pdf", content_type="image/png")
    assert refusal.value.code == "content_mismatch"


def test_a_file_may_not_be_too_large_packed_or_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    with override_settings(FILE_MAX_BYTES=20), pytest.raises(FileRefused) as refusal:
        check_file(PDF, name="a.pdf")
    assert refusal.value.code == "too_large"
    monkeypatch.setattr("core.file_archives.MAX_UNPACKED", 5)
    with pytest.raises(FileRefused) as refusal:
        check_file(DOCX, name="a.docx")
    assert refusal.value.code == "too_large"


# --- storing --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_file_lies_under_its_hash_and_its_row_says_whose_it_is(own_place: Path) -> None:
    upload = SimpleUploadedFile("../แผน.pdf", PDF, "application/pdf")
    file = store_file(
        upload, name="../แผน.pdf", content_type=upload.content_type, root=some_record(), kind="plan", by=Somebody()
    )

    assert file.path == f"{file.sha256[:2]}/{file.sha256[2:4]}/{file.sha256}"
    assert (own_place / file.path).read_bytes() == PDF
    assert (file.name, file.size, file.content_type) == ("แผน.pdf", len(PDF), "application/pdf")
    assert (file.root_type, file.root_id, file.kind) == ("core.counter", some_record().pk, "plan")
    assert (file.uploaded_by_id, file.public) == (7, False)
    assert files.is_intact(file)
    (own_place / file.path).write_bytes(b"changed")
    assert not files.is_intact(file)


@pytest.mark.django_db
def test_the_same_content_is_stored_once_and_listed_for_each_use(own_place: Path) -> None:
    first, second = stored(name="a.pdf"), stored(name="b.pdf")
    assert first.path == second.path
    assert [path for path in own_place.rglob("*") if path.is_file()] == [own_place / first.path]
    assert list(files.files_of(some_record(), "evidence")) == [first, second]
    assert not files.files_of(some_record(), "other").exists()


@pytest.mark.django_db
def test_a_file_broken_off_while_written_is_not_taken_for_the_whole(own_place: Path) -> None:
    first = stored()
    (own_place / first.path).write_bytes(PDF[:5])
    second = stored()
    assert files.is_intact(second)


# --- handing out ----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_nobody_reads_a_file_without_a_rule_that_says_so() -> None:
    file = stored()
    assert not can_read(file, Somebody())
    files.register_access("core.Counter", lambda file, actor: actor is not None and actor.organisation_id == 3)
    assert can_read(file, Somebody())
    assert not can_read(file, Somebody(organisation_id=4))
    assert not can_read(file, None)
    files.register_access("core.counter", lambda file, actor: "yes")
    assert not can_read(file, Somebody()), "only True is yes"
    assert can_read(stored(public=True), None)


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_a_download_is_an_attachment_that_no_browser_will_run(rf: RequestFactory) -> None:
    files.register_access("core.counter", lambda file, actor: True)
    request = rf.get("/")
    request.actor = Somebody()
    response = files_views.file_download(request, stored(name="แผน ๑.pdf").pk)
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert "sandbox" in response["Content-Security-Policy"]


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_a_strangers_answer_is_the_same_as_for_a_file_that_is_not_there(rf: RequestFactory) -> None:
    file, request = stored(), rf.get("/")
    request.actor = SimpleNamespace(user_id=None, organisation_id=None, organisation_name=None)
    for view, pk in (
        (files_views.file_download, file.pk),
        (files_views.file_download, file.pk + 1),
        (files_views.public_file_download, file.pk),
    ):
        with pytest.raises(Http404):
            view(request, pk)
    public = stored(public=True)
    assert (file.get_absolute_url(), public.get_absolute_url()) == (f"/files/{file.pk}/", f"/files/public/{public.pk}/")
    assert files_views.public_file_download(request, public.pk).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
def test_a_file_whose_bytes_are_lost_is_not_found_either(rf: RequestFactory, own_place: Path) -> None:
    file, request = stored(public=True), rf.get("/")
    (own_place / file.path).unlink()
    with pytest.raises(Http404):
        files_views.public_file_download(request, file.pk)


def test_files_are_only_read(client: Client, rf: RequestFactory) -> None:
    assert files_views.file_download(rf.post("/"), 1).status_code == 405
