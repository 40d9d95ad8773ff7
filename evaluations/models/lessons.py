"""Lessons of working together (§4 step 8): problems, obstacles, limits, improvements, recommendations."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import Side
from agreements.models import Agreement
from core import clock
from evaluations.enums import LessonKind
from partnerships.models import User


class Lesson(models.Model):
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="lessons")
    kind = models.CharField(_("kind"), max_length=20, choices=LessonKind.choices)
    text = models.TextField(_("lesson"))
    side = models.CharField(_("seen by"), max_length=10, choices=Side.choices)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["kind", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
