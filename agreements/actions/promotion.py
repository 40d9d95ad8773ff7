"""The reserve list: who takes the place of a selected partner whose agreement was cancelled before signing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.agreements import open_agreement_from
from agreements.actions.decisions import propose_decision, register_outcome, rule_to_propose
from agreements.actions.result_letters import write_letter
from agreements.enums import DecisionKind, ProposalState
from agreements.models import Call, Decision, Proposal
from agreements.queries.reserve import reserve_of, vacancies_of
from core.workflow import NotNow, Stamp, judge, pass_door, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.queries.standing import why_not_selectable


def propose_promotion(
    *,
    call: Call,
    proposal: Proposal,
    by: Actor,
    skip_reason: str = "",
    comment: str = "",
    stamp: Stamp | None = None,
) -> Decision:
    """Propose that a proposal in reserve takes a place that fell vacant, before those who decide.

    The first on the list, or another one with the reason for passing over those before it. Raises NotNow without a
    vacancy, ValidationError for a proposal that is not in reserve, for a missing reason, and for a partner that is
    blocked or not verified today.
    """
    kind = DecisionKind.PROMOTE_RESERVE
    judgement = judge(call, rule_to_propose(kind), by)
    told = _told(call, proposal, skip_reason) if judgement.open else {}  # who may not, is told so by the door
    return propose_decision(kind=kind, root=call, by=by, stamp=stamp, comment=comment, proposal=told)


def _told(call: Call, proposal: Proposal, skip_reason: str) -> dict[str, Any]:
    """What the decision keeps: who is selected, in whose place, who is passed over and why."""
    waiting = reserve_of(call)
    if proposal.pk not in {row.pk for row in waiting}:
        raise ValidationError({"proposal": _("This proposal is not on the reserve list.")})
    passed_over = waiting[: [row.pk for row in waiting].index(proposal.pk)]
    if passed_over and not skip_reason.strip():
        raise ValidationError({"skip_reason": _("Give the reason for passing over those before it on the list.")})
    if reason := why_not_selectable(proposal.organisation):
        raise ValidationError({"proposal": reason})
    return {
        "proposal": proposal.pk,
        "instead_of": vacancies_of(call)[0].pk,
        "skip_reason": skip_reason.strip() if passed_over else "",
        "passed_over": [row.pk for row in passed_over],
    }


def _promote(decision: Decision, by: Actor) -> None:
    """Runs in the deciding transaction: the proposal is selected, told, and its agreement opened."""
    proposal = Proposal.objects.select_related("organisation").get(pk=decision.proposal["proposal"])
    if reason := why_not_selectable(proposal.organisation):
        raise NotNow(reason)
    with together():
        with pass_door(proposal, "promote", by=by) as door:
            door.payload.update(place=door.root.reserve_place)
            door.root.reserve_place = None
            door.payload.update(decision=decision.pk)  # why others were passed over is theirs, not the applicant's
            write_letter(door, decision=decision, outcome=ProposalState.SELECTED)
            tell(
                door,
                people_in_roles([door.root.organisation_id], Role.REPRESENTATIVE, Role.STAFF),
                kind="proposal.promoted",
            )
        open_agreement_from(proposal=door.root, by=by)


register_outcome(DecisionKind.PROMOTE_RESERVE, _promote)
