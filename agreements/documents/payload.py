"""What an official document says, as plain data: the canonical text that is frozen, hashed and signed.

No record, no database: a document can be printed again from its JSON alone. Money is Decimal baht
with two places, dates are dates (Common Era), numerals Arabic; the print turns them into Thai.
Fields marked ``OUTSIDE_HASH`` come into being after the text is agreed (who signed when) and are
not part of it.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import types
import typing
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

OUTSIDE_HASH = {"canonical": False}


@dataclass(frozen=True)
class PartyBlock:
    """One party as the opening paragraph introduces it."""

    side: str  # giver | receiver | supporter
    name: str
    called: str  # the word the text uses for this party: ผู้มอบภารกิจ
    representative: str = ""
    position: str = ""
    acting: str = ""  # ปฏิบัติราชการแทน … / รักษาราชการแทน …
    authority: str = ""  # the delegation or order it rests on
    address: str = ""
    logo: str = ""  # data: URI of an image, or nothing


@dataclass(frozen=True)
class Clause:
    """ข้อ n: a heading, paragraphs, then numbered items n.1, n.2 …, then closing paragraphs."""

    heading: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()


@dataclass(frozen=True)
class ActivityRow:
    """One activity of the plan. ``months`` are ``YYYY-MM`` (Common Era)."""

    title: str
    output: str = ""
    responsible: str = ""
    months: tuple[str, ...] = ()
    main: bool = True  # กิจกรรมหลัก, else กิจกรรมย่อย


@dataclass(frozen=True)
class InstalmentRow:
    ordinal: int
    deliverable: str
    amount: Decimal
    due_on: dt.date | None = None
    condition: str = ""


@dataclass(frozen=True)
class IndicatorRow:
    """``weight`` in percent 0-100; a value that is not known is None, never 0."""

    code: str
    statement: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    weight: Decimal | None = None
    source: str = ""


@dataclass(frozen=True)
class BudgetRow:
    source: str  # งบประมาณแผ่นดิน, เงินรายได้ …
    item: str
    amount: Decimal


@dataclass(frozen=True)
class SignatureRecord:
    """That someone has signed, and how."""

    method: str  # ลงนามบนระบบ / ลงนามบนเอกสาร
    signed_on: dt.date
    name: str = ""  # who in fact signed, where it is another person than the text names
    position: str = ""


@dataclass(frozen=True)
class Witness:
    name: str = ""
    position: str = ""


@dataclass(frozen=True)
class SignatureBlock:
    """Where one party signs, with its two witnesses. Empty names print as dotted lines."""

    party: str
    called: str
    key: str = ""  # which party record it is
    name: str = ""
    position: str = ""
    acting: str = ""
    authority: str = ""
    witnesses: tuple[Witness, ...] = (Witness(), Witness())
    signed: SignatureRecord | None = field(default=None, metadata=OUTSIDE_HASH)


@dataclass(frozen=True)
class AgreementDocument:
    """An MOU, a PBC contract or a joint contract: one layout, the form's own title and parts."""

    form: str  # grant | pbc | commissioning
    heading: str  # บันทึกข้อตกลงความร่วมมือ …
    word: str  # how the text speaks of itself: บันทึกข้อตกลง, สัญญา
    subject: str
    reference: str
    number: str
    made_at: str
    made_on: dt.date | None
    parties: tuple[PartyBlock, ...]
    rationale: tuple[str, ...]
    clauses: tuple[Clause, ...]
    closing: str  # ทำขึ้นเป็น n ฉบับ …: printed after the last clause, before the signatures
    starts_on: dt.date | None
    ends_on: dt.date | None
    total: Decimal
    signatures: tuple[SignatureBlock, ...]
    activities: tuple[ActivityRow, ...] = ()
    instalments: tuple[InstalmentRow, ...] = ()
    indicators: tuple[IndicatorRow, ...] = ()
    budget: tuple[BudgetRow, ...] = ()
    note: str = ""  # e.g. ข้อมูลสมมติ
    version: int = 1
    schema: int = 1
    signed_on: dt.date | None = field(default=None, metadata=OUTSIDE_HASH)  # the last signature


@dataclass(frozen=True)
class Finding:
    """What one assessment, internal or external, found."""

    kind: str  # ภายใน / ภายนอก
    assessor: str
    summary: str
    assessed_on: dt.date | None = None


@dataclass(frozen=True)
class SiteVisit:
    visited_on: dt.date
    place: str
    visitors: str = ""
    findings: str = ""


@dataclass(frozen=True)
class IndicatorResult:
    """``progress`` in percent, 100 = target met; None = not reported."""

    code: str
    statement: str
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    actual: Decimal | None = None
    progress: Decimal | None = None
    weight: Decimal | None = None


@dataclass(frozen=True)
class RoundBlock:
    """One evaluation round: mid-term (of an instalment) or final."""

    title: str
    verdict: str
    held_on: dt.date | None = None
    frame: str = ""  # frame and method fixed beforehand
    findings: tuple[Finding, ...] = ()
    visits: tuple[SiteVisit, ...] = ()
    indicators: tuple[IndicatorResult, ...] = ()
    recommendation: str = ""

    @property
    def reported(self) -> int:
        """How many indicators have an actual value (coverage)."""
        return sum(1 for each in self.indicators if each.actual is not None)


@dataclass(frozen=True)
class Lessons:
    """Lessons of working together (manual §4 step 8)."""

    problems: tuple[str, ...] = ()
    obstacles: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    improvements: tuple[str, ...] = ()


@dataclass(frozen=True)
class MoneySummary:
    """Baht. ``interest`` is bank interest, apart from the agreed money."""

    agreed: Decimal
    paid: Decimal
    spent: Decimal
    returned: Decimal
    remaining: Decimal
    interest: Decimal = Decimal("0.00")


@dataclass(frozen=True)
class EvaluationDocument:
    """รายงานผลการประเมิน of one agreement, up to the day it is drawn up."""

    form_title: str
    subject: str
    reference: str
    number: str
    parties: tuple[PartyBlock, ...]
    starts_on: dt.date | None
    ends_on: dt.date | None
    drawn_up_on: dt.date
    rounds: tuple[RoundBlock, ...]
    money: MoneySummary
    lessons: Lessons = Lessons()
    recommendations: tuple[str, ...] = ()  # to those in power
    summary: str = ""
    signatures: tuple[SignatureBlock, ...] = ()
    note: str = ""
    schema: int = 1


Document = typing.TypeVar("Document", AgreementDocument, EvaluationDocument)


def to_canonical_json(document: AgreementDocument | EvaluationDocument) -> bytes:
    """The agreed text as bytes: the same text gives the same bytes, whoever writes them.

    UTF-8, NFC, sorted keys, no spaces; Decimal as text with two places, dates as ISO text.
    """
    return json.dumps(_plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sha256_of(document: AgreementDocument | EvaluationDocument) -> str:
    """Hash of the canonical text, 64 hexadecimal digits."""
    return hashlib.sha256(to_canonical_json(document)).hexdigest()


def from_json(kind: type[Document], text: bytes | str) -> Document:
    """A document out of its canonical JSON. Raises KeyError or TypeError for another shape."""
    return _build(kind, json.loads(text))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {
            each.name: _plain(getattr(value, each.name))
            for each in dataclasses.fields(value)
            if each.metadata.get("canonical", True)
        }
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    return value


def _build(kind: Any, value: Any) -> Any:
    if isinstance(kind, types.UnionType):
        return None if value is None else _build(typing.get_args(kind)[0], value)
    if typing.get_origin(kind) is tuple:
        return tuple(_build(typing.get_args(kind)[0], each) for each in value)
    if dataclasses.is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{name: _build(hints[name], each) for name, each in value.items()})
    if kind is Decimal:
        return Decimal(value)
    if kind is dt.date:
        return dt.date.fromisoformat(value)
    return value
