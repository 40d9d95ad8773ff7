"""Virus scanning: asked over a real socket where it is configured, said openly where it is not."""

from __future__ import annotations

import io
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, transaction
from django.test import RequestFactory
from django.utils.translation import override

from core import files_views, settings_history
from core.checks import check_scanner_address
from core.file_scan import ACCEPT, WHEN_UNREACHABLE
from core.files import FileRefused, check_file, store_file
from core.form_fields import UploadField
from core.models import ScanState, SecurityEvent, StoredFile
from core.templatetags.ui import file_link, file_list
from tests.core.cast import Somebody, some_record
from tests.core.clamd import EICAR, clamd
from tests.pdfs import PDF

pytestmark = pytest.mark.django_db


def infected() -> bytes:
    """A document like any other, in which the virus lies unpacked."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/media/note.txt", EICAR)
    return out.getvalue()


@pytest.fixture(autouse=True)
def own_place(tmp_path: Path, settings: Any) -> Iterator[Path]:
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "files")},
        },
    }
    settings.CLAMAV_TIMEOUT = 5
    yield tmp_path


@pytest.fixture
def scanner(settings: Any) -> Iterator[Any]:
    with clamd() as server:
        settings.CLAMAV_ADDRESS = server.address
        yield server


@pytest.fixture
def dead_scanner(settings: Any) -> str:
    """An address where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        settings.CLAMAV_ADDRESS = f"tcp://127.0.0.1:{probe.getsockname()[1]}"
    return settings.CLAMAV_ADDRESS


def stored(content: Any = PDF, name: str = "แผน.pdf", by: Any = Somebody()) -> StoredFile:  # noqa: B008 - frozen
    return store_file(content, name=name, root=some_record(), kind="evidence", by=by)


# --- with a scanner


def test_a_clean_file_is_kept_with_the_verdict(scanner: Any) -> None:
    file = stored()
    assert (file.scan_state, file.scanner) == (ScanState.CLEAN, "ClamAV 1.4.3/27800/Thu Nov 26 09:00:00 2026")
    assert file.scanned_at is not None
    assert scanner.scanned == [PDF]


def test_a_socket_of_the_machine_serves_as_well(own_place: Path, settings: Any) -> None:
    with clamd(own_place / "clamd.ctl") as server:
        settings.CLAMAV_ADDRESS = server.address
        assert stored().scan_state == ScanState.CLEAN


@pytest.mark.usefixtures("scanner")
def test_an_infected_file_is_refused_and_noted_and_nothing_is_kept(own_place: Path) -> None:
    with override("th"), pytest.raises(FileRefused, match="พบไวรัสในไฟล์นี้") as refusal:
        stored(infected(), "a.docx")
    assert refusal.value.code == "infected"
    assert not StoredFile.objects.exists()
    assert not list((own_place / "files").rglob("*"))
    event = SecurityEvent.objects.get(kind="file_infected")
    assert event.detail == "Eicar-Signature"


def test_a_form_says_it_at_the_field_and_the_action_does_not_ask_again(scanner: Any) -> None:
    upload = SimpleUploadedFile("แผน.pdf", PDF, "application/pdf")
    UploadField().clean(upload)
    stored(upload)
    assert scanner.commands.count(b"nINSTREAM") == 1
    with pytest.raises(ValidationError) as error:
        UploadField().clean(SimpleUploadedFile("a.docx", infected(), ""))
    assert error.value.code == "infected"


def test_what_the_system_makes_itself_is_not_asked_about(scanner: Any) -> None:
    file = stored(by=None)
    assert (file.scan_state, scanner.commands) == (ScanState.MADE_HERE, [])


# --- without one, or with one that does not answer


def test_without_a_scanner_a_file_counts_as_not_scanned() -> None:
    file = stored()
    assert (file.scan_state, file.scanner, file.scanned_at) == (ScanState.NOT_SCANNED, "", None)


@pytest.mark.usefixtures("dead_scanner")
def test_a_scanner_that_cannot_be_reached_lets_nothing_in_and_says_so_politely() -> None:
    with override("th"), pytest.raises(FileRefused, match="โปรดลองอีกครั้ง") as refusal:
        stored()
    assert refusal.value.code == "scanner_unreachable"
    assert not StoredFile.objects.exists()


@pytest.mark.usefixtures("dead_scanner")
def test_opdc_can_let_files_in_while_the_scanner_is_away() -> None:
    settings_history.change_setting(key=WHEN_UNREACHABLE, value=ACCEPT, by=Somebody(), reason="วันปิดรับ")
    assert stored().scan_state == ScanState.NOT_SCANNED


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\n", b"stream: broken ERROR\n", b"what?\n", b""]
)
def test_an_answer_that_is_no_verdict_is_none(answer: bytes, settings: Any) -> None:
    with clamd(answer=answer) as server:
        settings.CLAMAV_ADDRESS = server.address
        with pytest.raises(FileRefused) as refusal:
            check_file(PDF, name="a.pdf")
    assert refusal.value.code == "scanner_unreachable"


def test_a_scanner_that_says_nothing_is_not_waited_for_forever(settings: Any) -> None:
    settings.CLAMAV_TIMEOUT = 0.2
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.CLAMAV_ADDRESS = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(FileRefused) as refusal:
            check_file(PDF, name="a.pdf")
    assert refusal.value.code == "scanner_unreachable"


@pytest.mark.parametrize(
    ("address", "problems"),
    [("", 0), ("tcp://clamd:3310", 0), ("unix:///run/clamd.ctl", 0), ("localhost:3310", 1), ("http://x", 1)],
)
def test_an_address_that_cannot_be_read_is_found_by_the_check(address: str, problems: int, settings: Any) -> None:
    settings.CLAMAV_ADDRESS = address
    assert len(check_scanner_address()) == problems


# --- scanning later


def test_files_taken_in_before_are_scanned_later_and_infected_ones_held_back(settings: Any, rf: RequestFactory) -> None:
    clean, bad, same = stored(), stored(infected(), "a.docx"), stored(infected(), "b.docx")
    bad.public = True
    bad.save()
    with clamd() as server:
        settings.CLAMAV_ADDRESS = server.address
        with pytest.raises(CommandError, match="Infected"):
            call_command("scan_files")
        assert len(server.scanned) == 2, "each content once"
        call_command("scan_files")
        assert len(server.scanned) == 2, "what has a verdict is not asked about again"
        call_command("scan_files", "--again")
        assert len(server.scanned) == 3
    states = dict(StoredFile.objects.values_list("pk", "scan_state"))
    assert states == {clean.pk: ScanState.CLEAN, bad.pk: ScanState.INFECTED, same.pk: ScanState.INFECTED}
    assert SecurityEvent.objects.filter(kind="file_infected").count() == 1
    request = rf.get("/")
    with pytest.raises(PermissionDenied):
        files_views.public_file_download(request, bad.pk)


def test_without_a_scanner_the_command_says_so() -> None:
    with pytest.raises(CommandError, match="CLAMAV_ADDRESS"):
        call_command("scan_files")


def test_a_verdict_always_has_its_time() -> None:
    file = stored()
    for state in (ScanState.CLEAN, ScanState.INFECTED):
        with pytest.raises(IntegrityError), transaction.atomic():
            StoredFile.objects.filter(pk=file.pk).update(scan_state=state)


# --- said beside the file


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (ScanState.NOT_SCANNED, "ยังไม่ได้ตรวจไวรัส"),
        (ScanState.INFECTED, "พบไวรัส"),
        (ScanState.CLEAN, ""),
        (ScanState.MADE_HERE, ""),
    ],
)
def test_lists_and_links_say_what_is_not_scanned(state: str, words: str) -> None:
    file = stored()
    file.scan_state = state
    with override("th"):
        link = str(file_link(file))
        row = file_list([{"name": "a.pdf", "url": "/x/", "scan": state}])["rows"][0]
    assert "แผน.pdf" in link
    assert (words in link) if words else ("ไวรัส" not in link)
    assert (words in str(row["scan"])) if words else (row["scan"] == "")
