"""A mission that an agency owns, the form chosen for it and why (§3.0), and how the agency was won (§4 step 2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.workflow import RootModel
from partnerships.enums import ApproachOrigin, Form
from partnerships.models.organisations import Organisation
from partnerships.querysets import MissionQuerySet


class Mission(RootModel):
    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    agency = models.ForeignKey(
        Organisation, models.PROTECT, related_name="missions", verbose_name=_("agency that owns the mission")
    )
    title = models.CharField(_("title of the mission"), max_length=300)
    problem = models.TextField(_("problem"), blank=True)
    objectives = models.TextField(_("objectives"))
    target_group = models.CharField(_("target group"), max_length=300)
    area = models.CharField(_("area"), max_length=300)
    is_routine = models.BooleanField(_("continuing or routine service"), default=False)
    time_frame = models.CharField(_("time frame"), max_length=200, blank=True)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    officer = models.ForeignKey(
        "partnerships.User", models.PROTECT, related_name="missions", verbose_name=_("responsible officer")
    )
    form = models.CharField(_("form of partnership"), max_length=20, choices=Form.choices, blank=True)
    form_reason = models.TextField(_("reason for the form"), blank=True)
    form_chosen_on = models.DateField(_("form chosen on"), null=True, blank=True, editable=False)
    approach = models.CharField(_("approach to the agency"), max_length=20, choices=ApproachOrigin.choices, blank=True)
    approach_note = models.TextField(_("result of the talks, or why none were needed"), blank=True)
    candidates_note = models.TextField(_("how partners were looked for"), blank=True)
    created_on = models.DateField(_("recorded on"), editable=False)

    objects = MissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mission")
        verbose_name_plural = _("missions")
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="mission_form_has_reason",
                condition=models.Q(form="") | (~models.Q(form_reason="") & models.Q(form_chosen_on__isnull=False)),
                violation_error_message=_("The choice of a form is kept with its reason."),
            )
        ]

    def __str__(self) -> str:
        return self.title
