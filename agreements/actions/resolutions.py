"""The selection committee's resolution (มติ), on which the decision rests (§3.2 step 4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.calls import is_under_consideration
from agreements.enums import CallState, Outcome, ProposalState
from agreements.models import (
    Call,
    Proposal,
    Resolution,
    ResolutionOutcome,
)
from agreements.permissions import call_officer
from core import clock
from core.workflow import Rule, Stamp, pass_door
from partnerships.actors import Actor
from partnerships.queries.standing import why_not_selectable

RESOLVE = Rule(
    "record_resolution",
    _("Record the committee's resolution"),
    call_officer,
    when=lambda call: call.state == CallState.SELECTION and not is_under_consideration(call),
    requires=("all_scored",),
)


def record_resolution(
    *,
    call: Call,
    facts: Mapping[str, Any],
    outcomes: Mapping[int, tuple[str, str]],
    by: Actor,
    stamp: Stamp | None = None,
) -> Resolution:
    """The committee's resolution (มติ), with proposal id → (outcome, reason) for every eligible proposal.

    facts: appointment_order, meeting_number, held_on, members, minutes. Recording again replaces it.
    Raises Missing while scores are outstanding, ValidationError for a proposal without outcome or reason, and for one
    that is selected while its organisation is blocked or not verified today.
    """
    with pass_door(call, RESOLVE, by=by, stamp=stamp) as door:
        eligible = set(door.root.proposals.filter(state=ProposalState.ELIGIBLE).values_list("pk", flat=True))
        if set(outcomes) != eligible or any(not why.strip() for _outcome, why in outcomes.values()):
            raise ValidationError(_("Give an outcome and a reason for every eligible proposal."))
        _refuse_unselectable(pk for pk, (outcome, _why) in outcomes.items() if outcome == Outcome.SELECTED)
        resolution, _created = Resolution.objects.update_or_create(
            call=door.root, defaults={**facts, "recorded_by": by.user, "recorded_at": clock.now()}
        )
        resolution.outcomes.all().delete()
        ResolutionOutcome.objects.bulk_create(
            ResolutionOutcome(resolution=resolution, proposal_id=pk, outcome=outcome, reason=why)
            for pk, (outcome, why) in outcomes.items()
        )
        door.payload.update(
            meeting=resolution.meeting_number, outcomes={str(pk): o for pk, (o, _why) in outcomes.items()}
        )
    return resolution


def _refuse_unselectable(selected: Iterable[int]) -> None:
    """Only partners that are verified today and not blocked are selected; says at the outcome which one is not."""
    rows = Proposal.objects.filter(pk__in=list(selected)).select_related("organisation")
    reasons = {row.pk: why_not_selectable(row.organisation) for row in rows}
    if any(reasons.values()):
        raise ValidationError({f"outcome_{pk}": reason for pk, reason in reasons.items() if reason})
