"""Candidates for a mission (§4 step 3): how ready they are, and who was put on the shortlist and invited."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import StateField, StatefulModel
from partnerships.enums import ReadinessCriterion, ShortlistState
from partnerships.lifecycles.shortlist import ShortlistMoves
from partnerships.models.missions import Mission
from partnerships.models.organisations import Organisation
from partnerships.models.people import User
from partnerships.querysets import ReadinessRequestQuerySet, ShortlistQuerySet


class ReadinessAssessment(models.Model):
    """One assessor's dated view of one candidate for one mission; a partner may rate itself first."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="assessments")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="assessments", verbose_name=_("candidate")
    )
    assessor = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    assessor_name = models.CharField(_("assessed by"), max_length=200)
    assessed_for = models.ForeignKey(Organisation, models.PROTECT, related_name="+", editable=False)
    is_self = models.BooleanField(_("the candidate's own view"), default=False)
    assessed_on = models.DateField(_("assessed on"))
    recorded_at = models.DateTimeField(editable=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("readiness assessment")
        verbose_name_plural = _("readiness assessments")
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["mission", "organisation"], name="assessment_by_candidate")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.mission}"


class ReadinessScore(models.Model):
    """1 (not ready) to 5 (fully ready) with the reason; no row where the assessor could not tell."""

    assessment = models.ForeignKey(ReadinessAssessment, models.CASCADE, related_name="scores")
    criterion = models.CharField(_("criterion"), max_length=20, choices=ReadinessCriterion.choices)
    score = models.PositiveSmallIntegerField(_("score"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    reason = models.TextField(_("reason"))

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "criterion"], name="readiness_score_once"),
            models.CheckConstraint(
                name="readiness_score_1_to_5",
                condition=Q(score__gte=1, score__lte=5),
                violation_error_message=_("A score is from 1 to 5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.score}"


class ReadinessRequest(models.Model):
    """The agency asks a candidate to rate itself first; the partner sees this and nobody's assessment but its own."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="readiness_requests")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="readiness_requests", verbose_name=_("candidate")
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ReadinessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a self-assessment")
        verbose_name_plural = _("requests for self-assessments")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["mission", "organisation"], name="readiness_asked_once")]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.mission}"


class ShortlistEntry(ShortlistMoves, StatefulModel):
    """A partner put on the mission's shortlist with the reason, then invited, then answering."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="shortlist")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="shortlisted", verbose_name=_("partner")
    )
    reason = models.TextField(_("reason"))
    state = StateField(_("state"), choices=ShortlistState.choices, default=ShortlistState.LISTED)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    invitation = models.TextField(_("words of the invitation"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ShortlistQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a shortlist")
        verbose_name_plural = _("entries of shortlists")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["mission", "organisation"],
                name="shortlist_once",
                violation_error_message=_("This partner is already on the shortlist."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.mission} · {self.organisation}"
