"""Where a proposal is, from draft to the result, in its own organisation's eyes; and the applicant's home."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agreements.actions.call_endings import cancel_call
from agreements.actions.calls import begin_selection
from agreements.actions.submission import submit_proposal, withdraw_proposal
from agreements.enums import DecisionKind
from agreements.models import Call, CallArea, CureRequest, Proposal
from agreements.queries.own_proposals import fitting_calls
from agreements.queries.proposal_timeline import next_step, timeline
from core import clock
from core.ui import show_day, show_moment
from core.workflow import set_first_state
from partnerships.models import FieldOfWork
from tests.cast import Cast
from tests.factories import CallFactory, MissionFactory
from tests.world import World

pytestmark = pytest.mark.django_db
HOME = "agreements:own_proposals"


def states(proposal: Proposal) -> dict[str, str]:
    fresh = Proposal.objects.select_related("call").get(pk=proposal.pk)
    return {step.code: step.state for step in timeline(fresh)}


def coming(proposal: Proposal) -> str | None:
    step = next_step(Proposal.objects.select_related("call").get(pk=proposal.pk))
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
    assert states(theirs)["withdrawn"] == "now"
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
    assert (states(theirs)["result"], states(theirs)["appeal"]) == ("done", "now")

    page = client_of(cast, "rival_staff").get(reverse("agreements:proposal_detail", args=[theirs.reference]))
    text = page.content.decode()
    assert "คะแนนรวมต่ำกว่า" in text
    assert show_day(clock.today() + timedelta(days=call.appeal_days)) in text
    for secret in (cast.reviewer.user.full_name_th, cast.organisations["partner"].name_th, "คะแนนสูงสุด"):
        assert secret not in " ".join(f"{step.label} {step.note}" for step in page.context["timeline"])
    officer = client_of(cast, "officer").get(reverse("agreements:proposal_detail", args=[theirs.reference]))
    assert "timeline" not in officer.context
    Call.objects.filter(pk=call.pk).update(decided_at=clock.real_now() - timedelta(days=16))
    assert states(theirs)["appeal"] == "stopped"


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
