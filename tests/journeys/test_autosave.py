"""A draft never vanishes: saved while typing, by two people at once, without connection, without log-in, after closing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from agreements.enums import CriterionKind
from agreements.models import Proposal, Review
from tests.agreements.test_reviews import scoring, screening
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
    expect(page.locator("[data-autosave-state]")).to_have_text(re.compile(r"^บันทึกแล้ว .*\d\d:\d\d:\d\d.น\. ยกเว้น"))
    staff.look("partly")
    page.locator("[data-autosave-wrong] button").click()  # the bar stands on top while one writes far below
    expect(field(page, "beneficiaries-0-number")).to_be_focused()
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
    # One stands far below while writing: the bar leads up to the choice, and only when it is asked to.
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(panel.locator("h2")).not_to_be_focused()
    page.locator("[data-autosave-to-clash] button").click()
    expect(panel.locator("h2")).to_be_in_viewport()
    expect(panel.locator("h2")).to_be_focused()
    panel.locator("[data-autosave-settle]").click()
    expect(panel.locator("[data-autosave-clash-choose]")).to_be_visible()
    panel.get_by_label(thai("Keep mine")).check()
    panel.locator("[data-autosave-settle]").click()
    is_in_state(page, "saved")
    expect(page.locator("[data-autosave-to-clash]")).to_be_hidden()
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


def test_two_windows_of_one_person_keep_what_each_has_not_saved(stage: Stage, proposal: Proposal) -> None:
    staff = stage.partner_staff
    page = section(staff, proposal, "work")
    there = stage.context.new_page()
    there.goto(page.url)
    type_in(there, "objectives", "จากหน้าต่างแรก")
    is_in_state(there, "saved")
    with stage.watch.expecting(409):
        type_in(page, "objectives", "จากหน้าต่างที่สอง")
        is_in_state(page, "clash")
    assert len(copies(page)) == 1
    type_in(there, "area", "จังหวัดน่าน")  # what the one window saves ends no copy of the other
    is_in_state(there, "saved")
    assert len(copies(page)) == 1
    page.goto("about:blank")
    with cut_off(stage):
        type_in(there, "area", "จังหวัดแพร่")
        is_in_state(there, "offline")
        there.close()

    # Both are closed with something that is not saved: one after the other is offered, the newest first.
    page = section(staff, proposal, "work")
    offer = page.locator("[data-autosave-offer]")
    expect(offer).to_contain_text("จังหวัดแพร่")
    offer.locator("[data-autosave-restore]").click()
    is_in_state(page, "saved")
    expect(offer).to_contain_text("จากหน้าต่างที่สอง")
    with stage.watch.expecting(409):
        offer.locator("[data-autosave-restore]").click()
        is_in_state(page, "clash")
    for choice in page.get_by_label(thai("Keep mine")).all():
        choice.check()
    page.locator("[data-autosave-settle]").click()
    is_in_state(page, "saved")
    assert stage.fresh(proposal).objectives == "จากหน้าต่างที่สอง" and not copies(page)


def test_what_was_typed_too_late_can_still_be_copied(stage: Stage, proposal: Proposal) -> None:
    staff = stage.partner_staff
    page = section(staff, proposal, "work")
    with cut_off(stage):
        type_in(page, "objectives", "ข้อความที่มาไม่ทัน")
        is_in_state(page, "offline")
        page.wait_for_function("() => Object.values(localStorage).some(kept => kept.includes('ข้อความที่มาไม่ทัน'))")
        # Before the page is left: what it sends last may get through, though the connection is cut.
        World(stage.cast).pass_deadline(proposal.call)
        page.goto("about:blank")
    page = staff.open("agreements:proposal_detail", proposal.reference).page
    kept = page.locator("[data-kept-texts]")
    expect(kept).to_contain_text("ข้อความที่มาไม่ทัน")
    expect(kept).not_to_contain_text(proposal.area)  # what stands in the proposal anyway
    staff.look("kept texts")
    kept.get_by_role("button").click()
    expect(kept).to_be_hidden()
    assert not copies(page)


def test_a_reviewer_loses_no_score(stage: Stage) -> None:
    """Points and reasons as they are typed, without connection, in two windows, and once finishing was tried."""
    call, proposal, _rival = scoring(World(stage.cast))
    first, second, *others = call.criteria.filter(kind=CriterionKind.SCORING).values_list("pk", flat=True)
    reviewer = stage.reviewer
    page = reviewer.open("agreements:proposal_review", proposal.reference).page

    def points(where: Page, criterion: int, value: object) -> None:
        where.locator(f'main [name="points_{criterion}"][value="{value}"]').check()

    def stored() -> dict[int, tuple[int | None, str]]:
        rows = Review.objects.get().scores.values_list("criterion", "points", "reason")
        return {criterion: (given, why) for criterion, given, why in rows}

    points(page, first, 0)
    type_in(page, f"reason_{first}", "ยังไม่มีหลักฐาน")
    is_in_state(page, "dirty")
    is_in_state(page, "saved")
    assert page.evaluate("document.activeElement.name") == f"reason_{first}"
    assert stored() == {first: (0, "ยังไม่มีหลักฐาน")} and not copies(page)
    with cut_off(stage):
        points(page, second, 3)
        type_in(page, f"reason_{second}", "เขียนตอนไม่มีสัญญาณ")
        is_in_state(page, "offline")
        page.goto("about:blank")
    page = reviewer.open("agreements:proposal_review", proposal.reference).page
    offer = page.locator("[data-autosave-offer]")
    if offer.is_visible():  # a page that is left sends once more: seldom that comes through after all
        expect(offer).to_contain_text("เขียนตอนไม่มีสัญญาณ")
        reviewer.look("review offer")
        offer.locator("[data-autosave-restore]").click()
        is_in_state(page, "saved")
    assert stored()[second] == (3, "เขียนตอนไม่มีสัญญาณ")

    there = stage.context.new_page()
    there.goto(page.url)
    type_in(there, f"reason_{first}", "จากอีกหน้าต่าง")
    is_in_state(there, "saved")
    with stage.watch.expecting(409):
        type_in(page, f"reason_{first}", "จากหน้าต่างนี้")
        is_in_state(page, "clash")
    reviewer.look("review clash")
    page.get_by_label(thai("Keep what this window has")).check()
    page.locator("[data-autosave-settle]").click()
    is_in_state(page, "saved")
    assert stored()[first] == (0, "จากหน้าต่างนี้")
    there.close()

    page.locator("main button[name=finish]").click()
    expect(page.locator("main .field-wrong")).to_have_count(2 * len(others))
    is_in_state(page, "partly")  # what lacks is still said after it was saved
    expect(page.locator("main .field-wrong")).to_have_count(2 * len(others))
    for criterion in others:
        points(page, criterion, 5)
        type_in(page, f"reason_{criterion}", "ครบถ้วน")
    expect(page.locator("main .field-wrong")).to_have_count(0)
    reviewer.look("review complete")
    with page.expect_navigation():
        page.locator("main button[name=finish]").click()
    assert Review.objects.get().finished_at and not copies(page)


def test_an_officer_loses_no_reason_of_a_screening_and_no_minutes(stage: Stage) -> None:
    """Recorded once, with the button: until then it is kept in the browser, and offered after the log-in was lost."""
    world = World(stage.cast)
    _call, proposal, _rival = screening(world)
    [criterion, *others] = proposal.call.criteria.filter(kind=CriterionKind.ELIGIBILITY).values_list("pk", flat=True)
    officer = stage.officer
    page = officer.open("agreements:proposal_screen", proposal.reference).page
    is_in_state(page, "unsaved")
    page.locator(f'main [name="met_{criterion}"][value="no"]').check()
    type_in(page, f"reason_{criterion}", "หนังสือรับรองหมดอายุ")
    is_in_state(page, "here")
    expect(page.locator("[data-autosave-state]")).to_have_text(
        re.compile(r"^เก็บไว้ในเบราว์เซอร์นี้เมื่อ .*\d\d:\d\d:\d\d น\.")
    )
    officer.look("kept")

    # The session ended meanwhile: sending leads to the log-in, and the text is offered afterwards.
    stage.context.clear_cookies(name="sessionid")
    with page.expect_navigation(url=re.compile("login")):
        page.locator("main form.house-form button[type=submit]").click()
    page.get_by_label("อีเมล").fill(stage.cast.officer.user.email)
    page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    with page.expect_navigation(url=re.compile("/screen/$")):
        page.get_by_role("button", name="เข้าสู่ระบบ", exact=True).click()
    offer = page.locator("[data-autosave-offer]")
    expect(offer).to_contain_text("หนังสือรับรองหมดอายุ")
    officer.look("screening offer")
    offer.locator("[data-autosave-restore]").click()
    expect(field(page, f"reason_{criterion}")).to_have_value("หนังสือรับรองหมดอายุ")
    expect(page.locator(f'main [name="met_{criterion}"][value="no"]')).to_be_checked()
    type_in(page, f"reason_{criterion}", "หนังสือรับรองหมดอายุก่อนวันยื่น")
    page.goto("about:blank")  # closed at once: the last words are kept as well
    page = officer.open("agreements:proposal_screen", proposal.reference).page
    offer.locator("[data-autosave-restore]").click()

    # A refusal keeps the input on the page and the copy; what is recorded leaves none.
    officer.send_wrong()
    assert copies(page) and officer.kept(f"reason_{criterion}") == "หนังสือรับรองหมดอายุก่อนวันยื่น"
    officer.send({f"met_{other}": "yes" for other in others})
    assert stage.fresh(proposal).state == "ineligible" and not copies(page)


def test_minutes_of_a_presentation_are_kept_until_they_are_recorded(stage: Stage) -> None:
    world = World(stage.cast)
    _call, proposal, _rival = screening(world)
    world.screen(proposal)
    officer = stage.officer
    page = officer.open("agreements:proposal_present", proposal.reference).page
    type_in(page, "questions", "ถาม: แผนสำรองคืออะไร")
    page.goto("about:blank")
    page = officer.open("agreements:proposal_present", proposal.reference).page
    page.locator("[data-autosave-restore]").click()
    expect(field(page, "questions")).to_have_value("ถาม: แผนสำรองคืออะไร")
    is_in_state(page, "here")
    officer.look("minutes")
    officer.send({"held_on": "1/10/2569", "place": "ห้องประชุม 1", "minutes": "นำเสนอครบ"})
    assert not copies(page)
    officer.open("agreements:proposal_present", proposal.reference)
    expect(page.locator("[data-autosave-offer]")).to_be_hidden()
