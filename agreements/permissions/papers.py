"""Who may do what about a proposal that came on paper (§3.1 step 2, §3.2 step 2)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.permissions.judging import why_judge_works_not
from agreements.permissions.proposals import applicants_people, proposal_officer
from partnerships.enums import Role
from partnerships.permissions import works_for
from partnerships.permissions.organisations import is_out_of_draft


def online_continuer(proposal: Any, actor: Any) -> bool:
    """Who writes for the organisation takes over what the agency had entered from its paper."""
    return applicants_people(proposal, actor)


def why_not_continued_online(proposal: Any, actor: Any) -> Any:
    """As for beginning a proposal: the organisation's registration has to be sent in. In words, or None."""
    if is_out_of_draft(proposal.organisation):
        return None
    return _("Send in your organisation's registration first: then you can make a proposal.")


def paper_judge(proposal: Any, actor: Any) -> bool:
    """Who compares papers for the call's agency: its officers and executives."""
    return works_for(proposal.call.agency_id, actor, Role.OFFICER, Role.EXECUTIVE)


def paper_confirmer(proposal: Any, actor: Any) -> bool:
    """Another person of the call's agency than the one who entered the proposal from its paper."""
    own = paper_judge(proposal, actor)
    return own and proposal.entered_by_id is not None and proposal.entered_by_id != actor.user_id


def paper_withdrawal_confirmer(proposal: Any, actor: Any) -> bool:
    """Another person of the call's agency than the one who recorded the letter that waits."""
    if not works_for(proposal.call.agency_id, actor, Role.OFFICER, Role.EXECUTIVE):
        return False
    waiting = proposal.withdrawal_waiting
    return waiting is None or waiting.recorded_by_id != actor.user_id


def paper_enterer(proposal: Any, actor: Any) -> bool:
    """The officer who entered the proposal from its paper, and nobody else."""
    return proposal_officer(proposal, actor) and proposal.entered_by_id == actor.user_id


def why_paper_not_confirmed(proposal: Any, actor: Any) -> Any:
    """Whoever wrote a part of what waits does not confirm it, nor who judges the call: why, in words, or None."""
    if proposal.was_written_by(actor.user_id):
        return _("You wrote a part of this entry: a colleague who did not compares it with the paper.")
    return why_judge_works_not(proposal, actor)
