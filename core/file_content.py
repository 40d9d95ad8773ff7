"""What a file really is, by its bytes: the name and the browser only claim it."""

from __future__ import annotations

from typing import BinaryIO

import filetype

from core.file_archives import judge_archive
from core.file_kinds import ARCHIVES, TYPES
from core.file_pdf import judge_pdf
from core.file_pictures import judge_picture
from core.file_refusals import FileRefused

__all__ = ["TYPES", "FileRefused", "judge_content"]

HEAD = 8_192  # bytes the signature is looked for in


def judge_content(stream: BinaryIO, *, extension: str, claimed: str = "") -> str:
    """The media type of a file whose bytes are what its extension says, and which does nothing when it is opened.

    claimed: what the browser said it is; a known type that contradicts the bytes is refused too. The stream is read
    from its start and left anywhere. Raises FileRefused with one of the codes in `core.file_refusals.MESSAGES`.
    """
    if extension not in TYPES:
        raise FileRefused("type_not_allowed")
    wanted = TYPES[extension]
    if claimed in TYPES.values() and claimed != wanted:
        raise FileRefused("content_mismatch")
    if extension in ARCHIVES:
        judge_archive(stream, extension)
        return wanted
    if _signature(stream) != wanted:
        raise FileRefused("content_mismatch")
    if extension == "pdf":
        judge_pdf(stream)
    else:
        judge_picture(stream, wanted)
    return wanted


def _signature(stream: BinaryIO) -> str:
    stream.seek(0)
    found = filetype.guess(stream.read(HEAD))
    return found.mime if found else ""
