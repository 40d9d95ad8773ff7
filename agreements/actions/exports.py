"""Exports that take a while, made in short turns: a worker takes all of them, without one each look at the page one.

What a turn has made is kept, so that an interrupted export goes on where it stood, and a failed one begins again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_tasks import task

from agreements.documents.archive import Archive, JudgeArchive
from agreements.documents.export_parts import Parts
from agreements.enums import UNFINISHED_EXPORTS, ExportKind, ExportState
from agreements.models import Call, Export, Proposal
from agreements.permissions.calls import call_exporter
from agreements.permissions.judging import call_judge
from agreements.queries.table_file import TableFile
from core import clock
from core.settings_catalogue import value_of
from core.workflow import NotNow, NotYou
from partnerships.actors import Actor

log = logging.getLogger(__name__)
LEASE = timedelta(minutes=5)
STALLED = timedelta(minutes=1)
TURN = 2.0  # seconds of work within a request
MAKERS: dict[str, Any] = {
    ExportKind.PROPOSALS_ZIP: Archive,
    ExportKind.JUDGED_ZIP: JudgeArchive,
    ExportKind.PROPOSALS_XLSX: TableFile,
}


def has_worker() -> bool:
    return settings.TASKS_BACKEND != "immediate"


def ask_archive(*, call: Call, by: Actor) -> Export:
    """All proposals of a closed call as PDF; who asks again while it is made gets the same. Raises NotNow, NotYou."""
    if not call_exporter(call, by):
        raise NotYou
    rows = Proposal.objects.on_desk_of(by).filter(call=call).order_by("reference")
    wanted = list(rows.values_list("pk", flat=True))
    if not wanted:
        raise NotNow
    return _ask(ExportKind.PROPOSALS_ZIP, {"proposals": wanted}, len(wanted), by, call)


def ask_judge_archive(*, call: Call, by: Actor) -> Export:
    """What the actor reads of a call as its judge, as PDF; under codes where it is blind. Raises NotNow, NotYou."""
    if not call_judge(call, by):
        raise NotYou
    wanted = list(Proposal.objects.read_by_judge(by.user_id).filter(call=call).values_list("pk", flat=True))
    if not wanted:
        raise NotNow(_("There is no proposal on this call that you may read yet."))
    with transaction.atomic():
        # One begun while more could be read is given up: it would be shown to nobody.
        unfinished = Export.objects.filter(asked_by=by.user, call=call, state__in=UNFINISHED_EXPORTS)
        outdated = unfinished.filter(kind=ExportKind.JUDGED_ZIP).exclude(pk__in=Export.objects.visible_to(by))
        outdated.update(state=ExportState.FAILED, problem=NotYou.kind)
        return _ask(ExportKind.JUDGED_ZIP, {}, len(wanted), by, call, wanted)


def ask_table(*, chosen: dict[str, Any], columns: list[str], language: str, total: int, by: Actor) -> Export:
    """The list as XLSX: `chosen` is the filter as `to_keep` gives it."""
    choice = {"chosen": chosen, "columns": columns, "language": language}
    return _ask(ExportKind.PROPOSALS_XLSX, choice, total, by, None)


def _ask(
    kind: str, choice: dict[str, Any], total: int, by: Actor, call: Call | None, proposals: Sequence[int] = ()
) -> Export:
    """Of two who ask at once the constraint lets one in; the other gets what that one asked for."""
    values = {"kind": kind, "organisation": by.organisation, "asked_by": by.user, "call": call}
    with transaction.atomic():
        try:
            with transaction.atomic():
                export = Export.objects.create(choice=choice, total=total, **values)
                export.proposals.set(proposals)
        except IntegrityError:
            return Export.objects.filter(state__in=UNFINISHED_EXPORTS, **values).latest("pk")
        if has_worker():
            transaction.on_commit(lambda: make_export.enqueue(export.pk), robust=True)
    return export


@task()
def make_export(export_id: int) -> None:
    """Work at it to its end (for a worker)."""
    take_turn(export_id, seconds=None)


def is_stalled(export: Export) -> bool:
    """Asked for a while ago, and nobody works at it."""
    moment = clock.real_now()
    idle = export.leased_until is None or export.leased_until <= moment
    return export.state in UNFINISHED_EXPORTS and idle and export.asked_at + STALLED <= clock.now()


def take_turn(export_id: int, *, seconds: float | None = TURN) -> None:
    """Work at an export for so many seconds (None: to its end), unless somebody else does; failures are kept."""
    moment = clock.real_now()
    free = Export.objects.filter(Q(leased_until=None) | Q(leased_until__lte=moment), state__in=UNFINISHED_EXPORTS)
    if not free.filter(pk=export_id).update(state=ExportState.RUNNING, leased_until=moment + LEASE):
        return
    export = Export.objects.select_related("asked_by", "organisation", "call").get(pk=export_id)
    try:
        _work(export, None if seconds is None else time.monotonic() + seconds)
    except Exception as error:  # whatever it was: it is shown, and can be started again
        log.exception("export %s failed", export_id)
        Export.objects.filter(pk=export_id).update(state=ExportState.FAILED, problem=type(error).__name__)
        Parts(export_id).drop()  # it is started again as another export
    finally:
        Export.objects.filter(pk=export_id).update(leased_until=None)


def _work(export: Export, until: float | None) -> None:
    maker = MAKERS[export.kind](export)
    for done in maker.steps():
        Export.objects.filter(pk=export.pk).update(done=done, leased_until=clock.real_now() + LEASE)
        if until is not None and time.monotonic() >= until and done < (export.total or 0):
            return
    file = maker.finish()
    Export.objects.filter(pk=export.pk).update(
        state=ExportState.DONE, file=file, done=export.total or 0, finished_at=clock.now(), problem=""
    )


def kept_since() -> datetime:
    """An export that was finished before is no longer handed out (a setting of OPDC's, in days)."""
    return clock.now() - timedelta(days=value_of("desk.export_days"))


def is_expired(export: Export) -> bool:
    return export.finished_at is not None and export.finished_at <= kept_since()


def start_again(*, export: Export, by: Actor) -> Export:
    """A new try of one that failed, for who asked for it."""
    if export.asked_by_id != by.user_id:
        raise NotYou
    if export.kind == ExportKind.JUDGED_ZIP:
        return ask_judge_archive(call=export.call, by=by)
    if export.call is not None:
        return ask_archive(call=export.call, by=by)
    return _ask(export.kind, export.choice, export.total or 0, by, None)
