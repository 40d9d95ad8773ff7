"""The text agreed on, frozen and hashed, and the signatures under it (§4 step 5)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.enums import SignatureMethod
from agreements.models.agreement import Agreement, Party
from core import clock
from partnerships.models import User


class AgreementText(models.Model):
    """A frozen text: canonical JSON (agreements.documents) and its SHA-256. It may be superseded, never changed."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="texts")
    ordinal = models.PositiveSmallIntegerField()
    content = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    frozen_at = models.DateTimeField(default=clock.now, editable=False)
    superseded_at = models.DateTimeField(null=True, editable=False)
    signed_pdf = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        ordering = ["agreement", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "ordinal"], name="agreement_text_ordinal_once"),
            models.UniqueConstraint(
                fields=["agreement"], condition=Q(superseded_at__isnull=True), name="agreement_text_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} · {self.sha256[:12]}"


class Signature(models.Model):
    """A party's signature under a frozen text: on screen, or on paper (scan uploaded by one, confirmed by another)."""

    text = models.ForeignKey(AgreementText, models.PROTECT, related_name="signatures")
    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures", verbose_name=_("party"))
    method = models.CharField(_("method"), max_length=10, choices=SignatureMethod.choices)
    signatory_name = models.CharField(_("name of the signatory"), max_length=200)
    signatory_title = models.CharField(_("title of the signatory"), max_length=200, blank=True)
    signed_on = models.DateField(_("signed on"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    scan = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["text", "party"],
                name="signature_once_per_party",
                violation_error_message=_("This party has already signed."),
            ),
            models.CheckConstraint(
                name="signature_paper_has_scan",
                condition=Q(method=SignatureMethod.SCREEN) | Q(scan__isnull=False),
                violation_error_message=_("A signature on paper needs the scan of the signed page."),
            ),
            models.CheckConstraint(
                name="signature_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True)
                | Q(method=SignatureMethod.SCREEN)
                | ~Q(confirmed_by=models.F("recorded_by")),
                violation_error_message=_("The person who uploaded the scan cannot confirm it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} · {self.signed_on}"

    @property
    def counts(self) -> bool:
        """A signature on screen counts at once, one on paper when another person has confirmed the scan."""
        return self.confirmed_at is not None
