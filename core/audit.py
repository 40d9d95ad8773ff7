"""Writing and reading the chain of events, and the security log beside it. Verification: `core.audit_verify`."""

import hashlib
import hmac
import logging
import re
from typing import Any

from django.conf import settings
from django.db import connection, models

from core import clock, request_context
from core.canonical import canonical_json, dump, moment, text
from core.models import AuditEvent, AuditHead, SecurityEvent
from core.transactions import lock_or_create, require_transaction

SCHEMA_VERSION = 1
KIND = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+)+")

# Written into the hash in this schema version; the names are part of what is hashed and never change.
SEALED = (
    "schema_version",
    "sequence",
    "kind",
    "subject_type",
    "subject_id",
    "root_type",
    "root_id",
    "recorded_at",
    "effective_on",
    "actor_id",
    "organisation_id",
    "organisation_name",
    "request_id",
    "payload",
    "previous_hash",
)

security_log = logging.getLogger("security")


def append_event(
    *,
    kind: str,
    subject: models.Model,
    root: models.Model,
    actor: Any,
    payload: dict[str, Any],
    effective_on: Any = None,
) -> AuditEvent:
    """Add an event at the end of the chain, inside the caller's transaction, as its last write.

    kind: a code such as "agreement.sign". subject: the record it is about; root: the matter whose history shows it.
    actor: has user_id, organisation_id and organisation_name (each may be None), or is None for the system itself.
    payload: facts for `canonical_json`; persons by id only. effective_on: a date, by default the clock's.
    Raises NoTransactionError, NotCanonicalError, or ValueError for a kind that is no code.
    """
    require_transaction("append_event")
    if not KIND.fullmatch(kind):
        raise ValueError(f"not an event kind: {kind!r}")
    event = AuditEvent(
        schema_version=SCHEMA_VERSION,
        kind=kind,
        subject_type=type_label(subject),
        subject_id=subject.pk,
        root_type=type_label(root),
        root_id=root.pk,
        effective_on=effective_on or clock.effective_on(),
        actor_id=getattr(actor, "user_id", None),
        organisation_id=getattr(actor, "organisation_id", None),
        organisation_name=text(getattr(actor, "organisation_name", None) or "")[:300],
        request_id=request_context.current().id,
        payload=canonical_json(payload),
    )
    return _seal(event)


def _seal(event: AuditEvent) -> AuditEvent:
    """Give the event its place. Under the head's lock there is only this: two hashes, an insert and an update."""
    head = lock_or_create(AuditHead, id=1)
    event.sequence = head.sequence + 1
    event.previous_hash = head.hash
    event.recorded_at = clock.real_now()  # under the lock, so that times follow the order of the chain
    event.hash = seal_of(event)
    event.save()
    head.sequence, head.hash = event.sequence, event.hash
    head.save()
    return event


def seal_of(event: AuditEvent, **instead: Any) -> str:
    """The keyed hash (HMAC-SHA256, hex) over an event's sealed columns; `instead` replaces some of them."""
    sealed = {name: getattr(event, name) for name in SEALED}
    sealed["recorded_at"] = moment(event.recorded_at)
    sealed["effective_on"] = event.effective_on.isoformat()
    sealed.update(instead)
    return hmac.new(audit_key(), dump(sealed).encode("utf-8"), hashlib.sha256).hexdigest()


def audit_key() -> bytes:
    """The key of the chain; it is kept outside the database and never changed (docs/audit.md)."""
    return str(settings.AUDIT_KEY).encode("utf-8")


def history_of(root: models.Model) -> models.QuerySet[AuditEvent]:
    """The events of a matter and everything that belongs to it, oldest first, in one query."""
    return AuditEvent.objects.filter(root_type=type_label(root), root_id=root.pk).order_by("sequence")


def latest_events(root: models.Model, *, most: int = 30, **only: Any) -> models.QuerySet[AuditEvent]:
    """The latest events of a matter, newest first: what its page shows. `only` narrows (`organisation_id=…`)."""
    return history_of(root).filter(**only).order_by("-sequence")[:most]


def type_label(record: models.Model) -> str:
    """How a record's type is written down: "app.model" of the table, so that a proxy shares its table's history."""
    return record._meta.concrete_model._meta.label_lower


def log_security(
    *,
    kind: str,
    actor: Any = None,
    root: models.Model | None = None,
    action: str = "",
    detail: str = "",
) -> SecurityEvent | None:
    """Note a refusal or a failed log-in, outside the chain.

    Call it after the refused transaction was rolled back. Inside one that is broken already the database cannot be
    written to: then only the server log has it, and None is returned.
    """
    context = request_context.current()
    event = SecurityEvent(
        kind=kind,
        recorded_at=clock.real_now(),
        actor_id=getattr(actor, "user_id", None),
        organisation_id=getattr(actor, "organisation_id", None),
        root_type=type_label(root) if root is not None else "",
        root_id=root.pk if root is not None else None,
        action=action[:100],
        detail=detail[:500],
        request_id=context.id,
        ip=context.ip or None,
    )
    security_log.info(
        "%s actor=%s root=%s:%s action=%s request=%s ip=%s",
        *(kind, event.actor_id, event.root_type, event.root_id, event.action, context.id, context.ip),
    )
    if connection.in_atomic_block and connection.needs_rollback:
        return None
    event.save()
    return event
