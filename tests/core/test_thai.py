"""Thai dates, numerals, fiscal years and baht in words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal as D

import pytest
from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from core import thai

LEAP_DAY = dt.date(2024, 2, 29)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("29/02/2567", LEAP_DAY),
        ("29-2-2567", LEAP_DAY),
        ("29.02.2567", LEAP_DAY),
        ("2567-02-29", LEAP_DAY),
        ("29 ก.พ. 2567", LEAP_DAY),
        ("29 กพ 2567", LEAP_DAY),
        ("29ก.พ.2567", LEAP_DAY),
        ("29 กุมภาพันธ์ 2567", LEAP_DAY),
        ("29 กุมภาพันธ์ พ.ศ. 2567", LEAP_DAY),
        ("29 กุมภาพันธ์ พ.ศ.2567", LEAP_DAY),
        ("วันที่ ๒๙ เดือน กุมภาพันธ์ พ.ศ. ๒๕๖๗", LEAP_DAY),
        ("๒๙/๐๒/๒๕๖๗", LEAP_DAY),
        ("  29  ก.พ.   2567 ", LEAP_DAY),
        ("29\u00a0ก.พ.\u00a02567", LEAP_DAY),
        ("29 February 2567", LEAP_DAY),
        ("1 ต.ค. 2568", dt.date(2025, 10, 1)),
        ("31/12/2568", dt.date(2025, 12, 31)),
    ],
)
def test_a_date_typed_in_the_buddhist_era_is_read(typed: str, read: dt.date) -> None:
    assert thai.parse_be_date(typed) == read


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("29/02/2568", "nonexistent"),
        ("29 ก.พ. 2568", "nonexistent"),
        ("2568-02-29", "nonexistent"),
        ("31/04/2568", "nonexistent"),
        ("1/13/2568", "nonexistent"),
        ("0/1/2568", "nonexistent"),
        ("01/10/2025", "ce_year"),
        ("2025-10-01", "ce_year"),
        ("1 ต.ค. 68", "short_year"),
        ("1/10/3568", "year"),
        ("1 ตรว. 2568", "format"),
        ("เมื่อวาน", "format"),
        ("", "format"),
        ("1/10/2568 10:00", "format"),
        ("1/10/25680", "format"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_with_its_reason(typed: str, code: str) -> None:
    with pytest.raises(thai.ThaiDateError) as refused:
        thai.parse_be_date(typed)
    assert refused.value.code == code


def test_the_english_interface_may_type_the_common_era() -> None:
    assert thai.parse_be_date("1 October 2025", accept_ce=True) == dt.date(2025, 10, 1)
    assert thai.parse_be_date("1 October 2568", accept_ce=True) == dt.date(2025, 10, 1)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31)), st.sampled_from(["short", "long", "official"]))
def test_every_way_of_writing_a_date_reads_back(day: dt.date, style: str) -> None:
    written = {"short": thai.short_date, "long": thai.long_date, "official": thai.official_date}[style](day)
    assert thai.parse_be_date(written) == day


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2025, 9, 30), 2568),
        (dt.date(2025, 10, 1), 2569),
        (dt.date(2025, 12, 31), 2569),
        (dt.date(2026, 1, 1), 2569),
    ],
)
def test_the_fiscal_year_begins_on_1_october(day: dt.date, year: int) -> None:
    assert thai.fiscal_year(day) == year
    first, last = thai.fiscal_year_bounds(year)
    assert first <= day <= last


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "ศูนย์บาทถ้วน"),
        ("1", "หนึ่งบาทถ้วน"),
        ("10", "สิบบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("20", "ยี่สิบบาทถ้วน"),
        ("21", "ยี่สิบเอ็ดบาทถ้วน"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("2400000.50", "สองล้านสี่แสนบาทห้าสิบสตางค์"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("0.25", "ยี่สิบห้าสตางค์"),
        ("1.01", "หนึ่งบาทหนึ่งสตางค์"),
        ("99.995", "หนึ่งร้อยบาทถ้วน"),
    ],
)
def test_baht_in_words(amount: str, words: str) -> None:
    assert thai.baht_words(D(amount)) == words


def test_words_refuse_a_negative_amount_and_money_refuses_a_float() -> None:
    with pytest.raises(ValueError, match="negative"):
        thai.baht_words(D("-0.01"))
    with pytest.raises(TypeError):
        thai.baht(1.5)  # type: ignore[arg-type]


@given(st.decimals(D("-999999999999.99"), D("999999999999.99"), places=2))
def test_a_sum_of_baht_reads_back(amount: D) -> None:
    assert D(thai.baht(amount).replace(",", "")) == amount


@given(st.text())
def test_numerals_turned_thai_and_back_are_what_they_were(text: str) -> None:
    plain = thai.arabic_digits(text)
    assert thai.arabic_digits(thai.thai_digits(plain)) == plain


@given(st.integers(0, 10**13))
def test_a_whole_number_in_thai_numerals_has_no_arabic_one(number: int) -> None:
    assert not set(thai.thai_digits(number)) & set("0123456789")


def test_official_text_keeps_codes_and_addresses_in_arabic_numerals() -> None:
    text = thai.official_text("ข้อ 1 อ้างถึง PBC-2569-0002 และ https://opdc.go.th/12 จำนวน 40 หลัง ต่าง ๆ")
    assert text == "ข้อ ๑ อ้างถึง PBC-2569-0002 และ https://opdc.go.th/12 จำนวน ๔๐ หลัง ต่าง\u00a0ๆ"


@given(st.text(alphabet="ข้อพศ.ที่วันบาท 012๓๔,/ กอารยสถาปัตย์"))
def test_pieces_that_must_not_break_make_up_the_whole_text(text: str) -> None:
    assert "".join(piece for piece, _ in thai.unbroken(text)) == text


def _show(source: str, language: str, **values: object) -> str:
    with translation.override(language):
        return Template("{% load thai %}" + source).render(Context(values))


def test_filters_follow_the_language_of_the_interface() -> None:
    day = dt.date(2025, 10, 1)
    assert _show("{{ d|be_date }}", "th", d=day) == "1 ตุลาคม 2568"
    assert _show("{{ d|be_date:'short' }}", "th", d=day) == "1 ต.ค. 2568"
    assert _show("{{ d|be_date:'official' }}", "th", d=day) == "วันที่ ๑ เดือน ตุลาคม พ.ศ. ๒๕๖๘"
    assert _show("{{ d|be_date }}", "en", d=day) == "1 October 2025"
    assert _show("{{ d|be_date:'short' }}", "en", d=day) == "1 Oct 2025"
    assert _show("{{ d|fiscal_year }}", "th", d=day) == "2569"
    assert _show("{{ d|fiscal_year }}", "en", d=day) == "2026"


def test_a_moment_is_shown_in_bangkok() -> None:
    late = dt.datetime(2025, 9, 30, 18, 5, tzinfo=dt.UTC)
    with timezone.override("Asia/Bangkok"):
        assert _show("{{ d|be_datetime }}", "th", d=late) == "1 ต.ค. 2568 เวลา 01:05 น."
        assert _show("{{ d|be_datetime }}", "en", d=late) == "1 Oct 2025, 01:05"
        assert _show("{{ d|be_second }}", "th", d=late) == f"1 ต.ค. 2568 เวลา 01:05:{late:%S} น."


def test_nothing_is_shown_for_nothing_and_text_is_escaped() -> None:
    source = "[{{ n|be_date }}{{ n|be_datetime }}{{ n|baht }}{{ n|baht_words }}{{ n|fiscal_year }}{{ n|official }}]"
    assert _show(source, "th", n=None) == "[]"
    assert "<b>" not in _show("{{ n|official }}", "th", n="<b>ข้อ 1</b>")
