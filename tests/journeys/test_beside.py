"""What stands beside a proposal's form stays true while one types: amounts, totals, the plan by month."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from agreements.models import Proposal
from tests.journeys.stage import Stage
from tests.journeys.test_autosave import field, is_in_state, section, type_in
from tests.world import World


@pytest.fixture
def proposal(stage: Stage) -> Proposal:
    world = World(stage.cast)
    return world.draft_proposal(world.published_call(), rows={"lines": [], "activities": []})


def amount(page: Any, number: int) -> Any:
    return page.locator("main form.house-form [data-line-amount]").nth(number)


def total(page: Any, name: str) -> Any:
    return page.locator(f"[data-total={name}]")


def type_line(page: Any, number: int, quantity: str, unit_cost: str) -> None:
    for name, text in {"title": "ค่าเดินทาง", "unit": "เที่ยว", "quantity": quantity, "unit_cost": unit_cost}.items():
        type_in(page, f"lines-{number}-{name}", text)


def test_each_line_of_the_budget_tells_its_amount_and_the_totals_follow_before_anything_is_saved(
    stage: Stage, proposal: Proposal
) -> None:
    staff = stage.partner_staff
    page = section(staff, proposal, "budget")
    expect(amount(page, 0)).to_have_text("–")
    page.route("**/draft/budget/", lambda route: route.abort())  # so that nothing is saved meanwhile
    type_line(page, 0, "๑๒.๕", "1,000.01")
    expect(amount(page, 0)).to_have_text("12,500.13")  # 12.5 × 1,000.01 = 12,500.125: half up
    expect(total(page, "asked")).to_have_text("12,500.13")
    page.locator("[data-rows-add]").click()
    expect(amount(page, 1)).to_have_text("–")
    type_line(page, 1, "3", "0.50")
    expect(amount(page, 1)).to_have_text("1.50")
    field(page, "lines-1-is_own").check()
    for name, text in {"total": "12,501.63", "own": "1.50", "asked": "12,500.13", "cost": "62.50"}.items():
        expect(total(page, name)).to_have_text(text)
    type_in(page, "lines-1-quantity", "สาม")
    expect(amount(page, 1)).to_have_text("–")
    expect(total(page, "total")).to_have_text("12,500.13")
    page.unroute("**/draft/budget/")
    type_in(page, "lines-1-quantity", "3")
    for number in (0, 1):
        field(page, f"lines-{number}-category").select_option("operation")
    field(page, "lines-1-source").select_option("own_revenue")
    is_in_state(page, "saved")
    stage.watch.troubles.clear()  # the savings that were cut off on purpose
    page.reload()
    expect(amount(page, 0)).to_have_text("12,500.13")  # the server's own figure
    buttons = page.locator("main form.house-form .form-buttons").bounding_box()
    assert page.locator("[data-proposal-totals]").bounding_box()["y"] < buttons["y"]
    staff.look("amounts")


def test_the_plan_by_month_is_drawn_anew_after_each_saving(stage: Stage, proposal: Proposal) -> None:
    staff = stage.partner_staff
    page = section(staff, proposal, "activities")
    plan = page.locator("[data-beside]")
    expect(plan.locator(".month-plan")).to_have_count(0)
    type_in(page, "activities-0-title", "อบรมอาสาสมัคร")
    type_in(page, "activities-0-month_from", "1")
    type_in(page, "activities-0-month_to", "3")
    is_in_state(page, "saved")
    expect(plan).to_contain_text("อบรมอาสาสมัคร")
    expect(plan.locator("rect")).to_have_count(1)
    narrow = plan.locator("rect").get_attribute("width")
    type_in(page, "activities-0-month_to", "6")
    expect(plan).to_contain_text("1 ถึง 6")
    assert plan.locator("rect").get_attribute("width") != narrow
    assert page.evaluate("document.activeElement.name") == "activities-0-month_to"
    staff.look("plan")
