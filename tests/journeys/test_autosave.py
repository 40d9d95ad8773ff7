"""A draft never vanishes: saved while typing, by two people at once, without connection, without log-in, after closing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from agreements.models import Proposal
from tests.cast import PASSWORD
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor, thai
from tests.journeys.watch import DESK, LEFT_BEHIND
from tests.world import World

NO_CONNECTION = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def proposal(stage: Stage) -> Proposal:
    world = World(stage.cast)
    return world.draft_proposal(world.published_call())


@pytest.fixture
def second(browser: Browser, stage: Stage) -> Iterator[BrowserContext]:
    """A second computer, at which the organisation's representative is logged in."""
    stage.partner_rep.open("reporting:home")
    context = browser.new_context(locale="th-TH", timezone_id="Asia/Bangkok", viewport=DESK, reduced_motion="reduce")
    context.add_cookies(stage.context.cookies())
    yield context
    context.close()


@contextmanager
def cut_off(stage: Stage) -> Iterator[None]:
    """The connection is gone; what the browser says about it is no fault of the page."""
    stage.context.set_offline(True)
    yield
    stage.context.set_offline(False)
    forgive(stage)


def forgive(stage: Stage) -> None:
    troubles = stage.watch.troubles
    troubles[:] = [each for each in troubles if not any(word in each for word in (NO_CONNECTION, LEFT_BEHIND))]


def is_in_state(page: Page, state: str) -> None:
    expect(page.locator("[data-autosave-bar]")).to_have_attribute("data-state", state)


def field(page: Page, name: str) -> Any:
    return page.locator(f'main form.house-form [name="{name}"]')


def type_in(page: Page, name: str, text: str) -> None:
    """As at a keyboard: the field has the focus, and keeps it."""
    field(page, name).focus()
    field(page, name).fill(text)


def copies(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))")


def section(visitor: Visitor, proposal: Proposal, part: str) -> Page:
    return visitor.open("agreements:proposal_edit", proposal.reference, part).page


def test_two_people_write_the_same_section(stage: Stage, proposal: Proposal, second: BrowserContext) -> None:
    staff = stage.partner_staff
    page = section(staff, proposal, "work")
    expect(page.locator("[data-autosave-state]")).to_have_text(re.compile(r"^บันทึกแล้ว .*\d\d:\d\d:\d\d.น\.$"))

    type_in(page, "objectives", "ดูแลผู้สูงอายุที่อยู่ลำพัง")
    is_in_state(page, "dirty")
    is_in_state(page, "saved")
    assert stage.fresh(proposal).objectives == "ดูแลผู้สูงอายุที่อยู่ลำพัง" and not copies(page)

    # One wrong field stops no other, and takes nobody's focus.
    type_in(page, "beneficiaries-0-number", "สองร้อย")
    type_in(page, "area", "จังหวัดน่าน")
    is_in_state(page, "partly")
    assert staff.error_at("beneficiaries-0-number") and stage.fresh(proposal).area == "จังหวัดน่าน"
    assert page.evaluate("document.activeElement.name") == "area"
    assert copies(page)  # the wrong text is in the browser alone
    staff.look("partly")
    type_in(page, "beneficiaries-0-number", "250")
    is_in_state(page, "saved")
    assert not staff.error_at("beneficiaries-0-number") and stage.fresh(proposal).beneficiaries == 250

    there = second.new_page()
    there.goto(page.url)
    expect(there.locator("[data-autosave-others]")).to_contain_text(stage.cast.partner_staff.user.get_full_name())
    type_in(there, "title", "โครงการของเราสองคน")
    is_in_state(there, "saved")
    type_in(page, "area", "จังหวัดน่านและแพร่")
    is_in_state(page, "saved")
    expect(field(page, "title")).to_have_value("โครงการของเราสองคน")
    expect(page.locator("[data-autosave-others]")).to_contain_text(stage.cast.partner_rep.user.get_full_name())

    # Without connection both change the same: nobody is overwritten.
    with cut_off(stage):
        type_in(page, "objectives", "ข้อความที่เขียนตอนไม่มีสัญญาณ")
        is_in_state(page, "offline")
        type_in(there, "objectives", "ข้อความของผู้แทน")
        is_in_state(there, "saved")
    with stage.watch.expecting(409):
        is_in_state(page, "clash")
    panel = page.locator("[data-autosave-clash]")
    expect(panel.locator("[data-mine]")).to_have_text("ข้อความที่เขียนตอนไม่มีสัญญาณ")
    expect(panel.locator("[data-theirs]")).to_have_text("ข้อความของผู้แทน")
    assert stage.fresh(proposal).objectives == "ข้อความของผู้แทน"
    staff.look("clash")
    panel.locator("[data-autosave-settle]").click()
    expect(panel.locator("[data-autosave-clash-choose]")).to_be_visible()
    panel.get_by_label(thai("Keep mine")).check()
    panel.locator("[data-autosave-settle]").click()
    is_in_state(page, "saved")
    assert stage.fresh(proposal).objectives == "ข้อความที่เขียนตอนไม่มีสัญญาณ"

    staff.send()  # the whole form still goes off, with nothing left behind in the browser
    assert not copies(page)
    staff.follow("agreements:proposal_revision_list", proposal.reference).look("several")
    with page.expect_navigation():
        page.locator("main a[href$='before=r1&after=now']").click()
    expect(page.locator("main .difference ins").nth(1)).to_be_visible()
    staff.look()
    staff.follow("agreements:proposal_revision_restore", proposal.reference, "r1").send()
    assert stage.fresh(proposal).objectives == "ดูแลผู้สูงอายุที่อยู่ลำพัง"


def test_connection_log_in_and_page_are_lost_and_the_text_is_not(stage: Stage, proposal: Proposal) -> None:
    staff = stage.partner_staff
    page = section(staff, proposal, "team")
    rows = page.locator("[data-rows='members'] [data-row]:visible")
    before = rows.count()
    with cut_off(stage):
        type_in(page, "members-0-duty", "หัวหน้าโครงการ")
        staff.add_row("members")
        type_in(page, f"members-{before}-name", "นายยังเขียนไม่จบ (สมมติ)")
        is_in_state(page, "offline")
        page.goto("about:blank")
    # The page is closed and opened again: what was typed is offered, the row that is not finished among it.
    page = section(staff, proposal, "team")
    offer = page.locator("[data-autosave-offer]")
    expect(offer).to_contain_text("นายยังเขียนไม่จบ (สมมติ)")
    staff.look("offer")
    offer.locator("[data-autosave-restore]").click()
    expect(offer).to_be_hidden()
    expect(field(page, f"members-{before}-name")).to_have_value("นายยังเขียนไม่จบ (สมมติ)")
    is_in_state(page, "partly")
    assert stage.fresh(proposal).team_rows.first().duty == "หัวหน้าโครงการ"
    type_in(page, f"members-{before}-duty", "ผู้ประสานงาน")
    is_in_state(page, "saved")
    assert stage.fresh(proposal).team_rows.count() == 2

    # The session ends: the text stays on the screen; after log-in in another tab it is saved from there.
    page = section(staff, proposal, "network")
    stage.context.clear_cookies()
    with stage.watch.expecting(401):
        type_in(page, "network", "เครือข่ายที่เขียนหลังหมดเวลา")
        is_in_state(page, "login")
    expect(page.locator("[data-autosave-log-in] a")).to_be_visible()
    staff.look("logged out")
    with stage.context.expect_page() as opened:
        page.locator("[data-autosave-log-in] a").click()
    tab = opened.value
    tab.get_by_label("อีเมล").fill(stage.cast.partner_staff.user.email)
    tab.get_by_label("รหัสผ่าน").fill(PASSWORD)
    tab.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    tab.wait_for_url(stage.server + "/")
    tab.close()
    with stage.watch.expecting(403):  # the page's token is the one of before
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        is_in_state(page, "saved")
    assert stage.fresh(proposal).network == "เครือข่ายที่เขียนหลังหมดเวลา"

    # Logging out on a shared computer: what only this browser has is asked about, and deleted.
    page.route("**/draft/**", lambda route: route.abort("internetdisconnected"))
    type_in(page, "network", "ข้อความที่ไม่ต้องการเก็บ")
    is_in_state(page, "offline")
    assert copies(page)
    page.evaluate(f"document.querySelector('form[action=\"{reverse('account_logout')}\"]').requestSubmit()")
    expect(page.locator("dialog.ask")).to_be_visible()
    staff.look("asked before logging out")
    with page.expect_navigation():
        page.locator("dialog.ask button[value=clear]").click()
    assert not copies(page)
    assert stage.fresh(proposal).network == "เครือข่ายที่เขียนหลังหมดเวลา"
    forgive(stage)
