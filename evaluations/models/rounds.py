"""Evaluation rounds: findings, site visit, actual figures, verdict (§3.2 steps 6 and 8, §3.3 step 6)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import Side, Verdict
from agreements.models import Agreement, Indicator
from core import clock
from core.fields import StateField
from core.workflow import RootModel
from evaluations.enums import Perspective, RoundKind, RoundState
from evaluations.lifecycles import RoundMoves
from evaluations.querysets import RoundQuerySet
from partnerships.models import User


class Round(RoundMoves, RootModel):
    """`ordinal`: the instalment that a mid-term gates, the cycle, or 1 for the final evaluation."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="rounds", verbose_name=_("agreement"))
    kind = models.CharField(_("kind"), max_length=10, choices=RoundKind.choices)
    ordinal = models.PositiveSmallIntegerField(default=1)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    frame = models.TextField(_("frame, method and indicators"), blank=True)
    state = StateField(_("state"), choices=RoundState.choices, default=RoundState.OPEN)
    summary = models.TextField(_("summary of the evaluation"), blank=True)
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict.choices, blank=True)
    verdict_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    return_comment = models.TextField(_("why the verdict was sent back"), blank=True, editable=False)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    opened_at = models.DateTimeField(default=clock.now, editable=False)
    accepted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    accepted_at = models.DateTimeField(null=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluation round")
        verbose_name_plural = _("evaluation rounds")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "kind", "ordinal"], name="round_once"),
            models.CheckConstraint(
                name="round_accepted_is_stamped",
                condition=models.Q(state=RoundState.OPEN)
                | (models.Q(accepted_at__isnull=False, accepted_by__isnull=False) & ~models.Q(verdict="")),
            ),
            models.CheckConstraint(
                name="round_accepted_by_another",
                condition=models.Q(accepted_by__isnull=True) | ~models.Q(accepted_by=models.F("verdict_by")),
                violation_error_message=_("Whoever proposed the verdict cannot accept it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ordinal}"


class Finding(models.Model):
    """What an evaluator found, from inside or from outside. `side` is empty for one who belongs to no party."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="findings")
    perspective = models.CharField(_("perspective"), max_length=10, choices=Perspective.choices)
    side = models.CharField(_("side"), max_length=10, choices=Side.choices, blank=True)
    evaluator = models.ForeignKey(User, models.PROTECT, related_name="+")
    evaluator_name = models.CharField(_("evaluator"), max_length=200)
    text = models.TextField(_("findings"))
    recommendation = models.TextField(_("recommendation"), blank=True)
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_perspective_display()} · {self.evaluator_name}"


class SiteVisit(models.Model):
    round = models.ForeignKey(Round, models.PROTECT, related_name="site_visits")
    visited_on = models.DateField(_("date of the visit"))
    place = models.CharField(_("place"), max_length=300)
    participants = models.TextField(_("who took part"))
    observations = models.TextField(_("what was seen"))
    file = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["visited_on", "pk"]

    def __str__(self) -> str:
        return f"{self.place} {self.visited_on}"


class IndicatorResult(models.Model):
    """An actual figure in a round. Not reported is null, never 0."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="results")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="results", verbose_name=_("indicator"))
    actual = models.DecimalField(_("actual"), max_digits=15, decimal_places=2, null=True, blank=True)
    explanation = models.TextField(_("explanation"), blank=True)
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reported_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "indicator"], name="indicator_result_once")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.actual}"
