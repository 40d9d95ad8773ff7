"""What is looked at on every page of a journey: no error in the browser, accessible, and no wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlparse

from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve
from playwright.sync_api import ConsoleMessage, Page, Request, Response

PHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 900}
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
WIDER = """() => {
  const page = document.scrollingElement, over = [];
  if (page.scrollWidth <= window.innerWidth) return "";
  for (const each of document.body.querySelectorAll("*"))
    if (each.getBoundingClientRect().right > window.innerWidth + 1) over.push(each.tagName + "." + each.className);
  return page.scrollWidth + " px: " + over.slice(0, 5).join(", ");
}"""
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
LEFT_BEHIND = "net::ERR_ABORTED"
axe = Axe()


class Watch:
    """Collects what went wrong in a window; `troubles` has to stay empty. `who`: the person sitting at it."""

    def __init__(self, page: Page, server: str) -> None:
        self.page, self.server, self.who = page, server, ""
        self.troubles: list[str] = []
        self._expected: set[int] = set()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(f"script error: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failed)
        page.on("response", self._response)

    @contextmanager
    def expecting(self, *statuses: int) -> Iterator[None]:
        """Inside the block an answer with one of these HTTP statuses is what the test wants to see."""
        self._expected = set(statuses)
        yield
        self._expected = set()

    def look_closely(self, *, on_phone: bool = False) -> None:
        """Run axe on the page as it is (on a phone too, if wanted), and see that a phone need not scroll sideways."""
        self._axe("desk")
        self.page.set_viewport_size(PHONE)
        self.page.evaluate(DRAWN)  # what is folded away is laid out anew with the next frame only
        if wider := self.page.evaluate(WIDER):
            self._note(f"scrolls sideways at 360 px: {wider}")
        if on_phone:
            self._axe("phone")
        self.page.set_viewport_size(DESK)

    def _axe(self, where: str) -> None:
        if not self.page.evaluate("typeof axe === 'object'"):  # half a megabyte, once for a page and not for each width
            self.page.evaluate(axe.axe_script)
        for found in self.page.evaluate("rules => axe.run(rules).then(answer => answer.violations)", RULES):
            places = "; ".join(str(node["target"][0]) for node in found["nodes"][:4])
            self._note(f"axe ({where}) {found['id']}: {found['help']} at {places}")

    # --- what the browser tells

    def _note(self, trouble: str) -> None:
        self.troubles.append(f"{self.who} at {urlparse(self.page.url).path}: {trouble}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._expected:
            self._note(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.server, "data:", "blob:", "about:")):
            self._note(f"loads from elsewhere: {request.url}")

    def _failed(self, request: Request) -> None:
        if request.failure == LEFT_BEHIND and request.resource_type not in ("document", "xhr", "fetch"):
            return  # the person went on before the picture had come: the browser gave it up, nothing failed
        self._note(f"request failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self._note(f"{response.status} for {response.request.method} {urlparse(response.url).path}")


def page_name(url: str) -> str:
    """The name of the address's pattern, such as `agreements:agreement_detail`."""
    try:
        return resolve(urlparse(url).path).view_name
    except Resolver404:
        return urlparse(url).path
