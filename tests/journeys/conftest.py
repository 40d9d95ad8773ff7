"""Journeys through the pages in Debian's Chromium, against Django's live server."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext

from tests.cast import Cast
from tests.journeys.stage import Stage
from tests.journeys.watch import DESK

PICTURES = Path(settings.BASE_DIR) / "var" / "journeys"
# Three parts that take about as long as each other; `scripts/test.sh` hands them to whichever lane is free.
GROUND = {
    "test_identity", "test_missions", "test_oversight", "test_people", "test_registration", "test_administration",
    "test_pbc_call",
}  # fmt: skip
WHOLE_WAY = {"test_chain", "test_commissioning", "test_grant", "test_grant_phone", "test_pbc"}
# The shell is Chromium without its windows, and takes half the work to show a page.
BROWSERS = ("chromium-headless-shell", "chromium")
NO_CHROMIUM = "Journeys need Chromium, which is missing here: apt-get install chromium-headless-shell"
# A page lives for a second: compilers that pay for themselves later only cost.
ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-gpu", "--js-flags=--no-opt,--no-maglev")
failed = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("journey")
            if item.path.stem in GROUND:
                item.add_marker("ground")
            if item.path.stem in WHOLE_WAY:
                item.add_marker("whole_way")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed:
        item.stash[failed] = True
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        pytest.fail(NO_CHROMIUM, pytrace=False)
    return {"executable_path": chromium, "args": [*ARGUMENTS]}


@pytest.fixture(scope="session", autouse=True)
def served_to_the_end(django_db_setup: None) -> Iterator[None]:
    """Threads of the live server, each with its connection, end with the browser's: the database can be dropped."""
    yield
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """One window for all journeys: what it has loaded of styles and fonts stays loaded."""
    context = browser.new_context(
        locale="th-TH", timezone_id="Asia/Bangkok", viewport=DESK, reduced_motion="reduce", accept_downloads=False
    )
    context.set_default_timeout(60_000)
    yield context
    context.close()


@pytest.fixture(scope="session")
def seen() -> set[tuple[str, str]]:
    """Kinds of pages that were looked at closely in this run: each once, the agreement's page at every step."""
    return set()


@pytest.fixture
def stage(
    live_server: Any, window: BrowserContext, cast: Cast, seen: set[tuple[str, str]], request: pytest.FixtureRequest
) -> Iterator[Stage]:
    """The people of a journey; whatever went wrong in the browser on the way fails the journey at its end."""
    stage = Stage(window, live_server.url, cast, seen)
    yield stage
    if request.node.stash.get(failed, False):
        stage.keep_picture(PICTURES, request.node.name)
    stage.page.close()
    assert not stage.watch.troubles, "\n".join(stage.watch.troubles)
