"""Joint committee, formal body and secretariat, or the waiver with its reason (§3.1-3.3, §4 step 6)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.enums import MemberRole, Side
from agreements.models.agreement import Agreement
from core import clock
from partnerships.models import User


class Committee(models.Model):
    """One per agreement: appointed by announcement or order, or waived with the reason (Grant and PBC only)."""

    agreement = models.OneToOneField(Agreement, models.PROTECT, related_name="committee")
    name = models.CharField(_("name of the committee or body"), max_length=300, blank=True)
    order_number = models.CharField(_("number of the order or announcement"), max_length=100, blank=True)
    ordered_on = models.DateField(_("date of the order"), null=True, blank=True)
    ordered_by = models.CharField(_("ordered by (top executive of either side)"), max_length=200, blank=True)
    secretariat = models.CharField(_("secretariat office"), max_length=300, blank=True)
    waiver_reason = models.TextField(_("reason why no committee is set up"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("joint committee")
        verbose_name_plural = _("joint committees")
        constraints = [
            models.CheckConstraint(
                name="committee_ordered_or_waived",
                condition=Q(waiver_reason="", ordered_on__isnull=False) & ~Q(name="") & ~Q(order_number="")
                | ~Q(waiver_reason=""),
                violation_error_message=_(
                    "Give name, number and date of the order, or the reason for having no committee."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name or self.waiver_reason

    @property
    def is_waived(self) -> bool:
        return bool(self.waiver_reason)


class CommitteeMember(models.Model):
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="members")
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position and organisation"), max_length=300, blank=True)
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    role = models.CharField(_("role"), max_length=10, choices=MemberRole.choices, default=MemberRole.MEMBER)
    can_decide = models.BooleanField(_("can decide for the organisation"), default=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
