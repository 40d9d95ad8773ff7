"""Judging proposals: conflicts declared first, who judges what, the judgements (§3.1 step 2, §3.2 step 4)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.judges import AssignmentQuerySet, ReviewQuerySet
from agreements.models.calls import Call, CallCriterion
from agreements.models.presentations import MAX_POINTS
from agreements.models.proposals import Proposal, ProposalVersion
from core import clock
from partnerships.models import Organisation, User


class ConflictDeclaration(models.Model):
    """What a reviewer or committee member declared about one applicant, before seeing anything of its proposal.

    By organisation, not by proposal: where reviewers do not see who proposes, they declare on the list of applicants.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="declarations")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_conflicted = models.BooleanField(_("has a conflict of interest"))
    relation = models.TextField(_("what the relation is"), blank=True)
    declared_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "user", "organisation"], name="declaration_once"),
            models.CheckConstraint(
                name="declaration_conflict_has_relation",
                condition=models.Q(is_conflicted=False) | ~models.Q(relation=""),
                violation_error_message=_("Say what the relation is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}: {self.is_conflicted}"


class ReviewAssignment(models.Model):
    """Who judges which proposal; by hand or by the balanced draw (`assigned_by` None: by the system at selection)."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    assigned_at = models.DateTimeField(default=clock.now)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["proposal", "reviewer"], name="assignment_once")]

    def __str__(self) -> str:
        return f"{self.proposal} · {self.reviewer}"


class Review(models.Model):
    """One reviewer's judgement of one submitted version; nobody sees it before it is finished."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="reviews")
    version = models.ForeignKey(ProposalVersion, models.PROTECT, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="reviews", verbose_name=_("reviewer"))
    comment = models.TextField(_("overall comment"), blank=True)
    feedback = models.TextField(_("words for the applicant"), blank=True)
    total = models.DecimalField(_("weighted score (of 100)"), max_digits=6, decimal_places=2, null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    # Rises with each saving: a page that was drawn from an older one does not overwrite it.
    draft_version = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(null=True, editable=False)

    objects = ReviewQuerySet.as_manager()

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
    """Points 0 to 5 on one criterion, with the reason; null is "not scored yet", which is not 0."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(CallCriterion, models.PROTECT, related_name="+", verbose_name=_("criterion"))
    points = models.PositiveSmallIntegerField(_("points (0-5)"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["review", "criterion"], name="review_score_once"),
            models.CheckConstraint(
                name="review_points_0_to_5",
                condition=models.Q(points__isnull=True) | models.Q(points__gte=0, points__lte=MAX_POINTS),
                violation_error_message=_("Points go from 0 to 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"


class ReviewReopening(models.Model):
    """A finished review was opened again, with the reason and the score it had."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="reopenings")
    reason = models.TextField(_("reason"))
    total_before = models.DecimalField(max_digits=6, decimal_places=2)
    reopened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.review}: {self.reason[:40]}"
