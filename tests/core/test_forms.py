"""Fields read what people type, keep it when they cannot, and say in plain words why."""

import datetime as dt
import io
import zipfile
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.translation import override

from core.forms import (
    BahtField,
    BuddhistDateField,
    HouseForm,
    RowForm,
    ThaiTextField,
    UploadField,
    house_formset,
)
from core.views import put_into_form, run_action, run_move, stamp_of
from core.workflow import AlreadyDone, Missing, NotNow, NotYou, Requirement, Stale, Stamp
from tests.pdfs import PDF
from tests.world import PNG


class ProposalForm(HouseForm):
    title = ThaiTextField(label="Title", max_length=20)
    starts_on = BuddhistDateField(label="Start")
    amount = BahtField(label="Amount")


class ItemForm(RowForm):
    title = ThaiTextField(label="Title")
    amount = BahtField(label="Amount")


Items = house_formset(ItemForm, title="Items", extra=1, min_rows=1, max_rows=3)


class Root:
    """A record with a version, which somebody else may raise."""

    def __init__(self, version: int = 3, now: int = 3) -> None:
        self.version, self.now = version, now

    def refresh_from_db(self) -> None:
        self.version = self.now


def posted(**changes: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update({"title": "โครงการ", "starts_on": "1/10/2569", "amount": "1,250,000.00", "version": "3", "key": "k"})
    data.update(changes)
    return data


# --- dates


@pytest.mark.parametrize(
    "typed", ["1/10/2569", "01-10-2569", "1 ต.ค. 2569", "1 ตุลาคม พ.ศ. 2569", "๑/๑๐/๒๕๖๙", " 1/10/2569 "]
)
def test_a_date_is_read_in_the_buddhist_era(typed: str) -> None:
    assert BuddhistDateField().clean(typed) == dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("29/2/2568", "nonexistent"),
        ("29 ก.พ. 2568", "nonexistent"),
        ("31/4/2569", "nonexistent"),
        ("1/10/2026", "ce_year"),
        ("1/10/69", "short_year"),
        ("1/10/9999", "year"),
        ("next week", "format"),
        ("", "required"),
    ],
)
def test_a_date_that_cannot_be_read_says_why(typed: str, code: str) -> None:
    with override("th"), pytest.raises(ValidationError) as refused:
        BuddhistDateField().clean(typed)
    assert refused.value.code == code


def test_the_english_page_takes_and_shows_the_common_era() -> None:
    with override("en"):
        assert BuddhistDateField().clean("1 Oct 2026") == dt.date(2026, 10, 1)
        assert BuddhistDateField().prepare_value(dt.date(2026, 10, 1)) == "1 Oct 2026"
    with override("th"):
        assert BuddhistDateField().prepare_value(dt.date(2026, 10, 1)) == "1/10/2569"


def test_what_a_date_field_shows_can_be_read_again() -> None:
    for language in ("th", "en"):
        with override(language):
            field = BuddhistDateField()
            assert field.clean(field.prepare_value(dt.date(2028, 2, 29))) == dt.date(2028, 2, 29)


def test_a_date_outside_the_limits_is_refused() -> None:
    field = BuddhistDateField(not_before=dt.date(2026, 10, 1), not_after=dt.date(2027, 9, 30))
    assert field.clean("30/9/2570") == dt.date(2027, 9, 30)
    for typed, code in (("30/9/2569", "too_early"), ("1/10/2570", "too_late")):
        with override("th"), pytest.raises(ValidationError) as refused:
            field.clean(typed)
        assert refused.value.code == code


# --- money


@pytest.mark.parametrize(
    ("typed", "baht"),
    [
        ("1,250,000.50", "1250000.50"),
        ("1250000", "1250000.00"),
        ("๑,๒๐๐", "1200.00"),
        ("500 บาท", "500.00"),
        ("฿500", "500.00"),
        ("0", "0.00"),
        ("10.500", "10.50"),
    ],
)
def test_an_amount_is_read_to_the_satang(typed: str, baht: str) -> None:
    amount = BahtField().clean(typed)
    assert amount == Decimal(baht)
    assert amount.as_tuple().exponent == -2


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("-5", "negative"),
        ("−5", "negative"),
        ("1.005", "decimals"),
        ("1,25", "invalid"),
        ("12,5000", "invalid"),
        ("1e6", "invalid"),
        ("NaN", "invalid"),
        ("Infinity", "invalid"),
        ("ห้าร้อย", "invalid"),
        ("9" * 13, "too_large"),
        ("9" * 60, "too_large"),
        ("", "required"),
    ],
)
def test_an_amount_that_cannot_be_is_refused(typed: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        BahtField().clean(typed)
    assert refused.value.code == code


def test_nothing_typed_is_not_zero() -> None:
    assert BahtField(required=False).clean("") is None


def test_zero_is_refused_where_an_amount_must_be_positive() -> None:
    with pytest.raises(ValidationError) as refused:
        BahtField(positive=True).clean("0.00")
    assert refused.value.code == "too_small"


# --- files


def docx(name: str = "word/document.xml") -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(name, "<document/>")
    return content.getvalue()


@pytest.mark.parametrize(("name", "content"), [("ก.pdf", PDF), ("plan.docx", docx()), ("PHOTO.PNG", PNG)])
def test_a_file_that_is_what_it_says_is_taken(name: str, content: bytes) -> None:
    upload = SimpleUploadedFile(name, content, content_type="application/octet-stream")
    assert UploadField().clean(upload) is upload
    assert upload.read() == content


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("scan.pdf", b"MZ this is a program", "content_mismatch"),
        ("scan.pdf", PNG, "content_mismatch"),
        ("plan.docx", docx("xl/workbook.xml"), "content_mismatch"),
        ("page.html", b"<script>alert(1)</script>", "kind"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        ("scan", PDF, "kind"),
        ("empty.pdf", b"", "empty"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused(name: str, content: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        UploadField().clean(SimpleUploadedFile(name, content))
    assert refused.value.code == code


def test_a_file_too_large_is_refused(settings: Any) -> None:
    settings.FILE_MAX_BYTES = 100
    with pytest.raises(ValidationError) as refused:
        UploadField().clean(SimpleUploadedFile("a.pdf", PDF + b" " * 100))
    assert refused.value.code == "too_large"


# --- text


def test_thai_text_is_stored_in_one_spelling() -> None:
    field = ThaiTextField()
    assert field.clean("นํ้า สํานักงาน เเห่ง\u200bชาติ\x07") == "น้ำ สำนักงาน แห่งชาติ"


def test_text_too_long_is_refused_and_kept() -> None:
    form = ProposalForm(posted(title="ก" * 21), root=Root())
    assert not form.is_valid()
    assert form["title"].value() == "ก" * 21


# --- forms


def test_a_form_carries_the_version_and_a_fresh_key() -> None:
    first, second = ProposalForm(root=Root()), ProposalForm(root=Root())
    assert first["version"].value() == 3
    assert first["key"].value() != second["key"].value()


def test_a_valid_form_gives_stamp_and_facts() -> None:
    form = ProposalForm(posted(), root=Root())
    assert form.is_valid(), form.errors
    assert form.stamp == Stamp(version=3, key="k")
    assert form.facts == {"title": "โครงการ", "starts_on": dt.date(2026, 10, 1), "amount": Decimal("1250000.00")}


@pytest.mark.parametrize("version", ["", "three", None])
def test_a_form_without_the_version_of_its_root_is_refused(version: str | None) -> None:
    data = posted()
    data.pop("version")
    if version is not None:
        data["version"] = version
    form = ProposalForm(data, root=Root())
    assert not form.is_valid()
    assert "version" in form.errors


def test_a_record_that_is_born_needs_no_version() -> None:
    data = posted()
    data.pop("version")
    form = ProposalForm(data)
    assert form.is_valid(), form.errors
    assert form.stamp == Stamp(version=None, key="k")


def test_bad_input_is_kept_as_it_was_typed() -> None:
    form = ProposalForm(posted(starts_on="29 ก.พ. 2568", amount="-5"), root=Root())
    assert not form.is_valid()
    assert form["starts_on"].value() == "29 ก.พ. 2568"
    assert form["amount"].value() == "-5"


# --- rows


def rows(*pairs: tuple[str, str], deleted: int | None = None) -> dict[str, str]:
    data = {"items-TOTAL_FORMS": str(len(pairs)), "items-INITIAL_FORMS": "0"}
    for number, (title, amount) in enumerate(pairs):
        data |= {f"items-{number}-title": title, f"items-{number}-amount": amount}
    if deleted is not None:
        data[f"items-{deleted}-DELETE"] = "on"
    return data


def test_rows_left_empty_or_taken_away_do_not_count() -> None:
    formset = Items(rows(("a", "1"), ("b", "2"), ("", "")) | {"items-1-DELETE": "on"}, prefix="items")
    assert formset.is_valid(), formset.errors
    assert formset.rows == [{"title": "a", "amount": Decimal("1.00")}]


def test_a_half_filled_row_is_refused_at_its_field() -> None:
    formset = Items(rows(("a", "1"), ("b", "")), prefix="items")
    assert not formset.is_valid()
    assert "amount" in formset.forms[1].errors


@pytest.mark.parametrize(
    "data", [rows(("", "")), rows(*[("a", "1")] * 4), {}, {"items-TOTAL_FORMS": "x"}, rows(("a", "1"), deleted=0)]
)
def test_too_few_and_too_many_rows_and_broken_ones_are_refused(data: dict[str, str]) -> None:
    assert not Items(data, prefix="items").is_valid()


# --- refusals of the door


def asked(rf: RequestFactory, **data: str) -> Any:
    request = rf.post("/", data)
    request.actor = SimpleNamespace()
    request._messages = Notes()
    return request


class Notes(list):
    """Messages as a list."""

    def add(self, level: int, message: str, extra_tags: str = "", fail_silently: bool = False) -> None:
        self.append((level, message))


def refusing(refusal: Exception) -> Any:
    def action(**facts: Any) -> None:
        raise refusal

    return action


@pytest.fixture
def form() -> ProposalForm:
    form = ProposalForm(posted(), root=Root(now=4))
    assert form.is_valid()
    return form


def test_an_action_gets_actor_stamp_and_facts(rf: RequestFactory, form: ProposalForm) -> None:
    request = asked(rf)
    seen: dict[str, Any] = {}
    outcome = run_action(request, form, lambda **facts: seen.update(facts) or "made", done="Saved", **form.facts)
    assert outcome.ok
    assert outcome.value == "made"
    assert seen["by"] is request.actor
    assert seen["stamp"] == Stamp(version=3, key="k")
    assert seen["amount"] == Decimal("1250000.00")
    assert [text for _, text in request._messages] == ["Saved"]


def test_stale_keeps_the_input_and_renews_the_version(rf: RequestFactory, form: ProposalForm) -> None:
    outcome = run_action(asked(rf), form, refusing(Stale()), done="Saved")
    assert not outcome.ok
    assert form["version"].value() == "4"
    assert form["title"].value() == "โครงการ"
    assert form.non_field_errors()


def test_missing_lists_the_items(rf: RequestFactory, form: ProposalForm) -> None:
    item = Requirement("plan", "Plan", lambda facts: False, "plan")
    assert not run_action(asked(rf), form, refusing(Missing([item]))).ok
    assert form.missing == [item]


def test_not_now_is_said_on_top_and_not_you_is_403(rf: RequestFactory, form: ProposalForm) -> None:
    assert not run_action(asked(rf), form, refusing(NotNow())).ok
    assert form.non_field_errors()
    with pytest.raises(PermissionDenied):
        run_action(asked(rf), form, refusing(NotYou()))


def test_done_already_counts_as_done(rf: RequestFactory, form: ProposalForm) -> None:
    outcome = run_action(asked(rf), form, refusing(AlreadyDone()), done="Saved")
    assert outcome.ok
    assert outcome.repeated


def test_a_validation_error_goes_to_its_field(form: ProposalForm) -> None:
    put_into_form(form, ValidationError({"amount": "too much", "elsewhere": "odd"}))
    assert form.errors["amount"] == ["too much"]
    assert form.non_field_errors() == ["odd"]


def test_a_button_without_a_stamp_is_stale(rf: RequestFactory) -> None:
    for version in ("", "x", "-1", "๓"):
        with pytest.raises(Stale):
            stamp_of(asked(rf, version=version))
    assert stamp_of(asked(rf, version="3", key="k")) == Stamp(version=3, key="k")


@pytest.mark.parametrize("refusal", [NotNow(), Stale(), AlreadyDone(), Missing([]), ValidationError("no")])
def test_a_refused_move_goes_back_with_a_message(rf: RequestFactory, refusal: Exception) -> None:
    request = asked(rf, version="3", key="k")
    response = run_move(request, refusing(refusal), back="/there/", done="Done")
    assert response.status_code == 302
    assert response["Location"] == "/there/"
    assert len(request._messages) == 1
    assert request._messages[0][1] != "Done"


def test_a_required_choice_asks_for_a_choice() -> None:
    class Chosen(HouseForm):
        kind = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)

    with override("en"):
        assert Chosen({}).errors["kind"] == ["Please choose one."]
