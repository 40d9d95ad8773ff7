"""Screening a proposal against the qualifications of its call (§3.2 step 3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.slots import free_slot_of
from agreements.enums import CallState, CriterionKind, ProposalState
from agreements.models import CallCriterion, Proposal, ReviewAssignment, ScreeningCheck, ScreeningReopening
from agreements.permissions.proposals import proposal_officer, why_not_screened
from agreements.queries.calls import criteria_of
from core import clock
from core.workflow import Rule, Stamp, lock, pass_door, together
from partnerships.actors import Actor


def _while_screening(proposal: Proposal) -> bool:
    return proposal.state == ProposalState.SUBMITTED and proposal.call.state == CallState.SCREENING


SCREEN = Rule(
    "screen", _("Screen the qualifications"), proposal_officer, when=_while_screening, unless=why_not_screened
)


def screen_proposal(
    *, proposal: Proposal, checks: Mapping[int, tuple[bool, str]], by: Actor, stamp: Stamp | None = None
) -> Proposal:
    """Answer every qualification of the call: criterion id → (met, reason); the proposal becomes eligible or not.

    A reason is kept with each answer and must be given where a qualification is not met. Raises ValidationError.
    """
    with together():
        with pass_door(proposal, SCREEN, by=by, stamp=stamp) as door:
            asked = criteria_of(door.root.call_id, CriterionKind.ELIGIBILITY)
            _refuse_incomplete(asked, checks)
            for criterion in asked:
                met, reason = checks[criterion.pk]
                ScreeningCheck.objects.update_or_create(
                    proposal=door.root,
                    criterion=criterion,
                    defaults={"met": met, "reason": reason, "checked_by": by.user, "checked_at": clock.now()},
                )
            unmet = [
                f"{criterion.title}: {checks[criterion.pk][1]}" for criterion in asked if not checks[criterion.pk][0]
            ]
            door.payload["unmet"] = len(unmet)
        with pass_door(proposal, "find_ineligible" if unmet else "find_eligible", by=by) as door:
            door.root.result_reason = "\n".join(unmet)
            if unmet:
                free_slot_of(door)
                ReviewAssignment.objects.filter(proposal=door.root).delete()
    return door.root


def screen_again(*, proposal: Proposal, reason: str, by: Actor, stamp: Stamp | None = None) -> ScreeningReopening:
    """Take a finding back while the call is being screened, with the reason: its qualifications are asked once more.

    What had been answered is kept. A time of presentation and assigned reviewers stay until it is found not eligible.
    Raises ValidationError at `reason` without one, NotNow (the selection has begun), NotYou, Stale, AlreadyDone.
    """
    with together():
        lock(proposal.call)  # so that the selection does not begin with a proposal that is not screened
        with pass_door(proposal, "screen_again", by=by, stamp=stamp) as door:
            if not reason.strip():
                raise ValidationError({"reason": _("Give the reason for screening again.")})
            kept = _taken_back(door.root, reason.strip(), by)
            door.root.result_reason = ""
            door.payload.update(reopening=kept.pk, reason=kept.reason, was_eligible=kept.was_eligible)
    return kept


def _taken_back(proposal: Proposal, reason: str, by: Actor) -> ScreeningReopening:
    """The answers so far, kept with the reason, and no longer on the proposal."""
    checks = list(proposal.screening_checks.select_related("criterion").order_by("criterion__ordinal"))
    kept = ScreeningReopening.objects.create(
        proposal=proposal,
        reason=reason,
        checks=[
            {"criterion": one.criterion_id, "title": one.criterion.title, "met": one.met, "reason": one.reason}
            for one in checks
        ],
        was_eligible=all(one.met for one in checks),
        screened_by=checks[0].checked_by if checks else None,
        reopened_by=by.user,
        reopened_at=clock.now(),
    )
    proposal.screening_checks.all().delete()
    return kept


def _refuse_incomplete(asked: Iterable[CallCriterion], checks: Mapping[int, tuple[bool, str]]) -> None:
    if {criterion.pk for criterion in asked} != set(checks):
        raise ValidationError(_("Answer every qualification of the call."))
    if any(not met and not reason.strip() for met, reason in checks.values()):
        raise ValidationError(_("Give the reason for each qualification that is not met."))
