"""An agreement that was signed and begun before it was known here: as an officer enters it, until it counts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.enums import PriorState
from agreements.lifecycles.prior import PriorMoves
from agreements.models.agreement import BEFORE_SIGNING, Agreement
from agreements.querysets import PriorAgreementQuerySet
from agreements.sequences import STEP_CHOICES
from core import clock
from core.fields import StateField
from core.workflow import RootModel
from partnerships.enums import Form
from partnerships.models import Mission, Organisation, User


class PriorAgreement(PriorMoves, RootModel):
    """What the signed document says and where the matter stands; the agreement itself is born on confirmation."""

    mission = models.ForeignKey(Mission, models.PROTECT, related_name="prior_agreements", verbose_name=_("mission"))
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("lead giver"))
    receiver = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("receiver"))
    form = models.CharField(_("form of partnership"), max_length=20, choices=Form.choices)
    step = models.CharField(_("step"), max_length=40, choices=STEP_CHOICES)
    title = models.CharField(_("title"), max_length=400)
    number = models.CharField(_("number"), max_length=40, blank=True)
    signed_on = models.DateField(_("signed on"))
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"))
    total = models.DecimalField(_("total sum (baht)"), max_digits=15, decimal_places=2, default=0)
    officer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("responsible officer"))
    paper = models.ForeignKey("core.StoredFile", models.PROTECT, null=True, related_name="+")

    state = StateField(_("state"), choices=PriorState.choices, default=PriorState.PROPOSED)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    entered_at = models.DateTimeField(default=clock.now, editable=False)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)
    comment = models.TextField(_("reason for returning"), blank=True, editable=False)
    agreement = models.OneToOneField(Agreement, models.PROTECT, null=True, related_name="prior", editable=False)

    objects = PriorAgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement entered later")
        verbose_name_plural = _("agreements entered later")
        ordering = ["-entered_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="prior_past_signing",
                condition=~Q(step__in=BEFORE_SIGNING),
                violation_error_message=_("An agreement that is running stands at a step after signing."),
            ),
            models.CheckConstraint(
                name="prior_ends_after_start",
                condition=Q(ends_on__gt=F("starts_on")),
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                name="prior_confirmed_by_another",
                condition=Q(state=PriorState.CONFIRMED, agreement__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("entered_by"))
                | ~Q(state=PriorState.CONFIRMED) & Q(agreement__isnull=True),
                violation_error_message=_("Whoever entered the agreement cannot confirm it."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("agreements:prior_detail", args=[self.pk])

    @property
    def reference(self) -> str:
        """The reference of the agreement it became, else of the mission."""
        return self.agreement.reference if self.agreement_id else self.mission.reference


class PriorInstalment(models.Model):
    """An instalment as the signed document has it, with the day of its payment where it was paid."""

    prior = models.ForeignKey(PriorAgreement, models.CASCADE, related_name="instalments")
    ordinal = models.PositiveSmallIntegerField(_("instalment"))
    amount = models.DecimalField(_("amount (baht)"), max_digits=15, decimal_places=2)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)

    class Meta:
        ordering = ["prior", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["prior", "ordinal"], name="prior_instalment_once"),
            models.CheckConstraint(name="prior_instalment_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal}"
