"""Closing the account, and two people at the same money at once (§3.2 step 9)."""

from __future__ import annotations

from decimal import Decimal
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from agreements.actions import account as account_actions
from agreements.actions import entries
from agreements.actions.decisions import endorse_decision, propose_decision
from agreements.enums import ClearanceKind, DecisionKind, EntryKind, Standing, Verdict
from agreements.models import Account, AccountEntry, Agreement, Clearance
from core.workflow import Missing, NotNow, NotYou, judge
from tests.agreements import money_world as world
from tests.built_once import built_once
from tests.cast import Cast, make_cast
from tests.factories import member_of
from tests.races import at_once

pytestmark = pytest.mark.django_db
CLOSING = "pbc_9_account_closing"


def account(agreement: Agreement) -> Account:
    return Account.objects.get(agreement=agreement)


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def correct(cast: Cast, entry: AccountEntry) -> AccountEntry:
    again = AccountEntry.objects.select_related("agreement").get(pk=entry.pk)
    return entries.correct_entry(entry=again, reason="บันทึกผิด", by=cast.partner_finance.actor)


@built_once
def ready_to_close(cast: Cast) -> Agreement:
    """All paid, all spent, at the last step."""
    agreement = world.with_money(cast, amounts=("1000.00",))
    world.record(cast, agreement, "900.00")
    return world.at_step(agreement, CLOSING)


def test_an_account_with_a_balance_is_not_drawn_up(cast: Cast) -> None:
    agreement = ready_to_close(cast)
    with pytest.raises(Missing) as refusal:
        account_actions.draw_up_account(agreement=agreement, statement="ครบ", by=cast.partner_finance.actor)
    assert [item.name for item in refusal.value.items] == ["account_balanced"]


def test_an_account_is_not_drawn_up_while_instalments_are_open(cast: Cast) -> None:
    agreement = world.at_step(world.with_money(cast), CLOSING)
    world.record(cast, agreement, "600000.00")
    with pytest.raises(Missing) as refusal:
        account_actions.draw_up_account(agreement=agreement, statement="ครบ", by=cast.partner_finance.actor)
    assert [item.name for item in refusal.value.items] == ["instalments_settled"]


def test_an_account_is_not_drawn_up_before_the_last_step(cast: Cast) -> None:
    agreement = world.with_money(cast, amounts=("1.00",))
    world.record(cast, agreement, "1.00")
    with pytest.raises(NotNow):
        account_actions.draw_up_account(agreement=fresh(agreement), statement="ครบ", by=cast.partner_finance.actor)


def test_drawn_up_checked_sent_back_and_closed(cast: Cast) -> None:
    agreement = ready_to_close(cast)
    entry = world.record(cast, agreement, "100.00", kind="return")
    for who in ("partner_staff", "partner_rep", "officer", "finance"):
        with pytest.raises(NotYou):
            account_actions.draw_up_account(agreement=fresh(agreement), statement="ก", by=cast.people[who].actor)
    account_actions.draw_up_account(agreement=fresh(agreement), statement="ครบ", by=cast.partner_finance.actor)
    with pytest.raises(NotNow):
        world.record(cast, agreement, "1.00")
    with pytest.raises(NotNow):
        correct(cast, entry)
    for who in ("officer", "executive", "partner_finance"):
        with pytest.raises(NotYou):
            account_actions.check_account(agreement=fresh(agreement), note="ก", by=cast.people[who].actor)
    account_actions.return_account(agreement=fresh(agreement), reason="ขาดหลักฐาน", by=cast.finance.actor)
    correct(cast, entry)
    world.record(cast, agreement, "100.00", kind="return")
    account_actions.draw_up_account(agreement=fresh(agreement), statement="ครบ", by=cast.partner_finance.actor)
    account_actions.check_account(agreement=fresh(agreement), note="ถูกต้อง", by=cast.finance.actor)
    kept = account(agreement)
    assert (kept.drawn_up_by, kept.checked_by, kept.balance) == (
        cast.partner_finance.user, cast.finance.user, Decimal(0),
    )  # fmt: skip
    assert judge(fresh(agreement), "close", cast.executive.actor).missing  # lessons are still to be recorded


def test_closing_rests_on_the_checked_account(cast: Cast) -> None:
    agreement = ready_to_close(cast)
    world.record(cast, agreement, "100.00", kind="return")
    for kind in (ClearanceKind.LESSONS, ClearanceKind.FINAL):
        Clearance.objects.create(
            agreement=agreement, kind=kind, ordinal=1, verdict=Verdict.CONCLUDE, by=cast.officer.user
        )
    facts = {"kind": DecisionKind.CLOSE_AGREEMENT, "by": cast.officer.actor}
    with pytest.raises(Missing) as refusal:
        propose_decision(root=fresh(agreement), **facts)
    assert [item.name for item in refusal.value.items] == ["account_closed"]
    account_actions.draw_up_account(agreement=fresh(agreement), statement="ครบ", by=cast.partner_finance.actor)
    account_actions.check_account(agreement=fresh(agreement), note="ถูกต้อง", by=cast.finance.actor)
    decision = propose_decision(root=fresh(agreement), **facts)
    endorse_decision(decision=decision, by=cast.executive.actor)
    closed = fresh(agreement)
    assert (closed.standing, closed.closed_at is not None) == (Standing.CLOSED, True)
    with pytest.raises(NotNow):
        world.record(cast, agreement, "1.00")
    with pytest.raises(NotNow):
        account_actions.return_account(agreement=closed, reason="สาย", by=cast.finance.actor)


# --- two at once ----------------------------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_payments_of_one_instalment_at_once() -> None:
    cast = make_cast()
    second = member_of(cast.organisations["agency"], "finance", email="second@example.org")
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, "approved")
    cast.people["second"] = type(cast.finance)(second, cast.organisations["agency"])
    results = at_once(lambda: world.pay(cast, agreement), lambda: world.pay(cast, agreement, who="second"))
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(error) for error in refused] == [NotNow]
    assert AccountEntry.objects.filter(kind=EntryKind.PAYMENT).count() == 1
    assert account(agreement).paid == Decimal(600000)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_last_baht_is_spent_once() -> None:
    cast = make_cast()
    agreement = world.with_money(cast, amounts=("1000.00",))
    world.record(cast, agreement, "999.00")
    results = at_once(
        lambda: world.record(cast, agreement, "1.00"),
        lambda: world.record(cast, agreement, "1.00", who="partner_staff"),
        lambda: world.record(cast, agreement, "1.00", kind="return", who="partner_rep"),
    )
    refused = [result for result in results if isinstance(result, Exception)]
    assert [type(error) for error in refused] == [ValidationError, ValidationError]
    assert account(agreement).balance == 0
    call_command("check_ledger", stdout=StringIO())
