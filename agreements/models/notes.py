"""Dated notes that a step rests on, and the verdicts that gates read."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import ClearanceKind, NoteKind, Verdict
from agreements.models.agreement import Agreement
from agreements.sequences import STEP_CHOICES
from core import clock
from partnerships.models import User


class StepNote(models.Model):
    """What was decided, when, with its file, confirmed by both sides: never a checkbox (§4 step 4, §3.3)."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="notes")
    step = models.CharField(max_length=50, choices=STEP_CHOICES, editable=False)
    cycle = models.PositiveSmallIntegerField(default=1, editable=False)
    kind = models.CharField(_("about"), max_length=20, choices=NoteKind.choices)
    held_on = models.DateField(_("date of the meeting or event"))
    decision = models.TextField(_("what was agreed or found"))
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    giver_confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    giver_confirmed_at = models.DateTimeField(null=True)
    receiver_confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    receiver_confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("step note")
        verbose_name_plural = _("step notes")
        ordering = ["-held_on", "-pk"]
        indexes = [models.Index(fields=["agreement", "kind", "cycle"], name="step_note_lookup")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on}"

    @property
    def is_confirmed(self) -> bool:
        return self.giver_confirmed_at is not None and self.receiver_confirmed_at is not None


class Clearance(models.Model):
    """A verdict written by the floor above, in its transaction. `ordinal`: instalment (midterm), cycle, else 1."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="clearances")
    kind = models.CharField(_("kind"), max_length=10, choices=ClearanceKind.choices)
    ordinal = models.PositiveSmallIntegerField(default=1)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("clearance")
        verbose_name_plural = _("clearances")
        constraints = [models.UniqueConstraint(fields=["agreement", "kind", "ordinal"], name="clearance_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ordinal}: {self.get_verdict_display()}"
