"""An agreement of one of the three forms, and its parties."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.enums import Procedure, ProcurementScreening, Side, Standing
from agreements.lifecycles.standing import StandingMoves
from agreements.models.calls import Call
from agreements.models.proposals import Proposal
from agreements.querysets import AgreementQuerySet
from agreements.sequences import STEP_BY_CODE, STEP_CHOICES, Step, steps_of
from agreements.sequences.commissioning import CommissioningMoves
from agreements.sequences.grant import GrantMoves
from agreements.sequences.pbc import PbcMoves
from core import clock
from core.fields import StateField
from core.workflow import RootModel
from partnerships.enums import Form
from partnerships.models import Mission, Organisation, User

BEFORE_SIGNING = ["grant_2_application", "pbc_4_selection", "commissioning_1_priorities"]
LAST_STEPS = ["grant_4_delivery", "pbc_9_account_closing", "commissioning_6_evaluation"]
NEEDS_PLAN = [
    code for code in STEP_BY_CODE if code == "grant_4_delivery" or (code.startswith("pbc_") and code[4] in "56789")
]


class Agreement(GrantMoves, PbcMoves, CommissioningMoves, StandingMoves, RootModel):
    """`step` is the manual's step, `standing` the legal state; both change through the door alone."""

    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=40, blank=True, editable=False)
    form = models.CharField(_("form of partnership"), max_length=20, choices=Form.choices, editable=False)
    mission = models.ForeignKey(Mission, models.PROTECT, related_name="agreements", verbose_name=_("mission"))
    agency = models.ForeignKey(
        Organisation, models.PROTECT, related_name="given_agreements", verbose_name=_("lead giver")
    )
    call = models.ForeignKey(Call, models.PROTECT, null=True, blank=True, related_name="agreements", editable=False)
    proposal = models.OneToOneField(
        Proposal, models.PROTECT, null=True, blank=True, related_name="agreement", editable=False
    )
    procedure = models.CharField(_("procedure"), max_length=10, choices=Procedure.choices, default=Procedure.OPEN)
    title = models.CharField(_("title"), max_length=400)
    rationale = models.TextField(_("rationale"), blank=True)
    objectives = models.TextField(_("objectives"), blank=True)
    scope = models.TextField(_("scope"), blank=True)
    target_group = models.CharField(_("target group"), max_length=300, blank=True)
    area = models.CharField(_("area"), max_length=300, blank=True)
    service_volume = models.CharField(_("volume of service"), max_length=300, blank=True)
    expected_results = models.TextField(_("expected results"), blank=True)
    made_at = models.CharField(_("made at"), max_length=300, blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    total = models.DecimalField(_("total sum (baht)"), max_digits=15, decimal_places=2, default=0)
    notice_days = models.PositiveSmallIntegerField(_("notice of termination (days)"), default=30)
    legal_basis = models.TextField(_("legal basis"), blank=True)
    procurement_screening = models.CharField(
        _("procurement screening"),
        max_length=20,
        choices=ProcurementScreening.choices,
        default=ProcurementScreening.NOT_SCREENED,
    )
    egp_reference = models.CharField(_("e-GP reference"), max_length=50, blank=True)
    officer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("responsible officer"))
    contact_phone = models.CharField(_("telephone"), max_length=50, blank=True)
    is_demonstration = models.BooleanField(_("fictitious data"), default=False, editable=False)

    step = StateField(_("step"), choices=STEP_CHOICES)
    standing = StateField(_("standing"), choices=Standing.choices, default=Standing.PREPARING)
    cycle = models.PositiveSmallIntegerField(_("cycle"), default=1, editable=False)

    created_at = models.DateTimeField(default=clock.now, editable=False)
    entered_later_at = models.DateTimeField(_("entered later"), null=True, editable=False)
    step_since = models.DateField(default=clock.today, editable=False)
    text_ready_at = models.DateTimeField(null=True, editable=False)
    signed_at = models.DateTimeField(null=True, editable=False)
    public_at = models.DateTimeField(null=True, editable=False)
    plan_approved_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    end_reason = models.TextField(_("reason for ending"), blank=True, editable=False)
    next_due_on = models.DateField(null=True, editable=False, db_index=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["-created_at", "-pk"]
        indexes = [  # lists show the latest first
            models.Index(fields=["created_at", "id"], name="agreement_by_opening"),
            models.Index(fields=["public_at", "id"], name="agreement_by_publication"),
        ]
        constraints = [
            models.CheckConstraint(
                name="agreement_step_of_its_form",
                condition=Q(form=Form.GRANT, step__startswith="grant_")
                | Q(form=Form.PBC, step__startswith="pbc_")
                | Q(form=Form.COMMISSIONING, step__startswith="commissioning_"),
                violation_error_message=_("The step must belong to the agreement's form."),
            ),
            models.CheckConstraint(
                name="agreement_step_known",
                condition=Q(step__in=list(STEP_BY_CODE)),
                violation_error_message=_("Unknown step."),
            ),
            models.CheckConstraint(
                name="agreement_in_force_is_signed",
                condition=Q(standing__in=[Standing.PREPARING, Standing.CANCELLED]) | Q(signed_at__isnull=False),
                violation_error_message=_("An agreement is in force only when all parties have signed."),
            ),
            models.CheckConstraint(
                name="agreement_past_signing_is_signed",
                condition=Q(step__in=BEFORE_SIGNING) | Q(signed_at__isnull=False, public_at__isnull=False),
                violation_error_message=_("This step comes after signing and publication."),
            ),
            models.CheckConstraint(
                name="agreement_work_has_plan",
                condition=~Q(step__in=NEEDS_PLAN) | Q(plan_approved_at__isnull=False),
                violation_error_message=_("This step needs an approved action plan."),
            ),
            models.CheckConstraint(
                name="agreement_closed_is_stamped",
                condition=~Q(standing=Standing.CLOSED) | Q(closed_at__isnull=False, step__in=LAST_STEPS),
                violation_error_message=_("An agreement is closed at its last step, with the time of closing."),
            ),
            models.CheckConstraint(
                name="agreement_ended_has_reason",
                condition=~Q(standing__in=[Standing.CANCELLED, Standing.TERMINATED])
                | (Q(ended_at__isnull=False) & ~Q(end_reason="")),
                violation_error_message=_("Cancelling and terminating need a reason."),
            ),
            models.CheckConstraint(
                name="agreement_ends_after_start",
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                violation_error_message=_("The end must be later than the start."),
            ),
            models.CheckConstraint(
                name="agreement_total_not_negative",
                condition=Q(total__gte=0),
                violation_error_message=_("The sum cannot be negative."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def current_step(self) -> Step:
        return STEP_BY_CODE[self.step]

    @property
    def steps(self) -> tuple[Step, ...]:
        return steps_of(self.form)

    def side_of(self, organisation_id: int | None) -> str | None:
        """The side on which that organisation is a party, or None."""
        return next((p.side for p in self.party_list if p.organisation_id == organisation_id), None)

    @property
    def party_list(self) -> list[Party]:
        """The parties, lead first, read once per instance."""
        if "_party_list" not in self.__dict__:
            self.__dict__["_party_list"] = sorted(
                self.parties.all(), key=lambda p: (list(Side).index(Side(p.side)), not p.is_lead, p.pk)
            )
        return self.__dict__["_party_list"]

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        self.__dict__.pop("_party_list", None)
        super().refresh_from_db(*args, **kwargs)

    def admits_move(self, state_field: str) -> bool:
        """Steps go on only while the agreement is being prepared or in force (not suspended, not ended)."""
        return state_field != "step" or self.standing in (Standing.PREPARING, Standing.IN_FORCE)

    def requires_to_leave(self, source: str, transition: Any) -> tuple[str, ...]:
        """Names of what must be there before a move: leaving a step, or closing at the last one."""
        if source in STEP_BY_CODE:
            return STEP_BY_CODE[source].requires
        return STEP_BY_CODE[self.step].requires if transition.name == "close" else ()


class Party(models.Model):
    """An organisation's side in an agreement; rights come from the side, signatures hang on it."""

    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="parties", verbose_name=_("organisation")
    )
    side = models.CharField(_("side"), max_length=10, choices=Side.choices)
    is_lead = models.BooleanField(_("lead of its side"), default=False)
    duties = models.TextField(_("duties"), blank=True)
    signatory_name = models.CharField(_("name of the signatory"), max_length=200, blank=True)
    signatory_title = models.CharField(_("title of the signatory"), max_length=200, blank=True)
    authority = models.CharField(_("authority to sign (order or delegation)"), max_length=300, blank=True)
    witness_1 = models.CharField(_("first witness"), max_length=200, blank=True)
    witness_2 = models.CharField(_("second witness"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"],
                name="party_once",
                violation_error_message=_("This organisation is already a party."),
            ),
            models.UniqueConstraint(
                fields=["agreement", "side"], condition=Q(is_lead=True), name="party_one_lead_per_side"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_side_display()})"
