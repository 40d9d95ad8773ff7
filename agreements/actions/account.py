"""The account of an agreement: its running sums, how it is drawn up, checked and sent back (§3.2 step 9).

The account row is written only here and under its own lock, which comes after the agreement's. What is entered must
keep paid <= agreed and spent + returned <= paid + interest; the database doubles both.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.actions.money_refusals import in_baht, refused
from agreements.actions.notices import tell_side
from agreements.enums import EntryKind, Side, Standing
from agreements.models import Account, Agreement
from agreements.models.agreement import LAST_STEPS
from agreements.permissions.agreements import giver_finance, receiver_finance
from agreements.requirements.instalment import STANDINGS_WITH_ACCOUNT
from core import clock
from core.workflow import Actor, Rule, Stamp, Text, pass_door
from partnerships.actions.notices import tell
from partnerships.enums import Role

# Which running sum an entry of each kind adds to.
SUM_OF_KIND = {
    EntryKind.PAYMENT: "paid",
    EntryKind.SPENDING: "spent",
    EntryKind.RETURN: "returned",
    EntryKind.INTEREST: "interest",
}


def open_account(agreement: Agreement) -> Account:
    """The account of an agreement that enters into force: agreed = its total (baht). Called under its lock."""
    return Account.objects.get_or_create(agreement=agreement, defaults={"agreed": agreement.total})[0]


def account_of(agreement: Agreement) -> Account | None:
    """The agreement's account, None before it entered into force."""
    return getattr(agreement, "account", None)


def lock_account(agreement: Agreement) -> Account:
    """The account row, locked until the transaction ends; the agreement is locked already."""
    return Account.objects.select_for_update().get(agreement_id=agreement.pk)


def book(account: Account, kind: str, amount: Decimal, field: str = "amount") -> None:
    """Add an entry's amount (baht; negative for a correction) to the locked account and store it.

    Raises ValidationError at `field` when more would be paid than agreed, or spent and returned than received.
    """
    name = SUM_OF_KIND[EntryKind(kind)]
    before = account.balance
    setattr(account, name, getattr(account, name) + amount)
    if account.paid > account.agreed:
        left = in_baht(account.agreed - account.paid + amount)
        raise refused(field, _("More would be paid than was agreed: %(left)s baht are left."), left=left)
    if account.balance < 0:
        message = _("More would be spent and returned than was received: %(left)s baht are left in the account.")
        raise refused(field, message, left=in_baht(before))
    account.save()


# --- drawing up and checking ----------------------------------------------------------------------------------------


def _may_be_drawn_up(agreement: Agreement) -> bool:
    account = account_of(agreement)
    if account is None or account.drawn_up_on is not None:
        return False
    at_end = agreement.standing == Standing.IN_FORCE and agreement.step in LAST_STEPS
    return at_end or agreement.standing == Standing.TERMINATED


def _is_drawn_up(agreement: Agreement) -> bool:
    account = account_of(agreement)
    return account is not None and account.drawn_up_on is not None and agreement.standing in STANDINGS_WITH_ACCOUNT


def _is_unchecked(agreement: Agreement) -> bool:
    return _is_drawn_up(agreement) and agreement.account.checked_on is None


def _own_account(agreement: Agreement, actor: Any) -> Text | None:
    account = account_of(agreement)
    if account is not None and actor.user_id is not None and account.drawn_up_by_id == actor.user_id:
        return gettext_lazy("Whoever drew up the account cannot check it.")
    return None


DRAW_UP = Rule(
    "draw_up_account",
    gettext_lazy("Draw up the account"),
    role=receiver_finance,
    when=_may_be_drawn_up,
    requires=("instalments_settled", "account_balanced"),
)
# After a termination nothing more is paid: instalments that were never paid hold nothing up.
DRAW_UP_ENDED = Rule(
    "draw_up_account",
    gettext_lazy("Draw up the account"),
    role=receiver_finance,
    when=_may_be_drawn_up,
    requires=("account_balanced",),
)
CHECK = Rule(
    "check_account", gettext_lazy("Check the account"), role=giver_finance, when=_is_unchecked, unless=_own_account
)
SEND_BACK = Rule("return_account", gettext_lazy("Send the account back"), role=giver_finance, when=_is_drawn_up)


def rule_to_draw_up(agreement: Agreement) -> Rule:
    """The rule for drawing up the account as the agreement stands."""
    return DRAW_UP_ENDED if agreement.standing == Standing.TERMINATED else DRAW_UP


def draw_up_account(*, agreement: Agreement, statement: str, by: Actor, stamp: Stamp | None = None) -> Account:
    """The receiver's finance declares the books complete: no more entries from now on (§3.2 step 9)."""
    with pass_door(agreement, rule_to_draw_up(agreement), by=by, stamp=stamp) as door:
        account = lock_account(door.root)
        account.drawn_up_by_id, account.drawn_up_on = by.user_id, clock.today()
        account.statement = statement.strip()
        account.save()
        door.payload.update(_sums(account))
        tell_side(door, Side.GIVER, kind="account.drawn_up", roles=(Role.FINANCE,))
    return account


def check_account(*, agreement: Agreement, note: str, by: Actor, stamp: Stamp | None = None) -> Account:
    """The giver's finance has checked the drawn-up account, with the result as a note."""
    with pass_door(agreement, CHECK, by=by, stamp=stamp) as door:
        account = lock_account(door.root)
        account.checked_by_id, account.checked_on = by.user_id, clock.today()
        account.check_note = note.strip()
        account.save()
        door.payload.update(_sums(account))
        tell(door, [door.root.officer_id], kind="account.checked")
    return account


def return_account(*, agreement: Agreement, reason: str, by: Actor, stamp: Stamp | None = None) -> Account:
    """The giver's finance sends the account back with a reason: entries can be made again."""
    with pass_door(agreement, SEND_BACK, by=by, stamp=stamp) as door:
        account = lock_account(door.root)
        account.drawn_up_by = account.drawn_up_on = account.checked_by = account.checked_on = None
        account.check_note = reason.strip()
        account.save()
        door.payload["reason"] = reason.strip()
        tell_side(door, Side.RECEIVER, kind="account.returned", roles=(Role.FINANCE,))
    return account


def _sums(account: Account) -> dict[str, Decimal]:
    return {name: getattr(account, name) for name in ("agreed", "paid", "spent", "returned", "interest")}
