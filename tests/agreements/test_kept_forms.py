"""Long texts that are recorded with a button: the page names the browser's copy, and what is recorded ends it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from agreements.actions.cure import ask_cure
from agreements.models import Call, CallQuestion
from tests.agreements.paper_world import ago
from tests.agreements.test_cure import closed
from tests.agreements.test_paper_withdrawal import confirmed, recorded
from tests.cast import Cast
from tests.html_tools import Element, page_of
from tests.world import World, evidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast: Cast) -> World:
    return World(cast)


def client_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.cast.people[name].user)
    return client


def copy_on(page: Element) -> str:
    """The key of the copy that the page keeps of its form, which stands inside with all that the scripts need."""
    [wrapper] = [each for each in page.all("main [data-kept]") if each.all("form.house-form textarea")]
    assert len(wrapper.all("[data-autosave-bar]")) == len(wrapper.all("form.house-form")) == 1
    scripts = " ".join(each.get("src") or "" for each in page.all("script[src]"))
    assert all(name in scripts for name in ("form_values", "kept_offer", "kept."))
    return wrapper.get("data-kept") or ""


def read(answer: Any) -> Element:
    return page_of(answer.content.decode())


def address(name: str, *args: object) -> str:
    return reverse(f"agreements:{name}", args=args)


def ended_by(client: Client, url: str, data: dict[str, object]) -> str:
    """Which copy the answer to a sent form ends."""
    answer = client.post(url, data | {"key": "once"}, follow=True)
    [message] = read(answer).all("[data-copy-over]")
    return message.get("data-copy-over") or ""


def test_the_answer_to_formal_gaps_is_kept_while_a_file_is_attached(world: World) -> None:
    _call, proposal = closed(world)
    ask_cure(proposal=proposal, gaps="ขาดหนังสือมอบอำนาจ", by=world.act("officer"))
    url, staff, rep = (
        address("proposal_cure", proposal.reference),
        client_of(world, "partner_staff"),
        client_of(world, "partner_rep"),
    )
    assert not read(staff.get(url)).all("main [data-kept] textarea"), "the representative alone writes it"
    key = copy_on(read(rep.get(url)))
    file = {"file": evidence("มอบอำนาจ.png"), "version": world.again(proposal).version, "key": "a"}
    after = read(rep.post(address("proposal_cure_file", proposal.reference), file, follow=True))
    assert copy_on(after) == key and not after.all("[data-copy-over]")
    sent = {"answer": "แนบแล้ว", "version": world.again(proposal).version, "confirmed": "yes"}
    assert ended_by(rep, url, sent) == key


def test_questions_and_their_answers_are_kept(world: World) -> None:
    call = world.published_call()
    asker, officer = client_of(world, "partner_staff"), client_of(world, "officer")
    url = address("question_create", call.reference)
    key = copy_on(read(asker.get(url)))
    assert ended_by(asker, url, {"text": "ยื่นเป็นภาษาอังกฤษได้หรือไม่"}) == key
    url = address("question_answer", CallQuestion.objects.get().pk)
    key = copy_on(read(officer.get(url)))
    assert ended_by(officer, url, {"answer": "ยื่นได้", "version": world.again(call).version}) == key


def test_what_an_officer_writes_about_a_proposal_on_paper_is_kept(world: World) -> None:
    call = world.published_call()
    Call.objects.filter(pk=call.pk).update(published_at=ago(120))
    officer, second = client_of(world, "officer"), client_of(world, "second_officer")
    proposal = confirmed(world, world.again(call))
    assert copy_on(read(officer.get(address("proposal_paper_withdraw", proposal.reference))))
    recorded(world, proposal)
    key = copy_on(read(second.get(address("proposal_paper_withdrawal", proposal.reference))))
    url, sent = (
        address("proposal_paper_withdrawal_return", proposal.reference),
        {"version": world.again(proposal).version},
    )
    assert copy_on(read(second.post(url, sent | {"reason": "", "key": "a"}))) == key
    assert ended_by(second, url, sent | {"reason": "ชื่อโครงการไม่ตรง"}) == key


def test_reasons_and_addenda_of_a_call_are_kept(world: World) -> None:
    call = world.published_call()
    officer, executive = client_of(world, "officer"), client_of(world, "executive")
    assert copy_on(read(officer.get(address("addendum_create", call.reference))))
    url = address("call_cancel", call.reference)
    key = copy_on(read(executive.get(url)))
    assert ended_by(executive, url, {"reason": "งบประมาณถูกตัด", "version": world.again(call).version}) == key


def test_gaps_that_an_officer_asks_for_are_kept(world: World) -> None:
    _call, proposal = closed(world)
    officer, url = client_of(world, "officer"), address("proposal_cure_ask", proposal.reference)
    key = copy_on(read(officer.get(url)))
    assert ended_by(officer, url, {"gaps": "ขาดหนังสือมอบอำนาจ", "version": proposal.version}) == key
