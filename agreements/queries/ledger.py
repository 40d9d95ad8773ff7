"""Does every account say what its entries add up to? (`manage.py check_ledger`)"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from agreements.actions.account import SUM_OF_KIND
from agreements.actions.money_refusals import to_satang
from agreements.enums import PAID_STATES, EntryKind
from agreements.models import Account, AccountEntry, Agreement, Instalment

ZERO = Decimal(0)


@dataclass(frozen=True)
class Difference:
    """An account's sum, what it should be (baht), and where the right figure comes from."""

    reference: str
    name: str
    kept: Decimal | None
    recomputed: Decimal


def differences() -> Iterator[Difference]:
    """Every difference between accounts and entries, and between payments and paid instalments."""
    sums = _sums_of_entries()
    paid = _sums_of_paid_instalments()
    seen = set()
    for account in Account.objects.select_related("agreement").order_by("pk").iterator():
        seen.add(account.agreement_id)
        own = sums.get(account.agreement_id, {})
        reference = account.agreement.reference
        for name in SUM_OF_KIND.values():
            if getattr(account, name) != own.get(name, ZERO):
                yield Difference(reference, name, getattr(account, name), own.get(name, ZERO))
        if paid.get(account.agreement_id, ZERO) != own.get("paid", ZERO):
            yield Difference(reference, "instalments", paid.get(account.agreement_id, ZERO), own.get("paid", ZERO))
    yield from _entries_without_account(sums, seen)


def _entries_without_account(sums: dict[int, dict[str, Decimal]], seen: set[int]) -> Iterator[Difference]:
    orphans = Agreement.objects.filter(pk__in=set(sums) - seen).order_by("pk")
    for pk, reference in orphans.values_list("pk", "reference"):
        for name, amount in sums[pk].items():
            yield Difference(reference, name, None, amount)


def _sums_of_entries() -> dict[int, dict[str, Decimal]]:
    found: dict[int, dict[str, Decimal]] = defaultdict(dict)
    rows = AccountEntry.objects.order_by().values_list("agreement", "kind").annotate(sum=Sum("amount"))
    for agreement_id, kind, amount in rows:
        found[agreement_id][SUM_OF_KIND[EntryKind(kind)]] = to_satang(amount)
    return found


def _sums_of_paid_instalments() -> dict[int, Decimal]:
    rows = Instalment.objects.order_by().filter(state__in=PAID_STATES).values_list("agreement")
    return {agreement_id: to_satang(amount) for agreement_id, amount in rows.annotate(sum=Sum("amount"))}
