"""The standing clauses of each form, filled from the agreement's own terms.

Plain official Thai and no heavier than it need be: trust must not drown in binding words (§5.4),
and nothing here speaks of hiring (§1: partners, not buyer and contractor). A clause is a function
of the terms; CONTENTS holds the three tables of contents.
"""

from __future__ import annotations

from collections.abc import Callable

from agreements.documents import clauses_common as common
from agreements.documents import clauses_contract as contract
from agreements.documents.payload import Clause
from agreements.documents.terms import Terms

HEADINGS = {
    "grant": "บันทึกข้อตกลงความร่วมมือ",
    "pbc": "สัญญาข้อตกลง",
    "commissioning": "สัญญาร่วม",
}

_OPENING = (common.objectives, common.relation, common.scope)
_DUTIES = (common.giver_duties, common.receiver_duties)
_MONEY = (common.budget,)
_RIGHTS = (common.intellectual_property, common.confidentiality)
_ENDING = (common.amendment, common.termination, common.disputes, common.annexes)

CONTENTS: dict[str, tuple[Callable[[Terms], Clause], ...]] = {
    "grant": (
        *_OPENING,
        *_DUTIES,
        common.committee,
        *_MONEY,
        common.duration,
        common.follow_up,
        *_RIGHTS,
        *_ENDING,
    ),
    "pbc": (
        *_OPENING,
        contract.results,
        *_DUTIES,
        common.committee,
        *_MONEY,
        contract.work_periods,
        contract.acceptance,
        common.duration,
        contract.delay,
        contract.guarantee,
        common.follow_up,
        contract.records,
        contract.entrusting_others,
        *_RIGHTS,
        common.amendment,
        contract.default,
        contract.refund,
        common.termination,
        contract.handing_on,
        common.disputes,
        common.annexes,
    ),
    "commissioning": (
        *_OPENING,
        contract.central_body,
        contract.cycles,
        *_DUTIES,
        common.committee,
        *_MONEY,
        contract.pooled_resources,
        common.duration,
        common.follow_up,
        contract.records,
        *_RIGHTS,
        *_ENDING,
    ),
}


def standing_clauses(terms: Terms) -> tuple[Clause, ...]:
    """The clauses of the form, in order, without their numbers (the print numbers them)."""
    return tuple(make(terms) for make in CONTENTS[terms.form])


def closing_words(terms: Terms) -> str:
    """The paragraph between the last clause and the signatures."""
    return (
        f"{terms.word}นี้ทำขึ้นเป็น {terms.counterparts} ฉบับ มีข้อความถูกต้องตรงกัน {terms.everyone}ได้อ่านและเข้าใจข้อความ"
        "โดยตลอดแล้ว เห็นว่าถูกต้องตามเจตนา จึงได้ลงลายมือชื่อไว้เป็นสำคัญต่อหน้าพยาน และเก็บรักษาไว้ฝ่ายละหนึ่งฉบับ"
    )
