"""One table of organisations; agencies and partners are ways of looking at it (§2)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core.workflow import RootModel
from partnerships.enums import AGENCY_KINDS, PARTNER_KINDS, OrganisationKind
from partnerships.querysets import OrganisationQuerySet


class Organisation(RootModel):
    """Giver, receiver, supporter or third party: what it is in an agreement is said by its Party, not here."""

    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    name_th = models.CharField(_("name in Thai"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=50, blank=True)
    sort_key = models.CharField(max_length=300, db_index=True, editable=False)
    registration_number = models.CharField(_("registration number"), max_length=30, blank=True)
    province = models.CharField(_("province"), max_length=100, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    about = models.TextField(_("about the organisation"), blank=True)
    valid_from = models.DateField(_("name valid from"), null=True, blank=True)
    valid_until = models.DateField(_("name valid until"), null=True, blank=True)

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["registration_number"],
                condition=~models.Q(registration_number=""),
                name="organisation_registration_number_once",
                violation_error_message=_("An organisation with this registration number is already on record."),
            )
        ]

    def __str__(self) -> str:
        return self.name_th

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.sort_key = thai_sort_key(self.name_th)
        super().save(*args, **kwargs)

    @property
    def name(self) -> str:
        """The name in the reader's language, Thai where there is no other."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_th

    @property
    def ministry(self) -> Organisation:
        """The ministry an agency belongs to (itself where it has no parent)."""
        return self.parent if self.parent_id else self


def thai_sort_key(name: str) -> str:
    """A key that sorts Thai names as a dictionary does: a leading vowel (เ แ โ ใ ไ) goes behind its consonant."""
    key, index = [], 0
    while index < len(name):
        if name[index] in "เแโใไ" and index + 1 < len(name):  # Thai on purpose
            key += [name[index + 1], name[index]]
            index += 2
        else:
            key.append(name[index])
            index += 1
    return "".join(key)[:300]


class AgencyManager(models.Manager.from_queryset(OrganisationQuerySet)):
    def get_queryset(self) -> OrganisationQuerySet:
        return super().get_queryset().filter(kind__in=AGENCY_KINDS)


class PartnerManager(models.Manager.from_queryset(OrganisationQuerySet)):
    def get_queryset(self) -> OrganisationQuerySet:
        return super().get_queryset().filter(kind__in=PARTNER_KINDS)


class Agency(Organisation):
    """A central agency that owns missions (ผู้มอบภารกิจ)."""

    objects = AgencyManager()

    class Meta:
        proxy = True
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")


class Partner(Organisation):
    """An organisation that can take a mission over (ผู้รับมอบภารกิจ)."""

    objects = PartnerManager()

    class Meta:
        proxy = True
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
