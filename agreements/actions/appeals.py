"""Appeals against the result: filed within the window of the letter, answered through the endorsement chain.

The history of an appeal stands on its proposal, that of the decision about it on the call. Exactly what the officer
proposed as the answer is carried out when the last position decides, by the decision's own mandate.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext_lazy as _

from agreements.actions.agreements import open_agreement_from
from agreements.actions.decisions import lapse_answer, propose_decision, register_outcome
from agreements.actions.result_letters import write_letter
from agreements.actions.slots import applicants
from agreements.enums import (
    RECEIVED_PROPOSALS,
    AppealRemedy,
    AppealState,
    AppealVerdict,
    CallState,
    DecisionKind,
    ProposalState,
)
from agreements.models import Appeal, Decision, Proposal
from agreements.permissions.decisions import moved_by_appeal
from agreements.permissions.proposals import proposal_submitter
from agreements.queries.reserve import place_on_appeal
from agreements.queries.results import MAY_APPEAL, appeal_until
from core import clock
from core.files import files_of, store_file
from core.ui import show_moment
from core.workflow import NotNow, Passage, Rule, Stamp, Text, lock, pass_door, set_first_state, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.queries.standing import why_not_selectable

APPEAL_FILE, UNATTACHED = "appeal", "unattached"
MOVE_OF = {
    AppealRemedy.SELECT: ("select_on_appeal", ProposalState.SELECTED),
    AppealRemedy.RESERVE: ("reserve_on_appeal", ProposalState.RESERVE),
}


MOVE_DOWN = Rule(
    "move_down",
    _("Move down on the reserve list"),
    moved_by_appeal,
    when=lambda proposal: proposal.state == ProposalState.RESERVE and proposal.reserve_place is not None,
)


def why_no_appeal(proposal: Proposal) -> Text | None:
    """Why nobody can appeal for this proposal now, in words; None where the window is open."""
    if proposal.call.state != CallState.DECIDED or proposal.state not in MAY_APPEAL:
        return _("There is no result that could be appealed against.")
    if Appeal.objects.filter(proposal=proposal).exists():
        return _("An appeal has been filed already.")
    until = appeal_until(proposal)
    if until is None:
        return _("An appeal can be filed once the result letter is issued.")
    if clock.now() > until:
        return _("Appeals could be filed until %(until)s. That time has passed.") % {"until": show_moment(until)}
    return None


FILE_APPEAL = Rule(
    "file_appeal", _("Appeal against the result"), proposal_submitter, when=lambda p: why_no_appeal(p) is None
)


def rule_to_appeal(proposal: Proposal) -> Rule:
    """The rule for appealing, with the reason and the date where it is not the time."""
    return replace(FILE_APPEAL, not_now=why_no_appeal(proposal))


def file_appeal(
    *, proposal: Proposal, grounds: str, by: Actor, wish: str = "", file: File | None = None, stamp: Stamp | None = None
) -> Appeal:
    """The representative appeals until the last second of the window. Raises NotNow with the date, NotYou."""
    stored = store_file(file, name=file.name, root=proposal, kind=UNATTACHED, by=by) if file else None
    with pass_door(proposal, rule_to_appeal(proposal), by=by, stamp=stamp) as door:
        if not grounds.strip():
            raise ValidationError({"grounds": _("Give the grounds of the appeal.")})
        appeal = Appeal(proposal=door.root, call=door.root.call, grounds=grounds, wish=wish, file=stored)
        appeal.filed_by, appeal.filed_at = by.user, clock.now()
        set_first_state(appeal, state=AppealState.FILED)
        appeal.save()
        if stored:
            files_of(door.root, UNATTACHED).filter(pk=stored.pk).update(kind=APPEAL_FILE)
        door.payload.update(appeal=appeal.pk, file=stored.sha256 if stored else None)
        tell(door, _officers(door.root), kind="appeal.filed", about=appeal)
        tell(door, applicants(door.root), kind="appeal.received", about=appeal)
    return appeal


def withdraw_appeal(*, appeal: Appeal, by: Actor, stamp: Stamp | None = None) -> Appeal:
    """Take the appeal back before it is answered; the result stands, and there is no second appeal.

    An answer that is on its way is closed with it. The call is locked before the proposal, as the chain does that
    answers appeals: so nobody proposes an answer meanwhile, and of withdrawing and deciding at once only one is done.
    """
    with together():
        lock(appeal.call)
        with pass_door(appeal, "withdraw", by=by, stamp=stamp, root=appeal.proposal) as door:
            door.payload["appeal"] = appeal.pk
            tell(door, _officers(door.root), kind="appeal.withdrawn", about=appeal)
        lapse_answer(appeal=door.subject, by=by)
    return door.subject


def _officers(proposal: Proposal) -> list[int]:
    return sorted({proposal.call.officer_id, *people_in_roles([proposal.call.agency_id], Role.OFFICER)})


# --- the answer -----------------------------------------------------------------------------------------------------


def propose_answer(
    *,
    appeal: Appeal,
    verdict: str,
    remedy: str,
    answer: str,
    by: Actor,
    comment: str = "",
    stamp: Stamp | None = None,
) -> Decision:
    """Put the answer before those who decide. Raises ValidationError where verdict and remedy do not go together."""
    said = {"verdict": verdict, "remedy": remedy, "answer": answer}
    _refuse_unsound(appeal, said)
    kind = DecisionKind.ANSWER_APPEAL
    facts: dict[str, Any] = {"kind": kind, "root": appeal.call, "appeal": appeal, "proposal": said}
    return propose_decision(by=by, stamp=stamp, comment=comment, **facts)


def _refuse_unsound(appeal: Appeal, said: Mapping[str, str]) -> None:
    remedy, proposal = said["remedy"], appeal.proposal
    if not said["answer"].strip():
        raise ValidationError({"answer": _("Give the reasons for the answer.")})
    if said["verdict"] == AppealVerdict.DISMISSED and remedy != AppealRemedy.NONE:
        raise ValidationError({"remedy": _("An appeal that is dismissed changes nothing.")})
    if remedy == AppealRemedy.RESERVE and proposal.state == ProposalState.RESERVE:
        raise ValidationError({"remedy": _("The proposal is on the reserve list already.")})
    if remedy == AppealRemedy.SELECT and (reason := why_not_selectable(proposal.organisation)):
        raise ValidationError({"remedy": reason})


def _answer(decision: Decision, by: Actor) -> None:
    """Runs in the deciding transaction: the appeal is answered, its remedy carried out, the letter written."""
    appeal, said = decision.appeal, decision.proposal
    with pass_door(appeal, "answer_appeal", by=by, root=appeal.proposal) as door:
        current = door.subject
        current.verdict, current.remedy, current.answer = said["verdict"], said["remedy"], said["answer"]
        current.answered_at = clock.now()
        door.payload.update(decision=decision.pk, verdict=current.verdict, remedy=current.remedy)
        if current.remedy == AppealRemedy.NONE:
            write_letter(door, decision=decision, appeal=current)
    if current.remedy != AppealRemedy.NONE:
        _carry_out(current, decision, by)


def _carry_out(appeal: Appeal, decision: Decision, by: Actor) -> None:
    move, outcome = MOVE_OF[AppealRemedy(appeal.remedy)]
    place = _make_place(appeal.proposal, decision, by) if outcome == ProposalState.RESERVE else None
    with pass_door(appeal.proposal, move, by=by) as door:
        reason = why_not_selectable(door.root.organisation) if outcome == ProposalState.SELECTED else None
        if reason:
            raise NotNow(reason)
        door.root.result_reason, door.root.reserve_place = appeal.answer, place
        door.payload.update(decision=decision.pk)
        if place is not None:
            door.payload["place"] = place
        write_letter(door, decision=decision, appeal=appeal, outcome=outcome)
        _tell_others(door)
    if outcome == ProposalState.SELECTED:
        open_agreement_from(proposal=door.root, by=by)


def _make_place(proposal: Proposal, decision: Decision, by: Actor) -> int:
    """Where it comes onto the reserve list (the rule: `agreements.queries.reserve`); those behind it move down by one.

    The last one first, so that no place is taken twice. Each passes its own door: its history tells where it stood.
    """
    place, behind = place_on_appeal(proposal)
    for row in reversed(behind):
        with pass_door(row, MOVE_DOWN, by=by) as door:
            before = door.root.reserve_place
            door.root.reserve_place = before + 1
            door.payload.update(decision=decision.pk, place=before + 1, place_before=before)
            tell(door, applicants(door.root), kind="proposal.reserve_moved", place=before + 1)
    return place


def _tell_others(door: Passage) -> None:
    """The other applicants hear that the result has changed, not whose."""
    call = door.root.call
    others = call.proposals.filter(state__in=RECEIVED_PROPOSALS).exclude(pk=door.root.pk)
    people = people_in_roles(others.values_list("organisation_id", flat=True), Role.REPRESENTATIVE, Role.STAFF)
    tell(door, people, kind="call.result_changed", about=call)


register_outcome(DecisionKind.ANSWER_APPEAL, _answer)
