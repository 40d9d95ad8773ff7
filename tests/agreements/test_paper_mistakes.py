"""Proposals on paper that were entered by mistake are taken out; the selection waits until no paper is left."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.calls import begin_selection
from agreements.actions.paper import (
    FORMER_SCAN,
    PAPER_SCAN,
    confirm_paper,
    continue_online,
    enter_paper_again,
    enter_paper_proposal,
)
from agreements.actions.paper_mistakes import DISCARDED_FILE, discard_paper
from agreements.actions.paper_withdrawal import confirm_withdrawal, record_withdrawal
from agreements.actions.proposal_copy import copy_proposal
from agreements.actions.proposals import attach_file, begin_proposal
from agreements.models import Call, Proposal
from agreements.queries.own_proposals import inviting_calls, own_proposals
from agreements.views.call_page import own_proposal
from core import clock
from core.audit_verify import verify_chain
from core.files import can_read, files_of
from core.models import AuditEvent, OutboxMessage
from core.workflow import Missing, NotNow, NotYou, judge
from tests.agreements.paper_world import ago, call_open_for_two_hours, written
from tests.races import at_once, refusals
from tests.world import PROPOSAL, World, evidence, proposal_rows

pytestmark = pytest.mark.django_db
MISTAKE = "เอกสารเป็นขององค์กรอื่น"


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world):
    return call_open_for_two_hours(world)


def discarded(world: World, proposal: Proposal, by: str = "second_officer", reason: str = MISTAKE) -> Proposal:
    discard_paper(proposal=world.again(proposal), reason=reason, by=world.act(by))
    return world.again(proposal)


def url(page: str, proposal: Proposal) -> str:
    return reverse(f"agreements:{page}", args=[proposal.reference])


def entered_again(world: World, call: Call) -> Proposal:
    """Confirmed, withdrawn by letter, and another paper entered, with other words, money and a file of its own."""
    proposal = written(world, call)
    confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    record_withdrawal(
        proposal=world.again(proposal), reason="ถอน", received_at=ago(10), letter=evidence(), by=world.act("officer")
    )
    confirm_withdrawal(proposal=world.again(proposal), by=world.act("second_officer"))
    enter_paper_again(
        proposal=world.again(proposal), received_at=ago(1), scan=evidence("ฉบับที่สอง.png"), by=world.act("officer")
    )
    rows = {**proposal_rows(), "members": [{"name": "นายคนอื่น (สมมติ)", "duty": "ผู้จัดการ"}]}
    world.write(world.again(proposal), by="officer", rows=rows, objectives="ข้อความขององค์กรอื่น")
    attach_file(proposal=world.again(proposal), upload=evidence("ของคนอื่น.png"), by=world.act("officer"))
    return world.again(proposal)


# --- the selection waits


def test_the_selection_does_not_begin_while_a_paper_waits_for_its_second_person(world, call):
    paper, other = written(world, call), world.submitted_proposal(call, by="rival")
    world.closed_call(call)
    world.screen(other)
    world.name_reviewers(call)
    with pytest.raises(Missing) as refusal:
        begin_selection(call=world.again(call), by=world.act("officer"))
    assert [item.name for item in refusal.value.items] == ["papers_confirmed"]
    confirm_paper(proposal=world.again(paper), by=world.act("second_officer"))
    world.screen(paper)
    world.declare(call, "reviewer")
    begin_selection(call=world.again(call), by=world.act("officer"))
    assert world.again(call).state == "selection"


def test_the_selection_begins_once_the_mistake_is_taken_out(world, call):
    paper, other = written(world, call), world.submitted_proposal(call, by="rival")
    world.closed_call(call)
    world.screen(other)
    world.name_reviewers(call)
    discarded(world, paper)
    begin_selection(call=world.again(call), by=world.act("officer"))
    with pytest.raises(NotNow):
        enter_paper_proposal(
            call=call,
            organisation=world.cast.organisations["partner"],
            title="มาช้า",
            received_at=ago(60),
            scan=evidence(),
            by=world.act("officer"),
        )


def test_the_page_of_the_call_says_that_a_paper_waits(world, call, client):
    paper = written(world, call)
    world.closed_call(call)
    client.force_login(world.cast.officer.user)
    page = client.get(reverse("agreements:call_detail", args=[call.reference]))
    missing = judge(world.again(call), "begin_selection", world.act("officer")).missing
    assert "papers_confirmed" in [item.name for item in missing]
    assert url("proposal_detail", paper) in page.text


# --- taken out


def test_the_place_is_free_again_and_the_entry_stays_with_the_agency_alone(world, call, cast):
    paper = discarded(world, written(world, call))
    assert (paper.state, paper.confirmed_by) == ("discarded", cast.second_officer.user)
    own = begin_proposal(call=world.again(call), title="ของเราเอง", by=world.act("partner_staff"))
    assert own_proposal(call, world.act("partner_staff")) == own
    assert list(own_proposals(cast.organisations["partner"].pk)) == [own]
    scan = files_of(paper, PAPER_SCAN).get()
    readers = {
        name for name in cast.people if Proposal.objects.visible_to(world.act(name)).filter(pk=paper.pk).exists()
    }
    assert {"officer", "second_officer", "executive"} <= readers
    assert not readers & {"partner_rep", "partner_staff", "rival_rep", "opdc", "reviewer", "stranger"}
    assert not any(can_read(scan, world.act(name)) for name in ("partner_rep", "rival_rep", "opdc"))
    told = AuditEvent.objects.get(kind="proposal.discard_paper").facts
    assert (told["reason"], told["sha256"]) == (MISTAKE, [scan.sha256])
    assert verify_chain().ok


def test_the_right_paper_is_entered_in_its_place(world, call):
    wrong = discarded(world, written(world, call))
    right = written(world, call)
    confirm_paper(proposal=right, by=world.act("second_officer"))
    assert world.again(right).state == "submitted"
    assert world.again(wrong).state == "discarded"
    discarded(world, written(world, call, who="rival"))
    discarded(world, written(world, call, who="rival"))
    assert Proposal.objects.filter(state="discarded").count() == 3


def test_who_entered_it_and_the_organisation_are_told_why(world, call, cast):
    discarded(world, written(world, call))
    told = OutboxMessage.objects.get(kind="proposal.paper_discarded")
    assert told.to_user_id == cast.officer.user.pk
    assert MISTAKE in told.body
    news = OutboxMessage.objects.filter(kind="proposal.entered_by_mistake")
    assert set(news.values_list("to_user_id", flat=True)) == {cast.partner_rep.user.pk, cast.partner_staff.user.pk}
    assert all(call.reference in one.body and MISTAKE in one.body for one in news)


def test_a_reason_is_needed_and_who_entered_it_does_not_take_it_out(world, call):
    paper = written(world, call)
    with pytest.raises(ValidationError):
        discarded(world, paper, reason="  ")
    for name in ("officer", "partner_rep", "other_officer", "finance", "opdc"):
        with pytest.raises(NotYou):
            discarded(world, paper, by=name)
    confirm_paper(proposal=world.again(paper), by=world.act("second_officer"))
    with pytest.raises(NotNow):
        discarded(world, paper)


def test_what_was_entered_by_mistake_is_no_earlier_proposal_of_the_organisation(world, call):
    paper = discarded(world, written(world, call))
    second = world.published_call()
    with pytest.raises(NotYou):
        copy_proposal(source=paper, call=second, title="คัดลอก", by=world.act("partner_staff"))


def test_an_invited_organisation_finds_the_call_again(world, cast):
    partner = cast.organisations["partner"]
    call = world.published_call(procedure="direct", procedure_reason="มีรายเดียว", invited=[partner])
    paper = written(world, call, minutes=0)
    assert not inviting_calls(partner.pk)
    discarded(world, paper)
    assert list(inviting_calls(partner.pk)) == [call]


def test_a_second_paper_entered_by_mistake_leaves_what_was_withdrawn_as_it_was(world, call, cast):
    proposal = entered_again(world, call)
    first, second = files_of(proposal, FORMER_SCAN).get(), files_of(proposal, PAPER_SCAN).get()
    kept = discarded(world, proposal)
    assert (kept.state, kept.received_at) == ("withdrawn", kept.submitted_at)
    assert kept.objectives == PROPOSAL["objectives"]
    assert list(kept.team_rows.values_list("name", flat=True)) == [proposal_rows()["members"][0]["name"]]
    assert list(files_of(kept, PAPER_SCAN)) == [first]
    others = list(files_of(kept, DISCARDED_FILE))
    assert {one.name for one in others} == {"ของคนอื่น.png", second.name}
    assert all(can_read(one, world.act("officer")) for one in others)
    assert not any(can_read(one, world.act("partner_rep")) for one in others)
    assert "ข้อความขององค์กรอื่น" not in str(list(kept.revisions.values_list("content", flat=True)))
    continue_online(proposal=kept, by=world.act("partner_staff"))
    assert verify_chain().ok


# --- pages


def test_through_the_pages_a_colleague_takes_it_out(world, call, client):
    paper = written(world, call)
    compare, discard = url("proposal_paper", paper), url("proposal_paper_discard", paper)
    client.force_login(world.cast.officer.user)
    assert client.get(discard).status_code == 403
    client.force_login(world.cast.second_officer.user)
    assert discard in client.get(compare).text
    refused = client.post(discard, {"version": paper.version, "key": "a", "reason": ""})
    assert "reason" in refused.context["form"].errors
    assert client.post(discard, {"version": paper.version, "key": "b", "reason": MISTAKE}).status_code == 302
    page = client.get(url("proposal_detail", paper))
    assert page.status_code == 200
    assert discard not in page.text
    assert client.get(discard).status_code == 302
    client.force_login(world.cast.partner_staff.user)
    assert client.get(url("proposal_detail", paper)).status_code == 404
    begin = reverse("agreements:proposal_create", args=[call.reference])
    assert client.get(begin).status_code == 200


def test_a_part_of_a_name_that_found_one_organisation_is_asked_about_once(world, call, client):
    partner = world.cast.organisations["partner"]
    client.force_login(world.cast.officer.user)
    address = reverse("agreements:paper_create", args=[call.reference])
    received = ago(30).astimezone(clock.BANGKOK)
    data = {
        "version": call.version,
        "key": "p",
        "organisation": partner.name_th[: len(partner.name_th) // 2],
        "title": "โครงการจากกระดาษ",
        "received_on": f"{received.day}/{received.month}/{received.year + 543}",
        "received_time": f"{received:%H:%M}",
    }
    asked = client.post(address, data | {"scan": evidence("ข้อเสนอ.png")})
    assert partner.name_th in str(asked.context["form"].errors["organisation"])
    assert not Proposal.objects.exists()
    again = asked.context["form"]["organisation"].value()
    assert again == partner.name_th
    assert client.post(address, data | {"organisation": again, "scan": evidence("ข้อเสนอ.png")}).status_code == 302
    assert Proposal.objects.get().organisation == partner


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_confirmed_and_taken_out_at_once_is_one_of_them(cast):
    world = World(cast)
    paper = written(world, world.published_call(), minutes=0)
    second, executive = world.act("second_officer"), world.act("executive")
    answers = at_once(
        lambda: confirm_paper(proposal=paper, by=second),
        lambda: discard_paper(proposal=paper, reason=MISTAKE, by=executive),
    )
    assert refusals(answers) == [NotNow]
    assert world.again(paper).state in ("submitted", "discarded")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_paper_that_comes_in_while_the_selection_begins_holds_it_up_or_is_refused(cast):
    world = World(cast)
    call = world.published_call()
    other = world.submitted_proposal(call, by="rival")
    received = clock.real_now()
    call = world.closed_call(call)
    Call.objects.filter(pk=call.pk).update(closes_at=clock.real_now())
    world.screen(other)
    world.name_reviewers(call)
    call, officer, second = world.again(call), world.act("officer"), world.act("second_officer")
    answers = at_once(
        lambda: begin_selection(call=call, by=officer),
        lambda: enter_paper_proposal(
            call=call,
            organisation=cast.organisations["partner"],
            title="พร้อมกัน",
            received_at=received,
            scan=evidence(),
            by=second,
        ),
    )
    assert refusals(answers) in ([NotNow], [Missing])
    waiting = Proposal.objects.filter(state="draft").exists()
    assert (world.again(call).state == "selection") != waiting
