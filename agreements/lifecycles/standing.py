"""Where an agreement stands as a legal thing, beside the manual's step."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import DecisionKind
from agreements.enums import Standing as S
from agreements.permissions.agreements import completes_signing, either_side_head
from agreements.permissions.decisions import by_decision
from core.workflow import move


class StandingMoves(models.Model):
    class Meta:
        abstract = True

    @move(
        field="standing",
        source=S.PREPARING,
        target=S.IN_FORCE,
        role=completes_signing,
        requires=("all_signatures",),
        title=_("Enter into force"),
    )
    def enter_into_force(self) -> None:
        """With the last signature, by itself; a scan counts when another person confirms it."""

    @move(
        field="standing",
        source=S.PREPARING,
        target=S.CANCELLED,
        role=either_side_head,
        title=_("Cancel before signing"),
    )
    def cancel(self) -> None:
        """Either side, freely, with the reason (§1: both sides enter freely)."""

    @move(
        field="standing",
        source=S.IN_FORCE,
        target=S.TERMINATED,
        role=either_side_head,
        title=_("Terminate the agreement"),
    )
    def terminate(self) -> None:
        """After signing, with the reason."""

    @move(
        field="standing",
        source=S.IN_FORCE,
        target=S.CLOSED,
        role=by_decision(DecisionKind.CLOSE_AGREEMENT),
        only_if=("at_closing_step",),
        requires=("instalments_settled", "account_closed", "lessons_recorded"),
        title=_("Close the agreement"),
    )
    def close(self) -> None:
        """At the last step of the form, at the end of the endorsement chain."""
