"""Who wants to hear of new calls, by field of work and province; anyone, without an account."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from partnerships.models import FieldOfWork


class CallSubscription(models.Model):
    """No field or no province means all of them. It counts from its confirmation by mail until it is ended.

    `token` opens the links of confirming and ending, and nothing else. `language`: that of the page it was asked on.
    """

    email = models.EmailField(_("e-mail"))
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("th", "ไทย"), ("en", "English")],  # Thai on purpose: each language by its own name
        default="th",
    )
    token = models.CharField(max_length=64, unique=True, editable=False)
    fields_of_work = models.ManyToManyField(FieldOfWork, related_name="+", blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("subscription to calls")
        verbose_name_plural = _("subscriptions to calls")
        indexes = [models.Index(fields=["email"], name="subscription_by_email")]

    def __str__(self) -> str:
        return self.email


class SubscriptionArea(models.Model):
    subscription = models.ForeignKey(CallSubscription, models.CASCADE, related_name="areas")
    province_code = models.CharField(_("province"), max_length=2)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "province_code"], name="subscription_area_once")]

    def __str__(self) -> str:
        return self.province_code
