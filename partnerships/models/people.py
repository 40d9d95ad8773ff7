"""Users, and for which organisation they may act in which role."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workflow import RootModel
from partnerships.enums import Role
from partnerships.models.organisations import Organisation
from partnerships.querysets import MembershipQuerySet


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who logs in by e-mail; the address is unique whatever its letter case."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin, RootModel):
    """A person. What the person may do comes from memberships and invitations, not from this record."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name_th = models.CharField(_("name in Thai"), max_length=200)
    full_name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    position_title = models.CharField(_("position"), max_length=200, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=[("th", "ไทย"), ("en", "English")],  # Thai on purpose: each language by its own name
        default="th",
    )
    signature_name = models.CharField(_("name as it stands under a signature"), max_length=200, blank=True)
    signature_title = models.CharField(_("title as it stands under a signature"), max_length=300, blank=True)
    closed_at = models.DateTimeField(_("account closed at"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(_("system administrator"), default=False)
    date_joined = models.DateTimeField(_("joined at"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name_th"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_any_case",
                violation_error_message=_("This e-mail is already in use."),
            )
        ]

    def __str__(self) -> str:
        return self.full_name_th

    def clean(self) -> None:
        self.email = self.email.strip().lower()

    @property
    def name_to_sign(self) -> str:
        """The name that stands under a signature: the one of the profile, else the name in Thai."""
        return self.signature_name or self.full_name_th

    def get_full_name(self) -> str:
        return self.full_name_th

    def get_short_name(self) -> str:
        return self.full_name_th


class Membership(models.Model):
    """A user's place in an organisation, from one day to another; the roles hang on it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name=_("person"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    title = models.CharField(_("position"), max_length=200, blank=True)
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    end_reason = models.CharField(_("reason for ending"), max_length=300, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "organisation"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


class MembershipRole(models.Model):
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="roles")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "role"], name="membership_role_once")]

    def __str__(self) -> str:
        return self.get_role_display()
