"""Proposals on paper: entered by one person of the agency from the scan, confirmed by another, counted as received."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.paper import PAPER_SCAN, confirm_paper
from agreements.actions.paper_returns import return_paper
from agreements.actions.proposals import save_part
from agreements.actions.submission import submit_proposal
from agreements.models import Call, Proposal
from core import clock
from core.files import files_of
from core.models import SecurityEvent
from core.workflow import Missing, NotNow, NotYou
from tests.agreements.paper_world import call_open_for_two_hours, entered, written
from tests.agreements.test_races import at_once, refusals
from tests.journeys.visitor import thai
from tests.world import PROPOSAL, World, evidence, proposal_rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world):
    return call_open_for_two_hours(world)


def test_it_counts_as_of_the_time_stamped_on_it_though_it_was_confirmed_after_the_deadline(world, call):
    proposal = written(world, call)
    world.closed_call(call)
    version = confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    kept = world.again(proposal)
    assert (kept.state, kept.confirmed_by) == ("submitted", world.cast.second_officer.user)
    assert version.submitted_at == kept.received_at == kept.submitted_at
    world.screen(kept)
    assert world.again(kept).state == "eligible"


def test_a_paper_that_came_late_early_or_from_the_future_is_not_taken(world, call):
    for minutes in (180, -60):
        with pytest.raises(ValidationError) as refusal:
            entered(world, call, minutes=minutes)
        assert list(refusal.value.message_dict) == ["received_at"]
    Call.objects.filter(pk=call.pk).update(closes_at=clock.real_now() - timedelta(minutes=90))
    with pytest.raises(ValidationError):
        entered(world, call, minutes=60)
    assert not Proposal.objects.exists()
    assert entered(world, call, minutes=100).pk


def test_an_organisation_has_one_proposal_and_of_an_online_one_the_refusal_does_not_tell(world, call):
    world.submitted_proposal(call)
    entered(world, call, who="rival")
    words = {}
    for who in ("partner", "rival"):
        with pytest.raises(ValidationError) as refusal:
            entered(world, call, who=who)
        assert list(refusal.value.message_dict) == ["organisation"]
        (words[who],) = refusal.value.message_dict["organisation"]
    there = thai("This organisation already has a proposal on this call.")
    assert words["rival"] == there  # entered by the agency itself
    assert "มีข้อเสนอ" not in words["partner"] != there
    noted = SecurityEvent.objects.get(kind="refused_paper")
    assert (noted.actor_id, noted.root_id) == (world.cast.officer.user.pk, call.pk)
    assert noted.detail == f"organisation {world.cast.organisations['partner'].pk}"


def test_on_a_direct_call_only_the_invited_can_have_come_on_paper(world, cast):
    direct = world.published_call(
        procedure="direct", procedure_reason="มีรายเดียว", invited=[cast.organisations["rival"]]
    )
    with pytest.raises(ValidationError):
        entered(world, direct, minutes=0)


@pytest.mark.parametrize(
    "name", ["executive", "finance", "partner_rep", "other_officer", "reviewer", "opdc", "stranger"]
)
def test_only_the_agencys_officers_enter_and_write(world, call, name):
    with pytest.raises(NotYou):
        entered(world, call, by=name)
    proposal = entered(world, call)
    with pytest.raises(NotYou):
        save_part(proposal=proposal, part="work", facts={"title": "อื่น"}, by=world.act(name))


@pytest.mark.parametrize("name", ["officer", "partner_rep", "finance", "other_officer", "opdc"])
def test_who_entered_it_does_not_confirm_it_nor_does_anybody_outside(world, call, name):
    proposal = written(world, call)
    with pytest.raises(NotYou):
        confirm_paper(proposal=proposal, by=world.act(name))
    assert not proposal.versions.exists()


def test_the_representative_cannot_submit_what_the_agency_writes_down(world, call):
    proposal = written(world, call)
    with pytest.raises(NotNow):
        submit_proposal(proposal=proposal, by=world.act("partner_rep"))


def test_without_a_budget_it_is_not_confirmed(world, call):
    with pytest.raises(Missing):
        confirm_paper(proposal=entered(world, call), by=world.act("second_officer"))


def test_an_entry_that_differs_is_sent_back_with_the_reason(world, call):
    proposal = written(world, call)
    return_paper(proposal=proposal, reason="งบประมาณไม่ตรง", by=world.act("second_officer"))
    world.write(proposal, by="officer", title="ชื่อที่ถูกต้อง")
    assert "ชื่อที่ถูกต้อง" in confirm_paper(proposal=world.again(proposal), by=world.act("executive")).content


def test_its_own_organisation_and_the_agency_see_it_rivals_and_reviewers_do_not(world, call, client):
    proposal = written(world, call)
    scan = files_of(proposal, PAPER_SCAN).get()
    for name, code in {
        "officer": 200,
        "second_officer": 200,
        "partner_rep": 200,
        "rival_rep": 404,
        "opdc": 404,
    }.items():
        client.force_login(world.cast.people[name].user)
        assert client.get(reverse("agreements:proposal_detail", args=[proposal.reference])).status_code == code, name
        assert client.get(scan.get_absolute_url()).status_code == code, name


def test_through_the_pages_bad_input_is_answered_and_nothing_is_lost(world, call, client):
    client.force_login(world.cast.officer.user)
    url = reverse("agreements:paper_create", args=[call.reference])
    assert (
        reverse("agreements:paper_create", args=[call.reference])
        in client.get(reverse("agreements:call_detail", args=[call.reference])).text
    )
    data = {"version": call.version, "key": "p", "organisation": "ไม่มีในทะเบียน", "title": "โครงการจากกระดาษ"}
    data |= {"received_on": "วันนี้", "received_time": "25:99"}
    refused = client.post(url, data)
    assert set(refused.context["form"].errors) == {"organisation", "received_on", "received_time", "scan"}
    assert "โครงการจากกระดาษ" in refused.text
    received = (clock.real_now() - timedelta(hours=1)).astimezone(clock.BANGKOK)
    data |= {
        "organisation": world.cast.organisations["partner"].name_th,
        "received_on": f"{received.day}/{received.month}/{received.year + 543}",
        "received_time": f"{received:%H:%M}",
    }
    assert (
        client.post(url, data | {"received_time": "00:00", "received_on": "1/1/2569", "scan": _pdf()})
        .context["form"]
        .errors["received_on"]
    )
    assert client.post(url, data | {"scan": _pdf()}).status_code == 302
    proposal = world.write(Proposal.objects.get(), by="officer", rows=proposal_rows(), **PROPOSAL)

    client.force_login(world.cast.second_officer.user)
    compare = reverse("agreements:proposal_paper", args=[proposal.reference])
    assert compare in client.get(reverse("agreements:proposal_detail", args=[proposal.reference])).text
    page = client.get(compare)
    assert "900,000.00" in page.text
    empty = client.post(
        reverse("agreements:proposal_paper_return", args=[proposal.reference]), {"version": proposal.version}
    )
    assert "reason" in empty.context["form"].errors
    confirm = reverse("agreements:proposal_paper_confirm", args=[proposal.reference])
    client.post(confirm, {"version": proposal.version, "key": "c"})
    assert world.again(proposal).state == "submitted"


def _pdf():
    return evidence("ข้อเสนอ.png")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_confirmations_at_once_make_one_version(cast):
    world = World(cast)
    call = world.published_call()
    proposal = written(world, call, minutes=0)
    people = [world.act("second_officer"), world.act("executive")]
    answers = at_once(*[lambda by=by: confirm_paper(proposal=proposal, by=by) for by in people])
    assert refusals(answers) == [NotNow]
    assert proposal.versions.count() == 1


def test_what_came_on_paper_is_marked_so_with_its_scan_and_what_was_sent_back_is_told(world, call, client):
    proposal = written(world, call)
    scan = files_of(proposal, PAPER_SCAN).get()
    page = reverse("agreements:proposal_detail", args=[proposal.reference])
    return_paper(proposal=proposal, reason="งบประมาณไม่ตรง", by=world.act("second_officer"))
    client.force_login(world.cast.officer.user)
    assert "งบประมาณไม่ตรง" in client.get(page).text
    world.write(world.again(proposal), by="officer", title="ชื่อที่ถูกต้อง")
    assert "งบประมาณไม่ตรง" in client.get(page).text  # until it is confirmed
    confirm_paper(proposal=world.again(proposal), by=world.act("executive"))
    world.closed_call(call)
    for name in ("officer", "partner_rep"):
        client.force_login(world.cast.people[name].user)
        shown = client.get(page).text
        assert "ยื่นเป็นเอกสาร" in shown and scan.get_absolute_url() in shown, name
        assert "ส่งกลับให้แก้ไข" not in shown.split('id="history"')[0], name
    client.force_login(world.cast.officer.user)
    assert "ยื่นเป็นเอกสาร" in client.get(reverse("agreements:call_detail", args=[call.reference])).text
