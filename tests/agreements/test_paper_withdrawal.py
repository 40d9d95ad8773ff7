"""A proposal on paper taken back by letter: recorded by one person of the agency, confirmed by another, handed in again."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from agreements.actions.paper import confirm_paper, continue_online, enter_paper_again, enter_paper_proposal
from agreements.actions.paper_withdrawal import confirm_withdrawal, record_withdrawal, return_withdrawal
from agreements.actions.screening import screen_proposal
from agreements.actions.submission import submit_proposal, withdraw_proposal
from agreements.documents.receipt import build_receipt
from agreements.enums import ProposalState
from agreements.models import Call, PaperWithdrawal, Proposal
from agreements.queries.proposal_next import next_step
from agreements.queries.proposal_timeline import timeline
from core import clock
from core.audit_verify import verify_chain
from core.files import can_read
from core.models import OutboxMessage
from core.ui import show_moment
from core.workflow import Missing, NotNow, NotYou
from tests.agreements.paper_world import ago, call_open_for_two_hours, written
from tests.races import at_once, refusals
from tests.world import World, evidence

pytestmark = pytest.mark.django_db
REASON = "องค์กรขาดบุคลากรที่จะดำเนินโครงการ"


@pytest.fixture
def world(cast):
    return World(cast)


@pytest.fixture
def call(world):
    return call_open_for_two_hours(world)


@pytest.fixture
def proposal(world, call):
    return confirmed(world, call)


def confirmed(world: World, call: Call) -> Proposal:
    """Received an hour ago, entered by the officer, confirmed by the second one."""
    proposal = written(world, call, minutes=60)
    confirm_paper(proposal=world.again(proposal), by=world.act("second_officer"))
    return world.again(proposal)


def recorded(world: World, proposal: Proposal, *, minutes: int = 10, by: str = "officer") -> PaperWithdrawal:
    return record_withdrawal(
        proposal=world.again(proposal),
        reason=REASON,
        received_at=ago(minutes),
        letter=evidence("หนังสือถอน.png"),
        by=world.act(by),
    )


def withdrawn(world: World, proposal: Proposal, *, minutes: int = 10) -> Proposal:
    recorded(world, proposal, minutes=minutes)
    confirm_withdrawal(proposal=world.again(proposal), by=world.act("second_officer"))
    return world.again(proposal)


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def url(page: str, proposal: Proposal) -> str:
    return reverse(f"agreements:{page}", args=[proposal.reference])


def test_it_counts_once_a_second_person_has_compared_it_and_everything_is_kept(world, proposal, cast):
    letter = recorded(world, proposal)
    assert world.again(proposal).state == "submitted"
    confirm_withdrawal(proposal=world.again(proposal), by=world.act("second_officer"))
    kept, letter = world.again(proposal), world.again(letter)
    assert (kept.state, kept.versions.count()) == ("withdrawn", 1)
    assert (letter.is_confirmed, letter.judged_by, letter.reason) == (True, cast.second_officer.user, REASON)
    told = OutboxMessage.objects.filter(kind="proposal.withdrawn_on_paper").values_list("to_user_id", flat=True)
    assert set(told) == {cast.partner_rep.user.pk, cast.partner_staff.user.pk}
    readers = {name: can_read(letter.letter, world.act(name)) for name in cast.people}
    assert {name for name, reads in readers.items() if reads} >= {"officer", "executive", "partner_rep"}
    assert not any(readers[name] for name in ("rival_rep", "other_officer", "reviewer", "opdc", "stranger"))
    assert not Proposal.objects.received().filter(pk=proposal.pk).exists()
    assert verify_chain().ok


@pytest.mark.parametrize(("minutes", "why"), [(90, "before the proposal"), (-5, "in the future")])
def test_a_letter_cannot_be_older_than_the_proposal_or_from_the_future(world, proposal, minutes, why):
    with pytest.raises(ValidationError) as refusal:
        recorded(world, proposal, minutes=minutes)
    assert list(refusal.value.message_dict) == ["received_at"], why
    assert not PaperWithdrawal.objects.exists()


def test_the_stamp_on_the_letter_counts_against_the_deadline_not_the_day_of_recording(world, call, proposal):
    Call.objects.filter(pk=call.pk).update(closes_at=ago(30), grace_minutes=0)
    with pytest.raises(ValidationError) as refusal:
        recorded(world, proposal, minutes=20)
    assert list(refusal.value.message_dict) == ["received_at"]
    recorded(world, proposal, minutes=40)
    confirm_withdrawal(proposal=world.again(proposal), by=world.act("executive"))
    assert world.again(proposal).state == "withdrawn"


def test_nothing_is_screened_while_a_letter_waits_and_nothing_is_taken_back_once_it_is(world, call, proposal):
    recorded(world, proposal)
    world.closed_call(call)
    checks = {row.pk: (True, "ตรวจแล้ว") for row in call.criteria.filter(kind="eligibility")}
    with pytest.raises(NotYou, match=r"letter|หนังสือ"):
        screen_proposal(proposal=world.again(proposal), checks=checks, by=world.act("officer"))
    return_withdrawal(proposal=world.again(proposal), reason="ไม่ใช่ข้อเสนอนี้", by=world.act("second_officer"))
    screen_proposal(proposal=world.again(proposal), checks=checks, by=world.act("officer"))
    with pytest.raises(NotNow):
        recorded(world, proposal)


def test_sent_back_it_stands_as_submitted_and_the_letter_can_be_recorded_anew(world, proposal, cast):
    letter = recorded(world, proposal)
    with pytest.raises(NotNow):  # one at a time
        recorded(world, proposal)
    return_withdrawal(proposal=world.again(proposal), reason="วันที่ไม่ตรง", by=world.act("second_officer"))
    assert (world.again(proposal).state, world.again(letter).sent_back) == ("submitted", "วันที่ไม่ตรง")
    told = OutboxMessage.objects.get(kind="proposal.withdrawal_returned")
    assert told.to_user_id == cast.officer.user.pk and "วันที่ไม่ตรง" in told.body
    with pytest.raises(NotNow):
        confirm_withdrawal(proposal=world.again(proposal), by=world.act("second_officer"))
    recorded(world, proposal, by="second_officer")
    confirm_withdrawal(proposal=world.again(proposal), by=world.act("officer"))  # who entered the proposal may
    assert world.again(proposal).state == "withdrawn"


def test_who_recorded_the_letter_does_not_confirm_it(world, proposal):
    recorded(world, proposal)
    for act in (confirm_withdrawal, lambda **more: return_withdrawal(reason="ไม่ตรง", **more)):
        with pytest.raises(NotYou):
            act(proposal=world.again(proposal), by=world.act("officer"))


def test_what_was_sent_in_online_is_not_withdrawn_by_letter(world, call):
    online = world.submitted_proposal(call)
    with pytest.raises(NotNow):
        recorded(world, online)
    assert logged_in(world.cast, "officer").get(url("proposal_paper_withdraw", online)).status_code == 404


def test_handed_in_again_it_is_written_confirmed_and_counts_as_of_the_new_paper(world, proposal, cast):
    withdrawn(world, proposal)
    with pytest.raises(ValidationError) as refusal:  # before the letter
        enter_paper_again(proposal=world.again(proposal), received_at=ago(20), scan=evidence(), by=world.act("officer"))
    assert list(refusal.value.message_dict) == ["received_at"]
    at = ago(5)
    enter_paper_again(
        proposal=world.again(proposal), received_at=at, scan=evidence("ใหม่.png"), by=world.act("second_officer")
    )
    draft = world.again(proposal)
    assert (draft.state, draft.entered_by, draft.confirmed_by) == ("draft", cast.second_officer.user, None)
    world.write(draft, by="officer", title="โครงการที่แก้ไขแล้ว")
    for name in ("second_officer", "officer"):  # who entered it, and who wrote it
        with pytest.raises(NotYou):
            confirm_paper(proposal=world.again(proposal), by=world.act(name))
    version = confirm_paper(proposal=world.again(proposal), by=world.act("executive"))
    assert (version.number, version.submitted_at) == (2, at)
    assert "โครงการที่แก้ไขแล้ว" in version.content and "โครงการที่แก้ไขแล้ว" not in proposal.versions.get(number=1).content
    withdrawn(world, proposal, minutes=2)  # and may be withdrawn once more
    assert proposal.paper_withdrawals.count() == 2


def test_after_the_deadline_only_a_paper_that_came_before_it_is_entered_again(world, call, proposal):
    withdrawn(world, proposal)
    world.closed_call(call)
    Call.objects.filter(pk=call.pk).update(closes_at=ago(8), grace_minutes=0)
    late = {"proposal": world.again(proposal), "scan": evidence(), "by": world.act("officer")}
    with pytest.raises(ValidationError):
        enter_paper_again(received_at=ago(5), **late)
    enter_paper_again(received_at=ago(9), **late)
    assert world.again(proposal).state == ProposalState.DRAFT


# --- continued online ---------------------------------------------------------------------------------------------


def test_its_organisation_continues_online_amends_and_submits_and_each_version_is_kept(world, proposal, cast):
    withdrawn(world, proposal)
    staff, officer = logged_in(cast, "partner_staff"), logged_in(cast, "officer")
    detail, address = url("proposal_detail", proposal), url("proposal_paper_online", proposal)
    assert address in staff.get(detail).text and address not in officer.get(detail).text
    answer = staff.post(address, {"version": world.again(proposal).version, "key": "o"}, follow=True)
    assert answer.status_code == 200
    draft = world.again(proposal)
    assert (draft.state, draft.source, draft.entered_by, draft.confirmed_by) == ("draft", "online", None, None)
    told = OutboxMessage.objects.get(kind="proposal.continued_online")
    assert told.to_user_id == cast.officer.user.pk
    assert officer.get(detail).status_code == 404, "what is written online is sealed until submissions are closed"
    page = staff.get(detail).text
    assert "สแกน.png" in page and REASON in page, "paper and letter are kept and shown to its organisation"
    assert [step.code for step in timeline(draft)][:3] == ["received", "withdrawn_on_paper", "submit"]
    assert next_step(draft).code == "submit"

    world.write(draft, title="โครงการที่แก้ไขทางออนไลน์")
    second = submit_proposal(proposal=world.again(proposal), by=world.act("partner_rep"))
    first = proposal.versions.get(number=1)
    assert (second.number, world.again(proposal).state) == (2, "submitted")
    assert "โครงการที่แก้ไขทางออนไลน์" in second.content and "โครงการที่แก้ไขทางออนไลน์" not in first.content
    assert [build_receipt(version).channel for version in (first, second)] == ["ยื่นเป็นเอกสาร", "ยื่นออนไลน์"]
    withdraw_proposal(proposal=world.again(proposal), by=world.act("partner_rep"))
    world.closed_call(world.again(proposal.call))
    assert verify_chain().ok


def test_online_is_refused_before_the_letter_counts_after_the_deadline_and_to_others(world, call, proposal):
    with pytest.raises(NotNow):  # submitted
        continue_online(proposal=world.again(proposal), by=world.act("partner_rep"))
    recorded(world, proposal)
    with pytest.raises(NotNow):  # the letter waits for the second person
        continue_online(proposal=world.again(proposal), by=world.act("partner_rep"))
    confirm_withdrawal(proposal=world.again(proposal), by=world.act("second_officer"))
    for name in ("officer", "second_officer", "rival_rep", "finance"):
        with pytest.raises(NotYou):
            continue_online(proposal=world.again(proposal), by=world.act(name))
    Call.objects.filter(pk=call.pk).update(closes_at=ago(1), grace_minutes=0)
    with pytest.raises(NotNow, match=r"deadline|กำหนด"):
        continue_online(proposal=world.again(proposal), by=world.act("partner_rep"))
    assert world.again(proposal).source == "paper"


def test_online_is_refused_once_a_new_paper_is_entered_and_to_who_is_blocked(world, proposal):
    withdrawn(world, proposal)
    organisations = type(proposal.organisation).objects.filter(pk=proposal.organisation_id)
    organisations.update(blocked_at=clock.real_now())
    with pytest.raises(Missing):
        continue_online(proposal=world.again(proposal), by=world.act("partner_rep"))
    organisations.update(blocked_at=None)
    enter_paper_again(
        proposal=world.again(proposal), received_at=ago(2), scan=evidence("ใหม่.png"), by=world.act("officer")
    )
    with pytest.raises(NotNow):
        continue_online(proposal=world.again(proposal), by=world.act("partner_rep"))


def test_what_goes_on_online_is_set_aside_for_another_paper_as_any_online_draft_is(world, call, proposal):
    withdrawn(world, proposal)
    continue_online(proposal=world.again(proposal), by=world.act("partner_staff"))
    with pytest.raises(NotNow):
        enter_paper_again(proposal=world.again(proposal), received_at=ago(2), scan=evidence(), by=world.act("officer"))
    another = enter_paper_proposal(
        call=world.again(call),
        organisation=proposal.organisation,
        title="อีกฉบับ",
        received_at=ago(2),
        scan=evidence(),
        by=world.act("officer"),
    )
    before = world.again(proposal)
    assert (before.state, another.state) == ("set_aside", "draft")
    assert before.versions.exists(), "what was confirmed before it was withdrawn is kept"
    mine = Proposal.objects.visible_to(world.act("partner_rep"))
    assert {before.pk, another.pk} <= set(mine.values_list("pk", flat=True))


def test_its_organisation_reads_that_its_letter_withdrew_it(world, call, proposal):
    withdrawn(world, proposal)
    kept = Proposal.objects.select_related("call").get(pk=proposal.pk)
    steps = {step.code: step for step in timeline(kept)}
    assert steps["withdrawn"].when == show_moment(kept.paper_withdrawals.get().received_at)
    assert (steps["withdrawn"].state, steps["paper"].state) == ("done", "now")
    assert next_step(kept).code == "paper"
    Call.objects.filter(pk=call.pk).update(closes_at=ago(1), grace_minutes=0)
    kept = Proposal.objects.select_related("call").get(pk=proposal.pk)
    assert [step.state for step in timeline(kept) if step.code == "withdrawn"] == ["stopped"]


def test_through_the_pages_bad_input_is_answered_and_nothing_is_lost(world, proposal, cast):
    officer, second = logged_in(cast, "officer"), logged_in(cast, "second_officer")
    page = url("proposal_paper_withdraw", proposal)
    assert page in officer.get(url("proposal_detail", proposal)).text
    received = ago(10).astimezone(clock.BANGKOK)
    data = {"version": proposal.version, "key": "w", "received_on": "เมื่อวาน", "received_time": "9.75", "reason": REASON}
    refused = officer.post(page, data)
    assert set(refused.context["form"].errors) == {"received_on", "received_time", "letter"}
    assert REASON in refused.text
    data |= {
        "received_on": f"{received.day}/{received.month}/{received.year + 543}",
        "received_time": f"{received:%H:%M}",
    }
    early = officer.post(page, data | {"received_on": "1/1/2569", "letter": evidence("จดหมาย.png")})
    assert list(early.context["form"].errors) == ["received_on"]
    assert officer.post(page, data | {"letter": evidence("จดหมาย.png")}).status_code == 302

    compare = url("proposal_paper_withdrawal", proposal)
    assert compare not in officer.get(url("proposal_detail", proposal)).text
    assert officer.get(compare).status_code in (302, 403)
    assert compare in second.get(url("proposal_detail", proposal)).text
    assert REASON in second.get(compare).text
    back = url("proposal_paper_withdrawal_return", proposal)
    assert second.post(back, {"version": world.again(proposal).version}).context["form"].errors["reason"]
    confirm = url("proposal_paper_withdrawal_confirm", proposal)
    assert second.post(confirm, {"version": world.again(proposal).version, "key": "c"}).status_code == 302
    assert world.again(proposal).state == "withdrawn"
    shown = logged_in(cast, "partner_rep").get(url("proposal_detail", proposal)).text
    assert (
        REASON in shown
        and cast.officer.user.full_name_th not in shown.split('id="withdrawal"')[1].split("</section>")[0]
    )

    again = url("proposal_paper_again", proposal)
    assert again in officer.get(url("proposal_detail", proposal)).text
    data = {
        "version": world.again(proposal).version,
        "key": "a",
        **{k: data[k] for k in ("received_on", "received_time")},
    }
    refused = officer.post(again, data)
    assert list(refused.context["form"].errors) == ["scan"]
    later = ago(1).astimezone(clock.BANGKOK)  # soon after midnight on another day than the letter
    data |= {"received_on": f"{later.day}/{later.month}/{later.year + 543}", "received_time": f"{later:%H:%M}"}
    assert officer.post(again, data | {"scan": evidence("ใหม่.png")}).status_code == 302
    assert world.again(proposal).state == "draft"


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_proposal_goes_on_online_or_on_paper_never_both(cast):
    world = World(cast)
    call = world.published_call()
    Call.objects.filter(pk=call.pk).update(published_at=ago(120))
    proposal = withdrawn(world, confirmed(world, world.again(call)))
    officer, representative, received = world.act("officer"), world.act("partner_rep"), ago(2)
    answers = at_once(
        lambda: continue_online(proposal=proposal, by=representative),
        lambda: enter_paper_again(proposal=proposal, received_at=received, scan=evidence(), by=officer),
    )
    assert refusals(answers) == [NotNow]
    kept = world.again(proposal)
    assert (kept.state, kept.source == "online") == ("draft", kept.entered_by is None)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_letter_is_confirmed_or_sent_back_never_both(cast):
    world = World(cast)
    call = world.published_call()
    Call.objects.filter(pk=call.pk).update(published_at=ago(120))
    proposal = confirmed(world, world.again(call))
    recorded(world, proposal)
    people = [world.act("second_officer"), world.act("executive")]
    answers = at_once(
        lambda: confirm_withdrawal(proposal=proposal, by=people[0]),
        lambda: return_withdrawal(proposal=proposal, reason="ไม่ตรง", by=people[1]),
    )
    assert refusals(answers) == [NotNow]
    assert (world.again(proposal).state == "withdrawn") == PaperWithdrawal.objects.get().is_confirmed
