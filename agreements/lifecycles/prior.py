"""The entry of an agreement that was running before it was known here: proposed → confirmed, or returned."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import PriorState as S
from agreements.permissions.agreements import prior_executive, prior_officer
from core.workflow import move


class PriorMoves(models.Model):
    class Meta:
        abstract = True

    @move(field="state", source=S.PROPOSED, target=S.CONFIRMED, role=prior_executive, title=_("Confirm the agreement"))
    def confirm(self) -> None:
        """The agency's executive has compared it with the signed document: from now on it counts."""

    @move(field="state", source=S.PROPOSED, target=S.RETURNED, role=prior_executive, title=_("Return for correction"))
    def send_back(self) -> None:
        """With the reason; the officer corrects it and proposes it again."""

    @move(
        field="state",
        source=[S.PROPOSED, S.RETURNED],
        target=S.PROPOSED,
        role=prior_officer,
        title=_("Correct the entry"),
    )
    def correct(self) -> None:
        """An officer of the agency, until it is confirmed."""
