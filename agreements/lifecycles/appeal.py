"""An appeal against the result: filed by the applicant's representative, answered through the endorsement chain."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import AppealState as S
from agreements.enums import DecisionKind
from agreements.permissions.decisions import by_decision
from agreements.permissions.proposals import appeal_submitter
from core.workflow import move


class AppealMoves(models.Model):
    class Meta:
        abstract = True

    @move(field="state", source=S.FILED, target=S.WITHDRAWN, role=appeal_submitter, title=_("Withdraw the appeal"))
    def withdraw(self) -> None:
        """By the representative, before it is answered."""

    @move(
        field="state",
        source=S.FILED,
        target=S.ANSWERED,
        role=by_decision(DecisionKind.ANSWER_APPEAL),
        title=_("Answer the appeal"),
    )
    def answer_appeal(self) -> None:
        """Decided at the end of the endorsement chain, with the reasons."""
