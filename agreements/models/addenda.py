"""Numbered addenda (ประกาศแก้ไขเพิ่มเติม): a published call changes by them alone."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models.calls import Call
from core import clock
from partnerships.models import User


class CallAddendum(models.Model):
    """`changes`: {field of the call: new value as JSON}, `before` the same fields as they were when it was published.

    Without a number it is proposed or was returned; the executive's decision numbers and publishes it.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="addenda")
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True, editable=False)
    summary = models.TextField(_("what is changed and why"))
    changes = models.JSONField(default=dict, editable=False)
    before = models.JSONField(default=dict, editable=False)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    written_at = models.DateTimeField(default=clock.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("addendum")
        verbose_name_plural = _("addenda")
        ordering = ["call", "number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="addendum_number_once_per_call"),
            models.CheckConstraint(
                name="addendum_published_has_number",
                condition=models.Q(number__isnull=True, published_at__isnull=True)
                | models.Q(number__gte=1, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} ({self.number or '-'})"
