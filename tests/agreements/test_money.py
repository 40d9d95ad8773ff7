"""Instalments on their way: whose turn, who may, what is refused, and what the books say afterwards (§3.1-3.3)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from agreements.actions import instalments
from agreements.actions.decisions import endorse_decision, return_decision
from agreements.enums import InstalmentState as S
from agreements.enums import Standing, Verdict
from agreements.models import AccountEntry, Agreement, BudgetSource, Instalment
from core import clock
from core.models import AuditEvent, OutboxMessage, SecurityEvent
from core.workflow import AlreadyDone, NotNow, NotYou, Stale, Stamp
from tests.agreements import money_world as world
from tests.cast import Cast

pytestmark = pytest.mark.django_db

# state → move → the one role that may make it. Written from the manual and the design by hand.
WAY = {
    S.PLANNED: {"request": {"partner_staff", "partner_rep"}},
    S.REQUESTED: {"check": {"officer", "second_officer"}, "return": {"officer", "second_officer"}},
    S.CHECKED: {"propose": {"officer", "second_officer"}, "return": {"officer", "second_officer"}},
    S.APPROVED: {"pay": {"finance"}},
    S.PAID: {"receive": {"partner_finance"}},
    S.RECEIVED: {},
}
MOVES = ("request", "check", "return", "propose", "pay", "receive")
WHO = (
    "officer", "second_officer", "executive", "finance", "agency_admin", "partner_staff", "partner_rep",
    "partner_finance", "rival_staff", "rival_rep", "other_officer", "reviewer", "evaluator", "opdc", "stranger",
)  # fmt: skip


def do(cast: Cast, agreement: Agreement, move: str, who: str) -> None:
    if move == "return":
        instalments.return_instalment(
            instalment=world.instalment(agreement), reason="เอกสารไม่ครบ", by=cast.people[who].actor
        )
    else:
        getattr(world, move)(cast, agreement, who=who)


def snapshot(agreement: Agreement) -> list:
    rows = Instalment.objects.filter(agreement=agreement).order_by("pk").values_list("pk", "state", "amount", "paid_on")
    account = Agreement.objects.get(pk=agreement.pk).account
    return [
        *rows,
        account.paid,
        AuditEvent.objects.count(),
        OutboxMessage.objects.count(),
        AccountEntry.objects.count(),
    ]


@pytest.mark.parametrize("state", list(WAY))
def test_each_move_is_open_in_its_state_to_its_role_alone(cast: Cast, state: str) -> None:
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, state)
    before = snapshot(agreement)
    for move in MOVES:
        allowed = WAY[state].get(move, set())
        for who in WHO:
            if who in allowed:
                with transaction.atomic():
                    do(cast, agreement, move, who)
                    assert snapshot(agreement) != before
                    transaction.set_rollback(True)
                continue
            logged = SecurityEvent.objects.count()
            with pytest.raises((NotNow, NotYou)) as refusal:
                do(cast, agreement, move, who)
            assert SecurityEvent.objects.count() == logged + 1
            assert isinstance(refusal.value, NotYou) or not allowed, (move, who)
            assert snapshot(agreement) == before


def test_the_way_to_the_receipt_leaves_names_days_and_the_entry(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, S.RECEIVED)
    one = world.instalment(agreement)
    hands = [one.requested_by, one.checked_by, one.approved_by, one.paid_by, one.received_by]
    assert hands == [
        cast.people[n].user for n in ("partner_staff", "officer", "executive", "finance", "partner_finance")
    ]
    assert one.receipt_number == "1/2569"
    entry = AccountEntry.objects.get()
    assert (entry.kind, entry.amount, entry.instalment_id) == ("payment", Decimal("600000.00"), one.pk)
    account = Agreement.objects.get(pk=agreement.pk).account
    assert (account.agreed, account.paid, account.balance) == (Decimal(1000000), Decimal(600000), Decimal(600000))
    kinds = list(AuditEvent.objects.order_by("sequence").values_list("kind", flat=True))
    assert [k for k in kinds if k.startswith("instalment.")] == [
        "instalment.request", "instalment.check_request", "instalment.approve", "instalment.pay",
        "instalment.confirm_receipt",
    ]  # fmt: skip


# --- whose turn -----------------------------------------------------------------------------------------------------

# form and step → whether the first instalment may be requested there (written from §3.1-3.3).
FIRST_AT = {
    "grant_2_application": False,
    "grant_3_receipt": True,
    "grant_4_delivery": True,
    "pbc_4_selection": False,
    "pbc_5_first_instalment": True,
    "pbc_6_midterm_evaluation": False,
    "pbc_7_next_instalment": False,
    "pbc_8_final_evaluation": False,
    "pbc_9_account_closing": False,
    "commissioning_1_priorities": False,
    "commissioning_2_needs": False,
    "commissioning_3_resources": True,
    "commissioning_4_design": True,
    "commissioning_5_delivery": True,
    "commissioning_6_evaluation": True,
}


@pytest.mark.parametrize(("step", "expected"), FIRST_AT.items())
def test_the_first_instalment_is_due_at_the_steps_of_its_form(cast: Cast, step: str, expected: bool) -> None:
    agreement = world.agreement_with(cast, step=step)
    if expected:
        assert world.request(cast, agreement).state == S.REQUESTED
    else:
        with pytest.raises(NotNow):
            world.request(cast, agreement)


def test_instalments_come_in_order(cast: Cast) -> None:
    agreement = world.agreement_with(cast, step="grant_3_receipt")
    with pytest.raises(NotNow):
        world.request(cast, agreement, 2)
    world.bring_to(cast, agreement, S.PAID)
    with pytest.raises(NotNow):
        world.request(cast, agreement, 2)
    world.receive(cast, agreement)
    assert world.request(cast, agreement, 2).state == S.REQUESTED


@pytest.mark.parametrize(
    ("step", "verdict", "open_"),
    [
        ("pbc_7_next_instalment", Verdict.PASS, True),
        ("pbc_7_next_instalment", Verdict.FAIL, False),
        ("pbc_7_next_instalment", None, False),
        ("pbc_6_midterm_evaluation", Verdict.PASS, False),
        ("pbc_5_first_instalment", Verdict.PASS, False),
    ],
)
def test_the_next_instalment_of_a_contract_waits_for_its_midterm(
    cast: Cast, step: str, verdict: str | None, open_: bool
) -> None:
    agreement = world.with_money(cast)
    world.at_step(agreement, step)
    if verdict:
        world.clear_midterm(cast, agreement, 2, verdict)
    if open_:
        assert world.request(cast, agreement, 2).state == S.REQUESTED
    else:
        with pytest.raises(NotNow):
            world.request(cast, agreement, 2)


@pytest.mark.parametrize("standing", [Standing.PREPARING, Standing.SUSPENDED, Standing.TERMINATED, Standing.CANCELLED])
def test_nothing_is_requested_while_not_in_force(cast: Cast, standing: str) -> None:
    step = "pbc_4_selection" if standing in (Standing.PREPARING, Standing.CANCELLED) else "pbc_5_first_instalment"
    agreement = world.agreement_with(cast, step=step, standing=standing)
    with pytest.raises(NotNow):
        world.request(cast, agreement)


def test_an_approved_instalment_is_not_paid_after_a_termination(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, S.APPROVED)
    world.at_step(agreement, agreement.step, Standing.TERMINATED, ended_at=clock.now(), end_reason="เลิก")
    with pytest.raises(NotNow):
        world.pay(cast, agreement)


# --- own work -------------------------------------------------------------------------------------------------------


def give_role(cast: Cast, who: str, *roles: str) -> None:
    from partnerships.models import Membership, MembershipRole

    membership = Membership.objects.get(user=cast.people[who].user)
    for role in roles:
        MembershipRole.objects.create(membership=membership, role=role)


def test_who_checked_neither_approves_nor_pays(cast: Cast) -> None:
    give_role(cast, "officer", "executive", "finance")
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, S.CHECKED)
    decision = world.propose(cast, agreement, who="second_officer")
    with pytest.raises(NotYou) as refusal:
        endorse_decision(decision=decision, by=cast.officer.actor)
    assert "accepted the work" in str(refusal.value.message) or "ตรวจรับ" in str(refusal.value.message)
    assert world.instalment(agreement).state == S.CHECKED
    endorse_decision(decision=decision, by=cast.executive.actor)
    with pytest.raises(NotYou):
        world.pay(cast, agreement, who="officer")


def test_who_approved_does_not_pay(cast: Cast) -> None:
    give_role(cast, "executive", "finance")
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, S.APPROVED)
    with pytest.raises(NotYou):
        world.pay(cast, agreement, who="executive")
    assert world.pay(cast, agreement, who="finance").state == S.PAID


def test_the_proposer_does_not_decide(cast: Cast) -> None:
    give_role(cast, "officer", "executive")
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, S.CHECKED)
    decision = world.propose(cast, agreement)
    with pytest.raises(NotYou):
        endorse_decision(decision=decision, by=cast.officer.actor)


@pytest.mark.parametrize(
    "people",
    [
        ("officer", "officer", "finance"),
        ("officer", "executive", "executive"),
        ("officer", "executive", "officer"),
        (None, "executive", "finance"),
        ("officer", None, "finance"),
        ("officer", "executive", None),
    ],
)
def test_the_database_refuses_a_payment_without_three_people(cast: Cast, people: tuple) -> None:
    agreement = world.agreement_with(cast)
    ids = [cast.people[name].user.pk if name else None for name in people]
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agreements_instalment SET state = 'paid', paid_on = '2026-01-01', checked_by_id = %s,"
            " approved_by_id = %s, paid_by_id = %s WHERE agreement_id = %s AND ordinal = 1",
            [*ids, agreement.pk],
        )


# --- returned, double, stale, absurd --------------------------------------------------------------------------------


def test_a_returned_request_is_requested_and_checked_anew(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, S.CHECKED)
    decision = world.propose(cast, agreement)
    with pytest.raises(NotNow):  # while it lies with the executive
        do(cast, agreement, "return", "officer")
    return_decision(decision=decision, by=cast.executive.actor, comment="ขอเอกสารเพิ่ม")
    do(cast, agreement, "return", "officer")
    one = world.instalment(agreement)
    assert (one.state, one.checked_by, one.requested_by) == (S.PLANNED, None, None)
    assert one.check_note == "เอกสารไม่ครบ"
    assert world.bring_to(cast, agreement, S.RECEIVED).state == S.RECEIVED


def test_the_same_form_twice_pays_once(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, S.APPROVED)
    stamp = Stamp.fresh(Agreement.objects.get(pk=agreement.pk))
    world.pay(cast, agreement, stamp=stamp)
    with pytest.raises(AlreadyDone):
        world.pay(cast, agreement, stamp=stamp)
    with pytest.raises(Stale):
        world.receive(cast, agreement, stamp=Stamp(version=stamp.version))
    assert AccountEntry.objects.filter(kind="payment").count() == 1
    assert Agreement.objects.get(pk=agreement.pk).account.paid == Decimal(600000)


def test_days_of_payment_and_receipt_are_plausible(cast: Cast) -> None:
    agreement = world.agreement_with(cast)
    world.bring_to(cast, agreement, S.APPROVED)
    for day in (clock.today() + timedelta(1), clock.today() - timedelta(1)):
        with pytest.raises(ValidationError) as refusal:
            world.pay(cast, agreement, paid_on=day)
        assert "paid_on" in refusal.value.error_dict
    world.pay(cast, agreement)
    for facts, field in (
        ({"received_on": clock.today() + timedelta(1)}, "received_on"),
        ({"received_on": clock.today() - timedelta(1)}, "received_on"),
        ({"receipt_number": "  "}, "receipt_number"),
    ):
        with pytest.raises(ValidationError) as refusal:
            world.receive(cast, agreement, **facts)
        assert field in refusal.value.error_dict
    assert world.instalment(agreement).state == S.PAID


def test_void_remaining_leaves_what_was_paid(cast: Cast) -> None:
    agreement = world.with_money(cast, amounts=("1.00", "2.00", "3.00"))
    assert instalments.void_remaining(agreement, cast.officer.actor) == 2
    assert [one.state for one in agreement.instalments.order_by("ordinal")] == [S.RECEIVED, S.VOID, S.VOID]
    assert agreement.next_due_on is None


# --- raw SQL -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE agreements_instalment SET amount = 0",
        "UPDATE agreements_instalment SET amount = -1",
        "UPDATE agreements_instalment SET ordinal = 1",
        "UPDATE agreements_instalment SET state = 'approved'",
        "UPDATE agreements_budgetsource SET amount = 0",
        "UPDATE agreements_account SET paid = agreed + 0.01",
        "UPDATE agreements_account SET spent = paid + interest + 0.01",
        "UPDATE agreements_account SET spent = -1",
        "UPDATE agreements_account SET returned = -1",
        "UPDATE agreements_account SET interest = -1",
        "UPDATE agreements_accountentry SET amount = -1",
        "UPDATE agreements_accountentry SET amount = 0",
    ],
)
def test_raw_sql_cannot_break_the_books(cast: Cast, sql: str) -> None:
    agreement = world.with_money(cast)
    BudgetSource.objects.create(
        agreement=agreement, organisation=cast.organisations["agency"], source="fund", amount=Decimal(5)
    )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_raw_sql_cannot_pay_an_instalment_twice(cast: Cast) -> None:
    world.with_money(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        first = AccountEntry.objects.get()
        first.pk = None
        first._state.adding = True
        first.save()
