"""Submitting a proposal as an immutable version, and withdrawing it before the deadline (§3.1 step 2, §3.2 step 2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse

from agreements.actions.proposal_content import frozen_content, sha256_of
from agreements.actions.proposals import lateness_explained
from agreements.models import Proposal, ProposalVersion
from core import clock
from core.site import site_url
from core.ui import show_moment
from core.workflow import Passage, Stale, Stamp, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.models import User


def submit_proposal(
    *,
    proposal: Proposal,
    by: Actor,
    stamp: Stamp | None = None,
    identity: Mapping[str, str] | None = None,
    checked: str | None = None,
) -> ProposalVersion:
    """Freeze what is written, with the hashes of its files, as the next version.

    By the authorised representative until the call's deadline (and its grace) on the server's clock, the second
    included. `identity` tells how the representative proved to be who he or she is, for the event. `checked` is the
    fingerprint of what was read on the page before (`fingerprint_of`): if somebody has written meanwhile, nothing is
    submitted that was not read. Raises NotNow, NotYou, Missing, Stale, AlreadyDone.
    """
    with lateness_explained(proposal), pass_door(proposal, "submit", by=by, stamp=stamp) as door:
        if checked is not None and checked != fingerprint_of(door.root):
            raise Stale()
        moment = clock.now()
        door.root.submitted_at = moment
        version = freeze_version(door, at=moment, by=by.user, name=by.user.full_name_th)
        door.payload["identity"] = dict(identity) if identity else "log-in"
        tell_submitted(door, version)
    return version


def freeze_version(door: Passage, *, at: datetime, by: User, name: str) -> ProposalVersion:
    """The next immutable version of the door's proposal, sent in at that moment, with its facts in the event."""
    current = door.root
    version = ProposalVersion(
        proposal=current,
        number=current.versions.count() + 1,
        submitted_at=at,
        submitted_by=by,
        submitted_by_name=name,
    )
    version.content = frozen_content(version)
    version.sha256 = sha256_of(version.content)
    version.save()
    door.payload.update(version=version.number, sha256=version.sha256, call=current.call.reference)
    return version


def tell_submitted(door: Passage, version: ProposalVersion) -> None:
    """The receipt by mail, to those who work on proposals in the organisation: number, time and fingerprint."""
    tell(
        door,
        people_in_roles([door.root.organisation_id], Role.REPRESENTATIVE, Role.STAFF),
        kind="proposal.submitted",
        even_self=True,
        about=door.root,
        receipt=version.receipt_number,
        at=show_moment(version.submitted_at, seconds=True),
        fingerprint=version.sha256,
        link=site_url() + reverse("agreements:proposal_receipt", args=[door.root.reference]),
    )


def fingerprint_of(proposal: Proposal) -> str:
    """SHA-256 (hex) of the working copy as it would be frozen, apart from number and time."""
    return sha256_of(frozen_content(ProposalVersion(proposal=proposal, number=0)))


def withdraw_proposal(*, proposal: Proposal, by: Actor, stamp: Stamp | None = None) -> Proposal:
    """Take a submitted proposal back before the deadline; it can be mended and submitted again."""
    with lateness_explained(proposal), pass_door(proposal, "withdraw", by=by, stamp=stamp) as door:
        door.payload["version"] = door.root.versions.count()
    return door.root
