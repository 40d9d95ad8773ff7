"""Screening a proposal against the qualifications, and the one chance to mend formal gaps (§3.2 step 3)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models.calls import CallCriterion
from agreements.models.proposals import Proposal
from core import clock
from partnerships.models import User


class ScreeningCheck(models.Model):
    """Whether one qualification of the call is met, and why."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="screening_checks")
    criterion = models.ForeignKey(CallCriterion, models.PROTECT, related_name="+", verbose_name=_("qualification"))
    met = models.BooleanField(_("met"))
    reason = models.TextField(_("reason"), blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "criterion"], name="screening_check_once")]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.met}"


class ScreeningReopening(models.Model):
    """A finding was taken back while the call is being screened, with the reason and what had been answered.

    `checks`: the qualifications as they had been answered, {"criterion", "title", "met", "reason"} each.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="screening_reopenings")
    reason = models.TextField(_("reason"))
    checks = models.JSONField(editable=False)
    was_eligible = models.BooleanField(_("found eligible before"))
    screened_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    reopened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["reopened_at", "pk"]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.reason[:40]}"


class CureRequest(models.Model):
    """Formal gaps that the applicant may mend once, until `due_at`, where the call says so."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="cure_request")
    gaps = models.TextField(_("what is to be mended"))
    due_at = models.DateTimeField(_("until"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    answer = models.TextField(_("what was mended"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.proposal}: {self.due_at}"
