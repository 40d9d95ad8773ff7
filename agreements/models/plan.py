"""Action plan and the indicators as agreed (§4 step 6); actual figures live on the evaluations floor."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.enums import Direction, Side
from agreements.models.agreement import Agreement
from core import clock
from partnerships.models import User


class Plan(models.Model):
    """The action plan of one cycle (Grant and PBC have one). Approved by the other side than drew it up."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="plans")
    cycle = models.PositiveSmallIntegerField(default=1, editable=False)
    side = models.CharField(
        _("drawn up by"), max_length=10, choices=Side.choices, default=Side.RECEIVER, editable=False
    )
    participation = models.TextField(_("how stakeholders take part"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    proposed_at = models.DateTimeField(null=True, editable=False)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")
        constraints = [models.UniqueConstraint(fields=["agreement", "cycle"], name="plan_once_per_cycle")]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.cycle}"


class PlanActivity(models.Model):
    """A main or sub activity, with months counted from the start of the agreement (1 = first month)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="activities")
    ordinal = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("activity"), max_length=300)
    target = models.CharField(_("target"), max_length=300, blank=True)
    responsible = models.CharField(_("who is responsible"), max_length=10, choices=Side.choices, default=Side.RECEIVER)
    month_from = models.PositiveSmallIntegerField(_("from month"))
    month_to = models.PositiveSmallIntegerField(_("to month"))
    budget = models.DecimalField(_("budget (baht)"), max_digits=15, decimal_places=2, default=0)
    legal_authority = models.CharField(_("legal authority"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["ordinal", "pk"]
        constraints = [
            models.CheckConstraint(
                name="activity_months_in_order",
                condition=Q(month_from__gte=1, month_to__gte=F("month_from")),
                violation_error_message=_("The last month must not come before the first."),
            ),
            models.CheckConstraint(
                name="activity_budget_not_negative",
                condition=Q(budget__gte=0),
                violation_error_message=_("The budget cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Indicator(models.Model):
    """An indicator as agreed: part of the agreement's text. Weights of an agreement total 100."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="indicators")
    ordinal = models.PositiveSmallIntegerField(_("order"), default=1)
    statement = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), max_length=50)
    direction = models.CharField(_("direction"), max_length=5, choices=Direction.choices, default=Direction.UP)
    baseline = models.DecimalField(_("baseline"), max_digits=15, decimal_places=2)
    target = models.DecimalField(_("target"), max_digits=15, decimal_places=2)
    weight = models.PositiveSmallIntegerField(_("weight (percent)"))
    source = models.CharField(_("source of data"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["ordinal", "pk"]
        constraints = [
            models.CheckConstraint(
                name="indicator_target_differs",
                condition=~Q(target=F("baseline")),
                violation_error_message=_("The target must differ from the baseline."),
            ),
            models.CheckConstraint(
                name="indicator_weight_1_to_100",
                condition=Q(weight__gte=1, weight__lte=100),
                violation_error_message=_("The weight goes from 1 to 100."),
            ),
        ]

    def __str__(self) -> str:
        return self.statement
