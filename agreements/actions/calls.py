"""Writing, publishing and closing a call (§3.1 step 1, §3.2 steps 1-2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from agreements.actions.call_parts import criteria_rows, store_criteria, store_documents
from agreements.actions.call_templates import template_for
from agreements.actions.decisions import lapse_addendum, propose_decision, register_outcome
from agreements.actions.drawing import draw_at_selection
from agreements.call_hooks import PUBLISHED, announce
from agreements.enums import HOLDS_NOTHING_UP, RECEIVED_PROPOSALS, CallState, DecisionKind, DecisionState, Procedure
from agreements.judges import JUDGES
from agreements.models import Call, CallArea, CallInvitation, CallTemplate, Decision, ReviewAssignment
from agreements.permissions.calls import call_officer, may_open_call
from core import clock
from core.counters import next_number
from core.settings_catalogue import value_of
from core.thai import fiscal_year
from core.workflow import Passage, Rule, Stamp, birth, pass_door, together
from partnerships.actions.notices import people_in_roles, tell
from partnerships.actions.references import next_reference
from partnerships.actors import Actor
from partnerships.enums import Form, Role
from partnerships.models import Membership, Mission, Organisation

CALL_FIELDS = (
    "procedure", "procedure_reason", "title", "background", "scope", "objectives", "target_group", "area",
    "duration_months", "budget_ceiling", "allocation_method", "instalment_count", "unit", "unit_cost_ceiling",
    "allocation", "evaluation_plan", "contact_phone", "publish_on", "questions_until", "closes_at", "grace_minutes",
    "screening_by", "presentation_on", "decision_by", "appeal_days", "cure_days", "is_blind",
    "reviewers_per_proposal", "presentation_weight",
)  # fmt: skip
USUAL_INSTALMENTS = {Form.GRANT: 1, Form.PBC: 2}  # of a PBC contract two, with one mid-term evaluation (§3.2)


def is_free_draft(call: Call) -> bool:
    """A draft that nobody is considering just now: what is approved must be what was proposed."""
    return call.state == CallState.DRAFT and not is_under_consideration(call)


def is_under_consideration(call: Call) -> bool:
    """Whether its publication, its selection or what follows is: an addendum holds up nothing but the call's end."""
    pending = call.decisions.filter(state=DecisionState.PENDING)
    return pending.exclude(kind__in=HOLDS_NOTHING_UP).exists()


OPEN_CALL = Rule(
    "open_call",
    _("Write a call for proposals"),
    may_open_call,
    when=lambda mission: mission.form in USUAL_INSTALMENTS,
)
FROZEN = _("The call is under consideration, or published: it cannot be edited now. A published one has addenda.")
EDIT_CALL = Rule("edit", _("Edit the call"), call_officer, when=is_free_draft, not_now=FROZEN)
SET_CRITERIA = Rule("set_criteria", _("Edit the criteria"), call_officer, when=is_free_draft, not_now=FROZEN)
SET_DOCUMENTS = Rule("set_documents", _("Edit the documents wanted"), call_officer, when=is_free_draft, not_now=FROZEN)


def open_call(
    *,
    mission: Mission,
    by: Actor,
    facts: Mapping[str, Any],
    template: CallTemplate | None = None,
    stamp: Stamp | None = None,
) -> Call:
    """A draft call on a mission whose form is Grant or PBC, written from one of the templates of that form.

    template: None takes the form's first one in use. facts: values of CALL_FIELDS (budget_ceiling in baht), and if
    wanted `provinces` (codes), `fields_of_work` and `invited` (organisations, for a direct invitation); what they do
    not say comes from the mission, and where that is silent, from the template.
    Raises NotNow, NotYou, AlreadyDone; ValidationError where the template is of another form or retired.
    """
    with birth(OPEN_CALL, by=by, about=mission, stamp=stamp) as door:
        template = template_for(mission.form, template)
        call = Call(mission=mission, agency=mission.agency, form=mission.form, officer=by.user, template=template)
        call.appeal_days = value_of("calls.appeal_days")
        call.instalment_count = USUAL_INSTALMENTS[mission.form]
        _write(call, {**first_words(mission, template), **facts})
        call.reference = next_reference("CALL")
        call.save()
        here = {"provinces": [area.province_code for area in mission.areas.all()], "fields_of_work": None, **facts}
        here["fields_of_work"] = here["fields_of_work"] or mission.fields_of_work.all()
        _relate(call, here)
        store_criteria(call, template.criteria.values("kind", "title", "description", "weight", "levels"))
        store_documents(call, template.documents.values("title", "description", "is_required"))
        door.root = call
        door.payload.update(form=call.form, procedure=call.procedure, budget_ceiling=call.budget_ceiling)
        door.payload["template"] = template.pk
    return call


def first_words(mission: Mission, template: CallTemplate) -> dict[str, Any]:
    """What a new call says before anybody writes: the mission's own words, where it has none the template's."""
    return {
        "background": mission.problem or template.background,
        "scope": mission.scope or template.scope,
        "objectives": mission.objectives or template.objectives,
        "target_group": mission.target_group or template.target_group,
        "area": mission.area or template.area,
        "duration_months": template.duration_months,
        "allocation": template.allocation,
        "evaluation_plan": template.evaluation_plan,
    }


def edit_call(*, call: Call, by: Actor, facts: Mapping[str, Any], stamp: Stamp | None = None) -> Call:
    """Rewrite a draft, or a part of it. facts: as for `open_call`; what they do not name stays.

    Raises NotNow once it is proposed or published.
    """
    with pass_door(call, EDIT_CALL, by=by, stamp=stamp) as door:
        _write(door.root, facts)
        _relate(door.root, facts)
        door.payload.update(procedure=door.root.procedure, budget_ceiling=door.root.budget_ceiling)
    return door.root


def _write(call: Call, facts: Mapping[str, Any]) -> None:
    for name in CALL_FIELDS:
        if name in facts:
            setattr(call, name, facts[name])
    if call.procedure == Procedure.OPEN:
        call.procedure_reason = ""


def _relate(call: Call, facts: Mapping[str, Any]) -> None:
    """Provinces, fields of work and the invited, where the facts name them."""
    if "provinces" in facts:
        call.areas.all().delete()
        codes = sorted(set(facts["provinces"]))
        CallArea.objects.bulk_create(CallArea(call=call, province_code=code) for code in codes)
    if "fields_of_work" in facts:
        call.fields_of_work.set(facts["fields_of_work"])
    if "invited" in facts or call.procedure == Procedure.OPEN:
        _invite(call, facts.get("invited", ()))


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

    A scoring row may have `levels`: [[5, words], …, [0, words]], all six or none. Raises ValidationError when the
    weights do not total 100, or a rubric has gaps.
    """
    with pass_door(call, SET_CRITERIA, by=by, stamp=stamp) as door:
        rows = criteria_rows(qualifications, scoring)
        door.root.criteria.all().delete()
        store_criteria(door.root, rows)
        door.payload["weights"] = [row["weight"] for row in rows if row["weight"]]
    return door.root


def set_documents(*, call: Call, documents: Iterable[Mapping[str, Any]], by: Actor, stamp: Stamp | None = None) -> Call:
    """Put the documents wanted with each proposal in place of those named before: title, description, is_required."""
    with pass_door(call, SET_DOCUMENTS, by=by, stamp=stamp) as door:
        door.root.documents.all().delete()
        store_documents(door.root, documents)
        door.payload["documents"] = list(door.root.documents.values_list("title", flat=True))
    return door.root


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
        announce(PUBLISHED, door, call)


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


# --- going on -------------------------------------------------------------------------------------------------------


def close_submissions(*, call: Call, by: Actor, stamp: Stamp | None = None) -> Call:
    """After the deadline: no more proposals, screening begins. Raises Missing before the deadline.

    Only now it is known which judges belong to an applicant: their invitation ends, they are told so, and the committee
    is to be recorded anew before the selection begins. An addendum that nobody decided before the deadline lapses: it
    could only change an open call.
    """
    with together():
        with pass_door(call, "close_submissions", by=by, stamp=stamp) as door:
            door.root.closed_at = clock.now()
            received = door.root.proposals.filter(state__in=RECEIVED_PROPOSALS)
            door.payload["proposals"] = received.count()
            members = Membership.objects.current(clock.today()).filter(organisation__in=received.values("organisation"))
            judging = door.root.capacities.current().filter(kind__in=JUDGES, user__in=members.values("user"))
            door.payload["shut_out"] = sorted(judging.values_list("user_id", flat=True))
            judging.update(ends_on=clock.today() - timedelta(days=1))
            tell(door, door.payload["shut_out"], kind="call.judge_shut_out")
        return lapse_addendum(call=door.root, by=by)


def begin_selection(*, call: Call, by: Actor, stamp: Stamp | None = None) -> Call:
    """Everything is screened, the eligible have presented (PBC), reviewers have declared: scoring begins.

    What nobody has assigned by hand is assigned by the balanced draw.
    """
    with pass_door(call, "begin_selection", by=by, stamp=stamp) as door:
        draw_at_selection(door)
        assigned = ReviewAssignment.objects.of_call(door.root.pk).values_list("reviewer_id", flat=True)
        tell(door, sorted(set(assigned)), kind="call.score", about=call)
    return door.root
