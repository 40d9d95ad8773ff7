"""An evaluation round: opened by the giver's officer, accepted by the executive with a verdict."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import Standing
from core.workflow import move
from evaluations.enums import RoundState as S
from evaluations.permissions import round_accepter


class RoundMoves(models.Model):
    class Meta:
        abstract = True

    @move(
        field="state",
        source=S.OPEN,
        target=S.ACCEPTED,
        role=round_accepter,
        requires=(
            "internal_findings",
            "external_findings",
            "partners_findings",
            "site_visited",
            "results_reported",
            "verdict_proposed",
        ),
        title=_("Accept the evaluation"),
    )
    def accept(self) -> None:
        """Writes a Clearance on the agreement in the same transaction (§3.2 steps 6 and 8, §3.3 step 6)."""

    def admits_move(self, state_field: str) -> bool:
        """Evaluations are accepted only while the agreement is in force."""
        return self.agreement.standing == Standing.IN_FORCE  # type: ignore[attr-defined]
