"""People who have nothing but a telephone: 360 px wide, touched, and in the hills without a signal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, Page, expect

from agreements.actions.calls import begin_selection
from agreements.actions.result_letters import issue_result_letters
from agreements.enums import DecisionKind
from agreements.models import Call, Proposal
from core import clock
from tests.cast import PASSWORD
from tests.journeys.stage import Stage
from tests.journeys.visitor import Visitor
from tests.journeys.watch import LEFT_BEHIND, PHONE, WIDER, Watch
from tests.world import World

NO_CONNECTION = "ERR_INTERNET_DISCONNECTED"


class PhoneWatch(Watch):
    """The window is a phone's all the time: each page is looked at as it is there, and at no other width."""

    def look_closely(self, *, on_phone: bool = False) -> None:
        if wider := self.page.evaluate(WIDER):
            self._note(f"scrolls sideways at {PHONE['width']} px: {wider}")
        self._axe("phone")


def phone_window(browser: Browser) -> BrowserContext:
    """Without the browser's zooming out, behind which a page that is too wide could hide."""
    context = browser.new_context(
        locale="th-TH",
        timezone_id="Asia/Bangkok",
        viewport=PHONE,
        has_touch=True,
        reduced_motion="reduce",
        accept_downloads=False,
    )
    context.set_default_timeout(60_000)
    return context


def log_in_here(stage: Stage, who: str) -> Visitor:
    """Whoever reads the public page logs in from it, and comes back to it."""
    here, user = stage.public.path, stage.cast.people[who].user
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    stage.public.choose("เข้าสู่ระบบเพื่อยื่นข้อเสนอ")
    stage.page.get_by_label("อีเมล").fill(user.email)
    stage.page.get_by_label("รหัสผ่าน").fill(PASSWORD)
    stage.public.choose("เข้าสู่ระบบ", role="button", exact=True)
    visitor = stage.people[who] = Visitor(stage, who)
    stage.seated, stage.watch.who = visitor, who
    assert visitor.path == here
    return visitor


@contextmanager
def without_signal(stage: Stage) -> Iterator[None]:
    """The connection is gone; what the browser says about it is no fault of the page."""
    stage.context.set_offline(True)
    yield
    stage.context.set_offline(False)
    troubles = stage.watch.troubles
    troubles[:] = [each for each in troubles if not any(word in each for word in (NO_CONNECTION, LEFT_BEHIND))]


def type_in(page: Page, name: str, text: str) -> None:
    """As on the keyboard of the screen: the field has the focus, and keeps it."""
    field = page.locator(f'main form.house-form [name="{name}"]')
    field.focus()
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(text)
    else:
        field.fill(text)


def draft_is(page: Page, state: str) -> None:
    expect(page.locator("[data-autosave-bar]")).to_have_attribute("data-state", state)


def parts_with_gaps(page: Page) -> list[str]:
    """Where the links of "what is missing" lead: the last piece of each address."""
    links = page.locator("main .missing a").all()
    return [(link.get_attribute("href") or "").rstrip("/").rsplit("/", 1)[-1] for link in links]


def upload(visitor: Visitor, proposal: Proposal, **answers: Any) -> Visitor:
    if visitor.path != reverse("agreements:proposal_files", args=[proposal.reference]):
        visitor.follow("agreements:proposal_files", proposal.reference)
    return visitor.send(answers)


def judged(world: World, call: Call, chosen: Proposal, other: Proposal) -> None:
    """What the agency does meanwhile at its desks, until the letters go out: `other` is not selected."""
    world.closed_call(call)
    for each in (chosen, other):
        world.screen(each)
    world.name_reviewers(call)
    begin_selection(call=world.again(call), by=world.act("officer"))
    world.score(chosen, 4)
    world.score(other, 2)
    world.resolve(
        world.again(call),
        {chosen.pk: ("selected", "คะแนนสูงสุด"), other.pk: ("not_selected", "แผนงานยังไม่ชัดเจนเรื่องการเดินทางในฤดูฝน")},
    )
    world.decide(DecisionKind.SELECT_PROPOSALS, world.again(call))
    issue_result_letters(call=world.again(call), by=world.act("officer"))


def nearly_over(call: Call, minutes: int) -> None:
    """Let so many minutes be left (tests do not wait a month)."""
    Call.objects.filter(pk=call.pk).update(closes_at=clock.real_now() + timedelta(minutes=minutes))
