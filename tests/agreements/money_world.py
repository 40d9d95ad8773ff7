"""Agreements with money, built where the tests of money need them; they were not led there through the door."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.actions import entries, instalments
from agreements.actions.account import open_account
from agreements.actions.decisions import endorse_decision
from agreements.enums import ClearanceKind, Side, Standing, Verdict
from agreements.models import Agreement, Clearance, Decision, Instalment, Party
from core import clock
from core.workflow import set_first_state
from tests.built_once import built_once
from tests.cast import Cast
from tests.factories import MissionFactory
from tests.pdfs import PDF

_numbers = count(1)


def evidence(name: str = "receipt.pdf") -> SimpleUploadedFile:
    """A small PDF as an upload."""
    return SimpleUploadedFile(name, PDF, content_type="application/pdf")


@built_once
def agreement_with(
    cast: Cast,
    *,
    step: str = "pbc_5_first_instalment",
    standing: str = Standing.IN_FORCE,
    amounts: tuple[str, ...] = ("600000.00", "400000.00"),
    total: str | None = None,
    officer: str = "officer",
) -> Agreement:
    """An agreement of the cast's agency and partner at a step, with planned instalments and, in force, its account."""
    form, number = step.split("_", 1)[0], next(_numbers)
    mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user, form=form)
    agreement = Agreement(
        reference=f"T-{number:05d}",
        form=form,
        mission=mission,
        agency=cast.organisations["agency"],
        title=f"ข้อตกลงทดสอบ {number}",
        total=Decimal(total) if total is not None else sum(map(Decimal, amounts), Decimal(0)),
        officer=cast.people[officer].user,
        contact_phone="02 000 0000",
    )
    if standing not in (Standing.PREPARING, Standing.CANCELLED):
        moment = clock.now()
        agreement.signed_at = agreement.public_at = agreement.plan_approved_at = agreement.text_ready_at = moment
    if standing in (Standing.CANCELLED, Standing.TERMINATED):
        agreement.ended_at, agreement.end_reason = clock.now(), "เหตุผล"
    set_first_state(agreement, step=step, standing=standing)
    agreement.save()
    Party.objects.create(
        agreement=agreement, organisation=cast.organisations["agency"], side=Side.GIVER, is_lead=True, duties="ก"
    )
    Party.objects.create(
        agreement=agreement, organisation=cast.organisations["partner"], side=Side.RECEIVER, is_lead=True, duties="ข"
    )
    for ordinal, amount in enumerate(amounts, start=1):
        Instalment.objects.create(
            agreement=agreement,
            ordinal=ordinal,
            amount=Decimal(amount),
            due_on=date(2026, 1, 1) + timedelta(30 * ordinal),
        )
    if agreement.signed_at:
        open_account(agreement)
    return agreement


def instalment(agreement: Agreement, ordinal: int = 1) -> Instalment:
    """A fresh copy of one instalment."""
    return Instalment.objects.select_related("agreement").get(agreement=agreement, ordinal=ordinal)


@built_once
def bring_to(cast: Cast, agreement: Agreement, state: str, ordinal: int = 1) -> Instalment:
    """Lead an instalment through its moves, by the people it needs, until it has reached a state."""
    moves: list[tuple[str, Any]] = [
        ("requested", lambda: request(cast, agreement, ordinal)),
        ("checked", lambda: check(cast, agreement, ordinal)),
        ("approved", lambda: approve(cast, agreement, ordinal)),
        ("paid", lambda: pay(cast, agreement, ordinal)),
        ("received", lambda: receive(cast, agreement, ordinal)),
    ]
    for reached, act in moves:
        if instalment(agreement, ordinal).state == state:
            break
        act()
        if reached == state:
            break
    return instalment(agreement, ordinal)


@built_once
def request(cast: Cast, agreement: Agreement, ordinal: int = 1, who: str = "partner_staff", **facts: Any) -> Any:
    return instalments.request_instalment(instalment=instalment(agreement, ordinal), by=cast.people[who].actor, **facts)


@built_once
def check(cast: Cast, agreement: Agreement, ordinal: int = 1, who: str = "officer", **facts: Any) -> Any:
    return instalments.check_instalment(
        instalment=instalment(agreement, ordinal), note="ครบถ้วน", by=cast.people[who].actor, **facts
    )


@built_once
def propose(cast: Cast, agreement: Agreement, ordinal: int = 1, who: str = "officer") -> Decision:
    return instalments.propose_payment(instalment=instalment(agreement, ordinal), comment="", by=cast.people[who].actor)


@built_once
def approve(cast: Cast, agreement: Agreement, ordinal: int = 1, who: str = "executive") -> Decision:
    decision = propose(cast, agreement, ordinal)
    return endorse_decision(decision=decision, by=cast.people[who].actor)


@built_once
def pay(cast: Cast, agreement: Agreement, ordinal: int = 1, who: str = "finance", **facts: Any) -> Any:
    facts.setdefault("paid_on", clock.today())
    return instalments.pay_instalment(instalment=instalment(agreement, ordinal), by=cast.people[who].actor, **facts)


@built_once
def receive(cast: Cast, agreement: Agreement, ordinal: int = 1, who: str = "partner_finance", **facts: Any) -> Any:
    facts = {"received_on": clock.today(), "receipt_number": "1/2569", **facts}
    return instalments.confirm_instalment_receipt(
        instalment=instalment(agreement, ordinal), by=cast.people[who].actor, **facts
    )


def record(cast: Cast, agreement: Agreement, amount: str = "100.00", who: str = "partner_finance", **facts: Any) -> Any:
    facts = {
        "kind": "spending",
        "booked_on": clock.today(),
        "description": "ค่าวัสดุ",
        "evidence": evidence(),
        **facts,
    }
    return entries.record_entry(
        agreement=Agreement.objects.get(pk=agreement.pk), amount=Decimal(amount), by=cast.people[who].actor, **facts
    )


@built_once
def with_money(cast: Cast, **facts: Any) -> Agreement:
    """An agreement whose first instalment was paid and received."""
    agreement = agreement_with(cast, **facts)
    bring_to(cast, agreement, "received")
    return Agreement.objects.get(pk=agreement.pk)


@built_once
def clear_midterm(cast: Cast, agreement: Agreement, ordinal: int = 2, verdict: str = Verdict.PASS) -> None:
    """The verdict that the floor above writes."""
    Clearance.objects.create(
        agreement=agreement, kind=ClearanceKind.MIDTERM, ordinal=ordinal, verdict=verdict, by=cast.evaluator.user
    )


def at_step(agreement: Agreement, step: str, standing: str | None = None, **stamps: Any) -> Agreement:
    """Put a stored agreement at another step, past the door (only tests may)."""
    from core.fields import state_writable

    fresh = Agreement.objects.get(pk=agreement.pk)
    with state_writable(fresh):
        fresh.step = step
        if standing:
            fresh.standing = standing
        for name, value in stamps.items():
            setattr(fresh, name, value)
        fresh.save()
    return Agreement.objects.get(pk=agreement.pk)
