"""Where a proposal is, from draft to the result, in its own organisation's eyes; and the applicant's home."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.appeals import file_appeal
from agreements.actions.call_endings import cancel_call
from agreements.actions.calls import begin_selection
from agreements.actions.paper import enter_paper_proposal
from agreements.actions.result_letters import issue_result_letters
from agreements.actions.submission import submit_proposal, withdraw_proposal
from agreements.enums import CallState, DecisionKind, Procedure, ProposalState
from agreements.models import Call, CallArea, CureRequest, Proposal, ResultLetter
from agreements.queries.own_proposals import as_rows, fitting_calls, own_proposals, with_next
from agreements.queries.proposal_next import next_step
from agreements.queries.proposal_steps import Step
from agreements.queries.proposal_timeline import timeline
from core import clock
from core.audit import history_of
from core.ui import show_day, show_moment
from core.workflow import set_first_state
from core.working_days import term_ends
from partnerships.models import FieldOfWork
from tests.agreements.test_results import DISMISSED, UPHELD, answered, decided
from tests.cast import Cast
from tests.factories import CallFactory, MissionFactory
from tests.world import World, evidence

pytestmark = pytest.mark.django_db
HOME = "agreements:own_proposals"


def states(proposal: Proposal) -> dict[str, str]:
    fresh = Proposal.objects.select_related("call").get(pk=proposal.pk)
    return {step.code: step.state for step in timeline(fresh)}


def coming(proposal: Proposal) -> str | None:
    step = next_step(*with_next(own_proposals(proposal.organisation_id).filter(pk=proposal.pk)))
    return step and step.code


def client_of(cast: Cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def test_a_contract_from_draft_to_selected_and_not_selected(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    decision_by = (call.closes_at + timedelta(days=40)).date()
    Call.objects.filter(pk=call.pk).update(decision_by=decision_by)
    ours = world.draft_proposal(call)
    assert states(ours) == {
        "begun": "done", "submit": "now", "screening": "later", "presentation": "later", "judging": "later",
        "result": "later",
    }  # fmt: skip
    assert coming(ours) == "submit"
    submit_proposal(proposal=ours, by=cast.partner_rep.actor)
    theirs = world.submitted_proposal(call, by="rival")
    withdraw_proposal(proposal=theirs, by=cast.rival_rep.actor)
    assert (states(theirs)["withdrawn"], states(theirs)["submit"]) == ("done", "now")
    submit_proposal(proposal=world.again(theirs), by=cast.rival_rep.actor)
    assert (states(ours)["submitted"], states(ours)["screening"], coming(ours)) == ("done", "later", "screening")
    shown = client_of(cast, "partner_staff").get(reverse("agreements:proposal_detail", args=[ours.reference]))
    assert show_day(decision_by) in shown.content.decode()

    world.closed_call(call)
    assert (states(ours)["screening"], coming(ours)) == ("now", "judging")
    for proposal in (ours, theirs):
        world.screen(proposal)
    assert (states(ours)["screening"], states(ours)["presentation"]) == ("done", "done")
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=cast.officer.actor)
    assert (states(ours)["judging"], coming(ours)) == ("now", "result")
    for proposal in (ours, theirs):
        world.score(proposal)
    outcomes = {ours.pk: ("selected", "คะแนนสูงสุด"), theirs.pk: ("not_selected", "คะแนนรวมต่ำกว่า")}
    world.resolve(world.again(call), outcomes)
    assert states(theirs)["result"] == "later"  # resolved is not decided: nobody is told before
    world.decide(DecisionKind.SELECT_PROPOSALS, world.again(call))
    assert (states(ours)["result"], states(ours)["agreement"], coming(ours)) == ("done", "now", None)
    Call.objects.filter(pk=call.pk).update(decided_at=clock.real_now() - timedelta(days=14))
    assert (states(theirs)["result"], states(theirs)["appeal"]) == ("done", "later")
    page = client_of(cast, "rival_staff").get(reverse("agreements:proposal_detail", args=[theirs.reference]))
    (appeal,) = [step for step in page.context["timeline"] if step.code == "appeal"]
    assert f" {call.appeal_days} " in appeal.when  # so many days: which is the last one, is not known before the letter
    issue_result_letters(call=world.again(call), by=cast.officer.actor)
    assert states(theirs)["appeal"] == "now"
    assert (coming(theirs), coming(ours)) == ("appeal", None)
    assert show_day(term_ends(clock.today(), call.appeal_days)) in listed(cast, "rival_staff")

    page = client_of(cast, "rival_staff").get(reverse("agreements:proposal_detail", args=[theirs.reference]))
    text = page.content.decode()
    assert "คะแนนรวมต่ำกว่า" in text
    assert show_day(term_ends(clock.today(), call.appeal_days)) in text
    for secret in (cast.reviewer.user.full_name_th, cast.organisations["partner"].name_th, "คะแนนสูงสุด"):
        assert secret not in " ".join(f"{step.label} {step.note}" for step in page.context["timeline"])
    officer = client_of(cast, "officer").get(reverse("agreements:proposal_detail", args=[theirs.reference]))
    assert "timeline" not in officer.context
    ResultLetter._base_manager.filter(appeal_until__isnull=False).update(
        appeal_until=clock.real_now() - timedelta(days=1)
    )
    assert states(theirs)["appeal"] == "stopped"
    assert coming(theirs) is None


def test_after_an_appeal_that_was_won_both_results_stay_with_their_dates(cast: Cast) -> None:
    world = World(cast)
    call, winner, loser = decided(world)
    with clock.acting_on(clock.today() - timedelta(days=3)):
        issue_result_letters(call=call, by=cast.officer.actor)
    appeal = file_appeal(proposal=world.again(loser), grounds="รวมคะแนนผิด", by=cast.rival_rep.actor)
    reason = world.again(loser).result_reason
    answered(world, appeal, remedy="select", **UPHELD)
    first, second = loser.result_letters.order_by("issued_at")

    steps = timeline(Proposal.objects.select_related("call").get(pk=loser.pk))
    told = {step.code: step for step in steps}
    assert [step.code for step in steps][-4:] == ["result", "appeal", "result_changed", "agreement"]
    assert (told["result"].when, told["result"].note) == (show_moment(first.issued_at), reason)
    assert str(ProposalState.NOT_SELECTED.label) in told["result"].label
    assert told["result_changed"].when == show_moment(second.issued_at) != told["result"].when
    assert str(ProposalState.SELECTED.label) in told["result_changed"].label
    assert "result_changed" not in states(winner)


def test_after_an_appeal_that_was_dismissed_the_first_result_keeps_its_date(cast: Cast) -> None:
    world = World(cast)
    call, _winner, loser = decided(world)
    with clock.acting_on(clock.today() - timedelta(days=3)):
        issue_result_letters(call=call, by=cast.officer.actor)
    appeal = file_appeal(proposal=world.again(loser), grounds="รวมคะแนนผิด", by=cast.rival_rep.actor)
    answered(world, appeal, **DISMISSED)
    steps = {step.code: step for step in timeline(Proposal.objects.select_related("call").get(pk=loser.pk))}
    assert steps["result"].when == show_moment(loser.result_letters.earliest("issued_at").issued_at)
    assert (steps["appeal"].state, "result_changed" in steps) == ("done", False)


def test_ways_that_end_early(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    late = world.draft_proposal(call, by="partner_staff")
    unfit = world.submitted_proposal(call, by="rival")
    world.pass_deadline(call)
    assert states(late) == {"begun": "done", "submit": "stopped"}
    assert show_moment(world.again(call).closes_at) in timeline(world.again(late))[1].when
    world.closed_call(call)
    world.screen(unfit, met=False)
    assert states(unfit) == {"begun": "done", "submitted": "done", "screening": "done", "result": "later"}
    cancel_call(call=world.again(call), reason="งบประมาณถูกปรับลด", by=cast.executive.actor)
    for proposal in (late, unfit):
        assert states(proposal)["called_off"] == "stopped"
        assert coming(proposal) == "called_off"
        assert timeline(world.again(proposal))[-1].note == "งบประมาณถูกปรับลด"


def test_asked_to_complete_shows_what_and_until_when(cast: Cast) -> None:
    world = World(cast)
    proposal = world.submitted_proposal(world.published_call())
    due = clock.real_now() + timedelta(days=5)
    CureRequest.objects.create(proposal=proposal, gaps="ขาดลายมือชื่อ", due_at=due, asked_by=cast.officer.user)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_proposal SET state = 'curing' WHERE id = %s", [proposal.pk])
    step = next(step for step in timeline(world.again(proposal)) if step.code == "cure")
    assert (step.state, step.when, step.note) == ("now", show_moment(due), "ขาดลายมือชื่อ")
    assert coming(proposal) == "cure"


def stored_calls(cast: Cast, number: int) -> list[Call]:
    found = []
    for _n in range(number):
        mission = MissionFactory(agency=cast.organisations["agency"], officer=cast.officer.user)
        call = CallFactory.build(mission=mission, agency=mission.agency, officer=cast.officer.user, form="pbc")
        set_first_state(call, state="published")
        call.published_at = clock.real_now()
        call.save()
        found.append(call)
    return found


def test_the_home_shows_ones_own_alone_and_costs_the_same_at_1_and_30(cast: Cast) -> None:
    client, counts = client_of(cast, "partner_staff"), []
    for more in (1, 29):
        for number, call in enumerate(stored_calls(cast, more)):
            for owner in ("partner", "rival"):
                Proposal.objects.create(
                    reference=f"PROP-{owner}-{more}-{number}",
                    call=call,
                    organisation=cast.organisations[owner],
                    title=f"โครงการของ {owner}",
                    created_by=cast.partner_staff.user,
                )
        stored_calls(cast, more)  # open calls to propose on
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse(HOME))
        counts.append(len(asked))
    assert counts[0] == counts[1]
    text = page.content.decode()
    assert "โครงการของ partner" in text
    assert "โครงการของ rival" not in text
    assert len(page.context["rows"]) == 25
    assert len(page.context["fitting"]) == 5
    for name in ("officer", "opdc", "stranger", "reviewer"):
        assert client_of(cast, name).get(reverse(HOME)).status_code == 403
    assert Client().get(reverse(HOME)).status_code == 302


def test_calls_that_fit_by_the_profile(cast: Cast) -> None:
    partner = cast.organisations["partner"]  # in province 55
    field = FieldOfWork.objects.create(code="ours", name_th="ของเรา", name_en="Ours")
    other = FieldOfWork.objects.create(code="others", name_th="ของอื่น", name_en="Others")
    partner.fields_of_work.add(field)
    in_field, in_other, anywhere, far, proposed = stored_calls(cast, 5)
    in_field.fields_of_work.add(field)
    in_other.fields_of_work.add(other)
    CallArea.objects.create(call=far, province_code="10")
    Proposal.objects.create(
        reference="PROP-1", call=proposed, organisation=partner, title="มีแล้ว", created_by=cast.partner_staff.user
    )
    assert {call.pk for call in fitting_calls(partner)} == {in_field.pk, anywhere.pk}
    partner.service_areas.create(province_code="10")
    assert {call.pk for call in fitting_calls(partner)} == {in_field.pk, anywhere.pk, far.pk}


def test_a_direct_invitation_stands_on_the_applicants_home(cast: Cast) -> None:
    call, _open = stored_calls(cast, 2)
    Call.objects.filter(pk=call.pk).update(procedure=Procedure.DIRECT, procedure_reason="มีผู้จัดบริการได้รายเดียว")
    call.invitations.create(organisation=cast.organisations["partner"])
    page = client_of(cast, "partner_staff").get(reverse(HOME))
    assert [row["call"].pk for row in page.context["inviting"]] == [call.pk]
    assert "ประกาศที่เชิญองค์กรของท่าน" in page.content.decode()
    assert not client_of(cast, "rival_rep").get(reverse(HOME)).context["inviting"]
    Proposal.objects.create(
        reference="PROP-1",
        call=call,
        organisation=cast.organisations["partner"],
        title="เริ่มแล้ว",
        created_by=cast.partner_staff.user,
    )
    assert not client_of(cast, "partner_staff").get(reverse(HOME)).context["inviting"]


# --- withdrawn, on paper, and plans whose day has passed --------------------------------------------------------------


def steps_of(proposal: Proposal) -> dict[str, Step]:
    fresh = Proposal.objects.select_related("call").get(pk=proposal.pk)
    return {step.code: step for step in timeline(fresh)}


def listed(cast: Cast, name: str = "partner_staff") -> str:
    """What the applicant's home says in the row of its proposal."""
    (row,) = client_of(cast, name).get(reverse(HOME)).context["rows"]
    return f"{row.next.label} {row.next.when}" if row.next else ""


def test_a_withdrawal_has_its_own_moment_and_the_submission_before_it_stays(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    ours = world.submitted_proposal(call)
    submitted_at = world.again(ours).submitted_at
    withdraw_proposal(proposal=world.again(ours), by=cast.partner_rep.actor)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.real_now() + timedelta(days=9))
    withdrawn_at = history_of(ours).get(kind="proposal.withdraw").recorded_at
    told = steps_of(ours)
    assert list(told)[:4] == ["begun", "submitted", "withdrawn", "submit"]
    assert (told["submitted"].state, told["submitted"].when) == ("done", show_moment(submitted_at))
    assert (told["withdrawn"].state, told["withdrawn"].when) == ("done", show_moment(withdrawn_at))
    assert not told["withdrawn"].is_planned
    assert (told["submit"].state, told["submit"].when) == ("now", show_moment(world.again(call).closes_at))
    assert "ถอนข้อเสนอแล้ว" in listed(cast)
    world.pass_deadline(call)
    told = steps_of(ours)
    assert list(told) == ["begun", "submitted", "withdrawn"]
    assert (told["withdrawn"].state, told["withdrawn"].when) == ("stopped", show_moment(withdrawn_at))
    assert listed(cast).strip() == "ถอนข้อเสนอแล้ว"


def test_a_paper_that_came_in_time_is_not_called_unsubmitted_while_the_agency_enters_it(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    paper = enter_paper_proposal(
        call=world.again(call),
        organisation=cast.organisations["partner"],
        title="บริการเด็กบนดอย",
        received_at=clock.real_now(),
        scan=evidence("ข้อเสนอ.png"),
        by=cast.officer.actor,
    )
    for pass_on in (lambda: None, lambda: world.pass_deadline(call), lambda: world.closed_call(world.again(call))):
        pass_on()
        told = steps_of(paper)
        assert list(told)[:3] == ["received", "paper", "screening"]
        assert (told["paper"].state, told["result"].state) == ("now", "later")
        assert coming(paper) == "paper"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agreements_call SET state = 'selection' WHERE id = %s", [call.pk])
    assert steps_of(paper)["paper"].state == next_step(world.again(paper)).state == "stopped"


def test_in_grace_the_last_moment_is_told_and_not_the_deadline_that_has_passed(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    draft = world.draft_proposal(call)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.real_now() - timedelta(minutes=1), grace_minutes=10)
    until = show_moment(world.again(call).accepts_until)
    assert steps_of(draft)["submit"].when == next_step(world.again(draft)).when == until


def test_a_plan_whose_day_has_passed_says_so(cast: Cast) -> None:
    world = World(cast)
    call = world.published_call()
    ours = world.submitted_proposal(call)
    world.closed_call(call)
    today = clock.today()
    ahead, gone = today + timedelta(days=3), today - timedelta(days=3)
    Call.objects.filter(pk=call.pk).update(screening_by=today, presentation_on=ahead, decision_by=ahead)
    told = steps_of(ours)
    assert all(told[code].is_planned for code in ("screening", "result"))
    assert not any("เลย" in step.when for step in told.values())
    Call.objects.filter(pk=call.pk).update(screening_by=gone, presentation_on=gone, decision_by=gone)
    told = steps_of(ours)
    for code in ("screening", "result"):
        assert told[code].when == f"เลยกำหนดตามแผน ({show_day(gone)})"
        assert not told[code].is_planned
    assert told["presentation"].when == f"เลยวันเริ่มตามแผน ({show_day(gone)})"
    assert show_day(gone) in listed(cast) and "เลย" in listed(cast)


@pytest.mark.parametrize("call_state", [state.value for state in CallState])
@pytest.mark.parametrize("state", [state.value for state in ProposalState])
def test_a_row_of_the_applicants_home_says_what_comes_next_without_a_query(
    cast: Cast, state: str, call_state: str
) -> None:
    now, organisation = clock.now(), cast.organisations["partner"]
    call = CallFactory.build(
        mission=MissionFactory(agency=cast.organisations["agency"]),
        officer=cast.officer.user,
        published_at=now,
        closed_at=now,
        decided_at=now,
        ended_at=now,
        cancel_reason="งบประมาณถูกตัด",
    )
    set_first_state(call, state=call_state)
    call.save()
    proposal = Proposal(
        reference="PROP-1",
        call=call,
        organisation=organisation,
        title="ข้อเสนอ",
        created_by=cast.partner_staff.user,
        submitted_at=now,
        reserve_place=1 if state == "reserve" else None,
    )
    set_first_state(proposal, state=state)
    proposal.save()
    found = with_next(own_proposals(organisation.pk))
    with CaptureQueriesContext(connection) as asked:
        rows = as_rows(found)
    assert len(asked) == 0 and len(rows) == int(state != "discarded")
