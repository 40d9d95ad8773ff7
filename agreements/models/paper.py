"""What happens to a proposal on paper: sent back, objected to, taken back by letter (§3.1 step 2, §3.2 step 2)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.models.proposals import Proposal
from core import clock
from core.models import StoredFile
from partnerships.models import User


class PaperWithdrawal(models.Model):
    """Recorded from the letter by one person of the agency, confirmed or sent back by another.

    `received_at` is the time stamped on the letter, and counts against the deadline. Nobody has judged it yet while
    `judged_at` is empty; sent back, it holds why, and the letter may be recorded anew.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="paper_withdrawals")
    letter = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason given by the applicant"))
    received_at = models.DateTimeField(_("letter received at"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    sent_back = models.TextField(_("what differs from the letter"), blank=True)

    class Meta:
        verbose_name = _("withdrawal by letter")
        verbose_name_plural = _("withdrawals by letter")
        ordering = ["recorded_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(judged_at__isnull=True), name="paper_withdrawal_one_at_a_time"
            ),
            models.CheckConstraint(
                name="paper_withdrawal_by_two_people",
                condition=Q(judged_by__isnull=True, judged_at__isnull=True, sent_back="")
                | (Q(judged_by__isnull=False, judged_at__isnull=False) & ~Q(judged_by=F("recorded_by"))),
                violation_error_message=_("A withdrawal by letter is confirmed by another person than recorded it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}"

    @property
    def is_confirmed(self) -> bool:
        return self.judged_at is not None and not self.sent_back


class PaperObjection(models.Model):
    """What the organisation says of a paper entered in its name: it is not its own, or it wants to go on online.

    Answered when the entry is confirmed or taken out; until then one is open at most.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="objections")
    reason = models.TextField(_("reason"))
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("objection to a paper")
        verbose_name_plural = _("objections to papers")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(answered_at__isnull=True), name="paper_objection_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}"


class PaperReturn(models.Model):
    """The entry was sent back to whoever entered it, with what differs from the paper.

    It waits until the entry is reported corrected, confirmed or taken out; until then one is open at most.
    """

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="paper_returns")
    reason = models.TextField(_("what differs from the paper"))
    returned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(default=clock.now)
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("entry sent back")
        verbose_name_plural = _("entries sent back")
        ordering = ["returned_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(corrected_at__isnull=True), name="paper_return_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}"
