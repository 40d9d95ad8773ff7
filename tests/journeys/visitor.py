"""A person at a browser window: opens pages, follows what the page offers, fills in forms by field name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlparse

from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Locator, expect

from tests.journeys.watch import page_name

if TYPE_CHECKING:
    from tests.journeys.stage import Stage

# What people open on the way: looked at with axe on a phone as well.
ON_PHONES = {
    "account_login",
    "account_second_factor",
    "account_security",
    "account_signup",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_authenticate",
    "mfa_view_recovery_codes",
    "reporting:home",
    "agreements:own_proposals",
    "agreements:public_calls",
    "agreements:question_create",
    "agreements:subscription_create",
    "agreements:agreement_detail",
    "agreements:appeal_create",
    "agreements:call_conflicts",
    "agreements:call_detail",
    "agreements:call_edit_part",
    "agreements:decision_detail",
    "agreements:plan_edit",
    "agreements:proposal_check",
    "agreements:proposal_cure",
    "agreements:proposal_detail",
    "agreements:proposal_edit",
    "agreements:proposal_revision_compare",
    "agreements:proposal_revision_list",
    "agreements:proposal_slots",
    "partnerships:chain_edit",
    "partnerships:deputy_create",
    "partnerships:endorsement_chains",
    "partnerships:duplicate_compare",
    "partnerships:organisation_verify",
    "reporting:mission_matching",
    "reporting:own_offers",
    "partnerships:mission_advisor",
    "partnerships:mission_candidates",
    "partnerships:mission_detail",
    "partnerships:mission_invitation",
    "partnerships:policy_detail",
    "partnerships:self_assessment",
    "partnerships:suggestion_create",
    "partnerships:invitation_answer",
    "partnerships:invitation_create",
    "partnerships:people",
    "partnerships:profile",
    "partnerships:notice_change",
    "partnerships:setting_change",
    "partnerships:setting_list",
    "partnerships:system",
    "partnerships:word_list",
}
# Type and label of each field of the form, by name.
FIELDS = """form => Object.fromEntries([...form.elements].filter(field => field.name).map(field => [
  field.name, {type: field.type, named: [...(field.labels ?? [])].some(label => label.textContent.trim())}]))"""


def thai(message: str) -> str:
    """What the Thai page says for this English message."""
    with override("th"):
        return gettext(message)


class Visitor:
    """One of the people of a stage. Every kind of page is looked at closely once, in each state that is named."""

    def __init__(self, stage: Stage, who: str) -> None:
        self.stage, self.who = stage, who
        self.cookies: list[Any] = []
        self.page, self.watch, self.seen = stage.page, stage.watch, stage.seen

    # --- going somewhere

    def open(self, url_name: str, *args: Any) -> Visitor:
        """Sit down at the window and type an address."""
        self.stage.seat(self)
        self.page.goto(self.stage.server + reverse(url_name, args=args))
        return self._arrived()

    def at(self, url_name: str, *args: Any) -> Visitor:
        """The same, unless this person is there already and nobody else has sat down since."""
        there = self.stage.seated is self and self.path == reverse(url_name, args=args)
        return self if there else self.open(url_name, *args)

    def follow(self, url_name: str, *args: Any, query: str = "") -> Visitor:
        """Click the link to this address: the page must offer it."""
        url = reverse(url_name, args=args)
        ends = [f'[href="{url}{query}"]', f'[href^="{url}?"]', f'[href^="{url}#"]']
        link = self.page.locator(", ".join(f"main a{end}" for end in ends)).first
        return self._click(link, url)

    def choose(self, name: str, role: str = "link", within: str = "main", exact: bool = False) -> Visitor:
        """Click the link or button with this Thai name."""
        return self._click(self.page.locator(within).get_by_role(role, name=name, exact=exact).first, name)

    def type_code(self, code: str) -> Visitor:
        """Type the second step's code and send it."""
        self.page.locator('main [name="code"]').fill(code)
        self._send("")
        return self._arrived()

    def confirm_again(self, password: str) -> Visitor:
        """Confirm by password who one is and come back, unless one did a few minutes ago: then no page asks again."""
        link = self.page.locator(f'main a[href^="{reverse("account_reauthenticate")}?"]')
        if not link.count():
            return self
        self._click(link.first, "confirming who one is")
        return self.send({"password": password})

    def press(self, url_name: str, *args: Any) -> Visitor:
        """Press the button whose form goes to this address, and see that it was done."""
        url = reverse(url_name, args=args)
        self._click(self.page.locator(f'main form[action="{url}"] button[type=submit]').first, url)
        return self._done()

    def offers(self, url_name: str, *args: Any) -> bool:
        """Whether the page has a link or a button to this address."""
        url = reverse(url_name, args=args)
        return bool(self.page.locator(f'main a[href="{url}"], main form[action="{url}"]').count())

    def _click(self, target: Locator, what: str) -> Visitor:
        assert self.stage.seated is self, f"{self.who} does not sit at the window"
        assert target.count(), f"{self.who}: {self.page.url} offers no way to {what}\n{self.text()}"
        with self.page.expect_navigation():
            target.click()
        return self._arrived()

    def _arrived(self) -> Visitor:
        return self.look()

    def look(self, state: str = "") -> Visitor:
        """Look closely at this kind of page, in this state, if nobody has."""
        kind = page_name(self.page.url)
        if (kind, state) not in self.seen:
            self.seen.add((kind, state))
            self.watch.look_closely(on_phone=kind in ON_PHONES)
        return self

    # --- filling in and sending

    def fill(self, values: dict[str, Any]) -> Visitor:
        """Values by field name; every field must have a label. A list ticks boxes, True and False one box."""
        form = self.page.locator("main form.house-form").first
        fields = form.evaluate(FIELDS) if values else {}
        for name, value in values.items():
            assert name in fields, f"{self.page.url} has no field {name} but {sorted(fields)}"
            assert fields[name]["named"], f"{name} at {self.page.url} has no label"
            self._fill(form.locator(f'[name="{name}"]'), fields[name]["type"], name, value)
        return self

    def _fill(self, field: Locator, kind: str, name: str, value: Any) -> None:
        if kind in ("radio", "checkbox") and not isinstance(value, bool):
            for each in value if isinstance(value, list) else [value]:
                self.page.locator(f'main [name="{name}"][value="{each}"]').check()
        elif kind == "checkbox":
            field.set_checked(value)
        elif kind == "select-one":
            field.select_option(str(value))
        elif kind == "file":
            field.set_input_files(value)
        else:
            field.fill(str(value))

    def add_row(self, prefix: str) -> Visitor:
        self.page.locator(f'[data-rows="{prefix}"] [data-rows-add]').click()
        return self

    def send(self, values: dict[str, Any] | None = None, button: str = "") -> Visitor:
        """Fill in, press the form's first button (or the one with this `name`), and see that it was accepted."""
        self.fill(values or {})._send(button)
        return self._done()

    def send_wrong(self, values: dict[str, Any] | None = None) -> Visitor:
        """Send what must be refused: the form comes back with its summary of errors, and is looked at closely."""
        self.fill(values or {})._send("")
        expect(self.page.locator(".error-summary")).to_be_visible()
        return self.look("refused")

    def _send(self, button: str) -> None:
        wanted = f'[name="{button}"]' if button else ""
        target = self.page.locator(f"main form.house-form .form-buttons button[type=submit]{wanted}").first
        with self.page.expect_navigation():
            target.click()

    def _done(self) -> Visitor:
        wrong = self.page.locator("main .error-summary, #messages .notice-stop")
        assert not wrong.count(), f"{self.who} at {self.page.url}: {wrong.all_inner_texts()}"
        return self._arrived()

    # --- reading

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def sees(self, *texts: str) -> Visitor:
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)
        return self

    def told(self) -> str:
        """The messages on top of the page."""
        return self.page.locator("#messages").inner_text()

    def error_at(self, name: str) -> str:
        """The message beside a field, "" where there is none; the field points to it for screen readers."""
        field = self.page.locator(f'main [name="{name}"]').first
        message = self.page.locator(f"main .field:has([name='{name}']) .field-error").first
        if not message.count():
            return ""
        described = field.get_attribute("aria-describedby") or ""
        in_group = field.get_attribute("type") in ("radio", "checkbox")
        assert in_group or "_error" in described, f"{name}: the field does not point to its message"
        return message.inner_text()

    def kept(self, name: str) -> str:
        """What the field holds now; of radio buttons the chosen one."""
        field = self.page.locator(f'main [name="{name}"]')
        if field.first.get_attribute("type") == "radio":
            field = self.page.locator(f'main [name="{name}"]:checked')
        return field.first.input_value()

    def still_chosen(self, name: str, file: str) -> None:
        """See that the file is chosen again by itself, and that the page says so."""
        field = self.page.locator(f'main [name="{name}"]')
        expect(field).to_have_value(re.compile(re.escape(file)))
        expect(self.page.locator(f"#div_{field.get_attribute('id')} .field-kept")).to_contain_text(file)

    def pdf(self, url_name: str, *args: Any) -> bytes:
        """Fetch the PDF that the page links to."""
        url = reverse(url_name, args=args)
        assert self.page.locator(f'main a[href="{url}"]').count(), f"{self.page.url} does not link to {url}"
        answer = self.page.request.get(self.stage.server + url, timeout=90_000)
        assert answer.ok and answer.headers["content-type"] == "application/pdf"
        return answer.body()

    @property
    def path(self) -> str:
        return urlparse(self.page.url).path
