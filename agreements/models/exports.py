"""Exports that take a while: asked for by a person, made in the background, fetched when finished."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import UNFINISHED_EXPORTS, ExportKind, ExportState
from agreements.models.calls import Call
from agreements.models.proposals import Proposal
from agreements.querysets import ExportQuerySet
from core import clock
from core.models import StoredFile
from partnerships.models import Organisation, User


class Export(models.Model):
    """`done` of `total` records are written; `choice` is the filter and the columns that were asked for.

    A judge's archive names its `proposals`: it is there only as long as the judge may read every one of them.

    `leased_until`: whoever works at it has it to himself until then.
    """

    kind = models.CharField(max_length=20, choices=ExportKind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="exports")
    proposals = models.ManyToManyField(Proposal, related_name="+", blank=True, editable=False)
    choice = models.JSONField(default=dict, editable=False)
    state = models.CharField(max_length=10, choices=ExportState.choices, default=ExportState.QUEUED)
    total = models.PositiveIntegerField(null=True, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    problem = models.TextField(blank=True, editable=False)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, editable=False)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["asked_by", "kind", "call"],
                condition=models.Q(state__in=UNFINISHED_EXPORTS, call__isnull=False),
                name="export_of_call_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
