"""Writing, publishing and closing a call (§3.1 step 1, §3.2 steps 1-2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from agreements.actions.decisions import propose_decision, register_outcome
from agreements.actions.drawing import draw_at_selection
from agreements.enums import RECEIVED_PROPOSALS, CallState, CriterionKind, DecisionKind, DecisionState, Procedure
from agreements.models import Call, CallCriterion, CallInvitation, Decision, ReviewAssignment
from agreements.permissions import call_officer, may_open_call
from agreements.starting_criteria import STARTING_CRITERIA
from core import clock
from core.counters import next_number
from core.thai import fiscal_year
from core.workflow import NotNow, Passage, Rule, Stamp, birth, pass_door
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.enums import Role
from partnerships.models import Mission, Organisation

CALL_FIELDS = (
    "procedure", "procedure_reason", "title", "background", "scope", "objectives", "target_group", "area",
    "duration_months", "budget_ceiling", "allocation", "evaluation_plan", "contact_phone", "closes_at",
)  # fmt: skip


def is_free_draft(call: Call) -> bool:
    """A draft that nobody is considering just now: what is approved must be what was proposed."""
    return call.state == CallState.DRAFT and not is_under_consideration(call)


def is_under_consideration(call: Call) -> bool:
    return call.decisions.filter(state=DecisionState.PENDING).exists()


OPEN_CALL = Rule(
    "open_call",
    _("Write a call for proposals"),
    may_open_call,
    when=lambda mission: mission.form in STARTING_CRITERIA,
)
EDIT_CALL = Rule("edit", _("Edit the call"), call_officer, when=is_free_draft)
SET_CRITERIA = Rule("set_criteria", _("Edit the criteria"), call_officer, when=is_free_draft)


def open_call(*, mission: Mission, by: Actor, facts: Mapping[str, Any], stamp: Stamp | None = None) -> Call:
    """A draft call on a mission whose form is Grant or PBC, with the manual's starting criteria.

    facts: values of CALL_FIELDS (budget_ceiling in baht) and `invited` (organisations, for a direct invitation).
    Raises NotNow, NotYou, AlreadyDone.
    """
    with birth(OPEN_CALL, by=by, about=mission, stamp=stamp) as door:
        call = Call(mission=mission, agency=mission.agency, form=mission.form, officer=by.user)
        _write(call, facts)
        call.reference = next_reference("CALL")
        call.save()
        _invite(call, facts.get("invited", ()))
        _store_criteria(call, [vars(criterion) for criterion in STARTING_CRITERIA[call.form]])
        door.root = call
        door.payload.update(form=call.form, procedure=call.procedure, budget_ceiling=call.budget_ceiling)
    return call


def edit_call(*, call: Call, by: Actor, facts: Mapping[str, Any], stamp: Stamp | None = None) -> Call:
    """Rewrite a draft. facts: as for `open_call`. Raises NotNow once it is proposed or published."""
    with pass_door(call, EDIT_CALL, by=by, stamp=stamp) as door:
        _write(door.root, facts)
        _invite(door.root, facts.get("invited", ()))
        door.payload.update(procedure=door.root.procedure, budget_ceiling=door.root.budget_ceiling)
    return door.root


def _write(call: Call, facts: Mapping[str, Any]) -> None:
    for name in CALL_FIELDS:
        if name in facts:
            setattr(call, name, facts[name])
    if call.procedure == Procedure.OPEN:
        call.procedure_reason = ""


def _invite(call: Call, organisations: Iterable[Organisation]) -> None:
    """The invited of a direct call are those named now; an open call invites nobody."""
    wanted = {organisation.pk for organisation in organisations} if call.procedure == Procedure.DIRECT else set()
    call.invitations.exclude(organisation_id__in=wanted).delete()
    there = set(call.invitations.values_list("organisation_id", flat=True))
    CallInvitation.objects.bulk_create(CallInvitation(call=call, organisation_id=pk) for pk in sorted(wanted - there))


def set_criteria(
    *,
    call: Call,
    qualifications: Iterable[Mapping[str, Any]],
    scoring: Iterable[Mapping[str, Any]],
    by: Actor,
    stamp: Stamp | None = None,
) -> Call:
    """Put a draft's criteria in place of those it has: rows of title, description and (scoring) weight in percent.

    Raises ValidationError when the weights do not total 100.
    """
    with pass_door(call, SET_CRITERIA, by=by, stamp=stamp) as door:
        rows = [{**row, "kind": CriterionKind.ELIGIBILITY, "weight": None} for row in qualifications]
        rows += [{**row, "kind": CriterionKind.SCORING} for row in scoring]
        total = sum(row["weight"] or 0 for row in rows)
        if total != 100:
            raise ValidationError(_("The weights must total 100; now they total %(total)s."), params={"total": total})
        door.root.criteria.all().delete()
        _store_criteria(door.root, rows)
        door.payload["weights"] = [row["weight"] for row in rows if row["weight"]]
    return door.root


def _store_criteria(call: Call, rows: Iterable[Mapping[str, Any]]) -> None:
    CallCriterion.objects.bulk_create(
        CallCriterion(
            call=call,
            ordinal=ordinal,
            kind=row["kind"],
            title=row["title"],
            description=row.get("description", ""),
            weight=row["weight"],
        )
        for ordinal, row in enumerate(rows, start=1)
    )


# --- publishing -----------------------------------------------------------------------------------------------------


def propose_publication(*, call: Call, by: Actor, stamp: Stamp | None = None, comment: str = "") -> Decision:
    """Put the call before those who decide on its publication."""
    return propose_decision(kind=DecisionKind.PUBLISH_CALL, root=call, by=by, stamp=stamp, comment=comment)


def _publish(decision: Decision, by: Actor) -> None:
    """The executive's decision publishes: the call's number is given out and the time is stamped (§3.2 step 1)."""
    with pass_door(decision.call, "publish", by=by) as door:
        call = door.root
        call.published_at = clock.now()
        call.number = _next_call_number(call)
        door.payload.update(decision=decision.pk, number=call.number, closes_at=call.closes_at)
        _tell_invited(door, call)


def _next_call_number(call: Call) -> str:
    """The agency's next number of the fiscal year, such as "ดย. 3/2570"."""
    year = fiscal_year(clock.today())
    number = next_number(issuer=str(call.agency_id), kind="call", fiscal_year=year)
    return f"{call.agency.short_name} {number}/{year}".strip()[:40]


def _tell_invited(door: Passage, call: Call) -> None:
    invited = list(call.invitations.values_list("organisation_id", flat=True))
    tell(
        door,
        people_in_roles(invited, Role.REPRESENTATIVE, Role.STAFF),
        kind="call.invited",
        about=call,
    )


register_outcome(DecisionKind.PUBLISH_CALL, _publish)


# --- going on, and ending -------------------------------------------------------------------------------------------


def close_submissions(*, call: Call, by: Actor, stamp: Stamp | None = None) -> Call:
    """After the deadline: no more proposals, screening begins. Raises Missing before the deadline."""
    with pass_door(call, "close_submissions", by=by, stamp=stamp) as door:
        door.root.closed_at = clock.now()
        door.payload["proposals"] = door.root.proposals.filter(state__in=RECEIVED_PROPOSALS).count()
    return door.root


def begin_selection(*, call: Call, by: Actor, stamp: Stamp | None = None) -> Call:
    """Everything is screened, the eligible have presented (PBC), reviewers have declared: scoring begins.

    What nobody has assigned by hand is assigned by the balanced draw.
    """
    with pass_door(call, "begin_selection", by=by, stamp=stamp) as door:
        draw_at_selection(door)
        assigned = ReviewAssignment.objects.of_call(door.root.pk).values_list("reviewer_id", flat=True)
        tell(door, sorted(set(assigned)), kind="call.score", about=call)
    return door.root


def cancel_call(*, call: Call, reason: str, by: Actor, stamp: Stamp | None = None) -> Call:
    """End a call that is not decided, with the reason; its proposers are told.

    Raises NotNow while a matter of this call is before its deciders: they return it first.
    """
    with pass_door(call, "cancel", by=by, stamp=stamp) as door:
        if is_under_consideration(door.root):
            raise NotNow(_("A matter of this call is under consideration. Return it first, then cancel the call."))
        door.root.cancel_reason = reason
        door.payload["reason"] = reason
        proposers = list(door.root.proposals.values_list("organisation_id", flat=True))
        tell(
            door,
            people_in_roles(proposers, Role.REPRESENTATIVE, Role.STAFF),
            kind="call.cancelled",
            about=call,
            reason=reason,
        )
    return door.root
