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
from partnerships.models import Organisation, User


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
    positions = models.JSONField(default=list, editable=False)
    reached = models.PositiveSmallIntegerField(default=0, editable=False)
    next_title = models.CharField(max_length=200, blank=True, editable=False)
    next_holder = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
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
                condition=models.Q(state=DecisionState.PENDING),
                name="decision_pending_once_per_call",
            ),
            models.UniqueConstraint(
                fields=["kind", "agreement"],
                condition=models.Q(state=DecisionState.PENDING),
                name="decision_pending_once_per_agreement",
            ),
            models.CheckConstraint(
                name="decision_on_call_or_agreement",
                condition=models.Q(call__isnull=False, agreement__isnull=True)
                | models.Q(call__isnull=True, agreement__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def root(self) -> Any:
        """The call or agreement that the decision is about."""
        return self.call or self.agreement

    @property
    def next_position(self) -> dict[str, Any] | None:
        """The position whose turn it is: {"title": …, "holder_id": user id or None}."""
        if self.state != DecisionState.PENDING or self.reached >= len(self.positions):
            return None
        return self.positions[self.reached]


class DecisionStep(models.Model):
    """What one position did, with name and title as they were then."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="steps")
    act = models.CharField(_("act"), max_length=10, choices=DecisionAct.choices)
    position = models.CharField(_("position"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    by_name = models.CharField(_("name"), max_length=200)
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.get_act_display()} · {self.by_name}"

    @property
    def title(self) -> Text:
        """The position as it was then; who had none on record was the responsible officer or the executive."""
        usual = _("Responsible officer") if self.act == DecisionAct.PROPOSED else _("Executive")
        return self.position or usual
