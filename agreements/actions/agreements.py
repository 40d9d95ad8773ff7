"""Opening agreements, moving them from step to step, and ending them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.carry_over import carry_over
from agreements.actions.decisions import register_outcome
from agreements.enums import DecisionKind, Procedure, Side
from agreements.models import Agreement, Decision, Party, Proposal
from agreements.permissions.agreements import may_open_agreement
from agreements.permissions.decisions import by_decisions
from agreements.sequences import SEQUENCES, moves
from core import clock
from core.workflow import NotNow, Passage, Rule, Stamp, birth, pass_door, set_first_state
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.enums import Form, Role
from partnerships.models import Mission, Organisation
from partnerships.queries.standing import unselectable

PREFIX = {Form.GRANT: "GRANT", Form.PBC: "PBC", Form.COMMISSIONING: "COM"}

OPEN_FROM_PROPOSAL = Rule(
    "open",
    _("Open an agreement from the selected proposal"),
    by_decisions(DecisionKind.SELECT_PROPOSALS, DecisionKind.ANSWER_APPEAL, DecisionKind.PROMOTE_RESERVE),
    when=lambda proposal: proposal.state == "selected" and not hasattr(proposal, "agreement"),
)
OPEN_COMMISSIONING = Rule(
    "open",
    _("Open a joint contract"),
    may_open_agreement,
    when=lambda mission: mission.form == Form.COMMISSIONING,
)


def open_agreement_from(*, proposal: Proposal, by: Actor) -> Agreement:
    """An agreement born at the last step that its call carried (Grant 2, PBC 4), with what the proposal says."""
    call = proposal.call
    with birth(OPEN_FROM_PROPOSAL, by=by, about=proposal) as door:
        agreement = Agreement(
            form=call.form,
            mission=call.mission,
            agency=call.agency,
            call=call,
            proposal=proposal,
            procedure=call.procedure,
            title=proposal.title,
            rationale=call.background,
            objectives=proposal.objectives or call.objectives,
            scope=call.scope,
            target_group=proposal.target_group or call.target_group,
            area=proposal.area or call.area,
            expected_results=proposal.results,
            total=proposal.budget or 0,
            legal_basis=call.mission.legal_basis,
            officer=call.officer,
            contact_phone=call.contact_phone,
        )
        _give_birth(door, agreement, [(proposal.organisation_id, Side.RECEIVER)])
        door.payload["carried_over"] = carry_over(agreement, proposal)
    return agreement


def open_commissioning(
    *, mission: Mission, title: str, partner_ids: Iterable[int], by: Actor, stamp: Stamp | None = None
) -> Agreement:
    """A joint contract: the partners are parties from the start, there is no call (§3.3).

    Raises ValidationError naming the partners that are blocked or not verified today.
    """
    with birth(OPEN_COMMISSIONING, by=by, about=mission, stamp=stamp) as door:
        agreement = Agreement(
            form=Form.COMMISSIONING,
            mission=mission,
            agency=mission.agency,
            procedure=Procedure.DIRECT,
            title=title,
            objectives=mission.objectives,
            target_group=mission.target_group,
            area=mission.area,
            legal_basis=mission.legal_basis,
            officer=by.user,
            contact_phone=by.user.phone,
        )
        chosen = list(partner_ids)
        if reasons := unselectable(Organisation.objects.filter(pk__in=chosen).order_by("pk")):
            raise ValidationError({"partners": reasons})
        _give_birth(door, agreement, [(pk, Side.RECEIVER) for pk in chosen])
    return agreement


def _give_birth(door: Passage, agreement: Agreement, parties: list[tuple[int, str]]) -> None:
    agreement.reference = next_reference(PREFIX[agreement.form])
    # A day that is only acted makes nothing real: its documents and pages say so.
    agreement.is_demonstration = clock.is_acting()
    set_first_state(agreement, step=SEQUENCES[agreement.form].BORN_AT)
    agreement.save()
    Party.objects.create(agreement=agreement, organisation_id=agreement.agency_id, side=Side.GIVER, is_lead=True)
    for index, (organisation_id, side) in enumerate(parties):
        Party.objects.create(agreement=agreement, organisation_id=organisation_id, side=side, is_lead=index == 0)
    door.root = agreement
    door.payload.update(form=agreement.form, step=agreement.step, total=agreement.total)
    _tell_parties(door, agreement, _("An agreement has been opened"))


def make_move(*, agreement: Agreement, move: str, by: Actor, stamp: Stamp | None = None) -> Agreement:
    """One of the moves of the manual's sequence that need no input; raises the door's refusals."""
    if move not in dict(moves(agreement.form)):
        raise NotNow()
    with pass_door(agreement, move, by=by, stamp=stamp) as door:
        door.payload.update({"from": door.root.step, "cycle": door.root.cycle})
        door.root.step_since = clock.today()
        if move == "end_funding":
            _void_remaining(door)
        _tell_parties(door, door.root, _("The agreement has gone on to its next step"))
    return door.root


def _void_remaining(door: Passage) -> None:
    from agreements.actions.instalments import void_remaining

    void_remaining(door.root, door.by)


def enter_into_force(*, agreement: Agreement, by: Actor) -> Agreement:
    """Follows the last signature, in its transaction (use `together`); opens the account."""
    from agreements.actions.account import open_account

    with pass_door(agreement, "enter_into_force", by=by) as door:
        door.root.signed_at = clock.now()
        open_account(door.root)
        _tell_parties(door, door.root, _("All parties have signed; the agreement is in force"))
    return door.root


def end_agreement(*, agreement: Agreement, move: str, reason: str, by: Actor, stamp: Stamp | None = None) -> Agreement:
    """`move` is "cancel" (before signing) or "terminate" (after), with the reason."""
    if move not in ("cancel", "terminate"):
        raise NotNow()
    with pass_door(agreement, move, by=by, stamp=stamp) as door:
        door.root.ended_at, door.root.end_reason = clock.now(), reason
        door.payload.update(reason=reason, step=door.root.step)
        _tell_parties(door, door.root, _("The agreement has been ended"))
    return door.root


def _close(decision: Decision, by: Actor) -> None:
    with pass_door(decision.agreement, "close", by=by) as door:
        door.root.closed_at = clock.now()
        door.payload.update(decision=decision.pk)
        _tell_parties(door, door.root, _("The agreement has been closed"))


register_outcome(DecisionKind.CLOSE_AGREEMENT, _close)


def _tell_parties(door: Passage, agreement: Agreement, news: Any) -> None:
    organisations = [party.organisation_id for party in agreement.party_list]
    users = people_in_roles(organisations, Role.OFFICER, Role.REPRESENTATIVE, Role.STAFF)
    tell(door, users, kind="agreement.news", about=agreement, news=news)
