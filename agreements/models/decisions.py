"""Endorsement chains kept as records: proposed, endorsed or returned by each position, decided by the last."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import DecisionAct, DecisionKind, DecisionState
from agreements.lifecycles.decision import DecisionMoves
from core import clock
from core.fields import StateField, StatefulModel
from core.workflow import Text
from partnerships.enums import DeputyCapacity
from partnerships.models import EndorsementPosition, Mission, Organisation, PositionDeputy, User


def title_of(position: dict[str, Any]) -> Text:
    """What a position of a chain is called; one without a title is the executive's."""
    return position.get("title") or _("Executive")


class Decision(DecisionMoves, StatefulModel):
    """One matter on its way. `positions` is the chain as it stood when proposed: later changes do not touch it."""

    kind = models.CharField(_("matter"), max_length=30, choices=DecisionKind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="decisions")
    call = models.ForeignKey("agreements.Call", models.PROTECT, null=True, blank=True, related_name="decisions")
    agreement = models.ForeignKey(
        "agreements.Agreement", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    instalment = models.ForeignKey(
        "agreements.Instalment", models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    mission = models.ForeignKey(Mission, models.PROTECT, null=True, blank=True, related_name="decisions")
    appeal = models.ForeignKey("agreements.Appeal", models.PROTECT, null=True, blank=True, related_name="decisions")
    proposal = models.JSONField(_("what is proposed"), default=dict, blank=True, editable=False)
    number = models.CharField(_("number of the memo"), max_length=40, blank=True, editable=False)
    positions = models.JSONField(default=list, editable=False)
    reached = models.PositiveSmallIntegerField(default=0, editable=False)
    next_title = models.CharField(max_length=200, blank=True, editable=False)
    next_holder = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    next_seat = models.ForeignKey(
        EndorsementPosition, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    last_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    state = StateField(_("state"), choices=DecisionState.choices, default=DecisionState.PENDING)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "call"],
                condition=models.Q(state=DecisionState.PENDING, appeal__isnull=True),
                name="decision_pending_once_per_call",
            ),
            models.UniqueConstraint(
                fields=["appeal"],
                condition=models.Q(state=DecisionState.PENDING),
                name="decision_pending_once_per_appeal",
            ),
            models.UniqueConstraint(
                fields=["kind", "agreement"],
                condition=models.Q(state=DecisionState.PENDING),
                name="decision_pending_once_per_agreement",
            ),
            models.UniqueConstraint(
                fields=["kind", "mission"],
                condition=models.Q(state=DecisionState.PENDING),
                name="decision_pending_once_per_mission",
            ),
            models.CheckConstraint(
                name="decision_on_one_root",
                condition=models.Q(call__isnull=False, agreement__isnull=True, mission__isnull=True)
                | models.Q(call__isnull=True, agreement__isnull=False, mission__isnull=True)
                | models.Q(call__isnull=True, agreement__isnull=True, mission__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def root(self) -> Any:
        """The call, agreement or mission that the decision is about."""
        return self.call or self.agreement or self.mission

    @property
    def contact_phone(self) -> str:
        """Where the responsible officer is reached; a mission has no number of its own."""
        return self.root.officer.phone if self.mission_id else self.root.contact_phone

    def covers(self, subject: models.Model) -> bool:
        """Whether this decision, once decided, is about that record: its own authority reaches no further."""
        if self.state != DecisionState.DECIDED:
            return False
        name = subject._meta.model_name
        if name == "appeal":
            return self.appeal_id == subject.pk
        if name == "proposal" and self.kind == DecisionKind.PROMOTE_RESERVE:
            return self.proposal.get("proposal") == subject.pk
        if name == "proposal":
            if self.appeal is not None:
                return self.appeal.proposal_id == subject.pk
            return self.call_id is not None and subject.call_id == self.call_id
        named = getattr(self, f"{name}_id") if name in ("call", "agreement", "instalment", "mission") else None
        return named is not None and named == subject.pk

    @property
    def next_position(self) -> dict[str, Any] | None:
        """The position whose turn it is: {"title", "holder_id": user id or None, "seat_id", "position_id"}."""
        if self.state != DecisionState.PENDING or self.reached >= len(self.positions):
            return None
        return self.positions[self.reached]

    def deputy_of_next(self, user_id: int | None) -> PositionDeputy | None:
        """In what deputy's place this person may act today in the position whose turn it is; None where in none.

        Deputies are looked up when somebody acts, not when the matter was proposed.
        """
        seat_id = (self.next_position or {}).get("seat_id")
        if seat_id is None or user_id is None:
            return None
        deputies = PositionDeputy.objects.current(clock.today()).filter(seat_id=seat_id, person_id=user_id)
        return deputies.order_by("-capacity", "pk").first()


class DecisionStep(models.Model):
    """What one position did, with name and title as they were then; a deputy's with the words (… ปฏิบัติราชการแทน …)."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="steps")
    act = models.CharField(_("act"), max_length=10, choices=DecisionAct.choices)
    position = models.CharField(_("position"), max_length=500)
    capacity = models.CharField(_("acted as"), max_length=20, choices=DeputyCapacity.choices, blank=True)
    order_number = models.CharField(_("number of the order"), max_length=100, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(_("name"), max_length=200)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} · {self.by_name}"

    @property
    def word(self) -> Text:
        """What was done, in words: a matter lapses for one of two reasons."""
        if self.act == DecisionAct.LAPSED and not self.decision.appeal_id:
            return _("Submissions closed before it was decided: the matter is closed")
        return self.get_act_display()

    @property
    def title(self) -> Text:
        """The position as it was then; who had none on record was the responsible officer or the executive."""
        beside_the_chain = {
            DecisionAct.PROPOSED: _("Responsible officer"),
            DecisionAct.LAPSED: _("Authorised representative") if self.decision.appeal_id else _("Responsible officer"),
        }
        return self.position or beside_the_chain.get(DecisionAct(self.act), _("Executive"))
