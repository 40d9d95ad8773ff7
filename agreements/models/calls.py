"""A call for proposals: carries the first steps of Grant and PBC, and may end in several agreements."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import CallState, CriterionKind, Procedure
from agreements.lifecycles.call import CallMoves
from agreements.querysets import CallQuerySet
from core import clock
from core.fields import StateField
from core.workflow import RootModel
from partnerships.enums import Form
from partnerships.models import Mission, Organisation, User


class Call(CallMoves, RootModel):
    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    number = models.CharField(_("call number"), max_length=40, blank=True, editable=False)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="calls", verbose_name=_("mission"))
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="calls", verbose_name=_("agency"))
    form = models.CharField(
        _("form of partnership"), max_length=20, choices=[(Form.GRANT, Form.GRANT.label), (Form.PBC, Form.PBC.label)]
    )
    procedure = models.CharField(_("procedure"), max_length=10, choices=Procedure.choices, default=Procedure.OPEN)
    procedure_reason = models.TextField(_("reason for a direct invitation"), blank=True)
    title = models.CharField(_("title of the call"), max_length=300)
    background = models.TextField(_("background"), blank=True)
    scope = models.TextField(_("scope of work"), blank=True)
    objectives = models.TextField(_("objectives"), blank=True)
    target_group = models.CharField(_("target group"), max_length=300, blank=True)
    area = models.CharField(_("area"), max_length=300, blank=True)
    duration_months = models.PositiveSmallIntegerField(_("duration (months)"), default=12)
    budget_ceiling = models.DecimalField(_("budget ceiling (baht)"), max_digits=15, decimal_places=2)
    allocation = models.TextField(_("how the money is allocated"), blank=True)
    evaluation_plan = models.TextField(_("how the project is evaluated"), blank=True)
    officer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("responsible officer"))
    contact_phone = models.CharField(_("telephone for questions"), max_length=50, blank=True)
    closes_at = models.DateTimeField(_("deadline for proposals"))
    state = StateField(_("state"), choices=CallState.choices, default=CallState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.TextField(_("reason for cancelling"), blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for proposals")
        verbose_name_plural = _("calls for proposals")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="call_published_is_stamped",
                condition=models.Q(state__in=[CallState.DRAFT, CallState.CANCELLED])
                | models.Q(published_at__isnull=False),
                violation_error_message=_("A published call carries the time of its publication."),
            ),
            models.CheckConstraint(
                name="call_direct_has_reason",
                condition=models.Q(procedure=Procedure.OPEN) | ~models.Q(procedure_reason=""),
                violation_error_message=_("A direct invitation needs its reason."),
            ),
            models.CheckConstraint(
                name="call_budget_positive",
                condition=models.Q(budget_ceiling__gt=0),
                violation_error_message=_("The budget ceiling must be more than 0 baht."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether proposals are taken: published, and the deadline has not passed on the server's clock."""
        return self.state == CallState.PUBLISHED and (at or clock.now()) <= self.closes_at

    def admits(self, organisation_id: int | None) -> bool:
        """Whether that organisation may propose: on an open call everyone, on a direct one those invited."""
        if self.procedure == Procedure.OPEN:
            return True
        return self.invitations.filter(organisation_id=organisation_id).exists()

    def has_capacity(self, user_id: int, kind: str) -> bool:
        return self.capacities.current().filter(user_id=user_id, kind=kind).exists()


class CallCriterion(models.Model):
    """A qualification that is met or not, or a criterion with a weight (weights of a call total 100)."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")
    kind = models.CharField(_("kind"), max_length=20, choices=CriterionKind.choices)
    ordinal = models.PositiveSmallIntegerField(_("order"), default=1)
    title = models.CharField(_("criterion"), max_length=200)
    description = models.TextField(_("explanation"), blank=True)
    weight = models.PositiveSmallIntegerField(_("weight (percent)"), null=True, blank=True)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["kind", "ordinal", "pk"]
        constraints = [
            models.CheckConstraint(
                name="criterion_weight_by_kind",
                condition=models.Q(kind=CriterionKind.ELIGIBILITY, weight__isnull=True)
                | models.Q(kind=CriterionKind.SCORING, weight__gt=0, weight__lte=100),
                violation_error_message=_("A criterion has a weight of 1 to 100; a qualification has none."),
            )
        ]

    def __str__(self) -> str:
        return self.title


class CallInvitation(models.Model):
    """An organisation invited to a direct call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "organisation"], name="call_invites_once")]

    def __str__(self) -> str:
        return str(self.organisation)
