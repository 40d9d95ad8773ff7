"""One chance to mend formal gaps after the deadline, where the call gives days for it (§3.2 step 3)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from agreements.actions.calls import begin_selection, close_submissions
from agreements.actions.cure import answer_cure, ask_cure, attach_to_cure, cure_due_at, detach_from_cure, lapse_cure
from agreements.actions.paper import confirm_paper
from agreements.actions.proposal_content import ATTACHMENT
from agreements.actions.proposals import attach_file, save_part
from agreements.actions.submission import submit_proposal
from agreements.documents.proposal_data import version_content
from agreements.enums import ProposalState
from agreements.models import Call, CureRequest
from core import clock
from core.files import files_of
from core.models import OutboxMessage
from core.workflow import Missing, NotNow, NotYou
from core.working_days import term_ends
from reporting.worklist import work_of
from tests.agreements.paper_world import call_open_for_two_hours, written
from tests.world import World, evidence

pytestmark = pytest.mark.django_db


def closed(world: World, days: int = 5):
    """A closed Grant call that gives `days` to mend, and the partner's proposal with one file."""
    call = world.published_call("grant")
    call.documents.update(is_required=False)  # which documents a call wants is tried elsewhere
    proposal = world.draft_proposal(call)
    attach_file(proposal=world.again(proposal), upload=evidence("โครงการ.png"), by=world.act("partner_staff"))
    submit_proposal(proposal=world.again(proposal), by=world.act("partner_rep"))
    world.pass_deadline(call)
    Call.objects.filter(pk=call.pk).update(cure_days=days)
    close_submissions(call=world.again(call), by=world.act("officer"))
    return world.again(call), world.again(proposal)


def page(name: str, proposal) -> str:
    return reverse(f"agreements:{name}", args=[proposal.reference])


def logged_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def matters(actor) -> list[str]:
    return [str(item.what) for group in work_of(actor).groups for item in group.items]


def test_what_is_asked_is_completed_with_files_alone_and_freezes_the_next_version(cast):
    world = World(cast)
    call, proposal = closed(world)
    officer, staff = logged_in(cast.officer.user), logged_in(cast.partner_staff.user)
    data = {"gaps": "", "version": proposal.version, "key": "a"}
    assert list(officer.post(page("proposal_cure_ask", proposal), data).context["form"].errors) == ["gaps"]
    data |= {"gaps": "ขาดหนังสือมอบอำนาจ", "key": "b"}
    assert officer.post(page("proposal_cure_ask", proposal), data).status_code == 302
    proposal = world.again(proposal)
    assert proposal.state == ProposalState.CURING
    told = OutboxMessage.objects.get(kind="proposal.cure", to_user_id=cast.partner_rep.user.pk)
    assert "ขาดหนังสือมอบอำนาจ" in told.body
    assert matters(world.act("partner_rep"))
    assert all(words in staff.get(page("proposal_detail", proposal)).text for words in ("ขอเมื่อ", "ส่งภายใน"))
    with pytest.raises(Missing):  # the selection waits for it
        begin_selection(call=call, by=world.act("officer"))
    with pytest.raises(NotNow):  # texts and budget stay as they were
        save_part(proposal=proposal, part="work", facts={"objectives": "ใหม่"}, by=world.act("partner_staff"))
    old = files_of(proposal, ATTACHMENT).get()
    with pytest.raises(NotNow):  # so do the files of that time
        detach_from_cure(proposal=proposal, file=old, by=world.act("partner_staff"))
    upload = {"file": evidence("มอบอำนาจ.png"), "version": proposal.version, "key": "c"}
    assert staff.post(page("proposal_cure_file", proposal), upload).status_code == 302
    shown = staff.get(page("proposal_cure", proposal))
    assert [row["name"] for row in shown.context["added"]] == ["มอบอำนาจ.png"]
    assert not shown.context["sending"], "the representative sends it"
    with pytest.raises(NotYou):
        answer_cure(proposal=world.again(proposal), answer="ครบ", by=world.act("partner_staff"))
    sent = {"answer": "แนบแล้ว", "version": world.again(proposal).version, "key": "d"}
    rep = logged_in(cast.partner_rep.user)
    asked = rep.post(page("proposal_cure", proposal), sent)
    assert "มอบอำนาจ.png" in asked.text and world.again(proposal).state == ProposalState.CURING
    assert rep.post(page("proposal_cure", proposal), sent | {"confirmed": "yes"}).status_code == 302
    proposal = world.again(proposal)
    first, second = proposal.versions.all()
    assert (proposal.state, second.number) == (ProposalState.SUBMITTED, 2)
    assert version_content(first)["fields"] == version_content(second)["fields"]
    assert len(version_content(second)["files"]) == 2
    assert proposal.submitted_at == first.submitted_at, "it was submitted in time"
    assert OutboxMessage.objects.filter(kind="proposal.cured", to_user_id=cast.officer.user.pk).exists()
    assert "แนบแล้ว" in officer.get(page("proposal_detail", proposal)).text
    with pytest.raises(NotNow):  # one chance
        ask_cure(proposal=proposal, gaps="อีกครั้ง", by=world.act("officer"))
    world.screen(proposal)
    assert world.again(proposal).state == ProposalState.ELIGIBLE


def test_a_chosen_file_goes_with_the_answer_and_nothing_typed_is_lost_on_the_way(cast):
    world = World(cast)
    _call, proposal = closed(world)
    ask_cure(proposal=proposal, gaps="ขาดหนังสือมอบอำนาจ", by=world.act("officer"))
    rep, url = logged_in(cast.partner_rep.user), page("proposal_cure", proposal)

    def send(**data):
        return rep.post(url, {"version": world.again(proposal).version, **data})

    empty = send(answer=" ", key="1")
    assert set(empty.context["form"].errors) == {"answer"}
    wrong = send(answer="พิมพ์ไว้แล้ว", file=SimpleUploadedFile("a.exe", b"MZ"), key="2")
    assert set(wrong.context["form"].errors) == {"file"} and "พิมพ์ไว้แล้ว" in wrong.text
    only_attached = send(answer="พิมพ์ไว้แล้ว", file=evidence("หนึ่ง.png"), key="3", go_on="")
    assert [row["name"] for row in only_attached.context["added"]] == ["หนึ่ง.png"]
    assert "พิมพ์ไว้แล้ว" in only_attached.text
    asked = send(answer="ครบแล้ว", file=evidence("สอง.png"), key="4")
    assert all(words in asked.text for words in ("หนึ่ง.png", "สอง.png", "ครบแล้ว", "ส่งได้เพียงครั้งเดียว"))
    assert world.again(proposal).state == ProposalState.CURING
    again = send(answer="ครบแล้ว", confirmed="yes", key="5", go_on="")
    assert "ครบแล้ว" in again.text and world.again(proposal).state == ProposalState.CURING
    form = asked.context["form"]
    confirmed = {"answer": form["answer"].value(), "version": form["version"].value(), "key": form["key"].value()}
    assert rep.post(url, confirmed | {"confirmed": "yes"}).status_code == 302
    proposal = world.again(proposal)
    assert proposal.state == ProposalState.SUBMITTED and proposal.cure_request.answer == "ครบแล้ว"
    assert len(version_content(proposal.latest_version)["files"]) == 3


def sender(world: World):
    """The representative's page: what it sends is answered with the page."""
    _call, proposal = closed(world)
    ask_cure(proposal=proposal, gaps="ขาดหนังสือมอบอำนาจ\nขาดสำเนา", by=world.act("officer"))
    rep, url = logged_in(world.cast.partner_rep.user), page("proposal_cure", proposal)

    def send(**data):
        return rep.post(url, {"version": world.again(proposal).version, "answer": "พิมพ์ไว้แล้ว", **data})

    return proposal, send


def names(answer) -> list[str]:
    return [row["name"] for row in answer.context["added"]]


def test_a_file_that_was_attached_is_not_chosen_any_more_and_the_page_can_be_sent_on(cast):
    _proposal, send = sender(World(cast))
    shown = send(file=evidence("หนึ่ง.png"), key="1", go_on="1")
    assert names(shown) == ["หนึ่ง.png"] and "data-file-again" not in shown.text
    form = shown.context["form"]
    on = {name: form[name].value() for name in ("answer", "version", "key")}
    asked = send(**on)
    assert asked.context["form"].initial == {"answer": "พิมพ์ไว้แล้ว"}
    assert "ขาดหนังสือมอบอำนาจ<br>ขาดสำเนา" in asked.text


def test_pressing_attach_without_a_file_says_so(cast):
    _proposal, send = sender(World(cast))
    shown = send(key="1", go_on="1")
    assert set(shown.context["form"].errors) == {"file"} and "พิมพ์ไว้แล้ว" in shown.text


def test_a_page_sent_twice_attaches_once_and_another_file_on_it_is_not_dropped(cast):
    _proposal, send = sender(World(cast))
    first = {"file": evidence("หนึ่ง.png"), "key": "1"}
    assert "หนึ่ง.png" in send(**first).text
    again = send(file=evidence("หนึ่ง.png"), key="1", go_on="1")
    assert names(again) == ["หนึ่ง.png"] and "data-file-again" not in again.text
    other = send(file=evidence("สอง.png"), key="1")
    assert names(other) == ["หนึ่ง.png"] and 'data-name="สอง.png"' in other.text


def test_taking_out_a_file_keeps_what_was_typed(cast):
    proposal, send = sender(World(cast))
    shown = send(file=evidence("ผิด.png"), key="1", go_on="1")
    [wrong] = shown.context["added"]
    old = files_of(proposal, ATTACHMENT).exclude(pk=wrong["id"]).get()
    shown = send(remove=wrong["id"], file=evidence("ถูก.png"), key="2")
    assert names(shown) == [] and "พิมพ์ไว้แล้ว" in shown.text and 'data-name="ถูก.png"' in shown.text
    for gone in (wrong["id"], old.pk, "x"):
        assert send(remove=gone, key=f"gone {gone}").status_code == 200
    assert files_of(proposal, ATTACHMENT).get() == old, "what was submitted stays"


def test_what_is_sent_without_any_file_says_so_first(cast):
    _proposal, send = sender(World(cast))
    assert "ยังไม่ได้แนบไฟล์ใด" in send(key="1").text


def test_the_gaps_of_a_paper_are_sent_by_another_officer_on_the_same_page(cast):
    world = World(cast)
    call = call_open_for_two_hours(world)
    paper = written(world, call)
    confirm_paper(proposal=world.again(paper), by=world.act("second_officer"))
    world.closed_call(call)
    Call.objects.filter(pk=call.pk).update(cure_days=5)
    ask_cure(proposal=world.again(paper), gaps="ขาดหนังสือมอบอำนาจ", by=world.act("officer"))
    other, url = logged_in(cast.second_officer.user), page("proposal_cure", paper)
    assert logged_in(cast.officer.user).get(url).status_code == 403, "whoever asked does not answer"
    sent = {"answer": "ได้รับแล้ว", "file": evidence("มอบอำนาจ.png"), "version": world.again(paper).version, "key": "1"}
    asked = other.post(url, sent)
    assert "มอบอำนาจ.png" in asked.text and world.again(paper).state == ProposalState.CURING
    form = asked.context["form"]
    confirmed = {name: form[name].value() for name in ("answer", "version", "key", "confirmed")}
    assert other.post(url, confirmed).status_code == 302
    paper = world.again(paper)
    assert (paper.state, paper.cure_request.answered_by) == (ProposalState.SUBMITTED, cast.second_officer.user)
    assert "มอบอำนาจ.png" in [row["name"] for row in version_content(paper.latest_version)["files"]]


def test_it_is_the_first_thing_to_do_on_the_page_and_has_one_name(cast):
    world = World(cast)
    proposal, send = sender(world)
    shown = logged_in(cast.partner_rep.user).get(page("proposal_detail", proposal))
    first = shown.context["actions"][0]
    assert (first["url"], first["label"]) == (page("proposal_cure", proposal), "ส่งเอกสารเพิ่มเติม")
    assert "ส่งเอกสารเพิ่มเติม</h1>" in send(key="1").text


def test_what_came_to_it_after_it_was_shown_is_not_sent_unseen(cast):
    world = World(cast)
    _call, proposal = closed(world)
    ask_cure(proposal=proposal, gaps="ขาดหนังสือมอบอำนาจ", by=world.act("officer"))
    rep, url = logged_in(cast.partner_rep.user), page("proposal_cure", proposal)
    seen = world.again(proposal).version
    attach_to_cure(proposal=world.again(proposal), upload=evidence("ภายหลัง.png"), by=world.act("partner_staff"))
    late = rep.post(url, {"answer": "ครบ", "version": seen, "confirmed": "yes", "key": "k"})
    assert late.status_code == 200 and "ภายหลัง.png" in late.text
    assert world.again(proposal).state == ProposalState.CURING


def test_after_the_time_the_officer_goes_on_without_and_what_was_not_sent_is_in_no_version(cast):
    world = World(cast)
    _call, proposal = closed(world)
    ask_cure(proposal=proposal, gaps="ขาดสำเนา", by=world.act("officer"))
    with pytest.raises(ValidationError):
        answer_cure(proposal=world.again(proposal), answer=" ", by=world.act("partner_rep"))
    attach_to_cure(proposal=world.again(proposal), upload=evidence("ช้า.png"), by=world.act("partner_staff"))
    with pytest.raises(NotNow):
        lapse_cure(proposal=world.again(proposal), by=world.act("officer"))
    CureRequest.objects.update(due_at=clock.real_now() - timedelta(seconds=1))
    with pytest.raises(NotNow):
        answer_cure(proposal=world.again(proposal), answer="ครบ", by=world.act("partner_rep"))
    assert matters(world.act("officer"))
    data = {"version": world.again(proposal).version, "key": "k"}
    assert logged_in(cast.officer.user).post(page("proposal_cure_lapse", proposal), data).status_code == 302
    proposal = world.again(proposal)
    assert (proposal.state, proposal.versions.count()) == (ProposalState.SUBMITTED, 1)
    assert files_of(proposal, ATTACHMENT).count() == 1
    assert OutboxMessage.objects.filter(kind="proposal.cure_lapsed", to_user_id=cast.partner_rep.user.pk).exists()


def test_a_call_without_days_for_it_gives_no_second_chance(cast):
    world = World(cast)
    _call, proposal = closed(world, days=0)
    with pytest.raises(NotNow):
        ask_cure(proposal=proposal, gaps="ขาดสำเนา", by=world.act("officer"))


def test_the_time_runs_to_the_end_of_the_last_day_in_bangkok():
    due = cure_due_at(5).astimezone(clock.BANGKOK)
    assert (due.hour, due.minute, due.second) == (23, 59, 59)
    assert due.date() == term_ends(clock.now().astimezone(clock.BANGKOK).date(), 5)
