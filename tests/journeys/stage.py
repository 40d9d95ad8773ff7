"""The people of a journey, each in a window of his or her own, logged in once through the real page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser

from tests.cast import PASSWORD, Cast
from tests.journeys.visitor import Visitor
from tests.journeys.watch import DESK


class Stage:
    """`stage.officer` is the officer's window, `stage.public` one without a log-in."""

    def __init__(self, browser: Browser, server: str, cast: Cast) -> None:
        self.browser, self.server, self.cast = browser, server, cast
        self.visitors: dict[str, Visitor] = {}
        self.seen: set[str] = set()

    def __getattr__(self, name: str) -> Visitor:
        if name.startswith("_") or (name != "public" and name not in self.cast.people):
            raise AttributeError(name)
        if name not in self.visitors:
            self.visitors[name] = self._enter(name)
        return self.visitors[name]

    def _enter(self, name: str) -> Visitor:
        context = self.browser.new_context(locale="th-TH", timezone_id="Asia/Bangkok", viewport=DESK)
        context.set_default_timeout(60_000)
        visitor = Visitor(context.new_page(), self.server, name, self.seen)
        return visitor if name == "public" else self._log_in(visitor, name)

    def _log_in(self, visitor: Visitor, name: str) -> Visitor:
        user = self.cast.people[name].user
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        visitor.open("account_login")
        visitor.page.get_by_label("อีเมล").fill(user.email)
        visitor.page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        visitor.choose("เข้าสู่ระบบ", role="button")
        assert visitor.path == "/", f"{name} is not in: {visitor.text()}"
        return visitor

    def fresh(self, record: Any) -> Any:
        """The record as the database has it now."""
        return type(record).objects.get(pk=record.pk)

    @property
    def troubles(self) -> list[str]:
        return [trouble for visitor in self.visitors.values() for trouble in visitor.watch.troubles]

    def keep_pictures(self, folder: Path, test: str) -> None:
        """A picture of every window, to see how a failed journey ended."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, visitor in self.visitors.items():
            visitor.page.screenshot(path=folder / f"{test}-{name}.png", full_page=True)

    def leave(self) -> None:
        for visitor in self.visitors.values():
            visitor.page.context.close()
