"""Two windows of one person on a form that is recorded once: each keeps its own text, and ends no other's."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from agreements.models import Call, CallQuestion
from tests.cast import PASSWORD
from tests.journeys.stage import Stage
from tests.journeys.test_autosave import copies, field, is_in_state, type_in
from tests.world import World

HERE, THERE = "คำถามจากหน้าต่างแรก", "คำถามจากหน้าต่างที่สอง"


@pytest.fixture
def call(stage: Stage) -> Call:
    return World(stage.cast).published_call()


@pytest.fixture
def there(stage: Stage) -> Iterator[Page]:
    """The person's second window."""
    stage.partner_staff.open("reporting:home")
    page = stage.context.new_page()
    yield page
    page.close()


def form_of(stage: Stage, call: Call) -> Page:
    return stage.partner_staff.open("agreements:question_create", call.reference).page


def opened(stage: Stage, call: Call, page: Page) -> Page:
    page.goto(stage.server + reverse("agreements:question_create", args=[call.reference]))
    return page


def write(page: Page, text: str) -> None:
    """Type, and wait until this very text is kept: the line says so of the text before, too."""
    type_in(page, "text", text)
    is_in_state(page, "here")
    page.wait_for_function("text => Object.values(localStorage).some(kept => kept.includes(text))", arg=text)


def sent(page: Page, until: str) -> None:
    with page.expect_navigation(url=re.compile(until)):
        page.locator("main form.house-form button[type=submit]").click()


def offered(page: Page) -> str | None:
    """The text that the page offers to bring back; None where it offers nothing."""
    offer = page.locator("[data-autosave-offer]")
    return offer.locator("dd [data-kept]").inner_text() if offer.is_visible() else None


def answer(page: Page, how: str) -> None:
    page.locator(f"[data-autosave-{how}]").click()


def test_what_one_window_records_leaves_the_others_text_alone(stage: Stage, call: Call, there: Page) -> None:
    page = form_of(stage, call)
    opened(stage, call, there)
    write(page, HERE)
    write(there, THERE)
    assert len(copies(page)) == 2
    sent(page, "/calls/")
    assert CallQuestion.objects.get().text == HERE
    [left] = copies(page)
    assert THERE in page.evaluate("key => localStorage.getItem(key)", left)
    there.goto("about:blank")  # the second window is lost before it sends
    page = form_of(stage, call)
    assert offered(page) == THERE
    stage.partner_staff.look("offer")
    answer(page, "restore")
    expect(field(page, "text")).to_have_value(THERE)
    sent(page, "/calls/")
    assert list(CallQuestion.objects.order_by("pk").values_list("text", flat=True)) == [HERE, THERE]
    assert not copies(page)
    assert offered(form_of(stage, call)) is None


def test_after_a_lost_log_in_each_windows_text_is_offered(stage: Stage, call: Call, there: Page) -> None:
    page = form_of(stage, call)
    opened(stage, call, there)
    write(page, HERE)
    write(there, THERE)
    stage.context.clear_cookies(name="sessionid")
    sent(page, "login")
    page.get_by_label("อีเมล").fill(stage.cast.partner_staff.user.email)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    with page.expect_navigation(url=re.compile("/questions/")):
        page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    assert offered(page) == THERE, "the latest first"
    answer(page, "discard")
    assert offered(page) == HERE
    answer(page, "restore")
    assert offered(page) is None
    expect(field(page, "text")).to_have_value(HERE)
    sent(page, "/calls/")
    assert not copies(page)
    # The other window has its text still, and keeps it anew as soon as it is sent.
    with there.expect_navigation():
        there.evaluate("document.querySelector('main form.house-form').requestSubmit()")
    assert CallQuestion.objects.filter(text=HERE).count() == 1


def test_a_window_whose_text_was_taken_over_keeps_it_again_when_it_is_sent(
    stage: Stage, call: Call, there: Page
) -> None:
    """The log-in is lost once more, in the window that had been robbed of its copy: the text comes back all the same."""
    opened(stage, call, there)
    write(there, THERE)
    page = form_of(stage, call)
    answer(page, "discard")  # thrown away here, while it stands there on the screen
    assert not copies(page)
    stage.context.clear_cookies(name="sessionid")
    sent(there, "login")
    assert len(copies(there)) == 1
    stage.partner_staff.cookies = []
    there.get_by_label("อีเมล").fill(stage.cast.partner_staff.user.email)
    there.get_by_label("รหัสผ่าน").fill(PASSWORD)
    with there.expect_navigation(url=re.compile("/questions/")):
        there.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    assert offered(there) == THERE


def test_what_is_brought_back_is_what_was_shown(stage: Stage, call: Call, there: Page) -> None:
    """A third window that opens meanwhile puts a newer text on the pile; the older one was read, and is meant."""
    opened(stage, call, there)
    write(there, THERE)
    page = form_of(stage, call)
    assert offered(page) == THERE
    write(there, THERE + " แก้ไขแล้ว")
    third = opened(stage, call, stage.context.new_page())
    assert offered(third) == THERE + " แก้ไขแล้ว"
    answer(page, "restore")
    expect(field(page, "text")).to_have_value(THERE)
    answer(third, "restore")
    expect(field(third, "text")).to_have_value(THERE + " แก้ไขแล้ว")
    assert offered(third) is None, "what the other window took is not offered here any more"
    third.close()


def test_a_refusal_goes_on_with_the_same_copy_and_what_is_recorded_ends_it(
    stage: Stage, call: Call, there: Page
) -> None:
    opened(stage, call, there)
    write(there, THERE)
    page = form_of(stage, call)
    answer(page, "discard")
    write(there, THERE + " และยังเขียนต่อ")
    type_in(page, "text", HERE)
    page.evaluate("document.querySelector('main [name=text]').maxLength = 9999")
    type_in(page, "text", "ก" * 3000)  # longer than a question may be
    is_in_state(page, "here")
    stage.partner_staff.send_wrong()
    mine = [each for each in copies(page) if "กกก" in page.evaluate("key => localStorage.getItem(key)", each)]
    assert len(mine) == 1 and len(copies(page)) == 2
    type_in(page, "text", HERE)
    sent(page, "/calls/")
    [left] = copies(page)
    assert THERE in page.evaluate("key => localStorage.getItem(key)", left)
