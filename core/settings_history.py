"""Settings with a history: what held on which day, who changed it and why."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import JSONField, Max, Value

from core import clock
from core.audit import append_event
from core.models import Counter, Setting
from core.transactions import lock_or_create, require_transaction


def get(key: str, default: Any = None, on: date | None = None) -> Any:
    """The value of `key` that holds on a day (default: the clock's today), or `default` when none was ever set."""
    day = on or clock.today()
    row = Setting.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from", "-id").first()
    return default if row is None else row.value


def last_change(key: str, *, before: Setting | None = None) -> int:
    """The id of the latest change of a setting (0: never changed): what a form carries to notice another's change."""
    rows = Setting.objects.filter(key=key)
    if before is not None:
        rows = rows.filter(pk__lt=before.pk)
    return rows.aggregate(last=Max("pk"))["last"] or 0


def held_on(keys: Iterable[str], on: date | None = None) -> dict[str, Setting]:
    """The rows that hold on a day (default: the clock's today), by key, in one query; keys never set are left out."""
    day = on or clock.today()
    rows = Setting.objects.filter(key__in=list(keys), valid_from__lte=day).order_by("valid_from", "pk")
    return {row.key: row for row in rows}


def coming(keys: Iterable[str], after: date | None = None) -> dict[str, Setting]:
    """The next row that will hold after a day (default: the clock's today), by key, in one query."""
    day = after or clock.today()
    rows = Setting.objects.filter(key__in=list(keys), valid_from__gt=day).order_by("-valid_from", "pk")
    return {row.key: row for row in rows}


def write(*, key: str, value: Any, by: Any, reason: str, valid_from: date) -> Setting:
    """Write a row; whoever calls this writes the event (a passage of the door does). The change takes a lock first.

    Raises NoTransactionError.
    """
    require_transaction("write")
    lock_or_create(Counter, issuer="settings", kind=key[:50], fiscal_year=0)
    return Setting.objects.create(
        key=key,
        value=Value(None, JSONField()) if value is None else value,  # JSON null, not SQL's
        valid_from=valid_from,
        changed_by_id=getattr(by, "user_id", None),
        changed_at=clock.real_now(),
        reason=reason.strip(),
    )


def change_setting(*, key: str, value: Any, by: Any, reason: str, valid_from: date | None = None) -> Setting:
    """Let `value` (JSON data, sums as text; None: no such limit) hold from a day on (default: today).

    The change is an event of the chain. A later row for the same day replaces an earlier one.
    Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a setting is not changed without a reason")
    with transaction.atomic():
        setting = write(key=key, value=value, by=by, reason=reason, valid_from=valid_from or clock.today())
        payload = {"key": key, "value": value, "valid_from": setting.valid_from}
        append_event(kind="setting.change", subject=setting, root=setting, actor=by, payload=payload)
    return setting
