"""The links of letters in a real browser: what it sends along with a form decides whether the form is taken."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from playwright.sync_api import Browser, expect

from agreements.actions.subscriptions import link_token, subscribe
from agreements.models import CallSubscription
from partnerships.actors import ANONYMOUS
from tests.cast import Cast
from tests.journeys import phoning


def test_a_subscription_is_confirmed_and_ended_by_its_links(live_server: Any, browser: Browser, cast: Cast) -> None:
    made = subscribe(email="someone@example.org", fields=[], provinces=[], by=ANONYMOUS)
    context = phoning.phone_window(browser)
    page = context.new_page()

    def press(name: str) -> CallSubscription:
        page.goto(live_server.url + reverse(f"agreements:{name}", args=[link_token(made)]))
        button = page.locator("main form button[type=submit]")
        button.click()
        expect(button).to_have_count(0)
        return CallSubscription.objects.get(pk=made.pk)

    assert press("subscription_confirm").confirmed_at is not None
    assert press("subscription_end").ended_at is not None
    context.close()
