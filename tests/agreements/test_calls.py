"""A call: who may write, publish, close and end it, and what each step still lacks (§3.1 steps 1-2, §3.2 steps 1-4)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from agreements.actions.awards import propose_selection
from agreements.actions.call_endings import cancel_call
from agreements.actions.calls import (
    begin_selection,
    close_submissions,
    edit_call,
    open_call,
    propose_publication,
    set_criteria,
)
from agreements.actions.decisions import endorse_decision, return_decision
from agreements.actions.submission import submit_proposal
from agreements.enums import CallState, CriterionKind, Procedure, ProposalState
from agreements.models import Agreement, Call
from agreements.queries.calls import step_of
from core import clock
from core.models import AuditEvent
from core.workflow import AlreadyDone, Missing, NotNow, NotYou, Stale, Stamp
from tests.built_once import built_once
from tests.world import World

pytestmark = pytest.mark.django_db

FACTS = {
    "title": "ประกาศ",
    "budget_ceiling": Decimal("500000.00"),
    "closes_at": clock.real_now() + timedelta(days=10),
}


@pytest.fixture
def world(cast):
    return World(cast)


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def names(error: pytest.ExceptionInfo) -> set[str]:
    return {item.name for item in error.value.items}


# --- writing --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "qualifications", "scored"), [("grant", 0, 5), ("pbc", 5, 5)])
def test_a_new_call_starts_with_the_manuals_criteria(world, form, qualifications, scored):
    call = world.draft_call(form)
    weights = list(call.criteria.filter(kind=CriterionKind.SCORING).values_list("weight", flat=True))
    assert call.criteria.filter(kind=CriterionKind.ELIGIBILITY).count() == qualifications
    assert weights == [20] * scored
    assert (call.state, call.form, call.number) == (CallState.DRAFT, form, "")


def test_a_commissioning_mission_has_no_call(world):
    with pytest.raises(NotNow):
        open_call(mission=world.mission("commissioning"), by=world.act("officer"), facts=FACTS)


@pytest.mark.parametrize(
    "name", ["executive", "finance", "agency_admin", "partner_rep", "other_officer", "opdc", "stranger"]
)
def test_only_the_agencys_officer_writes_a_call(world, name):
    mission = world.mission("pbc")
    with pytest.raises(NotYou):
        open_call(mission=mission, by=world.act(name), facts=FACTS)
    assert not Call.objects.exists()


def test_the_same_form_sent_twice_makes_one_call(world):
    mission, stamp = world.mission("pbc"), Stamp(key="the-same")
    open_call(mission=mission, by=world.act("officer"), facts=FACTS, stamp=stamp)
    with pytest.raises(AlreadyDone):
        open_call(mission=mission, by=world.act("officer"), facts=FACTS, stamp=stamp)
    assert Call.objects.count() == 1


def test_a_page_drawn_before_someone_elses_change_is_refused(world):
    call = world.draft_call()
    old = Stamp.fresh(call)
    edit_call(call=call, by=world.act("second_officer"), facts={"title": "ชื่อใหม่"})
    with pytest.raises(Stale):
        edit_call(call=call, by=world.act("officer"), facts={"title": "ชื่อเก่า"}, stamp=old)
    assert world.again(call).title == "ชื่อใหม่"


def test_only_a_direct_call_keeps_its_reason_and_its_invited(world, cast):
    invited = [cast.organisations["partner"]]
    call = world.draft_call(procedure=Procedure.DIRECT, procedure_reason="มีรายเดียว", invited=invited)
    assert call.admits(cast.organisations["partner"].pk)
    assert not call.admits(cast.organisations["rival"].pk)
    edit_call(call=call, by=world.act("officer"), facts={"procedure": Procedure.OPEN, "invited": invited})
    call = world.again(call)
    assert (call.procedure_reason, call.invitations.count()) == ("", 0)


@pytest.mark.parametrize("weights", [[50, 49], [100, 1], []])
def test_weights_that_do_not_total_100_are_refused_under_the_lock(world, weights):
    call = world.draft_call()
    before = list(call.criteria.values_list("title", "weight"))
    rows = [{"title": f"เกณฑ์ {weight}", "weight": weight} for weight in weights]
    with pytest.raises(ValidationError):
        set_criteria(call=call, qualifications=[], scoring=rows, by=world.act("officer"))
    assert list(call.criteria.values_list("title", "weight")) == before


# --- publishing -----------------------------------------------------------------------------------------------------


def test_an_unfinished_call_cannot_be_proposed_and_is_told_what_is_missing(world):
    call = open_call(mission=world.mission("pbc"), by=world.act("officer"), facts=FACTS)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.real_now() - timedelta(seconds=1))
    call.criteria.filter(kind=CriterionKind.SCORING).first().delete()
    with pytest.raises(Missing) as error:
        propose_publication(call=call, by=world.act("officer"))
    assert names(error) == {"call_complete", "hints_replaced", "criteria_total_100", "closes_in_future"}


def test_a_direct_call_without_invited_is_not_complete(world):
    call = world.draft_call(procedure=Procedure.DIRECT, procedure_reason="มีรายเดียว")
    with pytest.raises(Missing) as error:
        propose_publication(call=call, by=world.act("officer"))
    assert names(error) == {"call_complete"}


def test_what_is_under_consideration_is_not_edited_until_it_is_returned(world):
    call = world.draft_call()
    decision = propose_publication(call=call, by=world.act("officer"))
    with pytest.raises(NotNow):
        edit_call(call=call, by=world.act("officer"), facts={"title": "อื่น"})
    with pytest.raises(NotNow):
        set_criteria(call=call, qualifications=[], scoring=[{"title": "ก", "weight": 100}], by=world.act("officer"))
    with pytest.raises(NotNow):
        cancel_call(call=call, reason="ไม่ทำแล้ว", by=world.act("executive"))
    return_decision(decision=decision, by=world.act("executive"), comment="แก้ขอบเขต")
    edit_call(call=call, by=world.act("officer"), facts={"title": "อื่น"})
    assert world.again(call).title == "อื่น"


def test_the_proposer_cannot_publish(world):
    decision = propose_publication(call=world.draft_call(), by=world.act("officer"))
    with pytest.raises(NotYou):
        endorse_decision(decision=decision, by=world.act("officer"))


def test_the_executives_decision_publishes_with_number_and_time(world):
    first, second = world.published_call(), world.published_call("grant")
    assert first.state == second.state == CallState.PUBLISHED
    assert first.published_at is not None
    assert [call.number.rpartition(" ")[2].split("/")[0] for call in (first, second)] == ["1", "2"]
    assert first.number != second.number
    assert AuditEvent.objects.filter(kind="call.publish", root_id=first.pk).count() == 1


def test_a_decision_after_the_deadline_publishes_nothing(world):
    call = world.draft_call()
    decision = propose_publication(call=call, by=world.act("officer"))
    world.pass_deadline(call)
    with pytest.raises(Missing):
        endorse_decision(decision=decision, by=world.act("executive"))
    decision.refresh_from_db()
    assert (world.again(call).state, decision.state) == (CallState.DRAFT, "pending")


# --- closing and selecting ------------------------------------------------------------------------------------------


def test_submissions_are_not_closed_before_the_deadline(world):
    call = world.published_call()
    with pytest.raises(Missing) as error:
        close_submissions(call=call, by=world.act("officer"))
    assert names(error) == {"deadline_passed"}
    world.pass_deadline(call)
    with pytest.raises(NotYou):
        close_submissions(call=call, by=world.act("executive"))
    close_submissions(call=call, by=world.act("officer"))
    call = world.again(call)
    assert (call.state, call.closed_at is not None) == (CallState.SCREENING, True)


def test_the_selection_waits_for_screening_presentations_and_reviewers(world):
    call = world.published_call()
    proposal = world.submitted_proposal(call)
    other = world.submitted_proposal(call, by="rival")
    world.pass_deadline(call)
    close_submissions(call=call, by=world.act("officer"))
    with pytest.raises(Missing) as error:
        begin_selection(call=call, by=world.act("officer"))
    assert names(error) == {"all_screened", "reviewers_named"}
    world.screen(other, met=False)
    world.screen(proposal)
    proposal.presentation.delete()
    with pytest.raises(Missing) as error:
        begin_selection(call=call, by=world.act("officer"))
    assert names(error) == {"all_presented", "reviewers_named"}


def test_the_award_opens_one_agreement_for_each_selected_proposal_and_tells_the_reasons(world, cast):
    call, partner, rival = judged_call(world, cast)
    world.resolve(call, {partner.pk: ("selected", "คะแนนสูงสุด"), rival.pk: ("reserve", "ลำดับที่สอง")})
    decision = propose_selection(call=world.again(call), by=world.act("officer"))
    assert not Agreement.objects.exists()
    endorse_decision(decision=decision, by=world.act("executive"))
    call, partner, rival = world.again(call), world.again(partner), world.again(rival)
    assert (call.state, call.decided_at is not None) == (CallState.DECIDED, True)
    assert (partner.state, partner.result_reason) == (ProposalState.SELECTED, "คะแนนสูงสุด")
    assert (rival.state, rival.result_reason) == (ProposalState.RESERVE, "ลำดับที่สอง")
    assert Agreement.objects.get().proposal == partner


def test_if_one_agreement_cannot_be_opened_nothing_is_decided(world, cast, monkeypatch):
    call, partner, rival = judged_call(world, cast)
    world.resolve(call, {partner.pk: ("selected", "ก"), rival.pk: ("not_selected", "ข")})
    decision = propose_selection(call=world.again(call), by=world.act("officer"))

    def broken(**_facts):
        raise RuntimeError("no agreement")

    monkeypatch.setattr("agreements.actions.awards.open_agreement_from", broken)
    with pytest.raises(RuntimeError):
        endorse_decision(decision=decision, by=world.act("executive"))
    decision.refresh_from_db()
    assert decision.state == "pending"
    assert world.again(call).state == CallState.SELECTION
    assert world.again(partner).state == ProposalState.ELIGIBLE


@built_once
def judged_call(world, cast, form: str = "pbc"):
    """A call with two scored proposals, ready for the resolution."""
    call = world.published_call(form)
    partner, rival = world.submitted_proposal(call), world.submitted_proposal(call, by="rival")
    world.pass_deadline(call)
    close_submissions(call=call, by=world.act("officer"))
    for proposal in (partner, rival):
        world.screen(proposal)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    world.score(partner, points=5)
    world.score(rival, points=3)
    return world.again(call), world.again(partner), world.again(rival)


def test_cancelling_keeps_the_reason_and_ends_everything(world):
    call = world.published_call()
    proposal = world.draft_proposal(call)
    with pytest.raises(NotYou):
        cancel_call(call=call, reason="งบประมาณถูกตัด", by=world.act("officer"))
    cancel_call(call=call, reason="งบประมาณถูกตัด", by=world.act("executive"))
    call = world.again(call)
    assert (call.state, call.cancel_reason) == (CallState.CANCELLED, "งบประมาณถูกตัด")
    with pytest.raises(NotNow):
        submit_proposal(proposal=proposal, by=world.act("partner_rep"))


@pytest.mark.parametrize(
    ("form", "state", "step"),
    [
        ("grant", "draft", "grant_1_preparation"),
        ("grant", "published", "grant_2_application"),
        ("grant", "selection", "grant_2_application"),
        ("pbc", "draft", "pbc_1_call"),
        ("pbc", "published", "pbc_2_proposal"),
        ("pbc", "screening", "pbc_3_presentation"),
        ("pbc", "selection", "pbc_4_selection"),
    ],
)
def test_the_step_shown_follows_the_calls_state(form, state, step):
    call = Call.from_db(
        None, ["form", "state", "published_at"], [form, state, None if state == "draft" else clock.now()]
    )
    assert step_of(call) == step
