"""What pages show of an agreement's money: sums, instalments with what this person can do, the ledger page by page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.actions import account as account_actions
from agreements.actions import budget, entries
from agreements.actions.decisions import PROPOSE
from agreements.actions.instalments import own_work
from agreements.actions.money_refusals import to_satang
from agreements.enums import DecisionKind, EntryKind, InstalmentState, Standing
from agreements.models import Account, AccountEntry, Agreement, Instalment
from agreements.requirements.instalment import load_facts_of_instalments
from core.paging import keyset_page
from core.thai import baht
from core.workflow import Missing, Rule, Text, judge

PAGE = 50
LATEST = 5
INCOMING = (EntryKind.PAYMENT, EntryKind.INTEREST)

TONES = {
    InstalmentState.PLANNED: "plain",
    InstalmentState.REQUESTED: "wait",
    InstalmentState.CHECKED: "wait",
    InstalmentState.APPROVED: "now",
    InstalmentState.PAID: "now",
    InstalmentState.RECEIVED: "good",
    InstalmentState.VOID: "stop",
}
# The moves that a page offers, in the order of the way, with the page each is made on.
OFFERED = (
    ("request", "agreements:instalment_request"),
    ("check_request", "agreements:instalment_check"),
    ("return_request", "agreements:instalment_return"),
    ("pay", "agreements:instalment_pay"),
    ("confirm_receipt", "agreements:instalment_receipt"),
)


# --- instalments ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Offer:
    """A button: what it says, where it leads, and why it cannot be pressed (own work, something missing), if so."""

    label: Text
    url: str
    tone: str = "primary"
    why_not: Text | None = None


@dataclass(frozen=True)
class InstalmentRow:
    instalment: Instalment
    tone: str
    is_turn: bool
    waits_for_decision: bool
    offers: tuple[Offer, ...]


def instalment_rows(agreement: Agreement, actor: Any) -> list[InstalmentRow]:
    """Every instalment with its state and what the actor can do with it (three queries whatever their number)."""
    instalments = list(agreement.instalments.order_by("ordinal"))
    facts = load_facts_of_instalments(agreement, instalments)
    return [_row(one, facts[one.pk], actor) for one in instalments]


def _row(instalment: Instalment, facts: Any, actor: Any) -> InstalmentRow:
    return InstalmentRow(
        instalment=instalment,
        tone=TONES[InstalmentState(instalment.state)],
        is_turn=facts.turn == instalment.ordinal and instalment.agreement.standing == Standing.IN_FORCE,
        waits_for_decision=facts.decision_pending,
        offers=tuple(_offers(instalment, facts, actor)),
    )


def _offers(instalment: Instalment, facts: Any, actor: Any) -> list[Offer]:
    offers = []
    for move, url_name in OFFERED:
        answer = judge(instalment, move, actor, facts)
        if answer.now and answer.you:
            tone = "outline-primary" if move == "return_request" else "primary"
            url = reverse(url_name, args=[instalment.pk])
            missing = Missing(list(answer.missing)).message if answer.missing else None
            offers.append(Offer(answer.title, url, tone, own_work(instalment, move, actor) or missing))
    if can_propose_payment(instalment, facts.decision_pending, actor):
        url = reverse("agreements:instalment_propose", args=[instalment.pk])
        offers.insert(0, Offer(PROPOSE[DecisionKind.PAY_INSTALMENT].title, url))
    return offers


def can_propose_payment(instalment: Instalment, decision_pending: bool, actor: Any) -> bool:
    """Whether the actor can put the payment of this checked instalment before the executive now."""
    if instalment.state != InstalmentState.CHECKED or decision_pending:
        return False
    return judge(instalment.agreement, PROPOSE[DecisionKind.PAY_INSTALMENT], actor).open


# --- what can be done with budget and account -----------------------------------------------------------------------


def money_actions(agreement: Agreement, actor: Any) -> list[dict[str, Any]]:
    """Buttons of the money panel for this actor, as `{% action_bar %}` takes them."""
    reference = [agreement.reference]
    offered: list[tuple[Rule, str, str]] = [
        (budget.EDIT_BUDGET, "agreements:budget_edit", "outline-primary"),
        (budget.PLAN_INSTALMENTS, "agreements:instalment_plan", "outline-primary"),
        (entries.RECORD, "agreements:entry_create", "primary"),
        (account_actions.rule_to_draw_up(agreement), "agreements:account_draw_up", "primary"),
        (account_actions.CHECK, "agreements:account_check", "primary"),
        (account_actions.SEND_BACK, "agreements:account_return", "outline-primary"),
    ]
    actions = []
    for rule, url_name, tone in offered:
        if not rule.role(agreement, actor) or not rule.when(agreement):
            continue
        answer = judge(agreement, rule, actor)
        if answer.you:
            url = reverse(url_name, args=reference)
            actions.append({"label": rule.title, "url": url, "tone": tone, "missing": answer.missing})
    return actions


# --- ledger ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LedgerRow:
    """`signed`: baht in (positive) or out (negative); `balance`: baht left in the account after this entry."""

    entry: AccountEntry
    signed: Decimal
    balance: Decimal

    @property
    def incoming(self) -> Decimal | None:
        return self.signed if self.entry.kind in INCOMING else None

    @property
    def outgoing(self) -> Decimal | None:
        return None if self.entry.kind in INCOMING else -self.signed


@dataclass(frozen=True)
class LedgerPage:
    """One page of the ledger, oldest first; `opening` is the balance (baht) brought forward."""

    rows: list[LedgerRow]
    opening: Decimal
    next_url: str
    previous_url: str


def signed(entry: AccountEntry) -> Decimal:
    """What the entry does to the balance (baht)."""
    return entry.amount if entry.kind in INCOMING else -entry.amount


def ledger_page(agreement: Agreement, request: HttpRequest, size: int = PAGE) -> LedgerPage:
    """The page of entries by day that the request asks for, with the running balance."""
    page = keyset_page(entries_of(agreement), request, order=("booked_on", "pk"), size=size)
    opening = _sum_before(agreement, page.rows[0]) if page.rows else Decimal(0)
    return LedgerPage(_with_balance(page.rows, opening), opening, page.next_url, page.previous_url)


def entries_of(agreement: Agreement) -> QuerySet[AccountEntry]:
    """The entries of an agreement with what a page shows of them, in one query."""
    rows = agreement.entries.select_related(
        "evidence", "recorded_by", "activity", "instalment", "corrects", "correction"
    )
    return rows.order_by("booked_on", "pk")


def latest_entries(agreement: Agreement) -> list[AccountEntry]:
    """The last few entries, newest first."""
    return list(entries_of(agreement).order_by("-booked_on", "-pk")[:LATEST])


def _sum_before(agreement: Agreement, entry: AccountEntry) -> Decimal:
    same_day = Q(booked_on=entry.booked_on, pk__lt=entry.pk)
    earlier = agreement.entries.order_by().filter(Q(booked_on__lt=entry.booked_on) | same_day)
    effect = Case(When(kind__in=INCOMING, then=F("amount")), default=-F("amount"))
    return to_satang(earlier.aggregate(sum=Sum(effect))["sum"])


def _with_balance(found: list[AccountEntry], opening: Decimal) -> list[LedgerRow]:
    rows, balance = [], opening
    for entry in found:
        balance += signed(entry)
        rows.append(LedgerRow(entry, signed(entry), balance))
    return rows


# --- the panel ------------------------------------------------------------------------------------------------------


def panel_of(agreement: Agreement, actor: Any) -> dict[str, Any]:
    """What the money panel of the agreement's page shows."""
    account = account_actions.account_of(agreement)
    rows = instalment_rows(agreement, actor)
    valid = [row.instalment.amount for row in rows if row.instalment.state != InstalmentState.VOID]
    return {
        "agreement": agreement,
        "account": account,
        "agreed": account.agreed if account else agreement.total,
        "planned_total": sum(valid, Decimal(0)),
        **(_progress(account) if account else {}),
        "rows": rows,
        "sources": list(agreement.budget_sources.select_related("organisation")),
        "entries": latest_entries(agreement) if account else [],
        "actions": money_actions(agreement, actor),
        "account_status": account_status(account),
    }


def _progress(account: Account) -> dict[str, Any]:
    """How much was paid of what was agreed, and used of what was received, with the words beside the bars."""
    received, used = account.paid + account.interest, account.spent + account.returned
    words = _("%(part)s of %(whole)s baht")
    return {
        "received_total": received,
        "used_total": used,
        "paid_text": words % {"part": baht(account.paid), "whole": baht(account.agreed)},
        "used_text": words % {"part": baht(used), "whole": baht(received)},
    }


def account_status(account: Any) -> dict[str, Any] | None:
    """Word and tone of where the account stands; None before there is one."""
    if account is None:
        return None
    if account.checked_on is not None:
        return {"label": _("Account checked"), "tone": "good"}
    if account.drawn_up_on is not None:
        return {"label": _("Account drawn up, waiting for the check"), "tone": "wait"}
    return {"label": _("Account open"), "tone": "now"}
