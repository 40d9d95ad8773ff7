"""A mission that an agency owns (§2), where its money may come from, and the policy it stands under."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.workflow import RootModel
from partnerships.enums import Form, MoneySource, ProcurementScreening
from partnerships.geography import province_name
from partnerships.models.organisations import Organisation
from partnerships.models.vocabularies import FieldOfWork, TargetGroup
from partnerships.querysets import MissionQuerySet, PolicyQuerySet


class Policy(RootModel):
    """A policy or strategy under which an agency ranks several missions, as Commissioning does (§3.0, §3.3 step 3)."""

    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="policies", verbose_name=_("agency"))
    title = models.CharField(_("policy or strategy"), max_length=300)
    description = models.TextField(_("what it is about"), blank=True)
    created_on = models.DateField(_("recorded on"), editable=False)

    objects = PolicyQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy")
        verbose_name_plural = _("policies")
        ordering = ["-created_on", "-pk"]

    def __str__(self) -> str:
        return self.title


class Mission(RootModel):
    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    agency = models.ForeignKey(
        Organisation, models.PROTECT, related_name="missions", verbose_name=_("agency that owns the mission")
    )
    title = models.CharField(_("title of the mission"), max_length=300)
    problem = models.TextField(_("problem"), blank=True)
    objectives = models.TextField(_("objectives"))
    scope = models.TextField(_("scope"), blank=True)
    target_group = models.CharField(_("target group"), max_length=300)
    target_groups = models.ManyToManyField(TargetGroup, related_name="missions", blank=True)
    fields_of_work = models.ManyToManyField(FieldOfWork, related_name="missions", blank=True)
    area = models.CharField(_("area"), max_length=300)
    is_routine = models.BooleanField(_("continuing or routine service"), default=False)
    time_frame = models.CharField(_("time frame"), max_length=200, blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    procurement_screening = models.CharField(
        _("procurement screening"),
        max_length=20,
        choices=ProcurementScreening.choices,
        default=ProcurementScreening.NOT_SCREENED,
    )
    procurement_note = models.TextField(_("result of the screening and e-GP reference"), blank=True)
    officer = models.ForeignKey(
        "partnerships.User", models.PROTECT, related_name="missions", verbose_name=_("responsible officer")
    )
    policy = models.ForeignKey(
        Policy, models.PROTECT, null=True, blank=True, related_name="missions", verbose_name=_("policy or strategy")
    )
    rank = models.PositiveSmallIntegerField(_("priority under the policy"), null=True, blank=True)
    form = models.CharField(_("form of partnership"), max_length=20, choices=Form.choices, blank=True)
    form_reason = models.TextField(_("reason for the form"), blank=True)
    form_chosen_on = models.DateField(_("form chosen on"), null=True, blank=True, editable=False)
    candidates_note = models.TextField(_("how partners were looked for"), blank=True)
    shown_at = models.DateTimeField(_("shown to partners since"), null=True, blank=True, editable=False)
    created_on = models.DateField(_("recorded on"), editable=False)

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mission_form_has_reason",
                condition=Q(form="") | (~Q(form_reason="") & Q(form_chosen_on__isnull=False)),
                violation_error_message=_("The choice of a form is kept with its reason."),
            ),
            models.CheckConstraint(
                name="mission_rank_under_policy",
                condition=Q(policy__isnull=True, rank__isnull=True) | Q(policy__isnull=False, rank__gte=1),
                violation_error_message=_("A priority is a rank under a policy."),
            ),
            models.UniqueConstraint(
                fields=["policy", "rank"],
                name="mission_rank_once_under_policy",
                violation_error_message=_("Two missions cannot have the same priority."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def approach(self) -> Any:
        """How the agency was won for it (§4 step 2), None where nothing is on record."""
        return getattr(self, "approach_record", None)


class MissionArea(models.Model):
    """A province in which the mission's service is wanted; none means the whole country."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="areas")
    province_code = models.CharField(_("province"), max_length=2)

    class Meta:
        ordering = ["province_code"]
        constraints = [models.UniqueConstraint(fields=["mission", "province_code"], name="mission_area_once")]

    def __str__(self) -> str:
        return province_name(self.province_code)


class MissionFunding(models.Model):
    """A source of money that the mission counts on (§1: named sources of money and other resources)."""

    mission = models.ForeignKey(Mission, models.CASCADE, related_name="funding")
    source = models.CharField(_("source of money"), max_length=20, choices=MoneySource.choices)
    amount = models.DecimalField(_("amount (baht)"), max_digits=15, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_source_display()
