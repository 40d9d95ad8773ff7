"""Who judges a call, and what is left to others by its judges and by whoever has a conflict on it (§3.1, §3.2)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.enums import JUDGED_KINDS, CapacityKind
from agreements.judges import calls_left_to_others, half_seen_calls, judged_calls


def call_judge(call: Any, actor: Any) -> bool:
    """A reviewer or committee member invited to the call."""
    return call.pk in judged_calls(actor)


def knows_half(call: Any, actor: Any) -> bool:
    """A judge of the call who does not know every applicant: conflicted, blind, or assigned a part of the proposals."""
    return call.pk in half_seen_calls(actor)


def why_judge_runs_not(call: Any, actor: Any) -> Any:
    """Whoever judges a call, or has a conflict on it, does not do its agency's work on it: why, in words, or None."""
    if call.pk not in calls_left_to_others(actor):
        return None
    if call_judge(call, actor):
        return _("You judge this call: another officer does this.")
    return _("You judged this call or declared a conflict of interest on it: another officer does this.")


def why_judge_works_not(about: Any, actor: Any) -> Any:
    """As `why_judge_runs_not`, of what belongs to a call: a proposal, a time of presentation, an invitation."""
    return why_judge_runs_not(about.call, actor)


def why_judge_stands_in_not(proposal: Any, actor: Any) -> Any:
    """As above, of what an officer does in an applicant's place (papers, times); its own people do it always."""
    return None if actor.organisation_id == proposal.organisation_id else why_judge_works_not(proposal, actor)


def why_judge_ends_not(call: Any, actor: Any) -> Any:
    """Whoever judged a call, or has a conflict on it, neither cancels it nor declares it void: why, or None."""
    if call.pk not in calls_left_to_others(actor):
        return None
    return _(
        "You judge or judged this call, or declared a conflict of interest on it: another executive ends it. If there "
        "is nobody else, your organisation's administrator can name one."
    )


def why_judge_decides_not(decision: Any, actor: Any) -> Any:
    """Whoever judged a call, or has a conflict on it, does not decide on its selection: why, in words, or None.

    Nor does who screened a proposal, wrote the committee's resolution down, or opened a review again.
    """
    if decision.kind not in JUDGED_KINDS or not decision.call_id:
        return None
    if decision.call.was_judged_by(actor.user_id):
        return _(
            "You judge or judged this call, or declared a conflict of interest on it: another person decides. If there "
            "is nobody else, your organisation's administrator can name another executive or a deputy."
        )
    if decision.call.was_prepared_by(actor.user_id):
        return _(
            "You screened a proposal, recorded the resolution or opened a review again: another person decides. If "
            "there is nobody else, your organisation's administrator can name another executive or a deputy."
        )
    return None


def proposal_reviewer(proposal: Any, actor: Any) -> bool:
    """A reviewer of the call to whom the proposal is assigned, all declarations given, and without a conflict."""
    if CapacityKind.REVIEWER not in judged_calls(actor).get(proposal.call_id, ()):
        return False
    if actor.organisation_id == proposal.organisation_id:
        return False
    return type(proposal).objects.scored_by(actor.user_id).filter(pk=proposal.pk).exists()


def ranking_reader(call: Any, actor: Any) -> bool:
    """The call's agency, OPDC, its selection committee, its reviewers; whoever reviews once he or she has finished."""
    if actor.user_id is None:
        return False
    inside = actor.is_opdc or call.agency_id == actor.organisation_id
    if not inside and not call_judge(call, actor):
        return False
    return not call.waits_for_review_by(actor.user_id)
