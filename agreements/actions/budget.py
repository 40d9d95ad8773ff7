"""Where the money comes from and in which instalments it is given (§4 step 7; §3.1 step 3, §3.2 steps 5 and 7).

The rule for instalments. The sum of an agreement is fixed by its text: while it is prepared and no text lies with the
executive or is frozen, instalments are planned freely and must total that sum. In force they stay as they are, with
one exception: a joint contract (Commissioning) that names no sum (total 0) pools its money cycle by cycle, so that at
step 3 of any cycle instalments not yet requested are planned anew, up to the money that the parties have put in
(sources of money, without what is given in kind); the account's agreed sum then follows the instalments.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Max, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.actions.account import lock_account
from agreements.actions.details import terms_are_open
from agreements.actions.instalments import next_due_on
from agreements.actions.money_refusals import in_baht, refused, sound_amount, to_satang
from agreements.enums import InstalmentState, MoneySource, Standing
from agreements.models import Agreement, BudgetSource, Instalment
from agreements.permissions.agreements import giver_officer
from agreements.sequences.commissioning import RESOURCES
from core.workflow import Actor, Rule, Stamp, pass_door


@dataclass(frozen=True)
class SourceRow:
    """One row of the budget: `amount` in baht, `organisation_id` one of the parties'."""

    organisation_id: int
    source: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True)
class InstalmentRow:
    """One planned instalment: `amount` in baht; its ordinal is its place in the list."""

    amount: Decimal
    due_on: dt.date | None = None
    condition: str = ""
    source: str = MoneySource.STATE_BUDGET


def allocates_resources(agreement: Agreement) -> bool:
    """A joint contract in force that stands at the allocation of resources (§3.3 step 3)."""
    return agreement.standing == Standing.IN_FORCE and agreement.step == RESOURCES


def _budget_is_open(agreement: Agreement) -> bool:
    return terms_are_open(agreement) or allocates_resources(agreement)


def _instalments_are_open(agreement: Agreement) -> bool:
    return terms_are_open(agreement) or (allocates_resources(agreement) and agreement.total == 0)


EDIT_BUDGET = Rule("edit_budget", gettext_lazy("Edit the sources of money"), role=giver_officer, when=_budget_is_open)
PLAN_INSTALMENTS = Rule(
    "plan_instalments", gettext_lazy("Plan the instalments"), role=giver_officer, when=_instalments_are_open
)


def set_budget_sources(
    *, agreement: Agreement, rows: Sequence[SourceRow], by: Actor, stamp: Stamp | None = None
) -> None:
    """Replace the sources of money and other resources.

    Raises ValidationError for an amount that is not more than 0, a contributor who is no party, or sources that fall
    short of the instalments planned on them.
    """
    with pass_door(agreement, EDIT_BUDGET, by=by, stamp=stamp) as door:
        parties = {party.organisation_id for party in door.root.party_list}
        if any(row.organisation_id not in parties for row in rows):
            raise refused("organisation", _("Only parties of the agreement contribute to it."))
        made = [
            BudgetSource(
                agreement=door.root,
                organisation_id=row.organisation_id,
                source=row.source,
                amount=sound_amount(row.amount),
                note=row.note,
            )
            for row in rows
        ]
        door.root.budget_sources.all().delete()
        BudgetSource.objects.bulk_create(made)
        if allocates_resources(door.root) and door.root.total == 0:
            _refuse_beyond_sources(door.root, _planned_total(door.root))
        door.payload["sources"] = [[row.organisation_id, row.source, row.amount] for row in made]


def plan_instalments(
    *, agreement: Agreement, rows: Sequence[InstalmentRow], by: Actor, stamp: Stamp | None = None
) -> list[Instalment]:
    """Replace the instalments that were not requested yet; returns the new ones (see the module's rule).

    Raises ValidationError when they do not total the agreement's sum, or exceed the sources of a joint contract.
    """
    with pass_door(agreement, PLAN_INSTALMENTS, by=by, stamp=stamp) as door:
        total = check_instalments(door.root, rows)
        if allocates_resources(door.root):
            _reopen_account(door.root, total)
        planned = _write_rows(door.root, rows)
        door.root.next_due_on = next_due_on(door.root)
        door.payload["instalments"] = [[one.ordinal, one.amount, one.due_on] for one in planned]
    return planned


def check_instalments(agreement: Agreement, rows: Sequence[InstalmentRow]) -> Decimal:
    """The total (baht) that these rows and the instalments already on their way come to.

    Raises ValidationError at `amount` or `due_on`.
    """
    amounts = [sound_amount(row.amount) for row in rows]
    _refuse_disorder(rows)
    total = sum(amounts, _fixed_total(agreement))
    if allocates_resources(agreement):
        _refuse_beyond_sources(agreement, total)
    else:
        _refuse_other_total(total, agreement.total)
    return total


def _fixed_total(agreement: Agreement) -> Decimal:
    """Baht of the instalments that are on their way or paid: they stay as they are."""
    fixed = agreement.instalments.exclude(state__in=[InstalmentState.PLANNED, InstalmentState.VOID])
    return to_satang(fixed.aggregate(sum=Sum("amount"))["sum"])


def _write_rows(agreement: Agreement, rows: Sequence[InstalmentRow]) -> list[Instalment]:
    agreement.instalments.filter(state=InstalmentState.PLANNED).delete()
    after = agreement.instalments.aggregate(last=Max("ordinal"))["last"] or 0
    planned = [
        Instalment(
            agreement=agreement,
            ordinal=ordinal,
            amount=row.amount,
            due_on=row.due_on,
            condition=row.condition,
            source=row.source,
        )
        for ordinal, row in enumerate(rows, start=after + 1)
    ]
    return Instalment.objects.bulk_create(planned)


def _refuse_disorder(rows: Sequence[InstalmentRow]) -> None:
    days = [row.due_on for row in rows if row.due_on]
    if days != sorted(days):
        raise refused("due_on", _("Instalments are due one after the other: the dates must be in order."))


def _refuse_other_total(total: Decimal, agreed: Decimal) -> None:
    if total == agreed:
        return
    over = _("The instalments total %(sum)s baht, %(gap)s baht more than the agreement's sum of %(agreed)s baht.")
    short = _("The instalments total %(sum)s baht, %(gap)s baht less than the agreement's sum of %(agreed)s baht.")
    gap = in_baht(abs(total - agreed))
    raise refused("amount", over if total > agreed else short, sum=in_baht(total), gap=gap, agreed=in_baht(agreed))


def _refuse_beyond_sources(agreement: Agreement, total: Decimal) -> None:
    sourced = money_sourced(agreement)
    if total > sourced:
        message = _("The instalments total %(sum)s baht, but the sources of money come to %(sourced)s baht only.")
        raise refused("amount", message, sum=in_baht(total), sourced=in_baht(sourced))


def money_sourced(agreement: Agreement) -> Decimal:
    """Baht that the parties bring in money; what is given in kind is not paid out."""
    money = agreement.budget_sources.exclude(source=MoneySource.IN_KIND)
    return to_satang(money.aggregate(sum=Sum("amount"))["sum"])


def _planned_total(agreement: Agreement) -> Decimal:
    valid = agreement.instalments.exclude(state=InstalmentState.VOID)
    return to_satang(valid.aggregate(sum=Sum("amount"))["sum"])


def _reopen_account(agreement: Agreement, total: Any) -> None:
    """New money: the agreed sum follows it, and an account drawn up in an earlier cycle is open again."""
    account = lock_account(agreement)
    account.agreed = total
    account.drawn_up_by = account.drawn_up_on = account.checked_by = account.checked_on = None
    account.save()
