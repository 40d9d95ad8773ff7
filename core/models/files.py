from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What is known about viruses in a file."""

    NOT_SCANNED = "not_scanned", _("Not scanned for viruses")
    CLEAN = "clean", _("No virus found")
    INFECTED = "infected", _("A virus was found: the file is no longer handed out")
    MADE_HERE = "made_here", _("Made by the system")


class StoredFile(models.Model):
    """A private file: who may read it is decided by the record it belongs to (`core.files.can_read`).

    The bytes lie at `path`, named by their SHA-256: the same content is stored once, and every row is one use of it.
    """

    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="bytes")
    content_type = models.CharField(max_length=100)
    name = models.CharField(max_length=150)
    path = models.CharField(max_length=200)
    root_type = models.CharField(max_length=100)
    root_id = models.BigIntegerField()
    kind = models.CharField(max_length=50)
    uploaded_by_id = models.BigIntegerField(null=True)
    uploaded_at = models.DateTimeField()
    public = models.BooleanField(default=False)
    scan_state = models.CharField(max_length=20, choices=ScanState, default=ScanState.NOT_SCANNED)
    scanner = models.CharField(max_length=100, blank=True)
    scanned_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["uploaded_at", "id"]
        indexes = [
            models.Index(fields=["root_type", "root_id", "kind"], name="storedfile_by_root"),
            models.Index(fields=["sha256"], name="storedfile_by_content"),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gt=0), name="storedfile_not_empty"),
            models.CheckConstraint(
                condition=models.Q(scan_state__in=["not_scanned", "made_here"], scanned_at__isnull=True)
                | models.Q(scan_state__in=["clean", "infected"], scanned_at__isnull=False),
                name="storedfile_scanned_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where those who may read it download it (everybody, if it is public)."""
        return reverse("core:public_file_download" if self.public else "core:file_download", args=[self.pk])
