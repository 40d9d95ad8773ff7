"""Asking a person who has no account yet to judge a call: by e-mail, answered once he or she has signed up."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from agreements.enums import CapacityKind
from agreements.models.calls import Call
from core import clock
from partnerships.models import User


class JudgeInvitation(models.Model):
    """`accepted`: None while it waits. Only whoever has proven that the address is his or hers can answer: no secret
    is sent."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="judge_invitations")
    kind = models.CharField(_("capacity"), max_length=20, choices=CapacityKind.choices)
    email = models.EmailField(_("e-mail"))
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=clock.now)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(null=True, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation to judge")
        verbose_name_plural = _("invitations to judge")
        ordering = ["invited_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                "call",
                "kind",
                condition=Q(accepted__isnull=True, cancelled_at__isnull=True),
                name="judge_invitation_open_once",
                violation_error_message=_("This person has already been invited."),
            ),
            models.CheckConstraint(
                name="judge_invitation_answered_in_full",
                condition=Q(accepted__isnull=True, answered_at__isnull=True)
                | Q(accepted__isnull=False, answered_at__isnull=False, answered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.call}"

    @property
    def is_open(self) -> bool:
        return self.accepted is None and self.cancelled_at is None

    @property
    def title(self) -> str:
        """What it is about, as lists name it."""
        return self.call.title

    @property
    def reference(self) -> str:
        return self.call.reference
