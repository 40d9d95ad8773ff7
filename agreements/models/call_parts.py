"""What a call and the template it is written from share: text, criteria with their rubric, documents wanted."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import CriterionKind


class CallText(models.Model):
    """The parts of a call that are written in words (§3.2 step 1)."""

    background = models.TextField(_("background"), blank=True)
    scope = models.TextField(_("scope of work"), blank=True)
    objectives = models.TextField(_("objectives"), blank=True)
    target_group = models.CharField(_("target group"), max_length=300, blank=True)
    area = models.CharField(_("area"), max_length=300, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("duration (months)"), default=12)
    allocation = models.TextField(_("how the money is allocated"), blank=True)
    evaluation_plan = models.TextField(_("how the project is evaluated"), blank=True)

    class Meta:
        abstract = True


class Criterion(models.Model):
    """A qualification that is met or not, or a criterion with a weight (weights of a call total 100).

    `levels` is the rubric: what 0, 1 … 5 points mean in words, [[points, words], …], best first; empty without one.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=CriterionKind.choices)
    ordinal = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("criterion"), max_length=200)
    description = models.TextField(_("explanation"), blank=True)
    weight = models.PositiveSmallIntegerField(_("weight (percent)"), null=True, blank=True)
    levels = models.JSONField(_("levels in words"), default=list, blank=True)

    class Meta:
        abstract = True
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["kind", "ordinal", "pk"]
        constraints = [
            models.CheckConstraint(
                name="%(class)s_weight_by_kind",
                condition=models.Q(kind=CriterionKind.ELIGIBILITY, weight__isnull=True)
                | models.Q(kind=CriterionKind.SCORING, weight__gt=0, weight__lte=100),
                violation_error_message=_("A criterion has a weight of 1 to 100; a qualification has none."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class WantedDocument(models.Model):
    ordinal = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("document"), max_length=200)
    description = models.TextField(_("explanation"), blank=True)
    is_required = models.BooleanField(_("must be attached"), default=True)

    class Meta:
        abstract = True
        verbose_name = _("document wanted")
        verbose_name_plural = _("documents wanted")
        ordering = ["ordinal", "pk"]

    def __str__(self) -> str:
        return self.title
