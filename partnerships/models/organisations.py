"""One table of organisations; agencies and partners are ways of looking at it (§2)."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from core import clock
from core.fields import StateField
from core.search_text import search_text, thai_sort_key
from core.workflow import RootModel
from partnerships.enums import (
    AGENCY_KINDS,
    PARTNER_KINDS,
    LocalGovernmentType,
    OrganisationKind,
    OrganisationStanding,
    ProvincialDutyKind,
)
from partnerships.geography import province_name
from partnerships.lifecycles.organisation import OrganisationMoves
from partnerships.models.vocabularies import FieldOfWork, TargetGroup
from partnerships.querysets import DatedQuerySet, OrganisationQuerySet


class Organisation(OrganisationMoves, RootModel):
    """Giver, receiver, supporter or third party: what it is in an agreement is said by its Party, not here."""

    kind = models.CharField(_("kind"), max_length=30, choices=OrganisationKind.choices)
    local_type = models.CharField(
        _("kind of local government"), max_length=20, choices=LocalGovernmentType.choices, blank=True
    )
    standing = StateField(
        _("standing in the register"), choices=OrganisationStanding.choices, default=OrganisationStanding.ACTIVE
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_from", editable=False
    )
    code = models.CharField(_("agency code"), max_length=20, blank=True)
    name_th = models.CharField(_("name in Thai"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    short_name = models.CharField(_("short name"), max_length=50, blank=True)
    sort_key = models.CharField(max_length=300, db_index=True, editable=False)
    search_text = models.CharField(max_length=700, editable=False, default="")
    # 13 digits with a check digit; the other number is whatever the certificate says.
    tax_number = models.CharField(_("13-digit tax number"), max_length=13, blank=True)
    registration_number = models.CharField(_("registration number"), max_length=30, blank=True)
    is_unregistered = models.BooleanField(_("not registered as a legal person"), default=False)
    address = models.TextField(_("address (number, village, road)"), blank=True)
    province_code = models.CharField(_("province"), max_length=2, blank=True)
    district_code = models.CharField(_("district"), max_length=4, blank=True)
    subdistrict_code = models.CharField(_("subdistrict"), max_length=6, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=5, blank=True)
    phone = models.CharField(_("telephone"), max_length=50, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)
    about = models.TextField(_("about the organisation"), blank=True)
    fields_of_work = models.ManyToManyField(FieldOfWork, related_name="organisations", blank=True)
    target_groups = models.ManyToManyField(TargetGroup, related_name="organisations", blank=True)
    founded_year = models.PositiveSmallIntegerField(_("year founded (CE)"), null=True, blank=True)
    staff_count = models.PositiveIntegerField(_("staff (people)"), null=True, blank=True)
    volunteer_count = models.PositiveIntegerField(_("volunteers (people)"), null=True, blank=True)
    yearly_income = models.DecimalField(
        _("yearly income (baht)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    valid_from = models.DateField(_("name valid from"), null=True, blank=True)
    valid_until = models.DateField(_("name valid until"), null=True, blank=True)
    # Facts that the door stamps, so that lists and guards need not look through the records behind them.
    registered_by = models.ForeignKey(
        "partnerships.User", models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_until = models.DateField(_("verified until"), null=True, blank=True, editable=False)
    blocked_at = models.DateTimeField(_("blocked since"), null=True, blank=True, editable=False)

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "registration_number"],
                condition=~models.Q(registration_number="") & ~models.Q(standing=OrganisationStanding.MERGED),
                name="organisation_registration_number_once_per_kind",
                violation_error_message=_("An organisation with this registration number is already on record."),
            ),
            models.UniqueConstraint(
                fields=["tax_number"],
                condition=~models.Q(tax_number="") & ~models.Q(standing=OrganisationStanding.MERGED),
                name="organisation_tax_number_once",
                violation_error_message=_("An organisation with this tax number is already on record."),
            ),
            models.CheckConstraint(
                name="organisation_merged_has_target",
                condition=models.Q(standing=OrganisationStanding.MERGED, merged_into__isnull=False)
                | (~models.Q(standing=OrganisationStanding.MERGED) & models.Q(merged_into__isnull=True)),
                violation_error_message=_("A merged organisation says into which one."),
            ),
        ]
        indexes = [
            models.Index(fields=["province_code", "sort_key", "id"], name="organisation_by_province"),
            models.Index(fields=["kind", "sort_key", "id"], name="organisation_by_kind"),
        ]

    def __str__(self) -> str:
        return self.name_th

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.set_derived()
        super().save(*args, **kwargs)

    def set_derived(self) -> None:
        """What lists sort and search by; for `bulk_create`, which passes `save` by."""
        self.sort_key = thai_sort_key(self.name_th)
        self.search_text = search_text(self.name_th, self.name_en, self.short_name)[:700]

    @property
    def name(self) -> str:
        """The name in the reader's language, Thai where there is no other."""
        return self.name_en if get_language() == "en" and self.name_en else self.name_th

    def get_kind_display(self) -> str:
        """As Django's, which makes a table of all kinds in the reader's language anew for every row of a list."""
        return str(OrganisationKind(self.kind).label) if self.kind in OrganisationKind.values else self.kind

    @property
    def province(self) -> str:
        """The name of the province in the reader's language."""
        return province_name(self.province_code)

    @property
    def is_verified(self) -> bool:
        """Whether the latest verification holds today."""
        return self.verified_until is not None and self.verified_until >= clock.today()

    @property
    def is_blocked(self) -> bool:
        """Whether a blocking flag is raised: it can then neither submit nor be selected."""
        return self.blocked_at is not None

    def has_verifier(self, office_id: int | None) -> bool:
        """Whether that provincial office is named, today, to verify partners in this organisation's province."""
        if office_id is None or not self.province_code:
            return False
        named = ProvincialDuty.objects.filter(office=office_id, province_code=self.province_code)
        return named.filter(kind=ProvincialDutyKind.VERIFIER).current(clock.today()).exists()

    @property
    def ministry(self) -> Organisation:
        """The ministry an agency belongs to (itself where it has no parent)."""
        return self.parent if self.parent_id else self


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


class FormerName(models.Model):
    """A name that an organisation bore until a day (a ministry renamed, a department moved)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="former_names")
    name_th = models.CharField(_("name in Thai"), max_length=300)
    name_en = models.CharField(_("name in English"), max_length=300, blank=True)
    parent = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField(_("name valid from"), null=True, blank=True)
    valid_until = models.DateField(_("name valid until"))

    class Meta:
        verbose_name = _("former name")
        verbose_name_plural = _("former names")
        ordering = ["-valid_until", "-pk"]

    def __str__(self) -> str:
        return self.name_th


class ServiceArea(models.Model):
    """A province in which an organisation can serve; one without a row serves where its address is."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="service_areas")
    province_code = models.CharField(_("province"), max_length=2)

    class Meta:
        verbose_name = _("service area")
        verbose_name_plural = _("service areas")
        ordering = ["province_code"]
        constraints = [models.UniqueConstraint(fields=["organisation", "province_code"], name="service_area_once")]
        indexes = [models.Index(fields=["province_code", "organisation"], name="service_area_by_province")]

    def __str__(self) -> str:
        return province_name(self.province_code)


class ProvincialDuty(models.Model):
    """A provincial office named as coordinator, or as verifier of partners, in its province, from day to day."""

    office = models.ForeignKey(Organisation, models.PROTECT, related_name="provincial_duties")
    kind = models.CharField(_("duty"), max_length=20, choices=ProvincialDutyKind.choices)
    province_code = models.CharField(_("province"), max_length=2)
    starts_on = models.DateField(_("from"), default=clock.today)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    named_by = models.ForeignKey("partnerships.User", models.PROTECT, related_name="+")

    objects = DatedQuerySet.as_manager()

    class Meta:
        verbose_name = _("duty of a provincial office")
        verbose_name_plural = _("duties of provincial offices")
        ordering = ["province_code", "kind", "pk"]

    def __str__(self) -> str:
        return f"{self.office} · {self.get_kind_display()}"

    @property
    def province(self) -> str:
        """The name of the province in the reader's language."""
        return province_name(self.province_code)
