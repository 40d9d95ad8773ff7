"""A call for proposals: carries the first steps of Grant and PBC, and may end in several agreements."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import AllocationMethod, CallState, Procedure, ProposalState
from agreements.judges import JUDGES
from agreements.lifecycles.call import CallMoves
from agreements.models.call_parts import CallText, Criterion, WantedDocument
from agreements.querysets import CallQuerySet
from core import clock
from core.fields import StateField
from core.workflow import RootModel
from partnerships.enums import Form
from partnerships.geography import province_name
from partnerships.models import FieldOfWork, Mission, Organisation, User


class Call(CallMoves, CallText, RootModel):
    """Dates are ordered: published, questions until, closes, screened, presented, decided; then the days of appeal.

    `grace_minutes` after the deadline proposals are still taken. `reviewers_per_proposal`: None = every reviewer scores
    every proposal. `presentation_weight`: percent of the final score given for the presentation (0: not scored).
    `cure_days`: 0 = formal gaps cannot be mended after the deadline.
    """

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
    budget_ceiling = models.DecimalField(_("budget ceiling (baht)"), max_digits=15, decimal_places=2)
    allocation_method = models.CharField(
        _("way of allocating"), max_length=20, choices=AllocationMethod.choices, default=AllocationMethod.INSTALMENTS
    )
    instalment_count = models.PositiveSmallIntegerField(_("number of instalments"), null=True, blank=True)
    unit = models.CharField(_("unit of the service"), max_length=100, blank=True)
    unit_cost_ceiling = models.DecimalField(
        _("ceiling of the unit cost (baht)"), max_digits=15, decimal_places=2, null=True, blank=True
    )
    fields_of_work = models.ManyToManyField(FieldOfWork, related_name="calls", blank=True)
    template = models.ForeignKey(
        "agreements.CallTemplate", models.PROTECT, null=True, blank=True, related_name="calls", editable=False
    )
    officer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("responsible officer"))
    contact_phone = models.CharField(_("telephone for questions"), max_length=50, blank=True)
    publish_on = models.DateField(_("to be published on"), null=True, blank=True)
    questions_until = models.DateTimeField(_("questions until"), null=True, blank=True)
    closes_at = models.DateTimeField(_("deadline for proposals"))
    grace_minutes = models.PositiveSmallIntegerField(_("grace period (minutes)"), default=0)
    screening_by = models.DateField(_("screening finished by"), null=True, blank=True)
    presentation_on = models.DateField(_("presentations from"), null=True, blank=True)
    decision_by = models.DateField(_("decision by"), null=True, blank=True)
    appeal_days = models.PositiveSmallIntegerField(_("days to appeal"), default=15)
    cure_days = models.PositiveSmallIntegerField(_("days to mend formal gaps"), default=0)
    is_blind = models.BooleanField(_("reviewers do not see who proposes"), default=False)
    reviewers_per_proposal = models.PositiveSmallIntegerField(_("reviewers for each proposal"), null=True, blank=True)
    presentation_weight = models.PositiveSmallIntegerField(_("weight of the presentation (percent)"), default=0)
    state = StateField(_("state"), choices=CallState.choices, default=CallState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    # when the result letters were issued; an answer to an appeal is another letter
    letters_issued_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.TextField(_("reason for cancelling"), blank=True)
    ended_at = models.DateTimeField(_("cancelled or declared void at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for proposals")
        verbose_name_plural = _("calls for proposals")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["closes_at", "id"],
                condition=models.Q(state=CallState.PUBLISHED, procedure=Procedure.OPEN),
                name="call_open_by_deadline",
            ),
        ]
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
            models.CheckConstraint(
                name="call_questions_before_deadline",
                condition=models.Q(questions_until__isnull=True) | models.Q(questions_until__lte=models.F("closes_at")),
                violation_error_message=_("Questions end before the deadline for proposals."),
            ),
            models.CheckConstraint(
                name="call_presentation_weight",
                condition=models.Q(presentation_weight__lte=90),
                violation_error_message=_("The presentation weighs 0 to 90 percent."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether proposals are taken: published, and neither deadline nor grace has passed on the server's clock."""
        return self.state == CallState.PUBLISHED and (at or clock.now()) <= self.accepts_until

    @property
    def state_shown(self) -> Any:
        """The state in words; a published call whose deadline has passed is not called open."""
        if self.state == CallState.PUBLISHED and not self.is_open():
            return _("Closed for proposals, to be screened")
        return self.get_state_display()

    @property
    def accepts_until(self) -> datetime:
        """The last moment at which a proposal is taken: the deadline and the call's grace period."""
        return self.closes_at + timedelta(minutes=self.grace_minutes)

    def takes_questions(self, at: datetime | None = None) -> bool:
        """Whether questions can be asked: published, and the cut-off (without one: the deadline) has not passed."""
        return self.state == CallState.PUBLISHED and (at or clock.now()) <= (self.questions_until or self.closes_at)

    def admits(self, organisation_id: int | None) -> bool:
        """Whether that organisation may propose: on an open call everyone, on a direct one those invited."""
        if self.procedure == Procedure.OPEN:
            return True
        return self.invitations.filter(organisation_id=organisation_id).exists()

    def was_judged_by(self, user_id: int | None) -> bool:
        """Whether the person is invited to judge the call, finished a review, or is on the committee; or declared a
        conflict with an applicant, which binds also whose invitation has ended."""
        return (
            self.capacities.current().filter(user_id=user_id, kind__in=JUDGES).exists()
            or self.proposals.filter(reviews__reviewer=user_id, reviews__finished_at__isnull=False).exists()
            or type(self).objects.filter(pk=self.pk, selection_committee__members__user=user_id).exists()
            or self.declarations.filter(user_id=user_id, is_conflicted=True).exists()
        )

    def was_prepared_by(self, user_id: int | None) -> bool:
        """Whether the person screened a proposal, wrote the resolution down, or opened a finished review again."""
        return type(self).objects.filter(pk=self.pk).prepared_by(user_id).exists()

    def has_capacity(self, user_id: int, *kinds: str) -> bool:
        """Whether the person is invited to the call, today, in one of these capacities."""
        return self.capacities.current().filter(user_id=user_id, kind__in=kinds).exists()

    def waits_for_review_by(self, user_id: int | None) -> bool:
        """Whether this reviewer still has an assigned proposal to score, or owes points for a presentation."""
        if user_id is None or self.state != CallState.SELECTION or not self.has_capacity(user_id, "reviewer"):
            return False
        own = apps.get_model("agreements", "ReviewAssignment").objects.of_call(self.pk).filter(reviewer_id=user_id)
        if own.without_review().filter(proposal__state=ProposalState.ELIGIBLE).exists():
            return True
        return self.presentation_weight > 0 and own.owing_points().exists()


class CallCriterion(Criterion):
    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria")

    class Meta(Criterion.Meta):
        abstract = False


class CallDocument(WantedDocument):
    """A document that the call wants with each proposal."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="documents")

    class Meta(WantedDocument.Meta):
        abstract = False


class CallArea(models.Model):
    """A province in which the service is wanted; none means the whole country."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="areas")
    province_code = models.CharField(_("province"), max_length=2)

    class Meta:
        ordering = ["province_code"]
        constraints = [models.UniqueConstraint(fields=["call", "province_code"], name="call_area_once")]

    def __str__(self) -> str:
        return province_name(self.province_code)


class CallInvitation(models.Model):
    """An organisation invited to a direct call."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("organisation"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "organisation"], name="call_invites_once")]

    def __str__(self) -> str:
        return str(self.organisation)
