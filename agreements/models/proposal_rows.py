"""The rows of a proposal: people served, activities, indicators, budget, team, risks, documents.

Rows belong to the draft; a submitted version holds them frozen in its content.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.enums import BudgetCategory, Direction, IndicatorLevel, MoneySource, RiskLevel
from agreements.models.calls import CallDocument
from agreements.models.proposals import Proposal
from core.models import StoredFile
from partnerships.models import TargetGroup


class ProposalRow(models.Model):
    ordinal = models.PositiveSmallIntegerField(_("order"), default=1)

    class Meta:
        abstract = True
        ordering = ["ordinal", "pk"]


class ProposalBeneficiary(ProposalRow):
    """A group of people served, with their number."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="beneficiary_rows")
    target_group = models.ForeignKey(TargetGroup, models.PROTECT, null=True, blank=True, related_name="+")
    description = models.CharField(_("who they are"), max_length=300, blank=True)
    number = models.PositiveIntegerField(_("number of people"))

    class Meta(ProposalRow.Meta):
        constraints = [models.CheckConstraint(name="proposal_beneficiary_counted", condition=Q(number__gte=1))]

    def __str__(self) -> str:
        return f"{self.target_group or self.description}: {self.number}"


class ProposalActivity(ProposalRow):
    """Months are counted from the start of the project: 1 is the first."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="activity_rows")
    title = models.CharField(_("activity"), max_length=300)
    detail = models.TextField(_("details"), blank=True)
    month_from = models.PositiveSmallIntegerField(_("from month"))
    month_to = models.PositiveSmallIntegerField(_("to month"))

    class Meta(ProposalRow.Meta):
        verbose_name = _("activity")
        constraints = [
            models.CheckConstraint(
                name="proposal_activity_months_in_order",
                condition=Q(month_from__gte=1, month_to__gte=F("month_from")),
                violation_error_message=_("The last month must not come before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class ProposalIndicator(ProposalRow):
    """An indicator the partner proposes; weights are agreed later. Unknown baseline is null, not 0."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="indicator_rows")
    level = models.CharField(_("level"), max_length=10, choices=IndicatorLevel.choices, default=IndicatorLevel.OUTPUT)
    statement = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), max_length=50)
    direction = models.CharField(_("direction"), max_length=5, choices=Direction.choices, default=Direction.UP)
    baseline = models.DecimalField(_("baseline"), max_digits=15, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=15, decimal_places=2)
    source = models.CharField(_("source of data"), max_length=300, blank=True)

    class Meta(ProposalRow.Meta):
        verbose_name = _("indicator")

    def __str__(self) -> str:
        return self.statement


class ProposalBudgetLine(ProposalRow):
    """quantity × unit cost (baht), from a named source; what is asked of the call is the source `state_budget`…

    The line's amount is worked out, never typed. `is_own`: brought in by the partner, not asked for.
    """

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="budget_rows")
    category = models.CharField(_("category"), max_length=20, choices=BudgetCategory.choices)
    title = models.CharField(_("item"), max_length=300)
    unit = models.CharField(_("unit"), max_length=50)
    quantity = models.DecimalField(_("quantity"), max_digits=12, decimal_places=2)
    unit_cost = models.DecimalField(_("unit cost (baht)"), max_digits=15, decimal_places=2)
    source = models.CharField(
        _("source of money"), max_length=20, choices=MoneySource.choices, default=MoneySource.STATE_BUDGET
    )
    is_own = models.BooleanField(_("brought in by the partner"), default=False)

    class Meta(ProposalRow.Meta):
        verbose_name = _("budget line")
        constraints = [
            models.CheckConstraint(
                name="proposal_budget_line_positive",
                condition=Q(quantity__gt=0, unit_cost__gt=0),
                violation_error_message=_("Quantity and unit cost must be more than 0."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def amount(self) -> Decimal:
        """Baht, to the satang."""
        return (self.quantity * self.unit_cost).quantize(Decimal("0.01"), ROUND_HALF_UP)


class ProposalMember(ProposalRow):
    """Somebody of the team."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="team_rows")
    name = models.CharField(_("name"), max_length=200)
    duty = models.CharField(_("duty in the project"), max_length=200)
    qualification = models.CharField(_("qualification and experience"), max_length=500, blank=True)

    class Meta(ProposalRow.Meta):
        verbose_name = _("member of the team")

    def __str__(self) -> str:
        return self.name


class ProposalRisk(ProposalRow):
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="risk_rows")
    risk = models.CharField(_("risk"), max_length=300)
    likelihood = models.PositiveSmallIntegerField(_("likelihood"), choices=RiskLevel.choices, default=RiskLevel.MEDIUM)
    impact = models.PositiveSmallIntegerField(_("impact"), choices=RiskLevel.choices, default=RiskLevel.MEDIUM)
    response = models.TextField(_("how it is met"))

    class Meta(ProposalRow.Meta):
        verbose_name = _("risk")

    def __str__(self) -> str:
        return self.risk


class ProposalDocument(models.Model):
    """Which attached file answers which document that the call wants."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="document_rows")
    wanted = models.ForeignKey(CallDocument, models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "file"], name="proposal_document_file_once")]

    def __str__(self) -> str:
        return f"{self.wanted}: {self.file}"
