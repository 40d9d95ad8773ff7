"""Documents made from the records: what is frozen is what is printed, and a signed one is made once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from agreements.actions.texts import current_text, store_signed_pdf
from agreements.documents import build as build_module
from agreements.documents.build import build_agreement, called, lines
from agreements.documents.payload import AgreementDocument, from_json, sha256_of
from agreements.documents.signed import signed_document
from agreements.models import Agreement, Decision
from core.pdf import PdfError
from evaluations.documents import build_evaluation_document, is_draft
from tests.documents.reading import normal, page_texts
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(cast) -> Agreement:
    """A PBC contract that both sides have signed on screen."""
    return World(cast).agreement("pbc", at="pbc_5_first_instalment")


def test_the_frozen_text_prints_with_its_own_hash_and_who_signed(signed: Agreement) -> None:
    text = current_text(signed)
    printed = signed_document(text)
    assert sha256_of(printed) == text.sha256 == sha256_of(from_json(AgreementDocument, text.content))
    assert [block.signed.method for block in printed.signatures] == ["ลงนามบนระบบ"] * 2
    assert [block.signed.name for block in printed.signatures] == ["นายผู้บริหาร หน่วยงาน", "นายผู้แทน ภาคี"]
    assert printed.signed_on is not None
    assert printed.number == signed.number != ""


def test_records_fill_the_document(signed: Agreement) -> None:
    doc = build_agreement(signed)
    assert doc.heading == "สัญญาข้อตกลง"
    assert [party.called for party in doc.parties] == ["ผู้มอบภารกิจ", "ผู้รับมอบภารกิจ"]
    assert doc.parties[0].authority == "คำสั่งมอบอำนาจ ที่ 1/2569"
    assert [witness.name for witness in doc.signatures[0].witnesses] == ["นายพยาน หนึ่ง", "นางพยาน สอง"]
    assert [row.amount for row in doc.instalments] == [450000, 450000]
    assert sum(row.amount for row in doc.budget) == signed.total
    assert [row.weight for row in doc.indicators] == [60, 40]
    assert doc.activities[1].months[0] == "2026-12"
    assert doc.activities[1].months[-1] == "2027-09"


def test_a_signed_document_is_stored_once_and_served_as_stored(signed: Agreement, tmp_path: Path, settings) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
    first, second = tmp_path / "first.pdf", tmp_path / "second.pdf"
    call_command("render_document", "mou", signed.reference, str(first))
    text = current_text(signed)
    assert text.signed_pdf_id is not None
    Agreement.objects.filter(pk=signed.pk).update(title="ชื่อที่เปลี่ยนภายหลัง")
    call_command("render_document", "mou", signed.reference, str(second))
    assert first.read_bytes() == second.read_bytes()
    assert store_signed_pdf.call(text.pk) is False
    pages = page_texts(first.read_bytes())
    assert all(text.sha256 in page for page in pages)
    assert not any("ร่าง" in page for page in pages)


def test_what_is_not_signed_is_a_draft(cast, tmp_path: Path) -> None:
    agreement = World(cast).born("grant")
    out = tmp_path / "draft.pdf"
    call_command("render_document", "mou", agreement.reference, str(out))
    assert all("ร่าง" in page for page in page_texts(out.read_bytes()))
    assert current_text(agreement) is None


def test_the_report_shows_the_rounds_and_is_a_draft_until_accepted(cast, tmp_path: Path) -> None:
    world = World(cast)
    agreement = world.agreement("pbc", at="pbc_6_midterm_evaluation")
    evaluation_round = world.open_round(agreement)
    assert is_draft(agreement)
    assert is_draft(evaluation_round)
    doc = build_evaluation_document(evaluation_round)
    (block,) = doc.rounds
    assert block.verdict == "อยู่ระหว่างการประเมิน"
    assert [finding.kind for finding in block.findings] == ["ภายใน", "ภายนอก"]
    assert [row.progress for row in block.indicators] == [50, -800]
    assert doc.money.paid == 450000
    out = tmp_path / "report.pdf"
    call_command("render_document", "evaluation_report", agreement.reference, str(out))
    pages = page_texts(out.read_bytes())
    assert all("ร่าง" in page for page in pages)
    assert normal("ดำเนินงานได้ตามแผน") in "".join(pages)


def test_what_an_indicator_did_not_report_stays_unknown(cast) -> None:
    world = World(cast)
    agreement = world.agreement("pbc", at="pbc_6_midterm_evaluation")
    evaluation_round = world.open_round(agreement)
    evaluation_round.results.all().delete()
    (block,) = build_evaluation_document(evaluation_round).rounds
    assert {(row.actual, row.progress) for row in block.indicators} == {(None, None)}
    assert block.reported == 0


def test_the_list_names_every_document(signed: Agreement, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("render_document", "--list")
    memos = [f"memo {pk}" for pk in Decision.objects.order_by("pk").values_list("pk", flat=True)]
    call = signed.call.reference
    every = {*memos, f"mou {signed.reference}", f"call {call}", f"minutes {call}"}
    assert set(capsys.readouterr().out.splitlines()) == every


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("poem", "X", "out.pdf"), "Unknown kind"),
        (("mou", "NONE-1", "out.pdf"), "There is no mou"),
        (("mou",), "Give KIND REFERENCE OUTFILE"),
    ],
)
def test_a_wrong_call_of_the_command_is_answered_in_one_sentence(arguments: tuple[str, ...], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("render_document", *arguments)


def test_missing_libraries_are_one_plain_sentence(signed: Agreement, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*args: object, **kwargs: object) -> bytes:
        raise PdfError("PDF documents need system packages: apt-get install libpango-1.0-0")

    monkeypatch.setattr("agreements.documents.render.render_pdf", missing)
    with pytest.raises(CommandError, match="apt-get install"):
        call_command("render_document", "mou", signed.reference, "never.pdf")


@pytest.mark.parametrize(
    ("typed", "items"),
    [
        ("1. ข้อแรก\n2) ข้อสอง\n(3) ข้อสาม\n", ("ข้อแรก", "ข้อสอง", "ข้อสาม")),
        ("- ก\n• ข\n\n  ๑.๒. ค", ("ก", "ข", "ค")),
        ("200 คน ได้รับการดูแล", ("200 คน ได้รับการดูแล",)),
        ("", ()),
    ],
)
def test_numbers_typed_before_items_are_left_out(typed: str, items: tuple[str, ...]) -> None:
    assert lines(typed) == items


def test_the_sides_have_the_words_of_their_form() -> None:
    assert called("receiver", "pbc") == "ผู้รับมอบภารกิจ"
    assert called("receiver", "commissioning") == "ภาคีหุ้นส่วน"
    assert called("supporter", "grant") == "ฝ่ายสนับสนุน"


def test_months_of_the_plan_are_counted_from_the_start() -> None:
    row = SimpleNamespace(month_from=3, month_to=5)
    assert build_module._months(row, date(2025, 10, 15)) == ("2025-12", "2026-01", "2026-02")
    assert build_module._months(row, None) == ()
