"""A Grant call from a village: on a phone from the public list to the result letter, with the signal gone half way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, expect

from agreements.models import Call, Proposal, ResultLetter
from tests.cast import PASSWORD, Cast
from tests.journeys import phoning
from tests.journeys.conftest import PICTURES, failed
from tests.journeys.papers import PROPOSAL_PARTS, picture
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor, thai
from tests.world import World

TITLE = "เพื่อนบ้านดูแลผู้สูงอายุบนดอย (สมมติ)"
WANTED = "แผนการดำเนินงาน"
BUDGET = PROPOSAL_PARTS["budget"]


@pytest.fixture
def phone(live_server: Any, browser: Browser, cast: Cast, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A stage whose window is a phone; every page is looked at there, whoever saw it at a desk."""
    context = phoning.phone_window(browser)
    stage = Stage(context, live_server.url, cast, set(), phoning.PhoneWatch)
    yield stage
    if request.node.stash.get(failed, False):
        stage.keep_picture(PICTURES, request.node.name)
    context.close()
    assert not stage.watch.troubles, "\n".join(stage.watch.troubles)


def begun(phone: Stage, call: Call) -> Proposal:
    """The staff finds the call in the public list, logs in from it and begins."""
    phone.public.open("agreements:public_calls").follow("agreements:call_detail", call.reference)
    phone.public.sees(call.title, WANTED, "1,000,000.00")
    staff = phoning.log_in_here(phone, "partner_staff")
    staff.follow("agreements:proposal_create", call.reference).send({"title": TITLE})
    return Proposal.objects.get(call=call, organisation=phone.cast.organisations["partner"])


def written(phone: Stage, proposal: Proposal) -> None:
    """Section by section; a second row where one is not enough; the network is left for later."""
    staff = phone.partner_staff
    for part in ("work", "activities", "results", "team", "risks"):
        staff.follow("agreements:proposal_edit", proposal.reference, part)
        if part == "activities":
            staff.add_row("activities")
            second = {"title": "ติดตามผล", "month_from": 6, "month_to": 12}
            staff.fill({f"activities-1-{name}": value for name, value in second.items()})
        staff.send(PROPOSAL_PARTS[part])
    assert proposal.activity_rows.count() == 2


def budget_without_signal(phone: Stage, proposal: Proposal) -> None:
    """The signal goes while the budget is typed; the page is lost, and what was typed is there when it is back."""
    staff = phone.partner_staff.follow("agreements:proposal_edit", proposal.reference, "budget")
    page = phone.page
    phoning.type_in(page, "budget_detail", BUDGET["budget_detail"])
    phoning.draft_is(page, "saved")
    with phoning.without_signal(phone):
        for name in ("category", "title", "unit", "quantity"):
            phoning.type_in(page, f"lines-0-{name}", str(BUDGET[f"lines-0-{name}"]))
        phoning.draft_is(page, "offline")
        said = page.locator("[data-autosave-state]")
        expect(said).to_be_in_viewport()
        expect(said).to_have_text(
            thai("No connection. What you write is kept in this browser and saved when the connection is back.")
        )
        staff.look("offline")
        page.goto("about:blank")
    assert not proposal.budget_rows.exists()

    staff.open("agreements:proposal_edit", proposal.reference, "budget")
    offer = page.locator("[data-autosave-offer]")
    expect(offer).to_contain_text(BUDGET["lines-0-title"])
    staff.look("offer")
    offer.locator("[data-autosave-restore]").click()
    expect(page.locator('[name="lines-0-title"]')).to_have_value(BUDGET["lines-0-title"])
    phoning.draft_is(page, "partly")  # the line has no price yet
    phoning.type_in(page, "lines-0-unit_cost", BUDGET["lines-0-unit_cost"])
    phoning.draft_is(page, "saved")
    expect(page.locator('[data-total="total"]')).to_have_text("900,000.00")
    staff.send()
    line = proposal.budget_rows.get()
    assert (line.title, f"{line.quantity * line.unit_cost:.2f}") == (BUDGET["lines-0-title"], "900000.00")


def completed(phone: Stage, proposal: Proposal) -> None:
    """The check says what is missing, in words and with the way there; the staff mends it and cannot submit."""
    staff = phone.partner_staff.follow("agreements:proposal_check", proposal.reference)
    assert phoning.parts_with_gaps(phone.page) == ["network", "files"]
    staff.sees(thai("Network and scaling"), WANTED)
    staff.follow("agreements:proposal_edit", proposal.reference, "network").send(PROPOSAL_PARTS["network"])
    wanted = proposal.call.documents.get(title=WANTED)
    phoning.upload(staff, proposal, wanted=wanted.pk, file=picture("แผน.png")).sees("แผน.png")
    staff.follow("agreements:proposal_detail", proposal.reference)
    staff.follow("agreements:proposal_check", proposal.reference).look("ready")
    assert not phoning.parts_with_gaps(phone.page)
    staff.sees(thai("Ready to be submitted"))
    assert not staff.offers("agreements:proposal_submit", proposal.reference)


def submitted(phone: Stage, proposal: Proposal, version: int) -> Visitor:
    """In the last minutes the representative says once more who he or she is, and submits; the paper is there."""
    phoning.nearly_over(proposal.call, minutes=4)
    rep = phone.partner_rep.open("agreements:own_proposals").follow("agreements:proposal_detail", proposal.reference)
    rep.follow("agreements:proposal_check", proposal.reference).sees("900,000.00", "แผน.png")
    if not rep.offers("agreements:proposal_submit", proposal.reference):
        rep.confirm_again(PASSWORD).look("confirmed")
    rep.press("agreements:proposal_submit", proposal.reference)
    assert rep.path == reverse("agreements:proposal_receipt", args=[proposal.reference])
    rep.sees(proposal.reference, proposal.versions.get(number=version).sha256)
    assert rep.pdf("agreements:proposal_receipt_pdf", proposal.reference).startswith(b"%PDF")
    rep.follow("agreements:proposal_detail", proposal.reference).look("submitted")
    return rep


def thought_better_of(phone: Stage, proposal: Proposal, rep: Visitor) -> None:
    """Taken back before the deadline, amended, submitted again: both versions are kept."""
    rep.follow("agreements:proposal_withdraw", proposal.reference).look("asked once more")
    rep.send().look("withdrawn")
    rep.follow("agreements:proposal_edit", proposal.reference, "risks")
    rep.send({"risks-0-response": "เดินเท้าไปพร้อมอาสาสมัครของหมู่บ้าน"})
    submitted(phone, proposal, version=2)
    assert [each.number for each in proposal.versions.order_by("number")] == [1, 2]


def not_selected(phone: Stage, world: World, call: Call, proposal: Proposal) -> None:
    """After closing the timeline says where it is; then the result, its letter, and how to appeal."""
    rival = world.submitted_proposal(phone.fresh(call), by="rival")
    phone.partner_rep.open("agreements:proposal_detail", proposal.reference).sees(thai("Check of qualifications"))
    phoning.judged(world, call, chosen=rival, other=proposal)
    staff = phone.partner_staff.open("agreements:own_proposals").look("results")
    staff.choose(thai("Read the result")).look("not selected")
    staff.sees("แผนงานยังไม่ชัดเจนเรื่องการเดินทางในฤดูฝน", thai("Appeal possible until"))
    letter = ResultLetter.objects.get(proposal=proposal)
    assert staff.pdf("agreements:letter_file", letter.pk).startswith(b"%PDF")
    rep = phone.partner_rep.open("agreements:proposal_detail", proposal.reference)
    rep.follow("agreements:appeal_create", proposal.reference).sees(thai("Grounds of the appeal"))
    rep.send({"grounds": "แผนการเดินทางในฤดูฝนอยู่ในหัวข้อความเสี่ยงแล้ว"}).sees("แผนการเดินทางในฤดูฝนอยู่ในหัวข้อความเสี่ยงแล้ว")


def test_a_grant_call_on_a_phone_with_the_connection_cut_half_way(phone: Stage) -> None:
    world = World(phone.cast)
    call = world.published_call("grant", documents=[{"title": WANTED, "is_required": True}])
    proposal = begun(phone, call)
    written(phone, proposal)
    budget_without_signal(phone, proposal)
    completed(phone, proposal)
    rep = submitted(phone, proposal, version=1)
    thought_better_of(phone, proposal, rep)
    assert phone.fresh(proposal).submitted_at < phone.fresh(call).closes_at
    not_selected(phone, world, call, proposal)
