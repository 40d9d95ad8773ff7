"""Judging proposals: qualifications, presentation, scores, resolution (§3.1 step 2, §3.2 steps 3-4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import Outcome
from agreements.models.calls import Call, CallCriterion
from agreements.models.proposals import Proposal, ProposalVersion
from core import clock
from partnerships.models import User

MAX_POINTS = 5


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


class Presentation(models.Model):
    """An applicant presented its plan on a day (§3.2 step 3), with minutes."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="presentation")
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place or online link"), max_length=300, blank=True)
    minutes = models.TextField(_("minutes of the presentation"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.proposal} {self.held_on}"


class Review(models.Model):
    """One reviewer's judgement of one submitted version; nobody sees it before it is finished."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reviews")
    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="reviews", verbose_name=_("reviewer"))
    comment = models.TextField(_("overall comment"), blank=True)
    total = models.DecimalField(_("weighted score (of 100)"), max_digits=6, decimal_places=2, null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "reviewer"], name="review_once_per_reviewer"),
            models.CheckConstraint(
                name="review_finished_has_total",
                condition=models.Q(finished_at__isnull=True, total__isnull=True)
                | models.Q(finished_at__isnull=False, total__gte=0, total__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.reviewer}"


class ReviewScore(models.Model):
    """Points 0 to 5 on one criterion, with the reason."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(CallCriterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    points = models.PositiveSmallIntegerField(_("points (0-5)"))
    reason = models.TextField(_("reason"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="review_score_once"),
            models.CheckConstraint(
                name="review_points_0_to_5",
                condition=models.Q(points__gte=0, points__lte=MAX_POINTS),
                violation_error_message=_("Points go from 0 to 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class Resolution(models.Model):
    """The selection committee's resolution (มติ) on a call, which the executive's decision rests on."""

    call = models.OneToOneField(Call, models.PROTECT, related_name="resolution")
    appointment_order = models.CharField(_("appointment order of the committee"), max_length=200)
    meeting_number = models.CharField(_("meeting number"), max_length=50)
    held_on = models.DateField(_("held on"))
    members = models.TextField(_("committee members present"))
    minutes = models.TextField(_("minutes and resolution"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")

    def __str__(self) -> str:
        return self.meeting_number


class ResolutionOutcome(models.Model):
    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="outcomes")
    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="outcome")
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices)
    reason = models.TextField(_("reason"))

    def __str__(self) -> str:
        return f"{self.proposal}: {self.outcome}"
