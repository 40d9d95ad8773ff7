"""The chain of events: see docs/audit.md for how it is read and verified."""

import json
from typing import Any

from django.db import models

from .frozen import FrozenModel

NO_HASH = "0" * 64  # what the first event names as the one before


class AuditEvent(FrozenModel):
    """One decision, sealed by a keyed hash over itself and the event before.

    Written by `core.audit.append_event` only. Persons appear by id only, in the columns as in the payload: the hash
    makes what is written here undeletable. `payload` is the canonical JSON text exactly as it was hashed.
    """

    sequence = models.BigIntegerField(primary_key=True)
    schema_version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=100)
    subject_type = models.CharField(max_length=100)
    subject_id = models.BigIntegerField()
    root_type = models.CharField(max_length=100)
    root_id = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    effective_on = models.DateField()
    actor_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    organisation_name = models.CharField(max_length=300, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    payload = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["root_type", "root_id", "sequence"], name="auditevent_by_root")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind}"

    @property
    def facts(self) -> dict[str, Any]:
        """The payload as data."""
        return json.loads(self.payload)


class AuditHead(models.Model):
    """The end of the chain: one row, locked last in any transaction, and the only way to the next sequence number."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=NO_HASH)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audithead_one_row")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"
