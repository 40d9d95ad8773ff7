"""After the decision: letters to everyone, appeals within their window, the answer by the chain, signing that waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from agreements.actions.appeals import file_appeal, propose_answer, withdraw_appeal
from agreements.actions.decisions import endorse_decision, propose_decision, return_decision
from agreements.actions.result_letters import issue_result_letters
from agreements.enums import AppealState, DecisionKind
from agreements.models import Agreement, Appeal, Proposal, ResultLetter, Review
from agreements.queries.facts import load_agreement_facts
from agreements.queries.results import appeal_ends
from core import clock
from core.audit_verify import verify_chain
from core.files import can_read
from core.models import OutboxMessage
from core.ui import show_moment
from core.workflow import Missing, NotNow, NotYou
from reporting.worklist.collect import work_of
from tests.agreements.after_world import decided
from tests.built_once import built_once
from tests.documents.reading import normal, read_by_pypdf
from tests.pdfs import PDF
from tests.races import at_once, refusals
from tests.world import World

pytestmark = pytest.mark.django_db
UPHELD = {"verdict": "upheld", "answer": "คะแนนรวมผิดพลาดจริง"}
DISMISSED = {"verdict": "dismissed", "remedy": "none", "answer": "คะแนนถูกต้องแล้ว"}


@pytest.fixture
def world(cast):
    return World(cast)


def logged_in(cast, name: str) -> Client:
    client = Client()
    client.force_login(cast.people[name].user)
    return client


def url(page: str, record, *args) -> str:
    return reverse(f"agreements:{page}", args=[record.reference, *args])


def stamped(record, **data) -> dict:
    return {"version": record.version, "key": "", **data}


def told(loser: Proposal) -> ResultLetter:
    return loser.result_letters.order_by("pk").first()


@built_once
def appealed(world: World, form: str = "grant") -> tuple[Proposal, Proposal, Appeal]:
    """Winner, loser, and the loser's appeal."""
    call, winner, loser = decided(world, form)
    issue_result_letters(call=call, by=world.act("officer"))
    appeal = file_appeal(proposal=world.again(loser), grounds="รวมคะแนนผิด", by=world.act("rival_rep"))
    return winner, world.again(loser), appeal


def answered(world: World, appeal: Appeal, **said) -> None:
    decision = propose_answer(appeal=world.again(appeal), by=world.act("officer"), **said)
    endorse_decision(decision=decision, by=world.act("executive"))


# --- letters ----------------------------------------------------------------------------------------------------------


def test_every_applicant_gets_one_letter_with_its_own_result_and_nobody_elses_name(cast, world):
    call, winner, loser = decided(world)
    Review.objects.filter(proposal=loser).update(feedback="ควรระบุตัวชี้วัดให้ชัด")
    officer = logged_in(cast, "officer")
    assert "call_letters" in {item["name"] for item in officer.get(url("call_detail", call)).context["actions"]}
    assert officer.post(url("call_letters_issue", call), stamped(world.again(call))).status_code == 302
    assert issue_again_is_refused(world, call)
    letters = {letter.proposal_id: letter for letter in ResultLetter.objects.all()}
    assert set(letters) == {winner.pk, loser.pk}
    assert len({letter.number for letter in letters.values()}) == 2
    theirs = letters[loser.pk]
    assert letters[winner.pk].appeal_until is None
    assert theirs.appeal_until == appeal_ends(theirs.issued_at, call.appeal_days)
    pdf = logged_in(cast, "rival_rep").get(reverse("agreements:letter_file", args=[theirs.pk])).content
    text = normal(read_by_pypdf(pdf))
    for words in ("ไม่ได้รับการคัดเลือก", "คะแนนไม่ถึงเกณฑ์", "ควรระบุตัวชี้วัดให้ชัด", "อุทธรณ์", cast.executive.user.full_name_th):
        assert normal(words) in text, words
    assert normal(cast.organisations["partner"].name_th) not in text
    assert normal(cast.reviewer.user.full_name_th) not in text
    for name in ("partner_rep", "reviewer", "other_officer"):
        assert logged_in(cast, name).get(reverse("agreements:letter_file", args=[theirs.pk])).status_code == 404
    told_to = OutboxMessage.objects.filter(kind="proposal.letter").values_list("to_user_id", flat=True)
    assert {cast.rival_rep.user.pk, cast.partner_rep.user.pk} <= set(told_to)
    page = officer.get(url("call_letters", call)).content.decode()
    assert theirs.number in page


def issue_again_is_refused(world: World, call) -> bool:
    with pytest.raises(NotNow):
        issue_result_letters(call=world.again(call), by=world.act("officer"))
    return ResultLetter.objects.count() == 2


# --- signing waits ----------------------------------------------------------------------------------------------------


def test_signing_waits_for_letters_for_the_window_and_for_answers(cast, world, monkeypatch):
    call, winner, loser = decided(world)
    agreement = Agreement.objects.get(proposal=winner)
    world.prepare(agreement)

    def settled() -> bool:
        return load_agreement_facts(world.again(agreement)).appeals_settled

    def missing() -> set[str]:
        with pytest.raises(Missing) as refused:
            propose_decision(kind=DecisionKind.SIGN_AGREEMENT, root=world.again(agreement), by=world.act("officer"))
        return {item.name for item in refused.value.items}

    assert missing() == {"appeals_settled"}  # no letters yet
    issue_result_letters(call=call, by=world.act("officer"))
    until = told(loser).appeal_until
    assert missing() == {"appeals_settled"}
    page = logged_in(cast, "officer").get(reverse("agreements:agreement_detail", args=[agreement.reference]))
    assert show_moment(until) in page.content.decode()
    monkeypatch.setattr(clock, "real_now", lambda: until)
    assert not settled()
    monkeypatch.setattr(clock, "real_now", lambda: until + timedelta(seconds=1))
    assert settled()
    monkeypatch.undo()
    appeal = file_appeal(proposal=world.again(loser), grounds="รวมคะแนนผิด", by=world.act("rival_rep"))
    monkeypatch.setattr(clock, "real_now", lambda: until + timedelta(seconds=1))
    assert not settled()
    monkeypatch.undo()
    withdraw_appeal(appeal=appeal, by=world.act("rival_rep"))
    assert settled()  # one appeal for each: whoever withdrew has had the time
    propose_decision(kind=DecisionKind.SIGN_AGREEMENT, root=world.again(agreement), by=world.act("officer"))


def test_a_single_applicant_keeps_nobody_waiting(world):
    agreement = world.born("grant")
    assert load_agreement_facts(agreement).appeals_settled
    assert load_agreement_facts(world.born("commissioning")).appeals_settled


# --- appeals ----------------------------------------------------------------------------------------------------------


def test_an_appeal_is_taken_in_the_last_second_and_refused_with_the_date_after_it(cast, world, monkeypatch):
    call, winner, loser = decided(world)
    with pytest.raises(NotNow):  # no letter yet
        file_appeal(proposal=loser, grounds="เหตุ", by=world.act("rival_rep"))
    issue_result_letters(call=call, by=world.act("officer"))
    with pytest.raises(NotNow):
        file_appeal(proposal=winner, grounds="เหตุ", by=world.act("partner_rep"))
    until = told(loser).appeal_until
    assert until.astimezone(clock.BANGKOK).strftime("%H:%M:%S") == "23:59:59"
    monkeypatch.setattr(clock, "real_now", lambda: until + timedelta(microseconds=1))
    assert show_moment(until).endswith("24:00\u00a0น.")
    assert "เวลา 24.00 น." in told(loser).content["next"][-1]
    with pytest.raises(NotNow, match="24:00"):
        file_appeal(proposal=world.again(loser), grounds="เหตุ", by=world.act("rival_rep"))
    monkeypatch.setattr(clock, "real_now", lambda: until)
    with pytest.raises(NotYou):
        file_appeal(proposal=world.again(loser), grounds="เหตุ", by=world.act("rival_staff"))
    file_appeal(proposal=world.again(loser), grounds="เหตุ", by=world.act("rival_rep"))
    with pytest.raises(NotNow):
        file_appeal(proposal=world.again(loser), grounds="เหตุ", by=world.act("rival_rep"))


def test_the_pages_of_an_appeal_from_the_form_to_the_letter(cast, world):
    call, _winner, loser = decided(world)
    issue_result_letters(call=call, by=world.act("officer"))
    rival, officer = logged_in(cast, "rival_rep"), logged_in(cast, "officer")
    address = url("appeal_create", loser)
    assert address in rival.get(url("proposal_detail", loser)).content.decode()
    drawn = rival.get(address)
    kept = drawn.context["kept"]
    assert f'data-kept="{kept}"' in drawn.content.decode()
    wrong = rival.post(address, stamped(world.again(loser), grounds="", wish="ขอให้ทบทวน"))
    assert list(wrong.context["form"].errors) == ["grounds"]
    assert wrong.context["form"]["wish"].value() == "ขอให้ทบทวน"
    paper = SimpleUploadedFile("หลักฐาน.pdf", PDF, content_type="application/pdf")
    sent = rival.post(address, stamped(world.again(loser), grounds="รวมคะแนนผิด", wish="", file=paper))
    appeal = Appeal.objects.get()
    assert sent.status_code == 302
    filed = rival.get(sent.url)
    assert appeal.reference in filed.content.decode()
    assert [message.extra_tags for message in filed.context["messages"]] == [kept]  # the browser's copy is over
    readers = {
        name: can_read(appeal.file, world.act(name)) for name in ("rival_rep", "officer", "reviewer", "partner_rep")
    }
    assert readers == {"rival_rep": True, "officer": True, "reviewer": False, "partner_rep": False}
    waits = [item.url for group in work_of(world.act("officer")).groups for item in group.items]
    assert reverse("agreements:appeal_detail", args=[appeal.pk]) in waits
    answer = reverse("agreements:appeal_answer", args=[appeal.pk])
    wrong = officer.post(answer, stamped(world.again(call), verdict="dismissed", remedy="select", answer="ไม่"))
    assert list(wrong.context["form"].errors) == ["remedy"]
    assert officer.post(answer, stamped(world.again(call), **DISMISSED)).status_code == 302
    decision = appeal.decisions.get()
    page = logged_in(cast, "executive").get(reverse("agreements:decision_detail", args=[decision.pk])).content.decode()
    assert "คะแนนถูกต้องแล้ว" in page
    assert logged_in(cast, "executive").get(reverse("agreements:decision_memo", args=[decision.pk])).status_code == 200
    return_decision(decision=decision, by=world.act("executive"), comment="เพิ่มเหตุผล")
    assert "คะแนนถูกต้องแล้ว" in officer.get(answer).content.decode()  # what was proposed is there to be mended
    answered(world, appeal, **DISMISSED)
    loser = world.again(loser)
    assert (loser.state, world.again(appeal).state, loser.result_letters.count()) == ("not_selected", "answered", 2)
    shown = rival.get(reverse("agreements:appeal_detail", args=[appeal.pk])).content.decode()
    assert "คะแนนถูกต้องแล้ว" in shown
    letter = loser.result_letters.order_by("-pk").first()
    assert letter.appeal_until is None
    assert logged_in(cast, "partner_rep").get(reverse("agreements:appeal_detail", args=[appeal.pk])).status_code == 404


def test_an_appeal_upheld_selects_opens_an_agreement_and_tells_the_others_without_a_name(cast, world):
    _winner, loser, appeal = appealed(world)
    answered(world, appeal, remedy="select", **UPHELD)
    loser = world.again(loser)
    assert loser.state == "selected"
    assert Agreement.objects.filter(proposal=loser, standing="preparing").count() == 1
    assert loser.result_letters.order_by("-pk").first().outcome == "selected"
    news = OutboxMessage.objects.filter(kind="call.result_changed", to_user_id=cast.partner_rep.user.pk).get()
    assert cast.organisations["rival"].name_th not in news.subject + news.body
    assert not OutboxMessage.objects.filter(kind="call.result_changed", to_user_id=cast.rival_rep.user.pk).exists()
    assert verify_chain().ok


def test_a_place_on_the_reserve_list_is_another_remedy_and_a_blocked_partner_is_not_selected(cast, world):
    _winner, loser, appeal = appealed(world)
    decision = propose_answer(appeal=appeal, remedy="select", by=world.act("officer"), **UPHELD)
    type(loser.organisation).objects.filter(pk=loser.organisation_id).update(verified_until=None)
    with pytest.raises(NotNow):
        endorse_decision(decision=world.again(decision), by=world.act("executive"))
    assert (world.again(loser).state, world.again(appeal).state) == ("not_selected", "filed")
    with pytest.raises(NotNow):  # one answer at a time
        propose_answer(appeal=world.again(appeal), by=world.act("officer"), **DISMISSED)
    return_decision(decision=world.again(decision), by=world.act("executive"), comment="แก้ไข")
    with pytest.raises(ValidationError):
        propose_answer(appeal=world.again(appeal), remedy="select", by=world.act("officer"), **UPHELD)
    answered(world, appeal, remedy="reserve", **UPHELD)
    assert world.again(loser).state == "reserve"
    assert not Agreement.objects.filter(proposal=loser).exists()


def test_the_mandate_of_an_answer_reaches_the_appellant_alone(world):
    winner, loser, appeal = appealed(world)
    decision = propose_answer(appeal=appeal, by=world.act("officer"), **DISMISSED)
    decision = endorse_decision(decision=decision, by=world.act("executive"))
    assert decision.covers(world.again(loser))
    assert not decision.covers(world.again(winner))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_appeal_is_either_answered_or_withdrawn(cast):
    world = World(cast)
    _winner, loser, appeal = appealed(world)
    decision = propose_answer(appeal=appeal, remedy="reserve", by=cast.officer.actor, **UPHELD)
    acts = [
        lambda: endorse_decision(decision=decision, by=cast.executive.actor),
        lambda: withdraw_appeal(appeal=appeal, by=cast.rival_rep.actor),
    ]
    assert refusals(at_once(*acts)) == [NotNow]
    after = (world.again(appeal).state, world.again(loser).state, world.again(decision).state)
    assert after in {("answered", "reserve", "decided"), ("withdrawn", "not_selected", "lapsed")}
    assert verify_chain().ok


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_no_answer_is_left_on_its_way_to_an_appeal_that_is_withdrawn_meanwhile(cast):
    world = World(cast)
    _winner, _loser, appeal = appealed(world)
    acts = [
        lambda: propose_answer(appeal=appeal, by=cast.officer.actor, **DISMISSED),
        lambda: withdraw_appeal(appeal=appeal, by=cast.rival_rep.actor),
    ]
    assert refusals(at_once(*acts)) in ([], [NotNow])
    assert world.again(appeal).state == "withdrawn"
    assert not appeal.decisions.filter(state="pending").exists()
    assert verify_chain().ok


def test_an_appeal_is_withdrawn_after_being_asked_once_more_and_is_not_called_a_proposal(cast, world):
    _winner, loser, appeal = appealed(world)
    rep = logged_in(cast, "rival_rep")
    url = reverse("agreements:appeal_withdraw", args=[appeal.pk])
    assert url in rep.get(reverse("agreements:appeal_detail", args=[appeal.pk])).text
    assert "ยื่นอุทธรณ์ใหม่ไม่ได้" in rep.get(url).text and world.again(appeal).state == "filed"
    page = rep.post(url, {"version": world.again(loser).version, "key": "k"}, follow=True)
    assert world.again(appeal).state == "withdrawn"
    assert "ถอนอุทธรณ์แล้ว" in page.text and "ถอนข้อเสนอ" not in page.text
    assert rep.get(url).status_code == 302
    assert logged_in(cast, "rival_staff").get(url).status_code == 403


def test_states_of_an_appeal_are_not_called_those_of_a_proposal():
    with override("th"):
        labels = [str(label) for label in AppealState.labels]
    assert labels and not [label for label in labels if "ข้อเสนอ" in label]


def test_the_answer_on_its_way_is_closed_with_the_appeal_that_is_withdrawn(cast, world):
    _winner, _loser, appeal = appealed(world)
    decision = propose_answer(appeal=appeal, by=world.act("officer"), **DISMISSED)
    with pytest.raises(NotYou):
        withdraw_appeal(appeal=world.again(appeal), by=world.act("rival_staff"))
    assert world.again(decision).state == "pending"

    withdraw_appeal(appeal=world.again(appeal), by=world.act("rival_rep"))

    decision = world.again(decision)
    assert (decision.state, decision.next_holder_id, decision.next_title) == ("lapsed", None, "")
    step = decision.steps.order_by("-pk").first()
    assert (step.act, step.by, step.capacity) == ("lapsed", cast.rival_rep.user, "")
    told_to = set(OutboxMessage.objects.filter(kind="decision.lapsed").values_list("to_user_id", flat=True))
    assert told_to == {cast.executive.user.pk, cast.officer.user.pk}
    for act in (endorse_decision, lambda **more: return_decision(comment="แก้ไข", **more)):
        with pytest.raises(NotNow):
            act(decision=decision, by=world.act("executive"))
    executive = logged_in(cast, "executive")
    page = executive.get(reverse("agreements:decision_detail", args=[decision.pk])).content.decode()
    assert "ถอนอุทธรณ์" in page
    waiting = executive.get(reverse("agreements:decision_list")).context["waiting"]
    assert decision.pk not in [row.pk for row in waiting]
    memo = executive.get(reverse("agreements:decision_memo", args=[decision.pk])).content
    assert normal("ยุติเรื่อง") in normal(read_by_pypdf(memo))
    assert verify_chain().ok


def test_an_appeal_without_an_answer_on_its_way_is_withdrawn_as_before(world):
    _winner, _loser, appeal = appealed(world)
    decision = propose_answer(appeal=appeal, by=world.act("officer"), **DISMISSED)
    return_decision(decision=decision, by=world.act("executive"), comment="เพิ่มเหตุผล")
    withdraw_appeal(appeal=world.again(appeal), by=world.act("rival_rep"))
    assert (world.again(appeal).state, world.again(decision).state) == ("withdrawn", "returned")
