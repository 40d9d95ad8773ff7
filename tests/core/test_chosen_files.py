"""A file that came well with a form that was refused: the page asks for it again by name (the browser's part is a journey)."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.utils.translation import override

from core.forms import HouseForm, RowForm, ThaiTextField, UploadField, house_formset
from core.views import put_into_form
from core.workflow import NotNow
from tests.pdfs import PDF

DRAWN = Template("{% load ui %}{% house_form form %}")
ASKED = "โปรดเลือกไฟล์ ใบเสร็จ.pdf อีกครั้ง"


class LetterForm(HouseForm):
    title = ThaiTextField(label="Title")
    scan = UploadField(label="Scan", required=False)


class LetterRow(RowForm):
    title = ThaiTextField(label="Title")
    scan = UploadField(label="Scan", required=False)


def receipt(content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile("ใบเสร็จ.pdf", content)


def drawn(form: Any) -> str:
    with override("th"):
        return DRAWN.render(Context({"form": form}))


def test_a_file_received_with_a_refused_field_is_asked_for_by_name() -> None:
    form = LetterForm({"title": ""}, {"scan": receipt()})
    assert not form.is_valid()
    text = drawn(form)
    assert ASKED in text and 'data-file-again="id_scan"' in text
    assert "ไฟล์ ใบเสร็จ.pdf ยังเลือกไว้อยู่" in text, "what the browser says once it has chosen it again"


def test_also_where_the_door_refused() -> None:
    form = LetterForm({"title": "หนังสือ"}, {"scan": receipt()})
    assert form.is_valid()
    put_into_form(form, NotNow("ยังไม่ถึงเวลา"))
    assert ASKED in drawn(form)


@pytest.mark.parametrize("upload", [None, receipt(b"MZ")])
def test_not_a_file_that_was_refused_itself_or_never_came(upload: Any) -> None:
    form = LetterForm({"title": ""}, {"scan": upload} if upload else {})
    assert not form.is_valid()
    assert "data-file-again" not in drawn(form)


def test_not_on_a_form_that_is_opened() -> None:
    assert "data-file-again" not in drawn(LetterForm())


def test_the_name_is_text_whatever_it_is() -> None:
    form = LetterForm({"title": ""}, {"scan": SimpleUploadedFile('"><b>.pdf', PDF)})
    assert not form.is_valid()
    assert "<b>" not in drawn(form)


def test_each_row_asks_for_its_own() -> None:
    rows = house_formset(LetterRow, extra=0)
    sent = {"form-TOTAL_FORMS": 2, "form-INITIAL_FORMS": 0, "form-0-title": "", "form-1-title": ""}
    formset = rows(sent, {"form-1-scan": receipt()})
    assert not formset.is_valid()
    with override("th"):
        text = Template("{% load ui %}{% house_formset formset %}").render(Context({"formset": formset}))
    assert text.count(ASKED) == 1 and 'data-file-again="id_form-1-scan"' in text
