"""Who may do what about a proposal: the organisation that makes it, and its call's agency (§3.1, §3.2 steps 2-3)."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.enums import ProposalSource
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_works_not
from partnerships.enums import Role
from partnerships.permissions import works_for


def applicants_people(proposal: Any, actor: Any) -> bool:
    """The applicant's own people, also where the proposal came on paper."""
    return works_for(proposal.organisation_id, actor, Role.STAFF, Role.REPRESENTATIVE)


def proposal_writer(proposal: Any, actor: Any) -> bool:
    """The organisation's own people; what came on paper is written down by the agency's officers instead."""
    if proposal.entered_by_id is not None:
        return works_for(proposal.call.agency_id, actor, Role.OFFICER)
    return applicants_people(proposal, actor)


def proposal_draft_reader(proposal: Any, actor: Any) -> bool:
    """The proposing organisation's own people and who writes it see how it came about; others what was submitted."""
    own = actor.user_id is not None and actor.organisation_id == proposal.organisation_id
    return own or proposal_writer(proposal, actor)


def proposal_submitter(proposal: Any, actor: Any) -> bool:
    """Submitting and withdrawing bind the organisation: the authorised representative does it."""
    return works_for(proposal.organisation_id, actor, Role.REPRESENTATIVE)


def proposal_officer(proposal: Any, actor: Any) -> bool:
    return works_for(proposal.call.agency_id, actor, Role.OFFICER)


def proposal_printer(proposal: Any, actor: Any) -> bool:
    """The paper names the organisation: to itself, the call's agency and OPDC, not to reviewers."""
    own = (proposal.organisation_id, proposal.call.agency_id)
    return actor.is_opdc or (actor.organisation_id is not None and actor.organisation_id in own)


def receipt_reader(proposal: Any, actor: Any) -> bool:
    """Those who work on proposals in the organisation; for one on paper the agency's officers too."""
    return applicants_people(proposal, actor) or bool(proposal.entered_by_id and call_officer(proposal.call, actor))


def why_not_screened(proposal: Any, actor: Any) -> Any:
    """Why this person does not screen the proposal: it judges the call, or a letter has to be decided first."""
    if proposal.source == ProposalSource.PAPER and proposal.withdrawal_waiting is not None:
        return _("A letter that withdraws this proposal waits for a colleague's confirmation: it is decided first.")
    return why_judge_works_not(proposal, actor)


def cure_answerer(proposal: Any, actor: Any) -> bool:
    """The applicant's representative; for a proposal on paper, an officer other than the one who asked."""
    if proposal.source != ProposalSource.PAPER:
        return proposal_submitter(proposal, actor)
    asked = getattr(proposal, "cure_request", None)
    return proposal_officer(proposal, actor) and asked is not None and asked.asked_by_id != actor.user_id


def cure_writer(proposal: Any, actor: Any) -> bool:
    """Who puts together what was asked for: the applicant's people; on paper, whoever may send it."""
    if proposal.source != ProposalSource.PAPER:
        return proposal_writer(proposal, actor)
    return cure_answerer(proposal, actor)


def presentation_booker(proposal: Any, actor: Any) -> bool:
    """Who chooses the time of a presentation: the applicant's people, or the agency's officer for them."""
    return applicants_people(proposal, actor) or proposal_officer(proposal, actor)


def slot_officer(slot: Any, actor: Any) -> bool:
    return call_officer(slot.call, actor)


def appeal_submitter(appeal: Any, actor: Any) -> bool:
    """Appealing binds the organisation, as submitting does: the representative of the one whose proposal it is."""
    return works_for(appeal.proposal.organisation_id, actor, Role.REPRESENTATIVE)
