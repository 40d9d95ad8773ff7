"""What the standing clauses are filled from, and how they write sums and days."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from core import thai


@dataclass(frozen=True)
class Terms:
    """What the clauses need to know. Days and months are whole numbers, money is baht."""

    form: str  # grant | pbc | commissioning
    objectives: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    target_group: str = ""
    area: str = ""
    giver_duties: tuple[str, ...] = ()
    receiver_duties: tuple[str, ...] = ()
    coordinators: tuple[str, ...] = ()
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    total: Decimal = Decimal("0.00")
    sources: tuple[tuple[str, Decimal], ...] = ()
    expected_results: tuple[str, ...] = ()
    instalments: int = 1
    volume: str = ""  # the floor of work and income promised (§3.2)
    guarantee: str = ""
    legal_basis: str = ""
    parties: int = 2
    plan_annexed: bool = True  # else the plan is agreed on after the signatures
    report_months: int = 3
    notice_days: int = 30
    renewal_days: int = 30
    acceptance_days: int = 15
    cure_days: int = 30
    refund_days: int = 30
    retention_years: int = 5
    counterparts: int = 2

    @property
    def word(self) -> str:
        """How the text speaks of itself."""
        return {"grant": "บันทึกข้อตกลง", "pbc": "สัญญา", "commissioning": "สัญญาร่วม"}[self.form]

    @property
    def everyone(self) -> str:
        return "ทั้งสองฝ่าย" if self.parties == 2 else "ภาคีทุกฝ่าย"

    @property
    def receiver(self) -> str:
        return "ภาคีหุ้นส่วน" if self.form == "commissioning" else "ผู้รับมอบภารกิจ"


def money(amount: Decimal) -> str:
    """``1,234.50 บาท (หนึ่งพันสองร้อยสามสิบสี่บาทห้าสิบสตางค์)``."""
    return f"{thai.baht(amount)} บาท ({thai.baht_words(amount)})"


def day(value: dt.date) -> str:
    """``วันที่ 1 ตุลาคม พ.ศ. 2568``, Arabic numerals (the print makes them Thai)."""
    return f"วันที่ {value.day} {thai.MONTHS_TH[value.month - 1]} พ.ศ. {thai.be_year(value)}"
