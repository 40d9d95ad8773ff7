"""HTML to PDF by WeasyPrint, from vendored files alone.

System packages: libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (they bring libthai, which
breaks Thai lines). Nothing is fetched from the network, ever.
"""

from __future__ import annotations

import gc
import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.html import escape

SYSTEM_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# An address of a vendored file: static:documents/print.css. Only these folders are served.
SCHEME = "static:"
SERVED_FOLDERS = ("fonts/sarabun/", "documents/")
_INLINE_IMAGE = re.compile(r"data:image/(png|jpeg|svg\+xml)[;,]")
_DRAFT_CLASS = re.compile(r"<html\b")


class PdfError(Exception):
    """A document could not be printed; the text says why, in plain words."""


class PdfLibrariesMissingError(PdfError):
    """The system libraries under WeasyPrint are not installed."""


def render_pdf(html: str, *, title: str, draft: bool = False) -> bytes:
    """Print a whole HTML page.

    ``html`` has ``<html lang="th">`` and links ``static:`` addresses only; ``title`` goes into the
    metadata; ``draft`` adds class ``draft`` to the root element, on which the print CSS hangs the
    watermark ร่าง. Raises PdfError for an address that is not vendored, PdfLibrariesMissingError when
    the system libraries are not there.
    """
    weasyprint = _weasyprint()
    from weasyprint.urls import FatalURLFetchingError

    page = _with_title(html, title)
    if draft:
        page = _DRAFT_CLASS.sub('<html class="draft"', page, count=1)
    try:
        with _no_collecting():
            return weasyprint.HTML(string=page, url_fetcher=_fetcher()).write_pdf(hinting=False)
    except FatalURLFetchingError as error:
        raise PdfError(f"{error}: {error.__cause__}") from error


def _with_title(html: str, title: str) -> str:
    head = f"<title>{escape(title)}</title>"
    if "<head>" not in html:
        raise PdfError("the page has no <head>")
    return html.replace("<head>", f"<head>{head}", 1)


@lru_cache(maxsize=1)
def _weasyprint() -> Any:
    """WeasyPrint with the Thai cures in place; imported late, for it is slow and needs libraries."""
    try:
        import weasyprint
    except OSError as error:
        raise PdfLibrariesMissingError(
            f"PDF documents need system packages: apt-get install {SYSTEM_PACKAGES} ({error})"
        ) from error
    from core import pdf_thai

    pdf_thai.apply()
    return weasyprint


@lru_cache(maxsize=1)
def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class VendoredFiles(URLFetcher):
        """Serves static: addresses of SERVED_FOLDERS and inline images; refuses all else."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if _INLINE_IMAGE.match(url):
                return super().fetch(url, headers)
            path = vendored_path(url)
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return VendoredFiles(allowed_protocols=("data",), allow_redirects=False, fail_on_errors=True)


def vendored_path(url: str) -> Path:
    """The file behind a ``static:`` address. Raises ValueError for any other address."""
    name = url.removeprefix(SCHEME)
    if not url.startswith(SCHEME) or not name.startswith(SERVED_FOLDERS) or ".." in name:
        raise ValueError(f"not a vendored file: {url[:80]}")
    return Path(settings.BASE_DIR) / "static" / name


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Rendering makes a great many objects that live to its end: looking for garbage among them
    costs a third of the time (docs/decisions/0007-thai-pdf-patch.md)."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
