from django.db import models


class SecurityEvent(models.Model):
    """What was refused or failed: for those who watch over the system, outside the chain of decisions."""

    kind = models.CharField(max_length=50)
    recorded_at = models.DateTimeField(db_index=True)
    actor_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    root_type = models.CharField(max_length=100, blank=True)
    root_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=100, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=64, blank=True)
    ip = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["recorded_at", "id"]
        indexes = [models.Index(fields=["kind", "recorded_at"], name="securityevent_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.action}"
