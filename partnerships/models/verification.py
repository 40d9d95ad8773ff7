"""What OPDC found out about an organisation: dated verifications, flags, duplicates. None of it is ever changed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models.frozen import FrozenModel
from partnerships.enums import FlagKind
from partnerships.models.organisations import Organisation
from partnerships.models.people import User


class Verification(FrozenModel):
    """One look at an organisation: who, which checks, until when. The latest counts."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="verifications")
    passed = models.BooleanField(_("passed"))
    note = models.TextField(_("note"), blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    verified_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    verified_by_name = models.CharField(_("verified by"), max_length=200)
    verifier = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("verifying body"))
    verified_on = models.DateField(_("verified on"))
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="verification_passed_until",
                condition=Q(passed=False, valid_until__isnull=True) | Q(passed=True, valid_until__isnull=False),
                violation_error_message=_("A passed verification says until when it holds."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.verified_on}"


class VerificationCheck(FrozenModel):
    """One question of a verification, answered yes or no with a comment."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="checks")
    code = models.CharField(_("check"), max_length=50)
    met = models.BooleanField(_("met"))
    comment = models.TextField(_("comment"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["verification", "code"], name="verification_check_once")]

    def __str__(self) -> str:
        return self.code


class Flag(FrozenModel):
    """Something held against an organisation. A block names its legal ground and the hearing given before."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="flags")
    kind = models.CharField(_("kind"), max_length=20, choices=FlagKind.choices)
    reason = models.TextField(_("reason"))
    legal_ground = models.TextField(_("legal ground"), blank=True)
    hearing = models.TextField(_("hearing of the organisation and what it said"), blank=True)
    heard_on = models.DateField(_("heard on"), null=True, blank=True)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    raised_on = models.DateField(_("raised on"))

    class Meta:
        verbose_name = _("flag")
        verbose_name_plural = _("flags")
        ordering = ["-raised_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="flag_block_has_ground_and_hearing",
                condition=~Q(kind=FlagKind.BLOCKED)
                | (~Q(legal_ground="") & ~Q(hearing="") & Q(heard_on__isnull=False)),
                violation_error_message=_("A block needs its legal ground, and the hearing given before it."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.organisation}"


class FlagLifting(FrozenModel):
    """A flag taken back, with the reason; the flag itself stays on record."""

    flag = models.OneToOneField(Flag, models.PROTECT, related_name="lifting")
    reason = models.TextField(_("reason"))
    lifted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField()
    lifted_on = models.DateField(_("lifted on"))

    class Meta:
        ordering = ["-lifted_at", "-pk"]

    def __str__(self) -> str:
        return str(self.flag)


class Merge(FrozenModel):
    """Two records of one organisation made one by OPDC. The one merged stays, and leads to the one kept."""

    kept = models.ForeignKey(Organisation, models.PROTECT, related_name="merges")
    merged = models.OneToOneField(Organisation, models.PROTECT, related_name="merge")
    reason = models.TextField(_("reason"))
    merged_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    moved = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        ordering = ["-merged_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.merged} → {self.kept}"


class NotDuplicate(FrozenModel):
    """Two organisations of similar name that someone looked at and found to be two. `first` has the lower id."""

    first = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    second = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="not_duplicate_once"),
            models.CheckConstraint(name="not_duplicate_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
