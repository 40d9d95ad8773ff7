"""How people come into an organisation: invitations, and the appointment to roles that bind it, by two people."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock
from core.fields import StateField, StatefulModel
from partnerships.enums import AppointmentState, InvitationState, Role
from partnerships.models.organisations import Organisation
from partnerships.models.people import User


class Invitation(StatefulModel):
    """An organisation's administrator asks someone, by e-mail, to act for it. Only the token's hash is kept."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    full_name = models.CharField(_("name"), max_length=200, blank=True)
    title = models.CharField(_("position"), max_length=200, blank=True)
    roles = models.JSONField(_("roles"), default=list)
    ends_on = models.DateField(_("membership until"), null=True, blank=True)
    state = StateField(_("state"), choices=InvitationState.choices, default=InvitationState.OPEN)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    invited_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField(_("valid until"), editable=False)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    answered_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                F("organisation"),
                condition=Q(state=InvitationState.OPEN),
                name="invitation_open_once",
                violation_error_message=_("This person has already been invited."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.organisation}"

    @property
    def is_expired(self) -> bool:
        """Whether its link has run out; sending again gives a new one."""
        return self.expires_at <= clock.real_now()

    @property
    def role_labels(self) -> list[str]:
        """The words for its roles."""
        return [str(Role(role).label) for role in self.roles if role in Role.values]


class Appointment(StatefulModel):
    """A role that binds the organisation (executive, representative): proposed by one person, confirmed by another."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="appointments")
    user = models.ForeignKey(User, models.PROTECT, related_name="appointments", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    state = StateField(_("state"), choices=AppointmentState.choices, default=AppointmentState.PROPOSED)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    proposed_at = models.DateTimeField(editable=False)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "role"],
                condition=Q(state=AppointmentState.PROPOSED),
                name="appointment_proposed_once",
                violation_error_message=_("This appointment is already waiting for the second person."),
            ),
            models.CheckConstraint(
                name="appointment_by_two_people",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                violation_error_message=_("A second person confirms an appointment."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class PrivacyNotice(models.Model):
    """A version of the notice under the Personal Data Protection Act B.E. 2562; published ones are never changed."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    text_th = models.TextField(_("text in Thai"))
    text_en = models.TextField(_("text in English"))
    valid_from = models.DateField(_("valid from"))
    published_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    published_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = _("privacy notice")
        verbose_name_plural = _("privacy notices")
        ordering = ["-version"]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def blocks(self) -> list[tuple[str, str | list[str]]]:
        """The text in the reader's language, to be drawn: ("heading", text), ("text", text) or ("list", lines)."""
        text = self.text_en if get_language() == "en" else self.text_th
        return [_block(part) for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _block(part: str) -> tuple[str, str | list[str]]:
    part = part.strip()
    if part.startswith("## "):
        return "heading", part.removeprefix("## ")
    if part.startswith("- "):
        return "list", [line.removeprefix("- ") for line in part.splitlines()]
    return "text", part


class PrivacyAcceptance(models.Model):
    """That a person has read a version of the privacy notice, and when."""

    user = models.ForeignKey(User, models.PROTECT, related_name="privacy_acceptances")
    notice = models.ForeignKey(PrivacyNotice, models.PROTECT, related_name="acceptances")
    accepted_at = models.DateTimeField()

    class Meta:
        ordering = ["-accepted_at"]
        constraints = [models.UniqueConstraint(fields=["user", "notice"], name="privacy_acceptance_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.notice}"
