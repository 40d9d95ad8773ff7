"""Screening: whose words go into the letter; a finding taken back, until the selection begins (§3.2 step 3)."""

from __future__ import annotations

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse

from agreements.actions.assignments import assign_reviewers
from agreements.actions.calls import begin_selection
from agreements.actions.cure import ask_cure
from agreements.actions.reviewers import name_reviewer
from agreements.actions.screening import screen_again, screen_proposal
from agreements.actions.slots import book_slot
from agreements.models import Call, Proposal
from core.audit import history_of
from core.outbox import deliver_due
from core.workflow import Missing, NotNow
from tests.agreements.after_world import find_eligible, invited, make_slots, presenting
from tests.races import at_once
from tests.world import World

pytestmark = pytest.mark.django_db
WHY = "อ่านเอกสารผิดฉบับ"


@pytest.fixture
def world(cast):
    return World(cast)


def screened(world: World, met: bool = True) -> Proposal:
    call = world.published_call("pbc")
    proposal = world.submitted_proposal(call)
    world.closed_call(call)
    find_eligible(world, proposal, met)
    return world.again(proposal)


def answers(proposal: Proposal, met: bool, reason: str = "ตรวจใหม่แล้ว") -> dict[int, tuple[bool, str]]:
    return {row.pk: (met, reason) for row in proposal.call.criteria.filter(kind="eligibility")}


def page_of(proposal: Proposal, name: str = "proposal_detail") -> str:
    return reverse(f"agreements:{name}", args=[proposal.reference])


def test_the_form_says_that_the_reason_of_a_no_goes_into_the_letter_and_so_it_does(world, client):
    call = world.published_call("pbc")
    proposal = world.submitted_proposal(call)
    world.closed_call(call)
    no, *others = answers(proposal, True)
    client.force_login(world.cast.officer.user)
    page = client.get(page_of(proposal, "proposal_screen"), headers={"accept-language": "th"}).text
    assert page.count("หากไม่ผ่าน ข้อความนี้จะปรากฏในหนังสือแจ้งผลถึงผู้ยื่นข้อเสนอ") == len([no, *others])
    checks = {no: (False, "ไม่มีหนังสือรับรอง")} | dict.fromkeys(others, (True, "ดูจากทะเบียนแล้ว"))
    screen_proposal(proposal=world.again(proposal), checks=checks, by=world.act("officer"))
    reason = world.again(proposal).result_reason
    assert "ไม่มีหนังสือรับรอง" in reason and "ดูจากทะเบียนแล้ว" not in reason


def test_not_eligible_by_a_slip_is_screened_again_and_what_had_been_found_is_kept(world):
    proposal = screened(world, met=False)
    assert proposal.result_reason
    kept = screen_again(proposal=proposal, reason=WHY, by=world.act("second_officer"))
    proposal = world.again(proposal)
    assert (proposal.state, proposal.result_reason) == ("submitted", "")
    assert [(one["met"], one["reason"]) for one in kept.checks] == [(False, "ตรวจจากเอกสารแล้ว")] * len(kept.checks)
    assert (kept.was_eligible, kept.screened_by) == (False, world.cast.officer.user)
    screen_proposal(proposal=proposal, checks=answers(proposal, True), by=world.act("officer"))
    assert world.again(proposal).state == "eligible"
    assert history_of(proposal).get(kind="proposal.screen_again").facts["reason"] == WHY


def test_screened_again_its_gaps_can_be_asked_for_instead(world):
    proposal = screened(world, met=False)
    Call.objects.filter(pk=proposal.call_id).update(cure_days=5)
    screen_again(proposal=world.again(proposal), reason=WHY, by=world.act("officer"))
    ask_cure(proposal=world.again(proposal), gaps="ขาดสำเนาหนังสือจดทะเบียน", by=world.act("officer"))
    assert world.again(proposal).state == "curing"


def test_without_a_reason_nothing_is_taken_back(world):
    proposal = screened(world)
    with pytest.raises(ValidationError) as refused:
        screen_again(proposal=proposal, reason=" ", by=world.act("officer"))
    assert set(refused.value.message_dict) == {"reason"}
    assert world.again(proposal).state == "eligible" and proposal.screening_checks.exists()


def test_found_not_eligible_after_all_it_gives_back_its_time_and_its_reviewers(world):
    call, mine, rival = invited(world)
    slots = make_slots(world, call)
    book_slot(slot=slots[0], proposal=mine, by=world.act("partner_rep"))
    name_reviewer(call=world.again(call), user=world.cast.reviewer.user, by=world.act("officer"))
    world.declare(call, "reviewer")
    reviewer = world.cast.reviewer.user.pk
    assign_reviewers(
        call=world.again(call), assignments={mine.pk: [reviewer], rival.pk: [reviewer]}, by=world.act("officer")
    )
    screen_again(proposal=world.again(mine), reason=WHY, by=world.act("officer"))
    assert world.again(slots[0]).proposal_id == mine.pk and mine.assignments.count() == 1  # nothing is decided yet
    deliver_due()
    mail.outbox.clear()
    screen_proposal(proposal=world.again(mine), checks=answers(mine, False), by=world.act("officer"))
    assert world.again(slots[0]).proposal_id is None
    assert not mine.assignments.exists() and rival.assignments.count() == 1
    deliver_due()
    told = [letter for letter in mail.outbox if world.cast.partner_rep.user.email in letter.to]
    assert any(name.endswith(".ics") for letter in told for name, *_rest in letter.attachments)


def test_found_eligible_again_it_keeps_its_time(world):
    call, mine, _rival = invited(world)
    slot = make_slots(world, call)[0]
    book_slot(slot=slot, proposal=mine, by=world.act("partner_rep"))
    screen_again(proposal=world.again(mine), reason=WHY, by=world.act("officer"))
    screen_proposal(proposal=world.again(mine), checks=answers(mine, True), by=world.act("officer"))
    assert world.again(slot).proposal_id == mine.pk


def test_the_selection_does_not_begin_while_one_is_screened_again_and_then_it_is_too_late(world):
    call = world.published_call("grant")
    proposal = world.submitted_proposal(call)
    world.closed_call(call)
    find_eligible(world, proposal)
    world.name_reviewers(call)
    screen_again(proposal=world.again(proposal), reason=WHY, by=world.act("officer"))
    with pytest.raises(Missing):
        begin_selection(call=world.again(call), by=world.act("officer"))
    screen_proposal(proposal=world.again(proposal), checks=answers(proposal, True), by=world.act("officer"))
    begin_selection(call=world.again(call), by=world.act("officer"))
    with pytest.raises(NotNow):
        screen_again(proposal=world.again(proposal), reason=WHY, by=world.act("officer"))


def test_who_screened_first_and_who_took_it_back_prepared_the_selection_as_who_screened_last(world):
    proposal = screened(world)
    call = proposal.call
    screen_again(proposal=proposal, reason=WHY, by=world.act("second_officer"))
    for name, prepared in {"officer": True, "second_officer": True, "executive": False}.items():
        assert call.was_prepared_by(world.cast.people[name].user.pk) is prepared, name


def test_through_the_pages_the_officer_finds_the_answers_as_they_were(world, client):
    proposal = screened(world, met=False)
    again = page_of(proposal, "proposal_screen_again")
    client.force_login(world.cast.partner_rep.user)
    assert client.get(again).status_code == 403
    client.force_login(world.cast.officer.user)
    assert again in client.get(page_of(proposal)).text
    stamp = {"version": proposal.version, "key": "a"}
    assert "reason" in client.post(again, stamp | {"reason": ""}).context["form"].errors
    answer = client.post(again, stamp | {"reason": WHY})
    assert answer.url == page_of(proposal, "proposal_screen")
    form = client.get(answer.url).context["form"]
    assert set(form.initial.values()) == {"no", "ตรวจจากเอกสารแล้ว"}
    assert WHY in client.get(page_of(proposal)).text
    for name in ("partner_rep", "partner_staff"):  # why it was screened again is the agency's own
        client.force_login(world.cast.people[name].user)
        shown = client.get(page_of(proposal))
        assert WHY not in shown.text and again not in shown.text, name


def test_a_reviewer_reads_neither_the_reason_nor_the_former_finding(world, client):
    call, mine, _rival = presenting(world)
    name_reviewer(call=world.again(call), user=world.cast.reviewer.user, by=world.act("officer"))
    world.declare(call, "reviewer")
    assign_reviewers(
        call=world.again(call), assignments={mine.pk: [world.cast.reviewer.user.pk]}, by=world.act("officer")
    )
    screen_again(proposal=world.again(mine), reason=WHY, by=world.act("officer"))
    screen_proposal(proposal=world.again(mine), checks=answers(mine, True), by=world.act("officer"))
    client.force_login(world.cast.reviewer.user)
    page = client.get(page_of(mine))
    assert page.status_code == 200 and WHY not in page.text


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_selection_begins_or_it_is_screened_again_never_both(cast):
    world = World(cast)
    call = world.published_call("grant")
    proposal = world.submitted_proposal(call)
    world.closed_call(call)
    find_eligible(world, proposal)
    world.name_reviewers(call)
    call, proposal = world.again(call), world.again(proposal)
    at_once(
        lambda: begin_selection(call=call, by=cast.officer.actor),
        lambda: screen_again(proposal=proposal, reason=WHY, by=cast.second_officer.actor),
    )
    begun, taken_back = world.again(call).state == "selection", world.again(proposal).state == "submitted"
    assert begun != taken_back
