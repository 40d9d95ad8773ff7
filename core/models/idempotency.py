from django.db import models


class IdempotencyKey(models.Model):
    """A form that was carried out: a second post of the same form breaks the unique key and changes nothing."""

    key = models.CharField(max_length=100, unique=True)
    root_type = models.CharField(max_length=100, blank=True)
    root_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=100)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="idempotencykey_by_age")]

    def __str__(self) -> str:
        return f"{self.action} {self.key}"
