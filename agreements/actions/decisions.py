"""A giver's decisions (publish, select, sign, pay, close) rest on an endorsement chain kept as records.

Proposed by the officer, endorsed or returned by each position on the way, decided by the last one. A chain of two
(officer, executive) is the default; an organisation's own chain comes from its EndorsementPosition rows and is copied
into the decision when it is proposed. When the last position decides, the outcome runs in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.enums import CallState, DecisionAct, DecisionKind, DecisionState, InstalmentState, Standing
from agreements.models import Agreement, Call, Decision, DecisionStep, Instalment
from agreements.models.agreement import LAST_STEPS
from agreements.permissions import call_officer, giver_officer
from agreements.requirements.agreement import BEFORE_TEXT
from core import clock
from core.workflow import Passage, Rule, Stamp, pass_door, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.models import EndorsementPosition


def _closing_needs(agreement: Agreement) -> tuple[str, ...]:
    close = type(agreement).close._django_fsm.get_transition(agreement.standing)
    return (*agreement.requires_to_leave("", close), *close.custom["requires"])


PROPOSE: dict[str, Rule] = {
    DecisionKind.PUBLISH_CALL: Rule(
        "propose_publication",
        _("Propose publication"),
        call_officer,
        when=lambda call: call.state == CallState.DRAFT,
        requires=("call_complete", "criteria_total_100", "closes_in_future"),
    ),
    DecisionKind.SELECT_PROPOSALS: Rule(
        "propose_selection",
        _("Propose the selection"),
        call_officer,
        when=lambda call: call.state == CallState.SELECTION,
        requires=("all_scored", "resolution_complete"),
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

_outcomes: dict[str, Callable[[Decision, Actor], None]] = {}


def register_outcome(kind: str, outcome: Callable[[Decision, Actor], None]) -> None:
    """Say what the last position's approval sets going; it runs in the deciding transaction, after the decision."""
    _outcomes[kind] = outcome


def propose_decision(
    *,
    kind: str,
    root: Call | Agreement,
    by: Actor,
    stamp: Stamp | None = None,
    comment: str = "",
    instalment: Instalment | None = None,
) -> Decision:
    """Put a matter on its way. Raises Missing where something must be there first, NotNow where it is on its way."""
    with pass_door(root, rule_to_propose(kind, instalment), by=by, stamp=stamp) as door:
        decision = Decision(kind=kind, organisation=door.root.agency, instalment=instalment, proposed_by=by.user)
        decision.call = door.root if isinstance(door.root, Call) else None
        decision.agreement = door.root if isinstance(door.root, Agreement) else None
        decision.positions = positions_of(door.root.agency_id)
        _point_to_next(decision)
        decision.save()
        _keep(decision, DecisionAct.PROPOSED, by, "", comment)
        door.payload.update(decision=decision.pk, kind=kind, instalment=instalment.ordinal if instalment else None)
        _tell_next(door, decision)
    return decision


def rule_to_propose(kind: str, instalment: Instalment | None = None) -> Rule:
    """The rule for proposing a matter now: its own, and not while it is on its way already."""
    rule = PROPOSE[kind]

    def is_ready(root: Any) -> bool:
        on_its_way = root.decisions.filter(kind=kind, state=DecisionState.PENDING).exists()
        return (
            rule.when(root)
            and not on_its_way
            and (kind != DecisionKind.PAY_INSTALMENT or _is_checked(root, instalment))
        )

    return replace(rule, when=is_ready, not_now=_("This matter is already under consideration, or not ready for it."))


def _is_checked(agreement: Agreement, instalment: Instalment | None) -> bool:
    checked = agreement.instalments.filter(state=InstalmentState.CHECKED)
    return instalment is not None and checked.filter(pk=instalment.pk).exists()


def positions_of(organisation_id: int) -> list[dict[str, Any]]:
    """The chain behind the proposer as a decision keeps it: [{"title", "holder_id"}].

    Without a chain of its own an organisation has one position, the executive's; its empty title is named in the
    reader's language (`agreements.models.decisions.title_of`).
    """
    rows = EndorsementPosition.objects.filter(organisation_id=organisation_id).order_by("ordinal")
    chain = [{"title": row.title, "holder_id": row.holder_id} for row in rows]
    return chain or [{"title": "", "holder_id": None}]


def endorse_decision(*, decision: Decision, by: Actor, stamp: Stamp | None = None, comment: str = "") -> Decision:
    """Endorse in one's position; the last one decides, and what was proposed is carried out."""
    last = decision.reached >= len(decision.positions) - 1
    with together():
        with pass_door(decision, "decide" if last else "endorse", by=by, stamp=stamp, root=decision.root) as door:
            current = door.subject
            title = (current.next_position or {}).get("title", "")
            _keep(current, DecisionAct.DECIDED if last else DecisionAct.ENDORSED, by, title, comment)
            current.reached += 1
            current.decided_at = clock.now() if last else None
            _point_to_next(current)
            door.payload.update(decision=current.pk, kind=current.kind)
            if not last:
                _tell_next(door, current)
        if last:
            _outcomes[current.kind](current, by)
    return current


def return_decision(*, decision: Decision, by: Actor, stamp: Stamp | None = None, comment: str) -> Decision:
    """Send the matter back to the proposer with a comment; it may be proposed again."""
    with pass_door(decision, "return_decision", by=by, stamp=stamp, root=decision.root) as door:
        current = door.subject
        _keep(current, DecisionAct.RETURNED, by, (current.next_position or {}).get("title", ""), comment)
        current.next_holder, current.next_title = None, ""
        door.payload.update(decision=current.pk, kind=current.kind)
        tell(
            door,
            [current.proposed_by_id],
            kind="decision.returned",
            subject=_("A matter you proposed was returned for revision"),
            body=comment,
        )
    return current


def _point_to_next(decision: Decision) -> None:
    position = decision.positions[decision.reached] if decision.reached < len(decision.positions) else {}
    decision.next_title = position.get("title", "")
    decision.next_holder_id = position.get("holder_id")


def _keep(decision: Decision, act: str, by: Actor, position: str, comment: str) -> None:
    DecisionStep.objects.create(
        decision=decision,
        act=act,
        position=(by.title or position)[:200],
        by=by.user,
        by_name=by.user.full_name_th,
        comment=comment,
        at=clock.now(),
    )


def _tell_next(door: Passage, decision: Decision) -> None:
    holder = decision.next_holder_id
    users = [holder] if holder else people_in_roles([decision.organisation_id], Role.EXECUTIVE)
    tell(
        door,
        users,
        kind="decision.waiting",
        subject=_("A matter is waiting for your consideration"),
        body=str(decision.root),
    )
