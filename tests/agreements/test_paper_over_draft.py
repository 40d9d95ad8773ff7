"""An organisation that began online and then came on paper: the paper takes the draft's place, the draft stays its own."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.paper import confirm_paper, enter_paper_proposal
from agreements.actions.paper_mistakes import discard_paper
from agreements.actions.proposals import attach_file, save_part
from agreements.actions.submission import submit_proposal, withdraw_proposal
from agreements.documents.receipt import build_receipt
from agreements.models import Call, Proposal
from agreements.queries.own_proposals import as_rows, own_proposals, with_next
from agreements.queries.proposal_timeline import timeline
from core import clock
from core.audit_verify import verify_chain
from core.files import can_read, files_of
from core.models import OutboxMessage
from core.workflow import NotNow, NotYou
from tests.agreements.paper_world import call_open_for_two_hours, entered
from tests.races import at_once, refusals
from tests.world import PROPOSAL, World, evidence, proposal_rows

pytestmark = pytest.mark.django_db
TYPED = "สิ่งที่พิมพ์ไว้ก่อนสัญญาณหาย"


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world):
    return call_open_for_two_hours(world)


@pytest.fixture
def draft(world, call):
    """Written online with a file, not submitted."""
    proposal = world.draft_proposal(call, objectives=TYPED)
    attach_file(proposal=proposal, upload=evidence("แนบ.png"), by=world.act("partner_staff"))
    return world.again(proposal)


def url(page: str, proposal: Proposal) -> str:
    return reverse(f"agreements:{page}", args=[proposal.reference])


def test_the_paper_takes_the_place_of_what_was_never_submitted_online(world, call, draft):
    paper = entered(world, call)
    world.write(paper, by="officer", rows=proposal_rows(), **PROPOSAL)
    version = confirm_paper(proposal=world.again(paper), by=world.act("second_officer"))
    assert (world.again(paper).state, world.again(draft).state) == ("submitted", "set_aside")
    assert TYPED not in version.content
    assert build_receipt(version).channel == "ยื่นเป็นเอกสาร"
    assert list(Proposal.objects.received().filter(call=call)) == [paper]
    assert verify_chain().ok


def test_nothing_that_was_typed_is_lost_and_its_organisation_alone_reads_it(world, call, draft, client):
    entered(world, call)
    kept, file = world.again(draft), files_of(draft).get()
    assert (kept.objectives, kept.budget, kept.revisions.count()) == (TYPED, draft.budget, draft.revisions.count())
    for name, code in {
        "partner_staff": 200,
        "partner_rep": 200,
        "officer": 404,
        "second_officer": 404,
        "opdc": 404,
    }.items():
        client.force_login(world.cast.people[name].user)
        pages = {page: client.get(url(page, draft)) for page in ("proposal_detail", "proposal_revision_list")}
        assert {answer.status_code for answer in pages.values()} == {code}, name
        assert (TYPED in pages["proposal_detail"].text) == (code == 200), name
        assert can_read(file, world.act(name)) == (code == 200), name
    client.force_login(world.cast.partner_staff.user)
    assert client.get(url("proposal_print", draft)).status_code == 200
    assert url("proposal_check", draft) not in client.get(url("proposal_detail", draft)).text


def test_its_people_are_told_and_see_both(world, call, draft, cast, client):
    Call.objects.filter(pk=call.pk).update(contact_phone="02 111 1111")
    paper = entered(world, call)
    told = OutboxMessage.objects.filter(kind="proposal.set_aside")
    assert set(told.values_list("to_user_id", flat=True)) == {cast.partner_rep.user.pk, cast.partner_staff.user.pk}
    assert all(paper.reference in one.body and "02 111 1111" in one.body for one in told)
    rows = as_rows(with_next(own_proposals(cast.organisations["partner"].pk)))
    assert {row.proposal.pk: row.next.code for row in rows} == {draft.pk: "set_aside", paper.pk: "paper"}
    assert [step.code for step in timeline(world.again(draft))] == ["begun", "set_aside"]
    client.force_login(cast.partner_staff.user)
    begin = reverse("agreements:proposal_create", args=[call.reference])
    assert client.get(begin).url == url("proposal_detail", paper)
    assert client.get(reverse("agreements:own_proposals")).status_code == 200


def test_what_is_set_aside_is_neither_written_nor_submitted_and_it_says_why(world, call, draft):
    entered(world, call)
    for attempt in (
        lambda: save_part(proposal=draft, part="work", facts={"objectives": "อื่น"}, by=world.act("partner_staff")),
        lambda: submit_proposal(proposal=world.again(draft), by=world.act("partner_rep")),
        lambda: attach_file(proposal=world.again(draft), upload=evidence(), by=world.act("partner_staff")),
    ):
        with pytest.raises(NotNow) as refusal:
            attempt()
        assert refusal.value.message is not NotNow.message


def test_what_was_submitted_and_withdrawn_gives_way_too_and_keeps_its_version(world, call):
    online = world.submitted_proposal(call)
    with pytest.raises(ValidationError) as refusal:
        entered(world, call)
    assert list(refusal.value.message_dict) == ["organisation"]
    withdraw_proposal(proposal=world.again(online), by=world.act("partner_rep"))
    paper = entered(world, call)
    assert (world.again(online).state, online.versions.count()) == ("set_aside", 1)
    discard_paper(proposal=paper, reason="ผิดองค์กร", by=world.act("second_officer"))
    assert world.again(online).state == "withdrawn"
    submit_proposal(proposal=world.again(online), by=world.act("partner_rep"))
    assert online.versions.count() == 2


def test_a_paper_that_is_refused_leaves_the_draft_as_it_was(world, call, draft):
    for minutes in (-5, 180):
        with pytest.raises(ValidationError):
            entered(world, call, minutes=minutes)
    with pytest.raises(NotYou):
        entered(world, call, by="executive")
    assert world.again(draft).state == "draft"
    assert not OutboxMessage.objects.filter(kind="proposal.set_aside").exists()


def test_after_an_entry_by_mistake_the_draft_goes_on_where_it_was(world, call, draft):
    paper = entered(world, call)
    discard_paper(proposal=paper, reason="ผิดองค์กร", by=world.act("second_officer"))
    kept = world.again(draft)
    assert (kept.state, kept.objectives) == ("draft", TYPED)
    version = submit_proposal(proposal=kept, by=world.act("partner_rep"))
    assert TYPED in version.content
    assert build_receipt(version).channel == "ยื่นออนไลน์"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_submission_in_the_same_second_wins_or_is_told(cast):
    world = World(cast)
    call = world.published_call()
    draft = world.draft_proposal(call)
    representative, officer = world.act("partner_rep"), world.act("officer")
    answers = at_once(
        lambda: submit_proposal(proposal=draft, by=representative),
        lambda: enter_paper_proposal(
            call=call,
            organisation=cast.organisations["partner"],
            title="พร้อมกัน",
            received_at=clock.real_now(),
            scan=evidence(),
            by=officer,
        ),
    )
    state = world.again(draft).state
    assert state in ("submitted", "set_aside")
    assert refusals(answers) == [ValidationError if state == "submitted" else NotNow]
    assert Proposal.objects.in_place().filter(call=call).count() == 1
