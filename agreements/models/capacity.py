"""What a person was invited for: rights that hang on the person and one call or agreement, not on a membership."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.enums import CapacityKind
from core import clock
from partnerships.models import User


class CapacityQuerySet(models.QuerySet):
    def current(self) -> CapacityQuerySet:
        """Invitations that have not ended."""
        today = clock.today()
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)


class Capacity(models.Model):
    user = models.ForeignKey(User, models.PROTECT, related_name="capacities", verbose_name=_("person"))
    kind = models.CharField(_("capacity"), max_length=20, choices=CapacityKind.choices)
    call = models.ForeignKey("agreements.Call", models.PROTECT, null=True, blank=True, related_name="capacities")
    agreement = models.ForeignKey(
        "agreements.Agreement", models.PROTECT, null=True, blank=True, related_name="capacities"
    )
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = CapacityQuerySet.as_manager()

    class Meta:
        verbose_name = _("invited capacity")
        verbose_name_plural = _("invited capacities")
        constraints = [
            models.CheckConstraint(
                name="capacity_for_call_or_agreement",
                condition=Q(call__isnull=False, agreement__isnull=True) | Q(call__isnull=True, agreement__isnull=False),
            ),
            models.UniqueConstraint(fields=["user", "kind", "call"], name="capacity_once_per_call"),
            models.UniqueConstraint(fields=["user", "kind", "agreement"], name="capacity_once_per_agreement"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_kind_display()}"
