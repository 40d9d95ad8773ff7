from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from .frozen import FrozenModel


class Setting(FrozenModel):
    """One value of a setting from a day on; a change is a new row, so that what held on a past day can be told."""

    key = models.CharField(max_length=100)
    value = models.JSONField(encoder=DjangoJSONEncoder)
    valid_from = models.DateField()
    changed_by_id = models.BigIntegerField(null=True)
    changed_at = models.DateTimeField()
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["key", "valid_from", "id"]
        indexes = [models.Index(fields=["key", "-valid_from", "-id"], name="setting_latest")]

    def __str__(self) -> str:
        return f"{self.key} from {self.valid_from}"
