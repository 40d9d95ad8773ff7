"""Bad input on the main forms: a message at the field, the input kept, nothing stored."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cast import PASSWORD
from tests.journeys.making import page_of
from tests.journeys.papers import in_days, picture, today
from tests.journeys.refusals import bare, refused
from tests.journeys.stage import Stage
from tests.world import World

EMPTY = "Please fill in this field."
NO_SUCH_DAY = "There is no such day in the calendar."
NEGATIVE = "The amount must not be negative."
NOT_WHAT_IT_SAYS = "The content of this file is not what its name says. Save it again in the right format."
LEAP = "29 ก.พ. 2568"  # 2025 was no leap year


def disguised(name: str = "สัญญา.pdf") -> dict[str, Any]:
    """A page of HTML that calls itself a PDF."""
    return {"name": name, "mimeType": "application/pdf", "buffer": b"<html><script>alert(1)</script></html>"}


@pytest.fixture
def world(stage: Stage) -> World:
    """Sets the scene; what is tried is done in the browser."""
    return World(stage.cast)


def test_mission(stage: Stage) -> None:
    officer = stage.officer.open("partnerships:mission_create")
    bare(officer, "title", "objectives", "target_group", "area", "legal_basis")
    good = {"objectives": "ก", "target_group": "ข", "area": "ค", "legal_basis": "ง"}
    refused(officer, {"title": "ย" * 301, **good}, title="")
    assert "300" in officer.error_at("title")


def test_call_and_its_criteria(stage: Stage, world: World) -> None:
    mission = world.mission("pbc")
    officer = stage.officer.open("agreements:call_create", mission.reference)
    bare(officer, "budget_ceiling", "closes_on")
    wrong = {"closes_on": LEAP, "closes_time": "25:99", "budget_ceiling": "-1"}
    refused(
        officer,
        wrong,
        closes_on=NO_SUCH_DAY,
        closes_time="Enter a time such as 16:30.",
        budget_ceiling=NEGATIVE,
    )
    wrong = {"closes_on": in_days(-1), "closes_time": "16:30", "budget_ceiling": "หนึ่งล้าน"}
    refused(officer, wrong, budget_ceiling="Enter an amount in digits, such as 1,250,000.00.")
    refused(officer, {"budget_ceiling": "1,000,000"}, closes_on="The deadline must be still ahead.")

    call = world.draft_call("pbc")
    officer.open("agreements:call_edit_part", call.reference, "procedure")
    refused(officer, {"procedure": "direct"}, procedure_reason="", add="")
    officer.open("agreements:call_edit_part", call.reference, "dates")
    refused(officer, {"closes_on": in_days(9), "decision_by": in_days(8)}, decision_by="")
    officer.open("agreements:call_criteria", call.reference)
    refused(
        officer, {"scoring-0-weight": 30}, scoring__4__weight="The weights must total 100; now they total %(total)s."
    )
    bare(officer, "scoring-1-title")


def test_proposal(stage: Stage, world: World) -> None:
    call = world.published_call("pbc")
    proposal = world.draft_proposal(call)
    staff = stage.partner_staff.open("agreements:proposal_edit", proposal.reference, "budget")
    refused(
        staff, {"lines-0-unit_cost": "-5", "lines-0-quantity": "0"}, lines__0__unit_cost=NEGATIVE, lines__0__quantity=""
    )
    refused(
        staff, {"lines-0-unit_cost": "900,000", "lines-0-quantity": "1", "budget_detail": "ย" * 6001}, budget_detail=""
    )
    staff.open("agreements:proposal_edit", proposal.reference, "work")
    refused(staff, {"beneficiaries-0-number": "-3", "duration_months": "0"}, duration_months="")
    staff.open("agreements:proposal_edit", proposal.reference, "activities")
    before = "The last month must not come before the first."
    refused(staff, {"activities-0-month_from": "6", "activities-0-month_to": "๒"}, activities__0__month_to=before)
    staff.open("agreements:proposal_files", proposal.reference)
    refused(staff, {}, file="Please choose a file.")
    refused(staff, {"file": disguised()}, file=NOT_WHAT_IT_SAYS)
    refused(staff, {"file": {"name": "ภาพ.png", "mimeType": "image/png", "buffer": b""}}, file="This file is empty.")
    script = {"name": "run.exe", "mimeType": "application/octet-stream", "buffer": b"MZ"}
    refused(staff, {"file": script}, file="This kind of file is not accepted here. Please send one of: %(kinds)s.")


def test_terms_indicators_and_plan(stage: Stage, world: World) -> None:
    agreement = world.agreement("pbc")
    officer = page_of(stage, "officer", agreement).follow("agreements:agreement_edit", agreement.reference)
    wrong = {"title": "", "starts_on": LEAP, "ends_on": "1/13/2570", "total": "-0.01"}
    refused(officer, wrong, title=EMPTY, starts_on=NO_SUCH_DAY, ends_on="", total=NEGATIVE)
    back = {"title": "ชื่อ", "starts_on": in_days(9), "ends_on": in_days(1), "total": "900,000"}
    refused(officer, back, ends_on="The end must be later than the start.")

    officer.open("agreements:indicator_edit", agreement.reference)
    row = {"form-0-statement": "ผู้รับบริการ", "form-0-unit": "คน", "form-0-baseline": "0", "form-0-target": "200"}
    refused(
        officer,
        {**row, "form-0-weight": "90"},
        form__0__weight="The weights total %(total)s; they must total 100.",
    )
    refused(
        officer,
        {"form-0-weight": "100", "form-0-target": "0"},
        form__0__target="The target must differ from the baseline.",
    )

    officer.open("agreements:plan_edit", agreement.reference)
    activity = {"form-0-title": "เยี่ยมบ้าน", "form-0-month_from": "6", "form-0-month_to": "2", "form-0-budget": "-1"}
    before = "The last month must not come before the first."
    refused(officer, activity, form__0__month_to=before, form__0__budget=NEGATIVE)


def test_notes_money_and_body(stage: Stage, world: World) -> None:
    agreement = world.agreement("pbc")
    officer = page_of(stage, "officer", agreement).follow("agreements:note_create", agreement.reference)
    late = "The date must not be after %(limit)s."
    refused(officer, {"held_on": in_days(1), "decision": ""}, held_on=late, decision=EMPTY)
    refused(officer, {"held_on": today(), "decision": "เห็นชอบ", "file": disguised()}, file=NOT_WHAT_IT_SAYS)

    officer.open("agreements:budget_edit", agreement.reference)
    nobody = {"sources-0-amount": "-900,000", "sources-0-organisation": ""}  # what the proposal brought is there
    refused(officer, nobody, sources__0__amount=NEGATIVE, sources__0__organisation="")

    officer.open("agreements:instalment_plan", agreement.reference)
    refused(officer, {"instalments-0-amount": "-1"}, instalments__0__amount=NEGATIVE)
    refused(officer, {"instalments-0-amount": "100", "instalments-0-due_on": LEAP}, instalments__0__due_on=NO_SUCH_DAY)
    refused(officer, {"instalments-0-amount": "1,000", "instalments-0-due_on": ""})
    assert officer.page.locator(".row-item .field-error").first.inner_text()

    bare(officer.open("agreements:committee_waive", agreement.reference), "reason")
    officer.open("agreements:committee_edit", agreement.reference)
    refused(officer, {"name": "คณะกรรมการ", "ordered_on": LEAP}, ordered_on=NO_SUCH_DAY, form__0__name=EMPTY)


def test_signing(stage: Stage, world: World) -> None:
    agreement = world.agreement("pbc")
    world.prepare(agreement)
    world.ready_text(agreement)
    giver, receiver = agreement.parties.get(side="giver"), agreement.parties.get(side="receiver")
    executive = page_of(stage, "executive", agreement).follow("agreements:signature_sign", giver.pk)
    executive.confirm_again(PASSWORD)
    refused(executive, {}, declared="Tick the declaration to sign.")
    staff = page_of(stage, "partner_staff", agreement).follow("agreements:signature_paper", receiver.pk)
    refused(staff, {"signed_on": LEAP, "signatory_name": ""}, signed_on=NO_SUCH_DAY, signatory_name=EMPTY, scan="")
    wrong = {"signed_on": today(), "signatory_name": "นายผู้แทน", "scan": disguised("ลงนาม.png")}
    refused(staff, wrong, scan=NOT_WHAT_IT_SAYS)


def test_payment_and_spending(stage: Stage, world: World) -> None:
    agreement = world.agreement("pbc", at="pbc_5_first_instalment")
    world.pay_next(agreement)
    finance = page_of(stage, "partner_finance", agreement).follow("agreements:entry_create", agreement.reference)
    bare(finance, "booked_on", "amount", "description")
    wrong = {"booked_on": LEAP, "amount": "-500", "description": "ค่าเดินทาง", "evidence": disguised()}
    refused(finance, wrong, booked_on=NO_SUCH_DAY, amount=NEGATIVE, evidence=NOT_WHAT_IT_SAYS)
    refused(finance, {"booked_on": in_days(2), "amount": "500"}, booked_on="The date must not be after %(limit)s.")
    too_much = {"booked_on": today(), "amount": "450,000.01", "evidence": picture()}
    refused(finance, too_much, amount="")
    finance.send({"amount": "450,000"})  # the evidence is not chosen again by hand
    entry = agreement.entries.get(amount=450_000, description="ค่าเดินทาง")
    assert entry.evidence.name == picture()["name"]


def test_evaluation(stage: Stage, world: World) -> None:
    agreement = world.agreement("pbc", at="pbc_6_midterm_evaluation")
    one = world.open_round(agreement)
    officer = stage.officer.open("evaluations:round_detail", one.pk).follow("evaluations:visit_create", one.pk)
    refused(officer, {"visited_on": in_days(1), "place": "ศูนย์"}, visited_on="", participants=EMPTY, observations=EMPTY)
    officer.open("evaluations:evaluator_invite", one.pk)
    refused(officer, {"email": "nobody@example.org"}, email="Nobody with this e-mail has an account here.")
    bare(officer.open("evaluations:finding_create", one.pk), "text")
    refused(officer.open("evaluations:verdict_propose", one.pk), {"summary": ""}, verdict="", summary=EMPTY)
    first = agreement.indicators.first()
    staff = stage.partner_staff.open("evaluations:results_edit", one.pk)
    refused(staff, {f"actual_{first.pk}": "มาก"}, **{f"actual_{first.pk}": ""})
    bare(staff.open("evaluations:lesson_create", agreement.reference), "text")


def test_log_in(stage: Stage) -> None:
    public = stage.public.open("account_login")
    public.page.get_by_label("อีเมล").fill(stage.cast.officer.user.email)
    public.page.get_by_label("รหัสผ่าน").fill("ผิด")
    public.choose("เข้าสู่ระบบ", role="button", exact=True)
    assert public.path == "/accounts/login/"
    assert public.page.get_by_label("อีเมล").input_value() == stage.cast.officer.user.email
    assert public.page.locator(".error-summary, .field-error").count()
