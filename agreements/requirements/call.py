"""What a call must have before it moves on (§3.1 steps 1-2, §3.2 steps 1-4), judged over its facts (`call_facts`)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.call_dates import out_of_order
from agreements.enums import Procedure, ProposalState
from agreements.models.presentations import MAX_POINTS
from agreements.requirements.call_facts import CallFacts, load
from core.workflow import Book, Requirement
from partnerships.enums import Form

NOT_SCREENED = (ProposalState.SUBMITTED, ProposalState.CURING)
RUBRIC_POINTS = tuple(range(MAX_POINTS, -1, -1))  # the best first


def is_complete(facts: CallFacts) -> bool:
    return facts.written and (facts.procedure == Procedure.OPEN or facts.invited > 0)


def has_whole_rubrics(facts: CallFacts) -> bool:
    """Where a criterion has levels, there is a word for each of 5, 4, 3, 2, 1 and 0 points."""
    return all(is_whole_rubric(levels) for levels in facts.rubrics)


def is_whole_rubric(levels: list[Any]) -> bool:
    return [points for points, words in levels if words] == list(RUBRIC_POINTS)


def has_all_presented(facts: CallFacts) -> bool:
    """A presentation belongs to PBC step 3; Grant has none."""
    return facts.form != Form.PBC or all(proposal.presented for proposal in facts.eligible)


def can_all_be_assigned(facts: CallFacts) -> bool:
    """Enough reviewers without a conflict for each eligible proposal; what is not assigned by hand is then drawn.

    That somebody is named, and that all have declared, is asked for by itself.
    """
    if not facts.reviewers or facts.undeclared:
        return True
    return all(proposal.free >= max(facts.wanted or 1, 1) for proposal in facts.eligible)


def is_all_scored(facts: CallFacts) -> bool:
    """Every assigned review of every eligible proposal is finished, and each proposal has at least one."""
    return all(proposal.assigned > 0 and proposal.unscored == 0 for proposal in facts.eligible)


def is_resolved(facts: CallFacts) -> bool:
    """On every eligible proposal, and overtaken by nothing: what changes a score asks for another look."""
    return facts.resolution_holds and bool(facts.eligible) and all(one.has_outcome for one in facts.eligible)


def is_within_ceiling(facts: CallFacts) -> bool:
    selected = sum((one.selected_budget or Decimal(0) for one in facts.eligible), Decimal(0))
    return facts.above_ceiling_explained or selected <= facts.ceiling


REQUIREMENTS = (
    Requirement("call_complete", _("Every part of the call filled in"), is_complete, where="content"),
    Requirement(
        "criteria_total_100",
        _("Weights of the criteria that total 100"),
        lambda facts: sum(facts.weights) == 100,
        where="criteria",
    ),
    Requirement(
        "closes_in_future",
        _("A deadline that is still ahead"),
        lambda facts: facts.closes_at > facts.now,
        where="content",
    ),
    Requirement(
        "deadline_passed",
        _("The deadline has passed, and the grace period where the call gives one"),
        lambda facts: facts.now > facts.accepts_until,
        where="content",
    ),
    Requirement(
        "all_screened",
        _("Every proposal screened"),
        lambda facts: all(proposal.state not in NOT_SCREENED for proposal in facts.proposals),
        where="proposals",
    ),
    Requirement(
        "papers_confirmed",
        _("Every proposal on paper confirmed by a second person, or taken out as entered by mistake"),
        lambda facts: facts.papers_waiting == 0,
        where="proposals",
    ),
    Requirement(
        "all_presented",
        _("Every eligible applicant has presented, or did not come"),
        has_all_presented,
        where="proposals",
    ),
    Requirement(
        "reviewers_named", _("At least one reviewer named"), lambda facts: facts.reviewers > 0, where="reviewers"
    ),
    Requirement(
        "conflicts_declared",
        _("Every reviewer has declared on all applicants"),
        lambda facts: facts.undeclared == 0,
        where="reviewers",
    ),
    Requirement(
        "reviewers_assigned",
        _("Enough reviewers without a conflict for every eligible proposal"),
        can_all_be_assigned,
        where="reviewers",
    ),
    Requirement(
        "all_scored", _("Every assigned review of every eligible proposal finished"), is_all_scored, where="ranking"
    ),
    Requirement(
        "presentations_scored",
        _("Points of every assigned reviewer for each presentation, as the call gives it a weight"),
        lambda facts: not facts.presentation_weight or all(one.presentation_scored for one in facts.eligible),
        where="ranking",
    ),
    Requirement(
        "committee_appointed",
        _("The selection committee with its appointment order"),
        lambda facts: facts.committee > 0,
        where="committee",
    ),
    Requirement(
        "committee_apart",
        _("No member of the selection committee who belongs to an applicant"),
        lambda facts: not facts.committee_of_applicants,
        where="committee",
    ),
    Requirement(
        "resolution_complete",
        _("The present committee's resolution on every eligible proposal, later than all scores and conflicts"),
        is_resolved,
        where="resolution",
    ),
    Requirement(
        "selected_within_ceiling",
        _("Selected budgets within the ceiling, or the committee's reason for going above it"),
        is_within_ceiling,
        where="resolution",
    ),
    Requirement(
        "selected_may_be_selected",
        _("Every selected partner verified today, and none of them blocked"),
        lambda facts: not any(proposal.selected_unfit for proposal in facts.proposals),
        where="resolution",
    ),
    Requirement(
        "dates_in_order", _("Dates in their order"), lambda facts: not out_of_order(facts.dates), where="writing"
    ),
    Requirement(
        "rubrics_whole",
        _("Words for every level of a criterion, from 5 to 0 points"),
        has_whole_rubrics,
        where="criteria",
    ),
    Requirement(
        "hints_replaced",
        _("Every hint of the template, written in square brackets, replaced by words of your own"),
        lambda facts: not facts.hints,
        where="content",
    ),
    Requirement(
        "money_told",
        _("The number of instalments, or the unit and the ceiling of its cost"),
        lambda facts: facts.money_told,
        where="writing",
    ),
)

BOOK = Book(load=load, requirements={requirement.name: requirement for requirement in REQUIREMENTS})
