"""Telling the representative that a proposal waits for nothing but being submitted (§3.1 step 2, §3.2 step 2)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from agreements.actions.proposals import is_being_written, lateness_explained
from agreements.enums import ProposalSource
from agreements.lifecycles.proposal import SUBMIT_NEEDS
from agreements.models import Proposal
from agreements.queries.call_public import taken_until
from core import clock
from core.audit import history_of
from core.site import site_url
from core.ui import show_moment
from core.workflow import Rule, Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.permissions import works_for

NOT_AGAIN_WITHIN = timedelta(hours=1)


def prepares_only(proposal: Proposal, actor: Any) -> bool:
    """Whoever writes the organisation's proposal and cannot submit it."""
    organisation = proposal.organisation_id
    return works_for(organisation, actor, Role.STAFF) and not works_for(organisation, actor, Role.REPRESENTATIVE)


def representatives_of(proposal: Proposal) -> list[int]:
    """Ids of the users who could submit it."""
    return people_in_roles([proposal.organisation_id], Role.REPRESENTATIVE)


def _why_not_told(proposal: Proposal, _actor: Any) -> Any:
    if not representatives_of(proposal):
        return _("Nobody of your organisation has the role of representative. Ask its administrator to invite one.")
    since = clock.now() - NOT_AGAIN_WITHIN
    if history_of(proposal).filter(kind="proposal.tell_ready", recorded_at__gte=since).exists():
        return _("The representative was told less than an hour ago. If it is urgent, please telephone.")
    return None


TELL_READY = Rule(
    "tell_ready",
    _("Tell the representative that it is ready"),
    prepares_only,
    when=lambda proposal: proposal.source == ProposalSource.ONLINE and is_being_written(proposal),
    requires=SUBMIT_NEEDS,
    unless=_why_not_told,
)


def tell_ready(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """Write to the organisation's representatives that everything is there, with the deadline and the way to submit.

    Raises NotNow (late, submitted), Missing while it could not be submitted, NotYou within an hour of the last time.
    """
    with lateness_explained(proposal), pass_door(proposal, TELL_READY, by=by, stamp=stamp) as door:
        tell(
            door,
            representatives_of(door.root),
            kind="proposal.ready",
            about=door.root,
            by=by.user.full_name_th,
            until=show_moment(taken_until(door.root.call)),
            link=site_url() + reverse("agreements:proposal_check", args=[door.root.reference]),
        )
    return door.root
