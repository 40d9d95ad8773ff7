"""Applicants present their plan (§3.2 step 3)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from agreements.enums import CallState, ProposalState
from agreements.models import (
    Presentation,
    Proposal,
)
from agreements.permissions import proposal_officer
from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.actors import Actor
from partnerships.enums import Form


def _while_presenting(proposal: Proposal) -> bool:
    call = proposal.call
    return proposal.state == ProposalState.ELIGIBLE and call.state == CallState.SCREENING and call.form == Form.PBC


PRESENT = Rule("present", _("Record the presentation"), proposal_officer, when=_while_presenting)


def record_presentation(
    *, proposal: Proposal, held_on: date, place: str, minutes: str, by: Actor, stamp: Stamp | None = None
) -> Presentation:
    """The applicant presented its plan (§3.2 step 3); recording again replaces date, place and minutes."""
    with pass_door(proposal, PRESENT, by=by, stamp=stamp) as door:
        presentation, _created = Presentation.objects.update_or_create(
            proposal=door.root,
            defaults={
                "held_on": held_on,
                "place": place,
                "minutes": minutes,
                "recorded_by": by.user,
                "recorded_at": clock.now(),
            },
        )
        door.payload.update(held_on=held_on)
    return presentation
