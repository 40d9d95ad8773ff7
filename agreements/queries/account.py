"""Sums of an account and facts of an entry, as rows that a page shows before something is confirmed."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from agreements.actions.account import account_of
from agreements.models import AccountEntry, Agreement
from core.thai import baht
from core.ui import show_day


def account_answers(agreement: Agreement) -> list[tuple[str, Any]]:
    """The running sums (baht) for `{% check_answers %}`; empty before there is an account."""
    account = account_of(agreement)
    if account is None:
        return []
    sums = [
        (_("Agreed"), account.agreed),
        (_("Paid"), account.paid),
        (_("Bank interest"), account.interest),
        (_("Spent"), account.spent),
        (_("Returned"), account.returned),
        (_("Balance"), account.balance),
    ]
    return [(label, f"{baht(amount)} {_('baht')}") for label, amount in sums]


def entry_answers(entry: AccountEntry) -> list[tuple[str, Any]]:
    """What an entry says, for `{% check_answers %}`."""
    return [
        (_("What was recorded"), entry.get_kind_display()),
        (_("Date"), show_day(entry.booked_on)),
        (_("Amount"), f"{baht(entry.amount)} {_('baht')}"),
        (_("Description"), entry.description),
    ]
