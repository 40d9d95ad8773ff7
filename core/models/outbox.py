from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q


class OutboxMessage(models.Model):
    """A notice, written in the transaction of what it tells of and sent after that has been committed.

    `claimed_until` is a worker's lease: no row stays locked while the mail server is talked to.
    """

    kind = models.CharField(max_length=100)
    to_user_id = models.BigIntegerField(null=True)
    to_email = models.EmailField(null=True)  # noqa: DJ001 - null: the address is the user's, looked up when sending
    subject = models.CharField(max_length=300)
    body = models.TextField()
    context = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)
    dedupe_key = models.CharField(max_length=200, null=True, unique=True)  # noqa: DJ001 - null: may be told again

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at__isnull=True), name="outbox_unsent"),
            models.Index(fields=["to_user_id", "created_at"], name="outbox_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_user_id__isnull=False) | Q(to_email__isnull=False), name="outbox_has_receiver"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
