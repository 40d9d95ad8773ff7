"""Official documents printed from their plain data: no record, no database, always in Thai."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from agreements.documents.payload import (
    AgreementDocument,
    EvaluationDocument,
    PartyBlock,
    SignatureBlock,
    sha256_of,
)
from agreements.documents.plan import plan_tables
from core import thai
from core.pdf import render_pdf

SHORT_ANNEX = 8  # rows
BLANK_DATE = "วันที่ .......... เดือน .................... พ.ศ. .........."


@dataclass(frozen=True)
class Annex:
    title: str
    template: str
    together: bool = False  # short enough to stand on one page


def render_agreement(doc: AgreementDocument, *, draft: bool) -> bytes:
    """The agreement as PDF. ``draft`` prints ร่าง over every page and leaves the text's hash out."""
    title = f"{doc.heading} {doc.subject}"
    return render_pdf(agreement_html(doc, draft=draft), title=title, draft=draft)


def render_evaluation(doc: EvaluationDocument, *, draft: bool) -> bytes:
    """The evaluation report as PDF; ``draft`` as in render_agreement."""
    title = f"รายงานผลการประเมิน {doc.subject}"
    return render_pdf(evaluation_html(doc, draft=draft), title=title, draft=draft)


def agreement_html(doc: AgreementDocument, *, draft: bool) -> str:
    """The page that is printed."""
    clauses = list(enumerate(doc.clauses, 1))
    last_number, last_clause = clauses.pop()
    return _page(
        "documents/agreement.html",
        {
            "doc": doc,
            "sha256": "" if draft else sha256_of(doc),
            "logos": [party for party in doc.parties if party.logo],
            "opening": opening_words(doc),
            "agreed": f"{_everyone(doc)}จึงตกลงทำ{doc.word}ไว้ต่อกัน โดยมีข้อความดังต่อไปนี้",
            "clauses": clauses,
            "last_number": last_number,
            "last_clause": last_clause,
            "signature_rows": signature_rows(doc.signatures),
            "annexes": _annexes(doc),
            "plans": plan_tables(doc.activities, doc.starts_on, doc.ends_on),
            "instalments_total": sum((row.amount for row in doc.instalments), Decimal(0)),
            "budget_total": sum((row.amount for row in doc.budget), Decimal(0)),
        },
    )


def evaluation_html(doc: EvaluationDocument, *, draft: bool) -> str:
    """The page that is printed."""
    return _page(
        "documents/evaluation_report.html",
        {
            "doc": doc,
            "sha256": "" if draft else sha256_of(doc),
            "signature_rows": signature_rows(doc.signatures),
            "period": _period(doc.starts_on, doc.ends_on),
            "rounds": list(enumerate(doc.rounds, 2)),
            "money_number": len(doc.rounds) + 2,
            "lessons_number": len(doc.rounds) + 3,
            "advice_number": len(doc.rounds) + 4,
        },
    )


def _page(template: str, context: dict[str, Any]) -> str:
    with translation.override("th"):
        return render_to_string(template, context)


def opening_words(doc: AgreementDocument) -> str:
    """``… นี้ทำขึ้น ณ … เมื่อวันที่ … ระหว่าง … ฝ่ายหนึ่ง กับ … อีกฝ่ายหนึ่ง``."""
    day = doc.made_on or doc.signed_on
    made_on = thai.official_date(day) if day else BLANK_DATE
    made_at = f" ณ {doc.made_at}" if doc.made_at else ""
    parties = [_introduction(party, doc.word) for party in doc.parties]
    if len(parties) == 2:
        between = f"{parties[0]} ฝ่ายหนึ่ง กับ {parties[1]} อีกฝ่ายหนึ่ง"
    else:
        between = " กับ ".join([" และ ".join(parties[:-1]), parties[-1]])
    return f"{doc.word}นี้ทำขึ้น{made_at} เมื่อ{made_on} ระหว่าง {between}"


def _introduction(party: PartyBlock, word: str) -> str:
    parts = [party.name]
    if party.representative:
        parts.append(f"โดย {party.representative} {party.position}".rstrip())
    authority = party.authority
    if authority and not authority.startswith(("ตาม", "โดย")):
        authority = f"ตาม{authority}"
    parts += [each for each in (party.acting, authority) if each]
    if party.address:
        parts.append(f"ตั้งอยู่ ณ {party.address}")
    parts.append(f"ซึ่งต่อไปใน{word}นี้เรียกว่า “{party.called}”")
    return " ".join(parts)


def _everyone(doc: AgreementDocument) -> str:
    return "ทั้งสองฝ่าย" if len(doc.parties) == 2 else "ภาคีทุกฝ่าย"


def signature_rows(blocks: tuple[SignatureBlock, ...]) -> list[dict[str, Any]]:
    """Two parties side by side, each with its witnesses level with the other's; an odd last party
    stands on the left. Each entry: ``signatories`` (pair), ``witnesses`` (list of pairs)."""
    rows = []
    for at in range(0, len(blocks), 2):
        pair = blocks[at : at + 2]
        witnesses = zip_longest(*(block.witnesses for block in pair))
        rows.append({"signatories": _pair(pair), "witnesses": [_pair(each) for each in witnesses]})
    return rows


def _pair(items: tuple[Any, ...]) -> tuple[Any, Any]:
    return (items[0], items[1] if len(items) > 1 else None)


def _annexes(doc: AgreementDocument) -> list[Annex]:
    known = (
        (doc.activities, Annex("แผนปฏิบัติการ", "documents/_plan.html")),
        (doc.instalments, Annex("งวดงานและงวดเงิน", "documents/_instalments.html")),
        (doc.indicators, Annex("ตัวชี้วัด ค่าฐาน และค่าเป้าหมาย", "documents/_indicators.html")),
        (doc.budget, Annex("งบประมาณจำแนกตามแหล่งเงิน", "documents/_budget.html")),
    )
    return [replace(annex, together=len(rows) <= SHORT_ANNEX) for rows, annex in known if rows]


def _period(starts_on: dt.date | None, ends_on: dt.date | None) -> str:
    if not starts_on or not ends_on:
        return ""
    return f"{thai.long_date(starts_on)} ถึง {thai.long_date(ends_on)}"
