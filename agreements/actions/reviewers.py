"""Inviting people to judge a call, as reviewers or committee members, and ending an invitation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agreements.actions.calls import is_under_consideration
from agreements.enums import RECEIVED_PROPOSALS, CallState, CapacityKind, ProposalState
from agreements.judges import JUDGES, AssignmentQuerySet
from agreements.models import Call, Capacity, Review, ReviewAssignment
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_runs_not
from core import clock
from core.workflow import NotNow, Passage, Rule, Stamp, Text, pass_door
from partnerships.actions.notices import tell
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.models import Membership, User

# Somebody can always go on with a call: its responsible officer is never its judge.
OFFICER_JUDGES_NOT = _(
    "The officer responsible for the call runs it and does not judge it. Where an order names him or her to the "
    "committee, enter the name without an account."
)


def while_reviewers_change(call: Call) -> bool:
    if call.state == CallState.SELECTION:
        return not is_under_consideration(call)
    return call.state == CallState.SCREENING


NAME_REVIEWER = Rule(
    "name_reviewer", _("Name a reviewer"), call_officer, when=while_reviewers_change, unless=why_judge_runs_not
)


DISMISS_REVIEWER = Rule(
    "dismiss_reviewer",
    _("End a reviewer's invitation"),
    call_officer,
    when=while_reviewers_change,
    unless=why_judge_runs_not,
)


def name_reviewer(
    *, call: Call, user: User, by: Actor, kind: str = CapacityKind.REVIEWER, stamp: Stamp | None = None
) -> Capacity:
    """Invite a person as reviewer (or, by `kind`, as committee member) of the call. Raises ValidationError for whoever
    belongs to an applicant, and for the responsible officer, at `user`."""
    with pass_door(call, NAME_REVIEWER, by=by, stamp=stamp) as door:
        return admit_judge(door, user, kind)


def admit_judge(door: Passage, user: User, kind: str) -> Capacity:
    """Keep the capacity and ask for the declaration; in a passage of the call's door."""
    if kind not in JUDGES:
        raise ValueError(f"{kind} judges no call")
    if why_not := why_no_judge(door.root, user, kind):
        raise ValidationError({"user": why_not})
    capacity, _created = Capacity.objects.update_or_create(
        call=door.root, user=user, kind=kind, defaults={"ends_on": None}, create_defaults={"starts_on": clock.today()}
    )
    door.payload.update(user=user.pk, capacity=str(kind))
    invited = "call.reviewer" if kind == CapacityKind.REVIEWER else "call.committee"
    tell(door, [user.pk], kind=invited, about=door.root)
    return capacity


def why_no_judge(call: Call, user: User, kind: str) -> Any:
    """Why this person cannot judge the call, in words, or None."""
    applicants = call.proposals.filter(state__in=RECEIVED_PROPOSALS).values("organisation_id")
    members = Membership.objects.current(clock.today()).filter(user=user)
    if members.filter(organisation_id__in=applicants).exists():
        return _("This person belongs to an applicant and cannot review this call.")
    if user.pk == call.officer_id:
        return OFFICER_JUDGES_NOT
    if kind != CapacityKind.REVIEWER:
        return None
    if call.is_blind and members.filter(Q(organisation=call.agency_id) | Q(roles__role=Role.OPDC_STAFF)).exists():
        return _(
            "Names are hidden from the reviewers of this call, and people of your agency and of OPDC can read them."
        )
    return None


def dismiss_reviewer(*, call: Call, capacity: Capacity, reason: str, by: Actor, stamp: Stamp | None = None) -> None:
    """End an invitation; finished reviews stay on record and count in the mean, what is unfinished is free again.

    The person is told that it ended and whom to ask, not the reason: that is the agency's, and may name an applicant.
    Raises ValidationError at `reason` without one, and NotNow when every review assigned to the person is finished, and
    no points for a presentation are owed: a judgement is not undone by dismissal.
    """
    with pass_door(call, DISMISS_REVIEWER, by=by, stamp=stamp) as door:
        if why_not := why_not_dismissed(capacity):
            raise NotNow(why_not)
        if not reason.strip():
            raise ValidationError({"reason": _("Give the reason for ending the invitation.")})
        unfinished = unfinished_of(capacity)
        door.payload.update(user=capacity.user_id, reason=reason)
        door.payload["freed"] = sorted(unfinished.values_list("proposal_id", flat=True))
        unfinished.delete()
        # The invitation held until yesterday: from this moment it opens nothing any more.
        door.root.capacities.filter(pk=capacity.pk).update(ends_on=clock.today() - timedelta(days=1))
        tell_ended(door, [capacity.user_id])


def tell_ended(door: Passage, users: Iterable[int]) -> None:
    """Tell these people (user ids) that they judge the call no more; in a passage of the call's door."""
    tell(door, users, kind="call.invitation_ended", phone=door.root.contact_phone or "–")


def unfinished_of(capacity: Capacity) -> AssignmentQuerySet:
    """What becomes free when this invitation ends: nothing of a committee member's, who is assigned nothing as such."""
    own = ReviewAssignment.objects.of_call(capacity.call_id).filter(reviewer_id=capacity.user_id)
    return own.without_review() if capacity.kind == CapacityKind.REVIEWER else own.none()


def why_not_dismissed(capacity: Capacity) -> Text | None:
    """Why an invitation does not end, in words, or None."""
    if capacity.kind == CapacityKind.REVIEWER and _has_finished(capacity.call, capacity.user_id):
        return _("This reviewer has finished every review; the invitation stays.")
    return None


def _has_finished(call: Call, user_id: int) -> bool:
    assigned = ReviewAssignment.objects.of_call(call.pk).filter(reviewer_id=user_id)
    eligible = assigned.filter(proposal__state=ProposalState.ELIGIBLE)
    done = Review.objects.finished().filter(proposal__call=call, reviewer_id=user_id)
    return done.exists() and not (eligible.without_review().exists() or eligible.owing_points().exists())
