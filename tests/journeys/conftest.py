"""Journeys through the pages in Debian's Chromium, against Django's live server."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from playwright.sync_api import Browser, BrowserContext

from tests.cast import Cast
from tests.journeys.stage import Stage
from tests.journeys.watch import DESK

PICTURES = Path(settings.BASE_DIR) / "var" / "journeys"
# The two halves of the journeys take about as long as each other: `scripts/test.sh` runs them side by side.
GROUND = {
    "test_identity", "test_missions", "test_oversight", "test_people", "test_registration", "test_administration",
    "test_pbc_call",
}  # fmt: skip
NO_CHROMIUM = "Journeys need Chromium, which is missing here: apt-get install chromium"
failed = pytest.StashKey[bool]()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker("journey")
            if item.path.stem in GROUND:
                item.add_marker("ground")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    report = yield
    if report.failed:
        item.stash[failed] = True
    return report


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.fail(NO_CHROMIUM, pytrace=False)
    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]
    return {"executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session", autouse=True)
def no_lasting_connections() -> None:
    """Threads of the live server let go of the database after each request, or it could not be dropped at the end."""
    connections.settings["default"]["CONN_MAX_AGE"] = 0


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
