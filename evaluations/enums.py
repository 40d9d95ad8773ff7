"""Codes of the evaluations floor (§4 step 8)."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RoundKind(TextChoices):
    MIDTERM = "midterm", _("Mid-term evaluation")
    FINAL = "final", _("Final evaluation")
    CYCLE = "cycle", _("Evaluation of a cycle")


class RoundState(TextChoices):
    OPEN = "open", _("Under way")
    ACCEPTED = "accepted", _("Accepted")


class Perspective(TextChoices):
    INTERNAL = "internal", _("Internal")
    EXTERNAL = "external", _("External")


class LessonKind(TextChoices):
    """Lessons of working together (§4 step 8)."""

    PROBLEM = "problem", _("Problem")
    OBSTACLE = "obstacle", _("Obstacle")
    LIMIT = "limit", _("Limit")
    IMPROVEMENT = "improvement", _("Improvement")
    RECOMMENDATION = "recommendation", _("Recommendation to those in power")
