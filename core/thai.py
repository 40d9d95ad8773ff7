"""Thai dates, numerals, fiscal years and baht in words.

Dates are stored in the Common Era and shown and typed in the Buddhist Era (CE + 543).
Nothing here knows the domain or the database.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

BE_OFFSET = 543
SATANG = Decimal("0.01")
END_OF_DAY = (dt.time(23, 59, 59), dt.time.max)  # the last moment of terms that are counted in days

MONTHS_TH = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
MONTHS_TH_SHORT = (
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
)  # fmt: skip
MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans("0123456789", THAI_DIGITS)
_TO_ARABIC = str.maketrans(THAI_DIGITS, "0123456789")

# A year in these ranges tells by itself which era was meant; anything else is refused.
_BE_YEARS = range(2400, 2700)
_CE_YEARS = range(1857, 2157)


class ThaiDateError(ValueError):
    """A typed date that cannot be read. ``code`` says why, for the form's message:

    ``format`` not a date; ``short_year`` year of one to three digits; ``ce_year`` a Common
    Era year where the Buddhist Era is wanted; ``year`` a year of no era we know;
    ``nonexistent`` no such day in the calendar (29 ก.พ. 2568).
    """

    def __init__(self, code: str, text: str) -> None:
        super().__init__(f"{code}: {text!r}")
        self.code = code
        self.text = text


def thai_digits(value: object) -> str:
    """``value`` as text with every Arabic digit turned into a Thai one."""
    return str(value).translate(_TO_THAI)


def arabic_digits(value: object) -> str:
    """``value`` as text with every Thai digit turned into an Arabic one."""
    return str(value).translate(_TO_ARABIC)


_CODE = re.compile(r"[A-Za-z0-9@_./:#%+\-]*[A-Za-z][A-Za-z0-9@_./:#%+\-]*")
# Words that belong to the number beside them: a line never ends between the two.
_BEFORE = r"ข้อ|มาตรา|พ\.ศ\.|วันที่|งวดที่|รอบที่|ระยะที่|เลขที่|ที่|ร้อยละ"
_AFTER = "บาท|เดือน|วัน|ปี|ฉบับ|คน|แห่ง|งวด|รอบ|ครั้ง|ชุด|หลัง|ระบบ|ตัวชี้วัด|น\\.|" + "|".join(MONTHS_TH)
_GLUED = re.compile(
    rf"(?:(?P<before>{_BEFORE})[ \u00a0])?(?P<number>[๐-๙][๐-๙,./]*)(?:[ \u00a0](?P<after>{_AFTER}))?"
    # libthai's dictionary lacks these and would break inside them
    r"|(?P<word>อารยสถาปัตย์|ผู้สูงอายุ)"
)


def official_text(value: object) -> str:
    """Text as an official document prints it: Thai numerals (codes, addresses and references in
    Latin letters keep theirs) and no line break before ๆ."""
    parts, end = [], 0
    text = str(value)
    for code in _CODE.finditer(text):
        parts += [thai_digits(text[end : code.start()]), code[0]]
        end = code.end()
    printed = "".join(parts) + thai_digits(text[end:])
    return printed.replace(" ๆ", "\u00a0ๆ")


def unbroken(text: str) -> Iterator[tuple[str, bool]]:
    """Pieces of an official text in order, and of each whether a line may not end inside it:
    a number with its unit or its ``พ.ศ.``, and the words libthai does not know."""
    end = 0
    for match in _GLUED.finditer(text):
        yield text[end : match.start()], False
        yield match[0], bool(match["before"] or match["after"] or match["word"])
        end = match.end()
    yield text[end:], False


def be_year(value: dt.date) -> int:
    """Buddhist Era year of a date."""
    return value.year + BE_OFFSET


def fiscal_year(value: dt.date) -> int:
    """Fiscal year (Buddhist Era) a date falls in; it begins on 1 October of the year before."""
    return be_year(value) + (1 if value.month >= 10 else 0)


def fiscal_year_bounds(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of a fiscal year given in the Buddhist Era."""
    common = year - BE_OFFSET
    return dt.date(common - 1, 10, 1), dt.date(common, 9, 30)


def short_date(value: dt.date) -> str:
    """``1 ต.ค. 2568``: lists and tables on screen."""
    return f"{value.day} {MONTHS_TH_SHORT[value.month - 1]} {be_year(value)}"


def long_date(value: dt.date) -> str:
    """``1 ตุลาคม 2568``: running text on screen."""
    return f"{value.day} {MONTHS_TH[value.month - 1]} {be_year(value)}"


def official_date(value: dt.date) -> str:
    """``วันที่ ๑ เดือน ตุลาคม พ.ศ. ๒๕๖๘``: the head of an official document."""
    month = MONTHS_TH[value.month - 1]
    return thai_digits(f"วันที่ {value.day} เดือน {month} พ.ศ. {be_year(value)}")


def english_date(value: dt.date, *, short: bool = False) -> str:
    """``1 October 2025`` or ``1 Oct 2025``, Common Era, for the English interface."""
    month = MONTHS_EN[value.month - 1]
    return f"{value.day} {month[:3] if short else month} {value.year}"


def clock_time(value: dt.datetime | dt.time, *, point: str = ":") -> str:
    """``16:30``, on paper ``16.30`` (`point`); the last moment of a day is told as its end, ``24:00``.

    What may be done until then may be done in the day's last minute too, which 23:59 would leave in doubt.
    """
    local = value.time() if isinstance(value, dt.datetime) else value
    return f"24{point}00" if local in END_OF_DAY else f"{local:%H}{point}{local:%M}"


def _month_key(name: str) -> str:
    return re.sub(r"[.\s]", "", name).lower()


_MONTH_NUMBERS = {
    _month_key(name): number
    for names in (MONTHS_TH, MONTHS_TH_SHORT, MONTHS_EN, [m[:3] for m in MONTHS_EN])
    for number, name in enumerate(names, 1)
}
_NUMERIC = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NAMED = re.compile(
    r"(?:วันที่\s*)?(\d{1,2})\s*(?:เดือน\s*)?([^\d\s/\-][^\d/\-]*?)\s*(?:(?:พ\.?\s?ศ\.?|B\.?E\.?)\s*)?(\d{1,4})"
)


def _split(text: str) -> tuple[int, int, int]:
    """Year, month and day as typed, era not yet judged."""
    cleaned = re.sub(r"\s+", " ", arabic_digits(text)).strip()
    if match := _ISO.fullmatch(cleaned):
        year, month, day = (int(part) for part in match.groups())
        return year, month, day
    if match := _NUMERIC.fullmatch(cleaned):
        day, month, year = (int(part) for part in match.groups())
        return year, month, day
    if match := _NAMED.fullmatch(cleaned):
        month = _MONTH_NUMBERS.get(_month_key(match[2]), 0)
        if month:
            return int(match[3]), month, int(match[1])
    raise ThaiDateError("format", text)


def parse_be_date(text: str, *, accept_ce: bool = False) -> dt.date:
    """Read a date typed in the Buddhist Era.

    ``29/02/2567``, ``2567-02-29``, ``29 ก.พ. 2567``, ``29 กุมภาพันธ์ พ.ศ. 2567``,
    ``วันที่ ๒๙ เดือน กุมภาพันธ์ พ.ศ. ๒๕๖๗`` all give 29 February 2024. With ``accept_ce``
    (the English interface) a Common Era year is read as such instead of being refused.
    Raises ThaiDateError; its ``code`` says what is wrong.
    """
    year, month, day = _split(text)
    if year < 1000:
        raise ThaiDateError("short_year", text)
    if year in _BE_YEARS:
        year -= BE_OFFSET
    elif year in _CE_YEARS:
        if not accept_ce:
            raise ThaiDateError("ce_year", text)
    else:
        raise ThaiDateError("year", text)
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ThaiDateError("nonexistent", text) from None


def _satang(amount: Decimal | int) -> Decimal:
    """To whole satang. Floats are refused: they have lost satang before they get here."""
    if isinstance(amount, float):
        raise TypeError("money is Decimal, not float")
    return Decimal(amount).quantize(SATANG, rounding=ROUND_HALF_UP)


def baht(amount: Decimal | int) -> str:
    """``1,234.50``: baht with thousands separators and two places."""
    return f"{_satang(amount):,.2f}"


def baht_words(amount: Decimal | int) -> str:
    """``หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์``: baht in Thai words.

    Raises ValueError for a negative amount: no Thai document states one in words.
    """
    exact = _satang(amount)
    if exact < 0:
        raise ValueError("a negative amount has no words")
    from num2words import num2words

    return num2words(abs(exact), lang="th", to="currency")
