"""A decision of the giver on its way through the endorsement chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import DecisionState as S
from agreements.permissions.decisions import may_endorse, may_lapse
from agreements.permissions.judging import why_judge_decides_not
from core.workflow import move


class DecisionMoves(models.Model):
    class Meta:
        abstract = True

    @move(
        field="state",
        source=S.PENDING,
        target=S.PENDING,
        role=may_endorse,
        only_if=("positions_behind",),
        requires=("addendum_in_time",),
        unless=why_judge_decides_not,
        title=_("Endorse"),
    )
    def endorse(self) -> None:
        """A position on the way agrees; the next one is asked."""

    @move(
        field="state",
        source=S.PENDING,
        target=S.DECIDED,
        role=may_endorse,
        only_if=("last_position",),
        requires=("addendum_in_time",),
        unless=why_judge_decides_not,
        title=_("Approve"),
    )
    def decide(self) -> None:
        """The last position decides; what was proposed is carried out in the same transaction."""

    @move(
        field="state",
        source=S.PENDING,
        target=S.RETURNED,
        role=may_endorse,
        unless=why_judge_decides_not,
        title=_("Return for revision"),
    )
    def return_decision(self) -> None:
        """With a comment; the matter may be proposed again."""

    @move(
        field="state",
        source=S.PENDING,
        target=S.LAPSED,
        role=may_lapse,
        title=_("Close without a decision"),
    )
    def lapse(self) -> None:
        """Nothing is left to decide: the appeal was withdrawn, or submissions closed before an addendum was decided."""
