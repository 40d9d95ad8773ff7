"""Exports that nobody may fetch any more leave no bytes on the disk (`manage.py tick`)."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q

from agreements.actions.exports import kept_since
from agreements.documents.export_parts import Parts
from agreements.enums import UNFINISHED_EXPORTS, ExportState
from agreements.models import Export
from core import clock
from core.files import forget_made
from core.outbox import register_reminder

AT_ONCE = 200  # the next run takes the others


@register_reminder
def forget_expired_exports() -> None:
    """Delete the files of exports whose days are over; that they were made, for whom and when, stays on record."""
    over = Export.objects.filter(state=ExportState.DONE, finished_at__lte=kept_since(), file__isnull=False)
    for export in over.select_related("file").order_by("finished_at", "pk")[:AT_ONCE]:
        file = export.file
        Export.objects.filter(pk=export.pk).update(file=None)
        forget_made(file)


@register_reminder
def end_abandoned_exports() -> None:
    """Give up what nobody came back to for as long as a finished one is kept; it can be started again, from the first.

    Without a worker an export goes on only while somebody keeps its page open.
    """
    idle = Q(leased_until=None) | Q(leased_until__lte=clock.real_now())
    left = Export.objects.filter(idle, state__in=UNFINISHED_EXPORTS, asked_at__lte=kept_since())
    for pk in list(left.order_by("asked_at", "pk").values_list("pk", flat=True)[:AT_ONCE]):
        if left.filter(pk=pk).update(state=ExportState.FAILED, problem="Abandoned"):
            transaction.on_commit(Parts(pk).drop, robust=True)
