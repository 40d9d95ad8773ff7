"""The ground floor's records. None has a foreign key upward: stable ids, and a name where it is no personal data."""

from .audit import AuditEvent, AuditHead
from .cache import CacheEntry
from .counters import Counter
from .files import ScanState, StoredFile
from .idempotency import IdempotencyKey
from .outbox import OutboxMessage
from .security import SecurityEvent
from .settings_history import Setting

__all__ = [
    "AuditEvent",
    "AuditHead",
    "CacheEntry",
    "Counter",
    "IdempotencyKey",
    "OutboxMessage",
    "ScanState",
    "SecurityEvent",
    "Setting",
    "StoredFile",
]
