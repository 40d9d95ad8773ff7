"""A partner's proposal on a call, and the immutable versions that reviewers judge."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import TAKEN_OUT, ProposalSource, ProposalState
from agreements.lifecycles.proposal import ProposalMoves
from agreements.models.calls import Call
from agreements.querysets import ProposalQuerySet
from core import clock
from core.fields import StateField
from core.files import files_of
from core.models.frozen import FrozenModel
from core.search_text import search_text
from core.workflow import RootModel
from partnerships.models import Organisation, User


class Proposal(ProposalMoves, RootModel):
    """`beneficiaries` and `budget` are the totals of its rows, kept by the action that saves them.

    On paper: entered by an officer of the call's agency from the scan, confirmed by another person of the agency;
    `received_at` is the time stamped on the paper, and counts against the deadline; it stays where the organisation
    took the paper back and went on online. What was entered by mistake is kept for the agency alone, and what a
    paper took the place of for its organisation alone: neither holds the place of the organisation on the call.
    `reserve_place` is kept while it is in reserve (`agreements.queries.reserve`).
    """

    reference = models.CharField(_("reference"), max_length=40, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="proposals", verbose_name=_("call for proposals"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="proposals", verbose_name=_("proposing organisation")
    )
    title = models.CharField(_("title of the project"), max_length=300)
    objectives = models.TextField(_("objectives"), blank=True)
    target_group = models.CharField(_("target group"), max_length=300, blank=True)
    beneficiaries = models.PositiveIntegerField(_("number of people served"), null=True, blank=True)
    area = models.CharField(_("area"), max_length=300, blank=True)
    activities = models.TextField(_("activities and steps of work"), blank=True)
    results = models.TextField(_("expected results"), blank=True)
    expertise = models.TextField(_("expertise and track record"), blank=True)
    network = models.TextField(_("network and scaling"), blank=True)
    risks = models.TextField(_("risks and how they are met"), blank=True)
    duration_months = models.PositiveSmallIntegerField(_("duration (months)"), null=True, blank=True)
    budget = models.DecimalField(_("budget (baht)"), max_digits=15, decimal_places=2, null=True, blank=True)
    budget_detail = models.TextField(_("budget in detail"), blank=True)
    source = models.CharField(
        _("came"), max_length=10, choices=ProposalSource.choices, default=ProposalSource.ONLINE, editable=False
    )
    received_at = models.DateTimeField(_("received on paper at"), null=True, blank=True, editable=False)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", editable=False
    )
    presentation_invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    state = StateField(_("state"), choices=ProposalState.choices, default=ProposalState.DRAFT)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    reserve_place = models.PositiveSmallIntegerField(
        _("place on the reserve list"), null=True, blank=True, editable=False
    )
    result_reason = models.TextField(_("reason for the result"), blank=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    search_text = models.CharField(max_length=1200, default="", editable=False)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-submitted_at", "-id"], name="proposal_by_arrival"),
            models.Index(fields=["call", "-submitted_at", "-id"], name="proposal_of_call_by_arrival"),
            models.Index(fields=["budget", "id"], name="proposal_by_budget"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "organisation"],
                condition=~models.Q(state__in=sorted(TAKEN_OUT)),
                name="proposal_once_per_call",
                violation_error_message=_("Your organisation already has a proposal on this call."),
            ),
            models.CheckConstraint(
                name="proposal_submitted_is_stamped",
                condition=models.Q(state__in=[ProposalState.DRAFT, *sorted(TAKEN_OUT)])
                | models.Q(submitted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="proposal_budget_positive",
                condition=models.Q(budget__isnull=True) | models.Q(budget__gt=0),
                violation_error_message=_("The budget must be more than 0 baht."),
            ),
            models.CheckConstraint(
                name="proposal_paper_by_two_people",
                condition=models.Q(source=ProposalSource.ONLINE)
                | models.Q(confirmed_by__isnull=True, state=ProposalState.DRAFT)
                | (models.Q(confirmed_by__isnull=False) & ~models.Q(confirmed_by=models.F("entered_by"))),
                violation_error_message=_("A proposal on paper is confirmed by another person than entered it."),
            ),
            models.CheckConstraint(
                name="proposal_paper_is_received",
                condition=models.Q(source=ProposalSource.ONLINE)
                | models.Q(received_at__isnull=False, entered_by__isnull=False),
                violation_error_message=_("A proposal on paper carries the time at which it was received."),
            ),
            models.UniqueConstraint(
                fields=["call", "reserve_place"],
                condition=models.Q(reserve_place__isnull=False),
                name="proposal_reserve_place_once",
                violation_error_message=_("Two proposals cannot have the same place on the reserve list."),
            ),
            models.CheckConstraint(
                name="proposal_place_while_in_reserve",
                condition=models.Q(reserve_place__isnull=True) | models.Q(state=ProposalState.RESERVE),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """With what is searched by: title, reference, and the names of the organisation."""
        self.set_derived()
        super().save(*args, **kwargs)

    def set_derived(self) -> None:
        one = self.organisation
        words = search_text(self.title, self.reference, one.name_th, one.name_en, one.short_name)
        self.search_text = words[:1200]

    @property
    def withdrawal_waiting(self) -> Any:
        """The letter that withdraws it and that nobody else has compared yet (on paper), or None; one query."""
        return self.paper_withdrawals.filter(judged_at__isnull=True).first()

    @property
    def open_objection(self) -> Any:
        """What its organisation said of the paper and nobody has answered yet, or None; one query."""
        return self.objections.filter(answered_at__isnull=True).first()

    @property
    def open_return(self) -> Any:
        """What a colleague sent back of its entry from paper and nobody has corrected yet, or None; one query."""
        return self.paper_returns.filter(corrected_at__isnull=True).first()

    def was_written_by(self, user_id: int | None) -> bool:
        """Whether that person saved a part or added a file, since a letter last withdrew it if one did; 3 queries."""
        letter = self.paper_withdrawals.filter(judged_at__isnull=False, sent_back="").last()
        since = letter.judged_at if letter else self.created_at
        saved = self.revisions.filter(saved_by=user_id, saved_at__gte=since)
        return saved.exists() or files_of(self).filter(uploaded_by_id=user_id, uploaded_at__gte=since).exists()

    @property
    def latest_version(self) -> ProposalVersion | None:
        return self.versions.order_by("-number").first()


class ProposalVersion(FrozenModel):
    """What was submitted, frozen: canonical JSON and its SHA-256. Reviews score a version, never the draft."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.TextField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    submitted_at = models.DateTimeField(editable=False)
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    submitted_by_name = models.CharField(max_length=200, editable=False)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["proposal", "number"], name="proposal_version_number_once")]

    def __str__(self) -> str:
        return f"{self.proposal} ({self.number})"

    @property
    def receipt_number(self) -> str:
        """The number of its receipt: "PROP-2570-0012/2"."""
        return f"{self.proposal.reference}/{self.number}"
