"""Who may do what on the agreements floor. Named predicates over a record and an actor; denied unless given.

An agreement gives rights by the side of the actor's organisation (Party), a call by its agency, a proposal by the
organisation that makes it. No model is imported: records are asked by their own attributes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.enums import (
    JUDGED_KINDS,
    AppealRemedy,
    AppealState,
    CapacityKind,
    DecisionKind,
    DecisionState,
    ProposalSource,
    Side,
)
from agreements.judges import calls_left_to_others, half_seen_calls, judged_calls
from partnerships.enums import AGENCY_KINDS, PARTNER_KINDS, Role
from partnerships.permissions import works_for

# --- sides of an agreement ------------------------------------------------------------------------------------------


def on_side(agreement: Any, actor: Any, side: str, *roles: str) -> bool:
    """Whether the actor acts for a party on that side, in one of the roles; those who hold none cost no query."""
    return (
        actor.organisation_id is not None and actor.holds(*roles) and agreement.side_of(actor.organisation_id) == side
    )


def giver_officer(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.GIVER, Role.OFFICER)


def giver_finance(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.GIVER, Role.FINANCE)


def giver_executive(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.GIVER, Role.EXECUTIVE)


def receiver_staff(agreement: Any, actor: Any) -> bool:
    """Staff or representative of a receiving party: those who work and report."""
    return on_side(agreement, actor, Side.RECEIVER, Role.STAFF, Role.REPRESENTATIVE)


def receiver_finance(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.RECEIVER, Role.FINANCE)


def receiver_representative(agreement: Any, actor: Any) -> bool:
    return on_side(agreement, actor, Side.RECEIVER, Role.REPRESENTATIVE)


def either_side_writer(agreement: Any, actor: Any) -> bool:
    """Those who write things down for a side: the giver's officer, the receiver's staff or representative."""
    return giver_officer(agreement, actor) or receiver_staff(agreement, actor)


def either_side_head(agreement: Any, actor: Any) -> bool:
    """Those who can end an agreement: the giver's executive or a receiver's representative."""
    return giver_executive(agreement, actor) or receiver_representative(agreement, actor)


def party_signatory(agreement: Any, actor: Any) -> bool:
    """The executive of a giving party, the representative of any other (also of a supporter) may sign for it."""
    return giver_executive(agreement, actor) or any(
        on_side(agreement, actor, side, Role.REPRESENTATIVE, Role.EXECUTIVE) for side in (Side.RECEIVER, Side.SUPPORTER)
    )


def completes_signing(agreement: Any, actor: Any) -> bool:
    """Whose act can be the last before the agreement enters into force: a signature, or confirming its scan."""
    return party_signatory(agreement, actor) or either_side_writer(agreement, actor)


# --- calls and proposals --------------------------------------------------------------------------------------------


def may_open_call(mission: Any, actor: Any) -> bool:
    return works_for(mission.agency_id, actor, Role.OFFICER)


def call_officer(call: Any, actor: Any) -> bool:
    return works_for(call.agency_id, actor, Role.OFFICER)


def desk_reader(actor: Any) -> bool:
    """Who works on received proposals over all calls: an agency's officers and executives, and OPDC."""
    return actor.is_opdc or (actor.is_agency and actor.holds(Role.OFFICER, Role.EXECUTIVE))


def call_exporter(call: Any, actor: Any) -> bool:
    """Who takes all proposals of a closed call away: who works on them, and does not judge the call."""
    own = actor.is_opdc or call.agency_id == actor.organisation_id
    return own and desk_reader(actor) and call.closed_at is not None and not call_judge(call, actor)


def call_executive(call: Any, actor: Any) -> bool:
    """Who can call off a call; what a decision carries out is judged by `by_decision`."""
    return works_for(call.agency_id, actor, Role.EXECUTIVE)


def may_begin_proposal(call: Any, actor: Any) -> bool:
    """Any partner's staff on an open call; on a direct invitation, those invited (§3.1, §3.2)."""
    return actor.is_partner and actor.holds(Role.STAFF, Role.REPRESENTATIVE) and call.admits(actor.organisation_id)


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


def receipt_reader(proposal: Any, actor: Any) -> bool:
    """Those who work on proposals in the organisation; for one on paper the agency's officers too."""
    return applicants_people(proposal, actor) or bool(proposal.entered_by_id and call_officer(proposal.call, actor))


def proposal_submitter(proposal: Any, actor: Any) -> bool:
    """Submitting and withdrawing bind the organisation: the authorised representative does it."""
    return works_for(proposal.organisation_id, actor, Role.REPRESENTATIVE)


def proposal_printer(proposal: Any, actor: Any) -> bool:
    """The paper names the organisation: to itself, the call's agency and OPDC, not to reviewers."""
    own = (proposal.organisation_id, proposal.call.agency_id)
    return actor.is_opdc or (actor.organisation_id is not None and actor.organisation_id in own)


def proposal_officer(proposal: Any, actor: Any) -> bool:
    return works_for(proposal.call.agency_id, actor, Role.OFFICER)


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


def why_not_screened(proposal: Any, actor: Any) -> Any:
    """Why this person does not screen the proposal: it judges the call, or a letter has to be decided first."""
    if proposal.source == ProposalSource.PAPER and proposal.withdrawal_waiting is not None:
        return _("A letter that withdraws this proposal waits for a colleague's confirmation: it is decided first.")
    return why_judge_works_not(proposal, actor)


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


# --- decisions, agreements ------------------------------------------------------------------------------------------


def may_endorse(decision: Any, actor: Any) -> bool:
    """The holder of the chain's next position, or a deputy whose time it is, acting for the organisation that decides.

    Never who proposed it, and nobody twice in a row: who has just endorsed in one position leaves the next to another.
    """
    position = decision.next_position
    if position is None or actor.user_id is None or actor.organisation_id != decision.organisation_id:
        return False
    if actor.user_id in (decision.proposed_by_id, decision.last_by_id):
        return False
    if position.get("holder_id"):
        return actor.user_id == position["holder_id"] or decision.deputy_of_next(actor.user_id) is not None
    return actor.holds(Role.EXECUTIVE)


def withdrew_its_appeal(decision: Any, actor: Any) -> bool:
    """Who has just withdrawn the appeal that the decision was to answer: both happen in one transaction."""
    appeal = decision.appeal
    return appeal is not None and appeal.state == AppealState.WITHDRAWN and appeal_submitter(appeal, actor)


def closed_without_its_addendum(decision: Any, actor: Any) -> bool:
    """Who has just closed submissions, while an addendum still waited: both happen in one transaction."""
    is_addendum = decision.kind == DecisionKind.PUBLISH_ADDENDUM
    return is_addendum and decision.call.closed_at is not None and call_officer(decision.call, actor)


def may_lapse(decision: Any, actor: Any) -> bool:
    """Whoever has taken away what was to be decided."""
    return withdrew_its_appeal(decision, actor) or closed_without_its_addendum(decision, actor)


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


def why_judge_ends_not(call: Any, actor: Any) -> Any:
    """Whoever judged a call, or has a conflict on it, neither cancels it nor declares it void: why, or None."""
    if call.pk not in calls_left_to_others(actor):
        return None
    return _(
        "You judge or judged this call, or declared a conflict of interest on it: another executive ends it. If there "
        "is nobody else, your organisation's administrator can name one."
    )


def by_decisions(*kinds: str) -> Callable[[Any, Any], bool]:
    """The role of what decisions of several kinds carry out, and nobody by hand."""
    roles = [by_decision(kind) for kind in kinds]
    return lambda subject, actor: any(role(subject, actor) for role in roles)


def by_decision(kind: str) -> Callable[[Any, Any], bool]:
    """The role of a move that a decision of this kind carries out, and nobody by hand.

    The authority is the decision's own: the actor carries it as mandate in the transaction that decides. Whether the
    last position holds the executive role is for the organisation to say, when it gives the position.
    """

    def carried_out(subject: Any, actor: Any) -> bool:
        mandate = actor.mandate
        return (
            mandate is not None
            and mandate.kind == kind
            and mandate.organisation_id == actor.organisation_id
            and mandate.covers(subject)
        )

    return carried_out


def moved_by_appeal(proposal: Any, actor: Any) -> bool:
    """The answer that puts another proposal of the same call onto the reserve list, and nobody by hand."""
    answer = actor.mandate
    return (
        answer is not None
        and answer.kind == DecisionKind.ANSWER_APPEAL
        and answer.state == DecisionState.DECIDED
        and answer.organisation_id == actor.organisation_id
        and answer.call_id == proposal.call_id
        and answer.proposal.get("remedy") == AppealRemedy.RESERVE
    )


def may_open_agreement(about: Any, actor: Any) -> bool:
    """Officers of the agency that owns the mission (or made the call) open agreements."""
    return works_for(about.agency_id, actor, Role.OFFICER)


def prior_officer(prior: Any, actor: Any) -> bool:
    """An officer of the agency whose running agreement it is."""
    return works_for(prior.agency_id, actor, Role.OFFICER)


def prior_executive(prior: Any, actor: Any) -> bool:
    """The agency's executive, unless he or she entered it: nobody approves own work."""
    return works_for(prior.agency_id, actor, Role.EXECUTIVE) and prior.entered_by_id != actor.user_id


def may_read_money(agreement: Any, actor: Any) -> bool:
    """Sums of an agreement: its parties, and OPDC."""
    return actor.is_opdc or (actor.organisation_id is not None and agreement.side_of(actor.organisation_id) is not None)


def is_agency_member(actor: Any) -> bool:
    return actor.organisation is not None and actor.organisation.kind in AGENCY_KINDS


def is_partner_member(actor: Any) -> bool:
    return actor.organisation is not None and actor.organisation.kind in PARTNER_KINDS
