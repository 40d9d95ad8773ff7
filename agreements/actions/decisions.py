"""A giver's decisions (publish, select, sign, pay, close) rest on an endorsement chain kept as records.

Proposed by the officer, endorsed or returned by each position on the way, decided by the last one. A chain of two
(officer, executive) is the default; an organisation's own chain comes from its EndorsementPosition rows and is copied
into the decision when it is proposed: later changes of the chain do not touch it. Deputies are looked up when they act.
When the last position decides, the outcome runs in the same transaction, by the decision's own authority.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.enums import (
    MISSION_KINDS,
    AppealState,
    CallState,
    DecisionAct,
    DecisionKind,
    DecisionState,
    InstalmentState,
    Standing,
)
from agreements.lifecycles.call import AWARD_NEEDS, TO_PUBLISH
from agreements.models import Agreement, Appeal, Call, Decision, DecisionStep, Instalment
from agreements.models.agreement import LAST_STEPS
from agreements.permissions.agreements import giver_officer
from agreements.permissions.calls import call_officer
from agreements.permissions.judging import why_judge_runs_not
from agreements.queries.reserve import vacancies_of
from agreements.requirements.agreement import BEFORE_TEXT
from core import clock
from core.counters import next_number
from core.thai import fiscal_year
from core.workflow import Passage, Rule, Stamp, pass_door, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.endorsement import chain_for, has_own_chain, snapshot_of
from partnerships.endorsement_hooks import mission_matter
from partnerships.enums import Role
from partnerships.models import Mission, PositionDeputy


def _closing_needs(agreement: Agreement) -> tuple[str, ...]:
    close = type(agreement).close._django_fsm.get_transition(agreement.standing)
    return (*agreement.requires_to_leave("", close), *close.custom["requires"])


PROPOSE: dict[str, Rule] = {
    DecisionKind.PUBLISH_CALL: Rule(
        "propose_publication",
        _("Propose publication"),
        call_officer,
        when=lambda call: call.state == CallState.DRAFT,
        requires=TO_PUBLISH,
    ),
    DecisionKind.PUBLISH_ADDENDUM: Rule(
        "propose_addendum",
        _("Write an addendum"),
        call_officer,
        when=lambda call: call.state == CallState.PUBLISHED,
        requires=("closes_in_future",),
        unless=why_judge_runs_not,
    ),
    DecisionKind.SELECT_PROPOSALS: Rule(
        "propose_selection",
        _("Propose the selection"),
        call_officer,
        when=lambda call: call.state == CallState.SELECTION,
        requires=AWARD_NEEDS,
        unless=why_judge_runs_not,
    ),
    DecisionKind.PROMOTE_RESERVE: Rule(
        "propose_promotion",
        _("Propose a selection from the reserve list"),
        call_officer,
        when=lambda call: bool(vacancies_of(call)),
        unless=why_judge_runs_not,
    ),
    DecisionKind.ANSWER_APPEAL: Rule(
        "propose_answer",
        _("Propose the answer to the appeal"),
        call_officer,
        when=lambda call: call.state == CallState.DECIDED,
        unless=why_judge_runs_not,
    ),
    DecisionKind.SIGN_AGREEMENT: Rule(
        "propose_text",
        _("Propose the text for signature"),
        giver_officer,
        when=lambda agreement: agreement.standing == Standing.PREPARING and agreement.text_ready_at is None,
        requires=lambda agreement: BEFORE_TEXT[agreement.form],
    ),
    DecisionKind.PAY_INSTALMENT: Rule(
        "propose_payment",
        _("Propose the payment"),
        giver_officer,
        when=lambda agreement: agreement.standing == Standing.IN_FORCE,
    ),
    DecisionKind.CLOSE_AGREEMENT: Rule(
        "propose_closing",
        _("Propose closing the agreement"),
        giver_officer,
        when=lambda agreement: agreement.standing == Standing.IN_FORCE and agreement.step in LAST_STEPS,
        requires=_closing_needs,
    ),
}

_ROOT_FIELD = {Call: "call", Agreement: "agreement", Mission: "mission"}
_outcomes: dict[str, Callable[[Decision, Actor], None]] = {}


def register_outcome(kind: str, outcome: Callable[[Decision, Actor], None]) -> None:
    """Say what the last position's approval sets going; it runs in the deciding transaction, after the decision."""
    _outcomes[kind] = outcome


def propose_decision(
    *,
    kind: str,
    root: Call | Agreement | Mission,
    by: Actor,
    stamp: Stamp | None = None,
    comment: str = "",
    instalment: Instalment | None = None,
    appeal: Appeal | None = None,
    proposal: dict[str, Any] | Callable[[Any], dict[str, Any]] | None = None,
) -> Decision:
    """Put a matter on its way. Raises Missing where something must be there first, NotNow where it is on its way.

    `proposal` (JSON values) is what is proposed, about a mission, or as the answer to an appeal: kept as it is now, and
    exactly it is carried out. As a function it is asked with the locked root, once it is sure that this may be
    proposed: it can store what is proposed.
    """
    with pass_door(root, rule_to_propose(kind, instalment, appeal), by=by, stamp=stamp) as door:
        decision = Decision(
            kind=kind,
            organisation=door.root.agency,
            instalment=instalment,
            appeal=appeal,
            proposal=proposal(door.root) if callable(proposal) else proposal or {},
            number=_next_memo_number(door.root.agency_id),
            positions=positions_of(door.root.agency_id, kind),
            proposed_by=by.user,
            last_by=by.user,
        )
        setattr(decision, _ROOT_FIELD[type(door.root)], door.root)
        _point_to_next(decision)
        decision.save()
        _keep(decision, DecisionAct.PROPOSED, by, comment)
        door.payload.update(decision=decision.pk, kind=kind, instalment=instalment.ordinal if instalment else None)
        if appeal is not None:
            door.payload["appeal"] = appeal.pk
        _tell_next(door, decision)
    return decision


def rule_to_propose(kind: str, instalment: Instalment | None = None, appeal: Appeal | None = None) -> Rule:
    """The rule for proposing a matter now: its own, and not while it is on its way already."""
    rule = mission_matter(kind).propose if kind in MISSION_KINDS else PROPOSE[kind]

    def is_ready(root: Any) -> bool:
        on_its_way = root.decisions.filter(kind=kind, appeal=appeal, state=DecisionState.PENDING).exists()
        return (
            rule.when(root)
            and not on_its_way
            and (kind not in MISSION_KINDS or has_own_chain(root.agency_id, kind))
            and (kind != DecisionKind.PAY_INSTALMENT or _is_checked(root, instalment))
            and (kind != DecisionKind.ANSWER_APPEAL or _waits_for_answer(root, appeal))
        )

    return replace(rule, when=is_ready, not_now=_("This matter is already under consideration, or not ready for it."))


def _is_checked(agreement: Agreement, instalment: Instalment | None) -> bool:
    checked = agreement.instalments.filter(state=InstalmentState.CHECKED)
    return instalment is not None and checked.filter(pk=instalment.pk).exists()


def _waits_for_answer(call: Call, appeal: Appeal | None) -> bool:
    return appeal is not None and call.appeals.filter(pk=appeal.pk, state=AppealState.FILED).exists()


def positions_of(organisation_id: int, kind: str) -> list[dict[str, Any]]:
    """The chain behind the proposer as a decision keeps it: [{"title", "holder_id", "seat_id", "position_id"}].

    Without a chain of its own an organisation has one position, the executive's; its empty title is named in the
    reader's language (`agreements.models.decisions.title_of`).
    """
    return snapshot_of(chain_for(organisation_id, kind)) or [{"title": "", "holder_id": None}]


def _next_memo_number(organisation_id: int) -> str:
    """ "12/2570": the agency's memos on decisions, counted per fiscal year (Buddhist Era)."""
    year = fiscal_year(clock.today())
    return f"{next_number(issuer=f'organisation:{organisation_id}', kind='memo', fiscal_year=year)}/{year}"


def endorse_decision(*, decision: Decision, by: Actor, stamp: Stamp | None = None, comment: str = "") -> Decision:
    """Endorse in one's position; the last one decides, and what was proposed is carried out."""
    last = decision.reached >= len(decision.positions) - 1
    with together():
        with pass_door(decision, "decide" if last else "endorse", by=by, stamp=stamp, root=decision.root) as door:
            current = door.subject
            _keep(current, DecisionAct.DECIDED if last else DecisionAct.ENDORSED, by, comment)
            current.reached += 1
            current.decided_at = clock.now() if last else None
            _point_to_next(current)
            door.payload.update(decision=current.pk, kind=current.kind)
            if not last:
                _tell_next(door, current)
        if last:
            _outcomes[current.kind](current, replace(by, mandate=current))
    return current


def return_decision(*, decision: Decision, by: Actor, stamp: Stamp | None = None, comment: str) -> Decision:
    """Send the matter back to the proposer with a comment; it may be proposed again."""
    with pass_door(decision, "return_decision", by=by, stamp=stamp, root=decision.root) as door:
        current = door.subject
        _keep(current, DecisionAct.RETURNED, by, comment)
        current.next_holder, current.next_seat, current.next_title = None, None, ""
        door.payload.update(decision=current.pk, kind=current.kind)
        if current.mission_id:
            mission_matter(current.kind).returned(door.root, current.proposal, comment)
        tell(
            door,
            [current.proposed_by_id],
            kind="decision.returned",
            comment=comment,
        )
    return current


def lapse_answer(*, appeal: Appeal, by: Actor) -> None:
    """Close the answer that is on its way, where there is one: the appeal was withdrawn, in the same transaction.

    Whoever would have acted next, and who proposed it, is told. Called with the call locked (`actions.appeals`).
    """
    pending = Decision.objects.filter(appeal=appeal, state=DecisionState.PENDING).first()
    if pending is not None:
        _lapse(pending, by, root=appeal.call, notice="decision.lapsed", appeal=appeal.pk)


def lapse_addendum(*, call: Call, by: Actor) -> Call:
    """Close the addendum that is on its way, where there is one: submissions were closed, in the same transaction.

    Who proposed it, and whoever would have acted next, is told. The call as it is then.
    """
    pending = call.decisions.filter(kind=DecisionKind.PUBLISH_ADDENDUM, state=DecisionState.PENDING).first()
    if pending is None:
        return call
    return _lapse(
        pending, by, root=call, notice="decision.addendum_lapsed", event="decision.lapse_addendum", even_self=True
    )


def _lapse(
    pending: Decision, by: Actor, *, root: Any, notice: str, event: str = "", even_self: bool = False, **about: Any
) -> Any:
    with pass_door(pending, "lapse", by=by, root=root, kind=event) as door:
        current = door.subject
        _keep(current, DecisionAct.LAPSED, by, "")
        tell(door, [*people_of_next(current), current.proposed_by_id], kind=notice, even_self=even_self)
        current.next_holder, current.next_seat, current.next_title = None, None, ""
        door.payload.update(decision=current.pk, kind=current.kind, **about)
    return door.root


def _point_to_next(decision: Decision) -> None:
    position = decision.positions[decision.reached] if decision.reached < len(decision.positions) else {}
    decision.next_title = position.get("title", "")
    decision.next_holder_id = position.get("holder_id")
    decision.next_seat_id = position.get("seat_id")


def _keep(decision: Decision, act: str, by: Actor, comment: str) -> None:
    """The step with name, position and capacity as they are now; a deputy's position in the words of the capacity."""
    beside_the_chain = act in (DecisionAct.PROPOSED, DecisionAct.LAPSED)
    position = None if beside_the_chain else decision.next_position
    title, deputy = (position or {}).get("title", ""), None
    if position and position.get("holder_id") not in (None, by.user_id):
        deputy = decision.deputy_of_next(by.user_id)
    decision.last_by = by.user
    DecisionStep.objects.create(
        decision=decision,
        act=act,
        position=deputy.words_for(title) if deputy else title or by.title,
        capacity=deputy.capacity if deputy else "",
        order_number=deputy.order_number if deputy else "",
        by=by.user,
        by_name=by.user.full_name_th,
        comment=comment,
        at=clock.now(),
    )


def _tell_next(door: Passage, decision: Decision) -> None:
    tell(door, people_of_next(decision), kind="decision.waiting", about=decision.root)


def people_of_next(decision: Decision) -> list[int]:
    """Who may act in the position whose turn it is: its holder or the executives, and deputies of today."""
    holder = decision.next_holder_id
    users = [holder] if holder else people_in_roles([decision.organisation_id], Role.EXECUTIVE)
    if decision.next_seat_id:
        deputies = PositionDeputy.objects.current(clock.today()).filter(seat_id=decision.next_seat_id)
        users += deputies.values_list("person_id", flat=True)
    return users
