"""Chapters of the money: instalments on their way, and the receiver's books with their evidence (§4 step 7)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from agreements.actions.decisions import endorse_decision
from agreements.actions.entries import record_entry
from agreements.actions.instalments import (
    check_instalment,
    confirm_instalment_receipt,
    pay_instalment,
    propose_payment,
    request_instalment,
)
from agreements.enums import EntryKind
from agreements.models import Agreement
from core.thai import be_year
from demo.agreed import Sides
from demo.story import FICTITIOUS, Story, again, paper

STAGES = ("requested", "checked", "approved", "paid", "received")


def pay(story: Story, agreement: Agreement, sides: Sides, ago: int, ordinal: int = 1, until: str = "received") -> None:
    """An instalment on its way, two days a hand, as far as `until` (one of STAGES)."""

    def own() -> Any:
        return agreement.instalments.get(ordinal=ordinal)

    giver, reached = sides.giver, STAGES.index(until)
    with story.on(ago):
        request_instalment(instalment=own(), by=story.act(sides.staff))
    if reached >= 1:
        with story.on(ago - 2):
            check_instalment(
                instalment=own(), note=f"ตรวจรับผลงานตามเงื่อนไขแล้ว ({FICTITIOUS})", by=story.act(giver.officer)
            )
            decision = propose_payment(instalment=own(), comment="เสนออนุมัติเบิกจ่าย", by=story.act(giver.officer))
    if reached >= 2:
        with story.on(ago - 4):
            endorse_decision(decision=decision, by=story.act(giver.executive), comment="อนุมัติ")
    if reached >= 3:
        with story.on(ago - 6):
            paid = {"paid_on": story.day(ago - 6), "evidence": paper("หลักฐานการโอนเงิน")}
            pay_instalment(instalment=own(), by=story.act(giver.finance), **paid)
    if reached >= 4:
        with story.on(ago - 8):
            number = f"บร {ordinal:03d}/{be_year(story.day(ago - 8))} (สมมติ)"
            facts = {"received_on": story.day(ago - 8), "receipt_number": number}
            confirm_instalment_receipt(instalment=own(), by=story.act(sides.books), **facts)


def spend(story: Story, agreement: Agreement, sides: Sides, rows: Sequence[tuple[int, str, str, int]]) -> None:
    """Entries with evidence: (days ago, description, baht, number of the activity)."""
    activities = list(again(agreement).plans.order_by("cycle").last().activities.order_by("ordinal"))
    for ago, words, baht, number in rows:
        enter(story, agreement, sides, ago, EntryKind.SPENDING, words, baht, activities[number - 1])


def enter(
    story: Story,
    agreement: Agreement,
    sides: Sides,
    ago: int,
    kind: str,
    words: str,
    baht: str,
    activity: Any = None,
) -> None:
    """One entry of the receiver's books."""
    with story.on(ago):
        record_entry(
            agreement=again(agreement),
            kind=kind,
            booked_on=story.day(ago),
            amount=Decimal(baht),
            description=f"{words} ({FICTITIOUS})",
            evidence=paper("หลักฐานการใช้จ่าย"),
            activity=activity,
            by=story.act(sides.books),
        )
