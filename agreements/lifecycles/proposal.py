"""A proposal, from draft to the result (§3.1 step 2, §3.2 steps 2-4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import DecisionKind
from agreements.enums import ProposalState as S
from agreements.permissions import by_decision, proposal_officer, proposal_submitter
from core.workflow import move

CHOSEN = by_decision(DecisionKind.SELECT_PROPOSALS)


class ProposalMoves(models.Model):
    class Meta:
        abstract = True

    @move(
        field="state",
        source=[S.DRAFT, S.WITHDRAWN],
        target=S.SUBMITTED,
        role=proposal_submitter,
        only_if=("call_open",),
        requires=("proposal_complete", "organisation_not_blocked"),
        title=_("Submit the proposal"),
    )
    def submit(self) -> None:
        """Freezes an immutable version; until the deadline it may be withdrawn and submitted again."""

    @move(
        field="state",
        source=S.SUBMITTED,
        target=S.WITHDRAWN,
        role=proposal_submitter,
        only_if=("call_open",),
        title=_("Withdraw the proposal"),
    )
    def withdraw(self) -> None:
        """Before the deadline, by the representative."""

    @move(
        field="state",
        source=S.SUBMITTED,
        target=S.ELIGIBLE,
        role=proposal_officer,
        only_if=("call_screening", "qualifications_met"),
        title=_("Find eligible"),
    )
    def find_eligible(self) -> None:
        """Every qualification of the call is met."""

    @move(
        field="state",
        source=S.SUBMITTED,
        target=S.INELIGIBLE,
        role=proposal_officer,
        only_if=("call_screening", "qualifications_not_met"),
        title=_("Find not eligible"),
    )
    def find_ineligible(self) -> None:
        """At least one qualification is not met, with the reason."""

    @move(field="state", source=S.ELIGIBLE, target=S.SELECTED, role=CHOSEN, title=_("Select"))
    def select(self) -> None:
        """Becomes the contract party (§3.2 step 4)."""

    @move(field="state", source=S.ELIGIBLE, target=S.RESERVE, role=CHOSEN, title=_("Keep in reserve"))
    def keep_in_reserve(self) -> None:
        """Next in line by the resolution."""

    @move(field="state", source=S.ELIGIBLE, target=S.NOT_SELECTED, role=CHOSEN, title=_("Decline"))
    def decline(self) -> None:
        """Not selected, with the reason."""
