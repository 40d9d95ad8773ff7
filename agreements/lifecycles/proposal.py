"""A proposal, from draft to the result (§3.1 step 2, §3.2 steps 2-4)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import DecisionKind
from agreements.enums import ProposalState as S
from agreements.permissions.decisions import by_decision
from agreements.permissions.judging import why_judge_stands_in_not, why_judge_works_not
from agreements.permissions.papers import (
    online_continuer,
    paper_confirmer,
    paper_judge,
    paper_withdrawal_confirmer,
    why_not_continued_online,
    why_paper_not_confirmed,
)
from agreements.permissions.proposals import cure_answerer, proposal_officer, proposal_submitter, why_not_screened
from agreements.proposal_sections import SECTIONS
from core.workflow import move

CHOSEN = by_decision(DecisionKind.SELECT_PROPOSALS)
ON_APPEAL = by_decision(DecisionKind.ANSWER_APPEAL)
FROM_RESERVE = by_decision(DecisionKind.PROMOTE_RESERVE)
SUBMIT_NEEDS = (*(section.requirement for section in SECTIONS.values()), "organisation_not_blocked")


class ProposalMoves(models.Model):
    class Meta:
        abstract = True

    @move(
        field="state",
        source=[S.DRAFT, S.WITHDRAWN],
        target=S.SUBMITTED,
        role=proposal_submitter,
        only_if=("is_online", "call_open"),
        requires=SUBMIT_NEEDS,
        title=_("Submit the proposal"),
    )
    def submit(self) -> None:
        """Freezes an immutable version; until the deadline it may be withdrawn and submitted again."""

    @move(
        field="state",
        source=S.DRAFT,
        target=S.SUBMITTED,
        role=paper_confirmer,
        only_if=("is_on_paper", "call_takes_paper"),
        requires=("paper_complete",),
        unless=why_paper_not_confirmed,
        title=_("Confirm the proposal on paper"),
    )
    def confirm_paper(self) -> None:
        """By a person of the agency who neither entered nor wrote it; it counts as of the time stamped on the paper."""

    @move(
        field="state",
        source=S.DRAFT,
        target=S.DISCARDED,
        role=paper_confirmer,
        only_if=("is_on_paper", "call_takes_paper", "never_submitted"),
        unless=why_judge_works_not,
        title=_("Take out what was entered by mistake"),
    )
    def discard_paper(self) -> None:
        """By another person of the agency than entered it, with the reason; the organisation's place is free again."""

    @move(
        field="state",
        source=S.DRAFT,
        target=S.WITHDRAWN,
        role=paper_confirmer,
        only_if=("is_on_paper", "call_takes_paper", "was_submitted"),
        unless=why_judge_works_not,
        title=_("Take out what was entered by mistake"),
    )
    def discard_again(self) -> None:
        """As above, of what was withdrawn by letter before: it is that again, as it was confirmed."""

    @move(
        field="state",
        source=[S.DRAFT, S.WITHDRAWN],
        target=S.SET_ASIDE,
        role=proposal_officer,
        only_if=("is_online", "call_takes_paper"),
        unless=why_judge_works_not,
        title=_("Set the online draft aside"),
    )
    def set_aside(self) -> None:
        """Its organisation came on paper: that takes the place of what is not submitted online, which stays its own."""

    @move(
        field="state",
        source=S.SET_ASIDE,
        target=S.DRAFT,
        role=paper_judge,
        only_if=("never_submitted",),
        title=_("Bring the online draft back"),
    )
    def bring_back(self) -> None:
        """The paper that took its place was entered by mistake."""

    @move(
        field="state",
        source=S.SET_ASIDE,
        target=S.WITHDRAWN,
        role=paper_judge,
        only_if=("was_submitted",),
        title=_("Bring the online draft back"),
    )
    def bring_back_withdrawn(self) -> None:
        """As above, of what was submitted online and withdrawn before."""

    @move(
        field="state",
        source=S.SUBMITTED,
        target=S.WITHDRAWN,
        role=proposal_submitter,
        only_if=("is_online", "call_open"),
        title=_("Withdraw the proposal"),
    )
    def withdraw(self) -> None:
        """Before the deadline, by the representative."""

    @move(
        field="state",
        source=S.SUBMITTED,
        target=S.WITHDRAWN,
        role=paper_withdrawal_confirmer,
        only_if=("is_on_paper", "call_takes_paper", "withdrawal_waits"),
        unless=why_judge_works_not,
        title=_("Confirm the withdrawal"),
    )
    def withdraw_paper(self) -> None:
        """By another person of the agency than recorded the letter; what counts is when the letter was received."""

    @move(
        field="state",
        source=S.WITHDRAWN,
        target=S.DRAFT,
        role=proposal_officer,
        only_if=("is_on_paper", "call_takes_paper"),
        unless=why_judge_works_not,
        title=_("Enter the proposal on paper again"),
    )
    def enter_again(self) -> None:
        """A new paper came in before the deadline: it is written down and confirmed as the first one was."""

    @move(
        field="state",
        source=S.WITHDRAWN,
        target=S.DRAFT,
        role=online_continuer,
        only_if=("is_on_paper", "call_open"),
        requires=("organisation_not_blocked",),
        unless=why_not_continued_online,
        title=_("Continue online"),
    )
    def continue_online(self) -> None:
        """Withdrawn by letter before the deadline: its own organisation amends what was entered and submits it."""

    @move(
        field="state",
        source=S.SUBMITTED,
        target=S.CURING,
        role=proposal_officer,
        only_if=("call_screening", "may_be_cured"),
        unless=why_not_screened,
        title=_("Ask to complete formal gaps"),
    )
    def ask_cure(self) -> None:
        """One chance, where the call says so."""

    @move(
        field="state",
        source=S.CURING,
        target=S.SUBMITTED,
        role=cure_answerer,
        only_if=("cure_open",),
        unless=why_judge_stands_in_not,
        title=_("Send what was completed"),
    )
    def answer_cure(self) -> None:
        """By the representative, until the time given; freezes a version."""

    @move(
        field="state",
        source=S.CURING,
        target=S.SUBMITTED,
        role=proposal_officer,
        only_if=("cure_over",),
        unless=why_judge_works_not,
        title=_("Go on without what was asked for"),
    )
    def lapse_cure(self) -> None:
        """The time given has passed: it is screened as it was submitted."""

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

    @move(
        field="state",
        source=[S.ELIGIBLE, S.INELIGIBLE],
        target=S.SUBMITTED,
        role=proposal_officer,
        only_if=("call_screening",),
        unless=why_not_screened,
        title=_("Screen again"),
    )
    def screen_again(self) -> None:
        """A slip, or a document read late: until the selection begins, with the reason."""

    @move(field="state", source=S.ELIGIBLE, target=S.SELECTED, role=CHOSEN, title=_("Select"))
    def select(self) -> None:
        """Becomes the contract party (§3.2 step 4)."""

    @move(field="state", source=S.ELIGIBLE, target=S.RESERVE, role=CHOSEN, title=_("Keep in reserve"))
    def keep_in_reserve(self) -> None:
        """Next in line by the resolution."""

    @move(field="state", source=S.ELIGIBLE, target=S.NOT_SELECTED, role=CHOSEN, title=_("Decline"))
    def decline(self) -> None:
        """Not selected, with the reason."""

    @move(
        field="state",
        source=[S.INELIGIBLE, S.NOT_SELECTED, S.RESERVE],
        target=S.SELECTED,
        role=ON_APPEAL,
        title=_("Select on appeal"),
    )
    def select_on_appeal(self) -> None:
        """The appeal was upheld, and selecting is its remedy."""

    @move(
        field="state",
        source=[S.INELIGIBLE, S.NOT_SELECTED],
        target=S.RESERVE,
        role=ON_APPEAL,
        title=_("Put on the reserve list on appeal"),
    )
    def reserve_on_appeal(self) -> None:
        """The appeal was upheld, and a place on the reserve list is its remedy."""

    @move(field="state", source=S.RESERVE, target=S.SELECTED, role=FROM_RESERVE, title=_("Select from the reserve"))
    def promote(self) -> None:
        """Takes the place of one that was selected and fell out."""
