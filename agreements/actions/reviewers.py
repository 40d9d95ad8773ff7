"""Inviting reviewers to a call, and ending an invitation."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.calls import is_under_consideration
from agreements.enums import RECEIVED_PROPOSALS, CallState, CapacityKind, ProposalState
from agreements.models import (
    Call,
    Capacity,
    Review,
    ReviewAssignment,
)
from agreements.permissions import call_officer
from core import clock
from core.workflow import NotNow, Rule, Stamp, pass_door
from partnerships.actions.notices import tell
from partnerships.actors import Actor
from partnerships.models import Membership, User


def _while_reviewers_change(call: Call) -> bool:
    if call.state == CallState.SELECTION:
        return not is_under_consideration(call)
    return call.state == CallState.SCREENING


NAME_REVIEWER = Rule("name_reviewer", _("Name a reviewer"), call_officer, when=_while_reviewers_change)


DISMISS_REVIEWER = Rule(
    "dismiss_reviewer", _("End a reviewer's invitation"), call_officer, when=_while_reviewers_change
)


def name_reviewer(*, call: Call, user: User, by: Actor, stamp: Stamp | None = None) -> Capacity:
    """Invite a person as reviewer of the call. Raises ValidationError for one who belongs to an applicant."""
    with pass_door(call, NAME_REVIEWER, by=by, stamp=stamp) as door:
        applicants = door.root.proposals.filter(state__in=RECEIVED_PROPOSALS).values("organisation_id")
        members = Membership.objects.current(clock.today())
        if members.filter(user=user, organisation_id__in=applicants).exists():
            raise ValidationError(_("This person belongs to an applicant and cannot review this call."))
        capacity, _created = Capacity.objects.update_or_create(
            call=door.root,
            user=user,
            kind=CapacityKind.REVIEWER,
            defaults={"ends_on": None},
            create_defaults={"starts_on": clock.today()},
        )
        door.payload["user"] = user.pk
        tell(
            door,
            [user.pk],
            kind="call.reviewer",
            about=call,
        )
    return capacity


def dismiss_reviewer(*, call: Call, capacity: Capacity, by: Actor, stamp: Stamp | None = None) -> None:
    """End an invitation; what the person has finished stays on record and counts in the mean.

    Raises NotNow when every eligible proposal has the person's finished review: a judgement is not undone by dismissal.
    """
    with pass_door(call, DISMISS_REVIEWER, by=by, stamp=stamp) as door:
        eligible = door.root.proposals.filter(state=ProposalState.ELIGIBLE)
        done = Review.objects.filter(proposal__in=eligible, reviewer_id=capacity.user_id, finished_at__isnull=False)
        if eligible.exists() and done.count() == eligible.count():
            raise NotNow(_("This reviewer has finished every review; the invitation stays."))
        # The invitation held until yesterday: from this moment it opens nothing any more.
        door.root.capacities.filter(pk=capacity.pk).update(ends_on=clock.today() - timedelta(days=1))
        own = ReviewAssignment.objects.of_call(door.root.pk).filter(reviewer_id=capacity.user_id)
        own.without_review().delete()
        door.payload["user"] = capacity.user_id
