"""What an officer does with several proposals at once: each through its own door, and what is refused is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.assignments import ASSIGN, TOO_FEW, assign_reviewers
from agreements.enums import ProposalState
from agreements.models import Call, Proposal
from agreements.queries.assignments import AssignmentTable
from core.workflow import NotNow, NotYou, Refusal, Text, judge
from partnerships.actors import Actor

ALREADY = _("Nothing to do: it is assigned already.")
NOT_ELIGIBLE = _("Only eligible proposals are assigned.")


@dataclass(frozen=True)
class Handled:
    """Those done, and those left out with the reason; a second time everything is left out."""

    done: tuple[Proposal, ...]
    skipped: tuple[tuple[Proposal, Text], ...]


def assign_to_several(*, proposals: Iterable[Proposal], reviewer_id: int, by: Actor) -> Handled:
    """Let a reviewer score each of these proposals besides those who do already."""
    return _assign(proposals, lambda table, pk, before: before | {reviewer_id}, by)


def draw_for_several(*, proposals: Iterable[Proposal], by: Actor) -> Handled:
    """Fill up these proposals alone by their call's balanced draw."""
    return _assign(proposals, _drawn, by)


def _drawn(table: AssignmentTable, pk: int, before: set[int]) -> set[int]:
    drawn = table.drawn()
    if drawn.lacking.get(pk):
        raise NotNow(TOO_FEW)
    return set(drawn.assigned.get(pk, before))


def _assign(proposals: Iterable[Proposal], wanted: Any, by: Actor) -> Handled:
    done: list[Proposal] = []
    skipped: list[tuple[Proposal, Text]] = []
    for proposal in proposals:
        try:
            _assign_one(proposal, wanted, by)
            done.append(proposal)
        except Refusal as refusal:
            skipped.append((proposal, refusal.message))
        except ValidationError as error:
            skipped.append((proposal, " ".join(error.messages)))
    return Handled(tuple(done), tuple(skipped))


def _assign_one(proposal: Proposal, wanted: Any, by: Actor) -> None:
    """The door first, so that who may not do it learns nothing of what is assigned."""
    call = Call.objects.get(pk=proposal.call_id)
    judgement = judge(call, ASSIGN, by)
    if not judgement.now:
        raise NotNow(judgement.why_not_now)
    if not judgement.you:
        raise NotYou(judgement.why_not_you)
    if proposal.state != ProposalState.ELIGIBLE:
        raise NotNow(NOT_ELIGIBLE)
    table = AssignmentTable(call)
    before = {user for pk, user in table.assigned if pk == proposal.pk}
    then = wanted(table, proposal.pk, before)
    if then == before:
        raise NotNow(ALREADY)
    assign_reviewers(call=call, assignments={proposal.pk: then}, by=by)
