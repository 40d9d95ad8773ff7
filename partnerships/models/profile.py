"""What an organisation tells of itself beside its name: people to talk to, who binds it, money, papers, past work."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.fields import StateField, StatefulModel
from core.models import StoredFile
from core.ui import show_year
from partnerships.enums import DocumentKind, SponsorshipState
from partnerships.lifecycles.sponsorship import SponsorshipMoves
from partnerships.models.organisations import Organisation
from partnerships.models.people import User
from partnerships.querysets import BankAccountQuerySet, RepresentativeQuerySet, SponsorshipQuerySet


class Contact(models.Model):
    """Someone to talk to. Shown to those who work with the organisation; to everyone only where it says so."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_public = models.BooleanField(_("may be shown to the public"), default=False)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class AuthorisedRepresentative(models.Model):
    """Who may bind the organisation, on what authority, from day to day (§4 step 5: signatory and delegation)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="representatives")
    name = models.CharField(_("name"), max_length=200)
    position = models.CharField(_("position"), max_length=200)
    authority = models.CharField(_("authority"), max_length=300)
    is_delegate = models.BooleanField(_("acts by delegation"), default=False)
    delegation = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("delegation document")
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    void_at = models.DateTimeField(_("void since"), null=True, blank=True, editable=False)

    objects = RepresentativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("authorised representative")
        verbose_name_plural = _("authorised representatives")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class BankAccount(models.Model):
    """Where money goes. Shown only to those who pay and to the organisation's own; a change is a new row."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="bank_accounts")
    bank = models.CharField(_("bank"), max_length=100)
    branch = models.CharField(_("branch"), max_length=100)
    account_name = models.CharField(_("account name"), max_length=200)
    account_number = models.CharField(_("account number"), max_length=20)
    book = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("copy of the bank book")
    )
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(replaced_at__isnull=True), name="bank_account_current_once"
            )
        ]

    def __str__(self) -> str:
        return self.account_name


class TrackRecord(models.Model):
    """A past project, as the organisation tells it: for whom, for how much, with what result."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="track_records")
    title = models.CharField(_("project"), max_length=300)
    giver = models.CharField(_("who gave the money or the mission"), max_length=300)
    amount = models.DecimalField(_("amount (baht)"), max_digits=15, decimal_places=2, null=True, blank=True)
    year_from = models.PositiveSmallIntegerField(_("from year (CE)"))
    year_until = models.PositiveSmallIntegerField(_("until year (CE)"), null=True, blank=True)
    result = models.TextField(_("result"))
    fields_of_work = models.ManyToManyField("partnerships.FieldOfWork", related_name="+", blank=True)

    class Meta:
        verbose_name = _("past project")
        verbose_name_plural = _("past projects")
        ordering = ["-year_from", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def years(self) -> str:
        """From year to year, in the reader's era."""
        first, last = show_year(self.year_from), show_year(self.year_until)
        return f"{first}–{last}" if last and last != first else first


class OrganisationDocument(models.Model):
    """A paper of the profile with its expiry. One that was replaced stays on record as void."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="documents")
    kind = models.CharField(_("document"), max_length=30, choices=DocumentKind.choices)
    number = models.CharField(_("number"), max_length=100, blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("expires on"), null=True, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    void_at = models.DateTimeField(_("void since"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("document of an organisation")
        verbose_name_plural = _("documents of organisations")
        ordering = ["kind", "-pk"]

    def __str__(self) -> str:
        return self.get_kind_display()


class Sponsorship(SponsorshipMoves, StatefulModel):
    """A registered organisation (องค์กรพี่เลี้ยง) that stands in for an unregistered group, by its own word (§2)."""

    group = models.ForeignKey(Organisation, models.PROTECT, related_name="sponsorships")
    sponsor = models.ForeignKey(Organisation, models.PROTECT, related_name="sponsored")
    state = StateField(_("state"), choices=SponsorshipState.choices, default=SponsorshipState.ASKED)
    request = models.TextField(_("what is asked"), blank=True)
    answer = models.TextField(_("answer"), blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(editable=False)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SponsorshipQuerySet.as_manager()

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=Q(state__in=[SponsorshipState.ASKED, SponsorshipState.AGREED]),
                name="sponsorship_current_once",
                violation_error_message=_("A sponsor has already been asked or has agreed."),
            ),
            models.CheckConstraint(
                name="sponsorship_of_another",
                condition=~Q(group=models.F("sponsor")),
                violation_error_message=_("An organisation cannot sponsor itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sponsor} · {self.group}"

    def get_absolute_url(self) -> str:
        return reverse("partnerships:sponsorship_detail", args=[self.pk])
