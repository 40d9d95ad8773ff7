"""Money in Decimal baht to the satang, with its source. Entries are never changed: a correction is a new entry."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.utils.translation import gettext_lazy as _

from agreements.enums import EntryKind, InstalmentState, MoneySource, Standing
from agreements.lifecycles.instalment import InstalmentMoves
from agreements.models.agreement import Agreement
from core import clock
from core.fields import StateField, StatefulModel
from core.models.frozen import FrozenModel
from partnerships.models import Organisation, User


class BudgetSource(models.Model):
    """Who brings which money or resource into the agreement (§4 step 7)."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="budget_sources")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("contributor"))
    source = models.CharField(_("source of money"), max_length=20, choices=MoneySource.choices)
    amount = models.DecimalField(_("amount (baht)"), max_digits=15, decimal_places=2)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("budget source")
        verbose_name_plural = _("budget sources")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="budget_source_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("The amount must be more than 0 baht."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.amount}"


class Instalment(InstalmentMoves, StatefulModel):
    """One instalment (งวดเงิน), bound to a work period. Each person on its way is kept: nobody approves own work."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="instalments")
    ordinal = models.PositiveSmallIntegerField(_("instalment"))
    amount = models.DecimalField(_("amount (baht)"), max_digits=15, decimal_places=2)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    condition = models.TextField(_("work and condition"), blank=True)
    source = models.CharField(
        _("source of money"), max_length=20, choices=MoneySource.choices, default=MoneySource.STATE_BUDGET
    )
    state = StateField(_("state"), choices=InstalmentState.choices, default=InstalmentState.PLANNED)
    requested_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    requested_on = models.DateField(null=True, editable=False)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    checked_on = models.DateField(null=True, editable=False)
    check_note = models.TextField(_("result of acceptance"), blank=True, editable=False)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    approved_on = models.DateField(null=True, editable=False)
    paid_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    paid_on = models.DateField(null=True, editable=False)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    received_on = models.DateField(null=True, editable=False)
    receipt_number = models.CharField(_("receipt number"), max_length=50, blank=True, editable=False)
    # Paid before the agreement was known here: by whom is in the agency's papers, not in this system.
    entered_later = models.BooleanField(_("entered later"), default=False, editable=False)

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["agreement", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "ordinal"], name="instalment_ordinal_once"),
            models.CheckConstraint(
                name="instalment_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("The amount must be more than 0 baht."),
            ),
            models.CheckConstraint(
                name="instalment_paid_by_four_hands",
                condition=~Q(state__in=[InstalmentState.PAID, InstalmentState.RECEIVED])
                | Q(entered_later=True, paid_on__isnull=False, received_on__isnull=False)
                | (
                    Q(checked_by__isnull=False, approved_by__isnull=False, paid_by__isnull=False, paid_on__isnull=False)
                    & ~Q(checked_by=F("approved_by"))
                    & ~Q(approved_by=F("paid_by"))
                    & ~Q(checked_by=F("paid_by"))
                ),
                violation_error_message=_("Checking, approving and paying are done by three different people."),
            ),
            models.CheckConstraint(
                name="instalment_approved_by_another",
                condition=~Q(state=InstalmentState.APPROVED)
                | (Q(checked_by__isnull=False, approved_by__isnull=False) & ~Q(checked_by=F("approved_by"))),
                violation_error_message=_("Whoever accepted the work cannot approve its payment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal}"

    def admits_move(self, state_field: str) -> bool:
        """Money moves only while the agreement is in force."""
        return self.agreement.standing == Standing.IN_FORCE


class Account(models.Model):
    """The running sums of an agreement, kept under its lock; `check_ledger` recomputes them from the entries."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="account")
    agreed = models.DecimalField(_("agreed (baht)"), max_digits=15, decimal_places=2, default=0)
    paid = models.DecimalField(_("paid (baht)"), max_digits=15, decimal_places=2, default=0)
    spent = models.DecimalField(_("spent (baht)"), max_digits=15, decimal_places=2, default=0)
    returned = models.DecimalField(_("returned (baht)"), max_digits=15, decimal_places=2, default=0)
    interest = models.DecimalField(_("bank interest (baht)"), max_digits=15, decimal_places=2, default=0)
    drawn_up_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    drawn_up_on = models.DateField(null=True, editable=False)
    statement = models.TextField(_("statement of the receiver"), blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    checked_on = models.DateField(null=True, editable=False)
    check_note = models.TextField(_("result of the check"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="account_paid_within_agreed",
                condition=Q(paid__lte=F("agreed"), paid__gte=0),
                violation_error_message=_("More would be paid than was agreed."),
            ),
            models.CheckConstraint(
                name="account_spent_within_paid",
                condition=Q(spent__gte=0, returned__gte=0, interest__gte=0)
                # rounded, because SQLite adds in binary: 0.1 + 0.2 must not pass 0.3
                & Q(paid__gte=Round(F("spent") + F("returned") - F("interest"), 2)),
                violation_error_message=_("More would be spent and returned than was received."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.agreement)

    @property
    def balance(self) -> Any:
        """Baht still in the receiver's hands: paid + interest - spent - returned."""
        return self.paid + self.interest - self.spent - self.returned


class AccountEntry(FrozenModel):
    """One entry of the ledger. A correction names the entry it corrects and carries the opposite sign."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices)
    amount = models.DecimalField(_("amount (baht)"), max_digits=15, decimal_places=2)
    booked_on = models.DateField(_("date"))
    description = models.CharField(_("description"), max_length=300)
    source = models.CharField(
        _("source of money"), max_length=20, choices=MoneySource.choices, default=MoneySource.STATE_BUDGET
    )
    activity = models.ForeignKey(
        "agreements.PlanActivity", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("activity")
    )
    instalment = models.ForeignKey(Instalment, models.PROTECT, null=True, blank=True, related_name="entries")
    evidence = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="correction")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("account entry")
        verbose_name_plural = _("account entries")
        ordering = ["booked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="entry_sign_by_correction",
                condition=Q(corrects__isnull=True, amount__gt=0) | Q(corrects__isnull=False, amount__lt=0),
                violation_error_message=_("An entry is more than 0 baht; a correction takes the amount back."),
            ),
            models.UniqueConstraint(
                fields=["instalment"],
                condition=Q(kind=EntryKind.PAYMENT),
                name="entry_one_payment_per_instalment",
                violation_error_message=_("This instalment was already paid."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount}"
