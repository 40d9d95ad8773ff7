"""The positions through which an organisation's own decisions pass, in order (ผอ.กลุ่ม → ผอ.กอง → … → อธิบดี)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from partnerships.models.organisations import Organisation
from partnerships.models.people import User


class EndorsementPosition(models.Model):
    """One position of a chain. Without any, a chain of two serves: officer proposes, executive decides."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="endorsement_positions")
    ordinal = models.PositiveSmallIntegerField(_("order"))
    title = models.CharField(_("position"), max_length=200)
    holder = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("holder"))

    class Meta:
        verbose_name = _("endorsement position")
        verbose_name_plural = _("endorsement positions")
        ordering = ["organisation", "ordinal"]
        constraints = [models.UniqueConstraint(fields=["organisation", "ordinal"], name="endorsement_order_once")]

    def __str__(self) -> str:
        return f"{self.ordinal}. {self.title}"
