"""Presentations (§3.2 step 3): slots that applicants book, what was said, and points where the call says so."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agreements.judges import PresentationScoreQuerySet
from agreements.models.calls import Call
from agreements.models.proposals import Proposal
from core import clock
from partnerships.models import User

MAX_POINTS = 5


class PresentationSlot(models.Model):
    """A time in the calendar of a call; a proposal holds one. `sequence` counts changes, for calendars (RFC 5545)."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("to"))
    place = models.CharField(_("place"), max_length=300, blank=True)
    link = models.URLField(_("online link"), max_length=500, blank=True)
    proposal = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="slot")
    booked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    booked_at = models.DateTimeField(null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("presentation slot")
        verbose_name_plural = _("presentation slots")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="slot_ends_after_start",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("The end comes after the start."),
            ),
            models.CheckConstraint(
                name="slot_has_place_or_link",
                condition=~Q(place="") | ~Q(link=""),
                violation_error_message=_("Give a place or an online link."),
            ),
            models.UniqueConstraint(
                fields=["call", "starts_at", "place", "link"],
                name="slot_once",
                violation_error_message=_("There is already a slot at this time and place."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.starts_at}"


class Presentation(models.Model):
    """An applicant presented its plan on a day (§3.2 step 3), with minutes."""

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="presentation")
    attended = models.BooleanField(_("the applicant came"), default=True)
    attendees = models.TextField(_("who took part"), blank=True)
    questions = models.TextField(_("questions and answers"), blank=True)
    held_on = models.DateField(_("held on"))
    place = models.CharField(_("place or online link"), max_length=300, blank=True)
    minutes = models.TextField(_("minutes of the presentation"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.proposal} {self.held_on}"


class PresentationScore(models.Model):
    """A reviewer's points for the presentation, 0 to 5, with the reason; where the call gives it a weight."""

    presentation = models.ForeignKey(Presentation, models.PROTECT, related_name="scores")
    reviewer = models.ForeignKey(User, models.PROTECT, related_name="+")
    points = models.PositiveSmallIntegerField(_("points (0-5)"))
    reason = models.TextField(_("reason"))
    given_at = models.DateTimeField(default=clock.now)

    objects = PresentationScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["presentation", "reviewer"], name="presentation_score_once"),
            models.CheckConstraint(name="presentation_points_0_to_5", condition=Q(points__lte=MAX_POINTS)),
        ]

    def __str__(self) -> str:
        return f"{self.presentation}: {self.points}"
