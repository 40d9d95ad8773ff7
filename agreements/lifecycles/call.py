"""A call: carries steps 1-2 of a Grant and 1-4 of a PBC contract (§3.1, §3.2)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.enums import CallState as S
from agreements.enums import DecisionKind
from agreements.permissions.calls import call_executive, call_officer
from agreements.permissions.decisions import by_decision
from agreements.permissions.judging import why_judge_ends_not, why_judge_runs_not
from core.workflow import move

# What a call must have before it is put before those who decide on its publication, and when it is published.
TO_PUBLISH = (
    "call_complete",
    "hints_replaced",
    "money_told",
    "criteria_total_100",
    "rubrics_whole",
    "closes_in_future",
    "dates_in_order",
)
# What proposing a selection needs, and deciding it once more: scores may have been opened again in between.
AWARD_NEEDS = (
    "all_scored",
    "presentations_scored",
    "resolution_complete",
    "selected_within_ceiling",
    "selected_may_be_selected",
)


class CallMoves(models.Model):
    class Meta:
        abstract = True

    @move(
        field="state",
        source=S.DRAFT,
        target=S.PUBLISHED,
        role=by_decision(DecisionKind.PUBLISH_CALL),
        requires=TO_PUBLISH,
        title=_("Publish the call"),
    )
    def publish(self) -> None:
        """§3.2 step 1; decided at the end of the endorsement chain."""

    @move(
        field="state",
        source=S.PUBLISHED,
        target=S.SCREENING,
        role=call_officer,
        requires=("deadline_passed",),
        title=_("Close submissions and begin screening"),
    )
    def close_submissions(self) -> None:
        """§3.2 step 2 → 3. Also by an officer who judges the call: the deadline has decided, and it opens nothing."""

    @move(
        field="state",
        source=S.SCREENING,
        target=S.SELECTION,
        role=call_officer,
        requires=(
            *("papers_confirmed", "all_screened", "all_presented", "committee_apart"),
            *("reviewers_named", "conflicts_declared", "reviewers_assigned"),
        ),
        unless=why_judge_runs_not,
        title=_("Begin the selection"),
    )
    def begin_selection(self) -> None:
        """§3.2 step 3 → 4."""

    @move(
        field="state",
        source=S.SELECTION,
        target=S.DECIDED,
        role=by_decision(DecisionKind.SELECT_PROPOSALS),
        requires=AWARD_NEEDS,
        title=_("Decide by the committee's resolution"),
    )
    def decide(self) -> None:
        """§3.2 step 4: decided at the end of the endorsement chain, resting on the committee's resolution."""

    @move(
        field="state",
        source=[S.DRAFT, S.PUBLISHED, S.SCREENING, S.SELECTION],
        target=S.CANCELLED,
        role=call_executive,
        unless=why_judge_ends_not,
        title=_("Cancel the call"),
    )
    def cancel(self) -> None:
        """With the reason, kept on the call."""

    @move(
        field="state",
        source=[S.SCREENING, S.SELECTION],
        target=S.VOID,
        role=call_executive,
        unless=why_judge_ends_not,
        title=_("Declare the call void"),
    )
    def declare_void(self) -> None:
        """No result comes of it (nobody eligible, a flaw in the procedure), with the reason; everyone is told."""
