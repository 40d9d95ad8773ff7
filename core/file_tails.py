"""Files that are two things at once: a picture or a PDF that another program would open as an archive or a page."""

from __future__ import annotations

import re
import zipfile
from typing import BinaryIO

from core.file_refusals import FileRefused

# What a browser that guesses would take for a page. Short enough to be read by eye, long enough not to occur by chance.
PAGE_MARKS = re.compile(rb"(?i)<script|<html|<!doctype|<\?php|<iframe")


def refuse_archive_inside(stream: BinaryIO) -> None:
    """Refuse bytes that also are a ZIP archive (which is read from its end, so anything may stand before it)."""
    stream.seek(0)
    if zipfile.is_zipfile(stream):
        raise FileRefused("mixed")


def refuse_page_inside(data: bytes) -> None:
    """Refuse bytes in which a page or a script begins."""
    if PAGE_MARKS.search(data):
        raise FileRefused("mixed")
