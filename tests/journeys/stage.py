"""The people of a journey, each logged in once through the real page, taking turns at one window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core import mail
from django.urls import reverse
from playwright.sync_api import BrowserContext

from tests.cast import PASSWORD, Cast
from tests.journeys.visitor import Visitor
from tests.journeys.watch import Watch
from tests.second_factors import code_of


def code_in_mail(address: str) -> str:
    """The code in the latest e-mail to this address."""
    text = next(str(each.body) for each in reversed(mail.outbox) if each.to == [address])
    return next(line for line in text.splitlines() if line.isdigit())


class Stage:
    """`stage.officer` is the officer, `stage.public` someone without a log-in.

    They share a window, as a new one costs the browser seconds; whoever opens a page takes the seat, with the cookies
    of his or her own log-in.
    """

    def __init__(
        self,
        context: BrowserContext,
        server: str,
        cast: Cast,
        seen: set[tuple[str, str]],
        watch: type[Watch] = Watch,
    ) -> None:
        context.clear_cookies()
        self.context, self.server, self.cast = context, server, cast
        self.page = context.new_page()
        self._forget_drafts()
        self.watch = watch(self.page, server)
        self.people: dict[str, Visitor] = {}
        self.seated: Visitor | None = None
        self.seen = seen  # kinds of pages and their states

    def _forget_drafts(self) -> None:
        """What an earlier journey left in the browser, as refused text is kept there, is none of this one's."""
        what = {"origin": self.server, "storageTypes": "local_storage"}
        self.context.new_cdp_session(self.page).send("Storage.clearDataForOrigin", what)

    def __getattr__(self, name: str) -> Visitor:
        if name.startswith("_") or (name != "public" and name not in self.cast.people):
            raise AttributeError(name)
        if name not in self.people:
            self.people[name] = Visitor(self, name)
            if name != "public":
                self._log_in(self.people[name])
        return self.people[name]

    def _log_in(self, visitor: Visitor) -> None:
        user = self.cast.people[visitor.who].user
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
        visitor.open("account_login")
        self.page.get_by_label("อีเมล").fill(user.email)
        self.page.get_by_label("รหัสผ่าน").fill(PASSWORD)
        visitor.choose("เข้าสู่ระบบ", role="button", exact=True)
        if visitor.path == reverse("mfa_authenticate"):
            visitor.type_code(code_of(user))
        if visitor.path == reverse("account_confirm_login_code"):
            visitor.type_code(code_in_mail(user.email))
        assert visitor.path == "/", f"{visitor.who} is not in: {visitor.text()}"

    def seat(self, visitor: Visitor) -> None:
        """Change places: the cookies of the one before are kept for next time."""
        if self.seated is visitor:
            return
        if self.seated is not None:
            self.seated.cookies = self.context.cookies()
        self.context.clear_cookies()
        self.context.add_cookies(visitor.cookies)
        self.seated, self.watch.who = visitor, visitor.who

    def fresh(self, record: Any) -> Any:
        """The record as the database has it now."""
        return type(record).objects.get(pk=record.pk)

    def keep_picture(self, folder: Path, test: str) -> None:
        """A picture of the window, to see how a failed journey ended."""
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{test}-{self.watch.who}.png", full_page=True)
