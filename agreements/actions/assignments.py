"""Who judges which proposal: by hand, or by the balanced draw (§3.1 step 2, §3.2 step 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.calls import is_under_consideration
from agreements.actions.conflicts import is_being_judged
from agreements.actions.drawing import pairs_of, store_assignments
from agreements.models import Call, ReviewAssignment
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_runs_not
from agreements.queries.assignments import AssignmentTable
from core.workflow import NotNow, Rule, Stamp, pass_door
from partnerships.actors import Actor


def while_assigned(call: Call) -> bool:
    return is_being_judged(call) and not is_under_consideration(call)


TOO_FEW = _("There are not enough reviewers without a conflict. Invite more, or wait until everyone has declared.")
WHEN = _("Reviewers are assigned after submissions are closed, until the selection is put before those who decide.")
ASSIGN, DRAW = (
    Rule(name, title, call_officer, when=while_assigned, unless=why_judge_runs_not, not_now=WHEN)
    for name, title in (
        ("assign_reviewers", _("Assign the reviewers")),
        ("draw_assignments", _("Draw the assignments")),
    )
)


def assign_reviewers(
    *, call: Call, assignments: Mapping[int, Iterable[int]], by: Actor, stamp: Stamp | None = None
) -> Call:
    """Proposal id → ids of exactly those users who are to score it; proposals that are not named stay as they are.

    Raises ValidationError for whoever has a conflict or has not declared on all applicants, and for taking a proposal
    from someone who has finished its review.
    """
    with pass_door(call, ASSIGN, by=by, stamp=stamp) as door:
        table = AssignmentTable(door.root)
        wanted = {pk: set(users) for pk, users in assignments.items()}
        _refuse_wrong(table, wanted)
        now = {pair for pair in table.assigned if pair[0] in wanted}
        then = {(pk, user) for pk, users in wanted.items() for user in users}
        _remove(now - then)
        store_assignments(door, then - now, by.user)
    return door.root


def draw_assignments(*, call: Call, by: Actor, stamp: Stamp | None = None) -> Call:
    """Fill up what is not assigned yet by the balanced draw. Raises NotNow where too few have declared or can score."""
    with pass_door(call, DRAW, by=by, stamp=stamp) as door:
        table = AssignmentTable(door.root)
        drawn = table.drawn()
        if drawn.lacking:
            raise NotNow(TOO_FEW)
        store_assignments(door, pairs_of(drawn.assigned) - table.assigned, by.user)
    return door.root


def _refuse_wrong(table: AssignmentTable, wanted: Mapping[int, set[int]]) -> None:
    proposals = {row.pk: row for row in table.proposals}
    people = {row.user_id: row.user for row in table.reviewers}
    wrong: list[Any] = []
    for pk, users in wanted.items():
        before = {user for proposal, user in table.assigned if proposal == pk}
        if pk not in proposals or users - before - set(people):
            raise ValidationError(_("Only eligible proposals are assigned, and only to reviewers of this call."))
        barred = [user for user in users - before if not table.may_score(proposals[pk], user)]
        wrong += [
            _("%(name)s has a conflict with the applicant of “%(title)s”, or has not declared yet.")
            % {"name": people[user].get_full_name(), "title": proposals[pk].title}
            for user in sorted(barred)
        ]
        if any((pk, user) in table.finished for user in before - users):
            wrong.append(_("A review of “%(title)s” is finished: its reviewer stays.") % {"title": proposals[pk].title})
    if wrong:
        raise ValidationError(wrong)


def _remove(pairs: Iterable[tuple[int, int]]) -> None:
    for proposal, reviewer in pairs:
        ReviewAssignment.objects.filter(proposal_id=proposal, reviewer_id=reviewer).delete()
