"""The ledger: what may be entered, that sums agree with entries whatever happens, races, and closing (§3.1-4, §3.2-9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.actions import account as account_actions
from agreements.actions import entries
from agreements.enums import Standing
from agreements.models import Account, AccountEntry, Agreement
from agreements.queries.money import LedgerPage, ledger_page
from core import clock
from core.files import FileRefused
from core.models import StoredFile
from core.models.frozen import FrozenRecordError
from core.workflow import AlreadyDone, NotNow, NotYou, Stamp
from tests.agreements import money_world as world
from tests.cast import Cast

pytestmark = pytest.mark.django_db
CLOSING = "pbc_9_account_closing"


def account(agreement: Agreement) -> Account:
    return Account.objects.get(agreement=agreement)


def fresh(agreement: Agreement) -> Agreement:
    return Agreement.objects.get(pk=agreement.pk)


def correct(cast: Cast, entry: AccountEntry, who: str = "partner_finance", reason: str = "บันทึกผิด") -> AccountEntry:
    again = AccountEntry.objects.select_related("agreement").get(pk=entry.pk)
    return entries.correct_entry(entry=again, reason=reason, by=cast.people[who].actor)


# --- what may be entered --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["partner_finance", "partner_staff", "partner_rep"])
def test_the_receiver_records_spending_with_its_evidence(cast: Cast, who: str) -> None:
    agreement = world.with_money(cast)
    entry = world.record(cast, agreement, "1250.50", who=who)
    assert (entry.kind, entry.amount, entry.recorded_by) == ("spending", Decimal("1250.50"), cast.people[who].user)
    assert (entry.evidence.kind, entry.evidence.root_id) == ("money_evidence", agreement.pk)
    assert account(agreement).balance == Decimal("598749.50")


@pytest.mark.parametrize("who", ["officer", "executive", "finance", "rival_staff", "opdc", "stranger", "evaluator"])
def test_nobody_else_keeps_the_receivers_books(cast: Cast, who: str) -> None:
    agreement = world.with_money(cast)
    with pytest.raises(NotYou):
        world.record(cast, agreement, who=who)
    entry = world.record(cast, agreement)
    with pytest.raises(NotYou):
        correct(cast, entry, who=who)
    assert AccountEntry.objects.count() == 2
    assert StoredFile.objects.count() == 1  # a file of someone who may not was never stored


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"amount": "0"}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "0.005"}, "amount"),
        ({"amount": "600000.01"}, "amount"),
        ({"amount": "1E+30"}, "amount"),
        ({"evidence": None}, "evidence"),
        ({"kind": "payment"}, "kind"),
        ({"kind": "return", "amount": "600000.01"}, "amount"),
    ],
)
def test_absurd_entries_are_refused_at_their_field(cast: Cast, facts: dict, field: str) -> None:
    agreement = world.with_money(cast)
    before = account(agreement)
    with pytest.raises(ValidationError) as refusal:
        world.record(cast, agreement, **facts)
    assert list(refusal.value.error_dict) == [field]
    after = account(agreement)
    assert (after.spent, after.returned, after.paid) == (before.spent, before.returned, before.paid)
    assert AccountEntry.objects.count() == 1


def test_the_day_of_an_entry_is_plausible(cast: Cast) -> None:
    agreement = world.with_money(cast)
    for day in (clock.today() + timedelta(1), clock.today() - timedelta(1)):
        with pytest.raises(ValidationError) as refusal:
            world.record(cast, agreement, booked_on=day)
        assert "booked_on" in refusal.value.error_dict


def test_evidence_is_what_its_name_says(cast: Cast) -> None:
    agreement = world.with_money(cast)
    fake = SimpleUploadedFile("bill.pdf", b"<html>no</html>", content_type="application/pdf")
    with pytest.raises(FileRefused):
        world.record(cast, agreement, evidence=fake)
    assert AccountEntry.objects.count() == 1


def test_the_last_satang_can_be_used_whatever_binary_arithmetic_says(cast: Cast) -> None:
    agreement = world.with_money(cast, amounts=("0.30",))
    world.record(cast, agreement, "0.10")
    world.record(cast, agreement, "0.20", kind="return")
    with pytest.raises(ValidationError):
        world.record(cast, agreement, "0.01")
    assert account(agreement).balance == 0
    call_command("check_ledger", stdout=StringIO())
    closing = world.at_step(agreement, CLOSING)
    assert account_actions.draw_up_account(agreement=closing, statement="ครบ", by=cast.partner_finance.actor)


def test_nothing_is_entered_before_money_has_come(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    with pytest.raises(NotNow):
        world.record(cast, agreement)


def test_after_a_termination_what_was_paid_is_still_accounted_for(cast: Cast) -> None:
    agreement = world.with_money(cast)
    world.at_step(agreement, agreement.step, Standing.TERMINATED, ended_at=clock.now(), end_reason="เลิก")
    world.record(cast, agreement, "600000.00", kind="return")
    account_actions.draw_up_account(agreement=fresh(agreement), statement="ครบ", by=cast.partner_finance.actor)
    account_actions.check_account(agreement=fresh(agreement), note="ถูกต้อง", by=cast.finance.actor)
    assert account(agreement).checked_by == cast.finance.user


def test_entries_are_never_changed(cast: Cast) -> None:
    entry = world.record(cast, world.with_money(cast))
    entry.amount = Decimal(1)
    with pytest.raises(FrozenRecordError):
        entry.save()


def test_a_correction_takes_a_whole_entry_back_once(cast: Cast) -> None:
    agreement = world.with_money(cast)
    entry = world.record(cast, agreement, "600000.00")
    taken = correct(cast, entry)
    assert (taken.amount, taken.corrects_id, taken.description) == (Decimal("-600000.00"), entry.pk, "บันทึกผิด")
    assert account(agreement).spent == 0
    for again in (entry, taken, AccountEntry.objects.get(kind="payment")):
        with pytest.raises(NotNow):
            correct(cast, again)
    with pytest.raises(ValidationError):
        correct(cast, world.record(cast, agreement, "5.00"), reason=" ")


def test_interest_that_was_spent_cannot_be_taken_back(cast: Cast) -> None:
    agreement = world.with_money(cast)
    interest = world.record(cast, agreement, "10.00", kind="interest")
    world.record(cast, agreement, "600010.00")
    with pytest.raises(ValidationError):
        correct(cast, interest)
    assert account(agreement).balance == 0


def test_the_same_form_twice_is_one_entry(cast: Cast) -> None:
    agreement = world.with_money(cast)
    stamp = Stamp.fresh(agreement)
    world.record(cast, agreement, stamp=stamp)
    with pytest.raises(AlreadyDone):
        world.record(cast, agreement, stamp=stamp)
    assert account(agreement).spent == Decimal("100.00")


# --- sums, whatever happens -----------------------------------------------------------------------------------------

satang = st.decimals(min_value="-5", max_value="700", places=2)
acts = st.one_of(
    st.tuples(st.sampled_from(["spending", "return", "interest"]), satang),
    st.tuples(st.just("correct"), st.integers(min_value=0, max_value=12)),
)


def recomputed(agreement: Agreement) -> dict[str, Decimal]:
    """The sums by plain addition, apart from the product's own code."""
    sums = dict.fromkeys(("payment", "spending", "return", "interest"), Decimal(0))
    for entry in AccountEntry.objects.filter(agreement=agreement):
        sums[entry.kind] += entry.amount
    return sums


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(sequence=st.lists(acts, max_size=10))
def test_the_account_is_always_the_sum_of_its_entries(cast: Cast, sequence: list[tuple[str, Any]]) -> None:
    agreement = world.with_money(cast, amounts=("1000.00",))
    money, made = Decimal(1000), []  # an independent little model: what is in the box, and which entries count
    for act, value in sequence:
        if act == "correct":
            live = [one for one in made if not one["taken"]]
            if not live:
                continue
            one = live[value % len(live)]
            effect = one["amount"] if one["kind"] != "interest" else -one["amount"]
            ok = money + effect >= 0
            call: Callable[[], Any] = lambda one=one: correct(cast, one["entry"])
        else:
            effect = value if act == "interest" else -value
            ok = value > 0 and money + effect >= 0
            call = lambda act=act, value=value: world.record(cast, agreement, str(value), kind=act)
        if not ok:
            with pytest.raises(ValidationError):
                call()
        else:
            entry = call()
            money += effect
            if act == "correct":
                one["taken"] = True
            else:
                made.append({"entry": entry, "kind": act, "amount": value, "taken": False})
        kept, sums = account(agreement), recomputed(agreement)
        kept_sums = {"payment": kept.paid, "spending": kept.spent, "return": kept.returned, "interest": kept.interest}
        assert kept_sums == sums
        assert kept.balance == money
        assert money >= 0
    call_command("check_ledger", stdout=StringIO())
    assert page_at(agreement).rows[0].balance == Decimal(1000)


def page_at(agreement: Agreement, url: str = "?") -> LedgerPage:
    return ledger_page(agreement, RequestFactory().get(f"/{url}" if url.startswith("?") else url), size=3)


def test_pages_of_the_ledger_join_without_gap_and_carry_the_balance(cast: Cast) -> None:
    agreement = world.with_money(cast)
    for number in range(1, 8):
        world.record(cast, agreement, f"{number}.00")
    seen, balances, url = [], [], "?"
    while url:
        last, page = url, page_at(agreement, url)
        seen += [row.entry.pk for row in page.rows]
        balances += [row.balance for row in page.rows]
        url = page.next_url
    everything = list(AccountEntry.objects.order_by("booked_on", "pk"))
    assert seen == [entry.pk for entry in everything]
    assert balances[-1] == account(agreement).balance == Decimal(600000 - 28)
    assert balances == sorted(balances, reverse=True)
    back = page_at(agreement, page_at(agreement, last).previous_url)
    assert [row.entry.pk for row in back.rows] == seen[3:6]
    assert page_at(agreement, "?after=nonsense").rows[0].entry.pk == seen[0]


# --- check_ledger ---------------------------------------------------------------------------------------------------


def test_check_ledger_says_that_all_is_well(cast: Cast) -> None:
    world.record(cast, world.with_money(cast))
    out = StringIO()
    call_command("check_ledger", stdout=out)
    assert "agrees" in out.getvalue()


@pytest.mark.parametrize("name", ["paid", "spent", "returned", "interest"])
def test_check_ledger_finds_a_sum_that_was_changed(cast: Cast, name: str) -> None:
    agreement = world.with_money(cast)
    world.record(cast, agreement, "100.00", kind="interest")
    Account.objects.filter(agreement=agreement).update(**{name: getattr(account(agreement), name) + 1})
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("check_ledger", stdout=out)
    assert failure.value.returncode == 1
    assert f"{agreement.reference} {name}: kept" in out.getvalue()


def test_check_ledger_finds_entries_without_account(cast: Cast) -> None:
    agreement = world.with_money(cast)
    Account.objects.filter(agreement=agreement).delete()
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("check_ledger", stdout=out)
    assert "no account" in out.getvalue()
