"""Entries of the ledger by the receiver: spending, return of unspent money, bank interest, corrections (§3.1 step 4).

An entry is never changed: what was wrong is taken back by a correction that carries the opposite sign and the reason,
and recorded anew.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.files import File
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.actions.account import account_of, book, lock_account
from agreements.actions.instalments import keep_evidence
from agreements.actions.money_refusals import not_before, not_in_future, refused, sound_amount
from agreements.enums import EntryKind, MoneySource
from agreements.models import AccountEntry, Agreement, PlanActivity
from agreements.permissions.agreements import receiver_finance, receiver_staff
from agreements.requirements.instalment import STANDINGS_WITH_ACCOUNT
from core import clock
from core.workflow import Actor, NotNow, Rule, Stamp, pass_door

# What the receiver enters; payments are entered by the giver's finance when it pays.
RECEIVER_KINDS = (EntryKind.SPENDING, EntryKind.RETURN, EntryKind.INTEREST)


def _keeps_books(agreement: Agreement, actor: Any) -> bool:
    return receiver_finance(agreement, actor) or receiver_staff(agreement, actor)


def _books_are_open(agreement: Agreement) -> bool:
    """Money has been paid and the account was not drawn up yet; also after a termination, to account for it."""
    account = account_of(agreement)
    return (
        account is not None
        and account.drawn_up_on is None
        and account.paid > 0
        and agreement.standing in STANDINGS_WITH_ACCOUNT
    )


def can_be_corrected(entry: AccountEntry) -> bool:
    """Whether the entry is the receiver's own, neither a correction nor taken back already."""
    return entry.kind in RECEIVER_KINDS and entry.corrects_id is None and not hasattr(entry, "correction")


RECORD = Rule("record_entry", gettext_lazy("Record an entry"), role=_keeps_books, when=_books_are_open)
CORRECT = Rule("correct_entry", gettext_lazy("Take the entry back"), role=_keeps_books, when=_books_are_open)


def first_payment_on(agreement: Agreement) -> dt.date | None:
    """The day of the first payment, before which nothing can have been spent of it."""
    payments = agreement.entries.filter(kind=EntryKind.PAYMENT).order_by("booked_on")
    return payments.values_list("booked_on", flat=True).first()


def record_entry(
    *,
    agreement: Agreement,
    kind: str,
    booked_on: dt.date,
    amount: Decimal,
    description: str,
    evidence: File | None,
    by: Actor,
    source: str = MoneySource.STATE_BUDGET,
    activity: PlanActivity | None = None,
    stamp: Stamp | None = None,
) -> AccountEntry:
    """Record spending, a return or interest (baht) with its evidence file.

    Raises ValidationError at the field: no evidence, a day in the future or before the first payment, an amount that
    is not more than 0 or more than what is left in the account.
    """
    if kind not in RECEIVER_KINDS:
        raise refused("kind", _("Entries of this kind are not recorded here."))
    if evidence is None:
        raise refused("evidence", _("Please attach the evidence."))
    amount = sound_amount(amount)
    with pass_door(agreement, RECORD, by=by, stamp=stamp) as door:
        _check_day(door.root, booked_on)
        _check_activity(door.root, activity)
        stored = keep_evidence(evidence, door.root, by)
        book(lock_account(door.root), kind, amount)
        entry = AccountEntry.objects.create(
            agreement=door.root,
            kind=kind,
            amount=amount,
            booked_on=booked_on,
            description=description.strip(),
            source=source,
            activity=activity,
            evidence=stored,
            recorded_by_id=by.user_id,
        )
        door.payload.update(_facts(entry), evidence=stored.sha256 if stored else None)
    return entry


def correct_entry(*, entry: AccountEntry, reason: str, by: Actor, stamp: Stamp | None = None) -> AccountEntry:
    """Take a whole entry back by an entry of the opposite sign, dated today, with the reason.

    Raises ValidationError when the books would not bear it (interest that was spent already).
    """
    if not reason.strip():
        raise refused("reason", _("Please give the reason."))
    with pass_door(entry.agreement, CORRECT, by=by, stamp=stamp) as door:
        if not can_be_corrected(AccountEntry.objects.select_related("correction").get(pk=entry.pk)):
            raise NotNow(_("This entry cannot be taken back: it was taken back already, or is not yours to correct."))
        book(lock_account(door.root), entry.kind, -entry.amount, "reason")
        correction = AccountEntry.objects.create(
            agreement=door.root,
            kind=entry.kind,
            amount=-entry.amount,
            booked_on=clock.today(),
            description=reason.strip(),
            source=entry.source,
            activity_id=entry.activity_id,
            corrects=entry,
            recorded_by_id=by.user_id,
        )
        door.payload.update(_facts(correction), corrects=entry.pk, reason=reason.strip())
    return correction


def _check_day(agreement: Agreement, booked_on: dt.date) -> None:
    not_in_future(booked_on, "booked_on")
    first = first_payment_on(agreement)
    not_before(booked_on, first, "booked_on", _("The date cannot come before the first payment."))


def _check_activity(agreement: Agreement, activity: PlanActivity | None) -> None:
    if activity is not None and activity.plan.agreement_id != agreement.pk:
        raise refused("activity", _("This activity belongs to another agreement."))


def _facts(entry: AccountEntry) -> dict[str, Any]:
    return {"entry": entry.pk, "kind": entry.kind, "amount": entry.amount, "booked_on": entry.booked_on}
