"""Settings with a history: what held on which day, who changed it and why."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import JSONField, Value

from core import clock
from core.audit import append_event
from core.models import Setting


def get(key: str, default: Any = None, on: date | None = None) -> Any:
    """The value of `key` that holds on a day (default: the clock's today), or `default` when none was ever set."""
    day = on or clock.today()
    row = Setting.objects.filter(key=key, valid_from__lte=day).order_by("-valid_from", "-id").first()
    return default if row is None else row.value


def change_setting(*, key: str, value: Any, by: Any, reason: str, valid_from: date | None = None) -> Setting:
    """Let `value` (JSON data, sums as text; None: no such limit) hold from a day on (default: today).

    The change is an event of the chain. A later row for the same day replaces an earlier one.
    Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("a setting is not changed without a reason")
    with transaction.atomic():
        setting = Setting.objects.create(
            key=key,
            value=Value(None, JSONField()) if value is None else value,  # JSON null, not SQL's
            valid_from=valid_from or clock.today(),
            changed_by_id=getattr(by, "user_id", None),
            changed_at=clock.real_now(),
            reason=reason.strip(),
        )
        payload = {"key": key, "value": value, "valid_from": setting.valid_from}
        append_event(kind="setting.change", subject=setting, root=setting, actor=by, payload=payload)
    return setting
