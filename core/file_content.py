"""What a file really is, by its bytes: the name and the browser only claim it."""

import zipfile
from typing import BinaryIO

import filetype
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
OOXML = "application/vnd.openxmlformats-officedocument."
OPENDOCUMENT = "application/vnd.oasis.opendocument."

# Extension → media type. Nothing else is taken in: no SVG or HTML (scripts), no old Office formats, no archives.
TYPES = {
    "pdf": "application/pdf",
    "docx": OOXML + "wordprocessingml.document",
    "xlsx": OOXML + "spreadsheetml.sheet",
    "pptx": OOXML + "presentationml.presentation",
    "odt": OPENDOCUMENT + "text",
    "ods": OPENDOCUMENT + "spreadsheet",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
MAIN_MEMBER = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
MACROS = ("vbaproject.bin", "script-lc.xml", ".exe", ".dll")
MAX_MEMBERS = 5_000
MAX_UNPACKED = 300 * 1024 * 1024  # bytes
HEAD = 8_192  # bytes the signature is looked for in


class FileRefused(Exception):
    """A file that is not taken in: `code` is stable, `message` a sentence for the person at the screen."""

    def __init__(self, code: str, message: Text) -> None:
        self.code = code
        self.message = message
        super().__init__(str(message))


def judge_content(stream: BinaryIO, *, extension: str, claimed: str = "") -> str:
    """The media type of a file whose bytes are what its extension says.

    claimed: what the browser said it is; a known type that contradicts the bytes is refused too.
    Raises FileRefused: type_not_allowed, content_mismatch, damaged, macros.
    """
    if extension not in TYPES:
        raise FileRefused(
            "type_not_allowed",
            _("This kind of file is not accepted. Send PDF, Word, Excel, PowerPoint, OpenDocument, JPEG or PNG."),
        )
    wanted = TYPES[extension]
    if claimed in TYPES.values() and claimed != wanted:
        raise _mismatch()
    if extension in MAIN_MEMBER or wanted.startswith(OPENDOCUMENT):
        _judge_zip(stream, extension)
    elif _signature(stream) != wanted:
        raise _mismatch()
    return wanted


def _mismatch() -> FileRefused:
    return FileRefused(
        "content_mismatch", _("The content of this file is not what its name says. Save it again in the right format.")
    )


def _signature(stream: BinaryIO) -> str:
    stream.seek(0)
    found = filetype.guess(stream.read(HEAD))
    return found.mime if found else ""


def _judge_zip(stream: BinaryIO, extension: str) -> None:
    stream.seek(0)
    if stream.read(4) != b"PK\x03\x04":
        raise _mismatch()
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            members = archive.infolist()
            _refuse_oversized(members)
            _judge_members(archive, {member.filename for member in members}, extension)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise _damaged() from error


def _damaged() -> FileRefused:
    return FileRefused("damaged", _("This file is damaged or locked with a password and cannot be opened."))


def _refuse_oversized(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise FileRefused("too_large", _("This file is too large once unpacked."))


def _judge_members(archive: zipfile.ZipFile, names: set[str], extension: str) -> None:
    if any(name.lower().endswith(MACROS) for name in names):
        raise FileRefused("macros", _("This file contains macros. Save it without macros and send it again."))
    if extension in MAIN_MEMBER:
        if not {"[Content_Types].xml", MAIN_MEMBER[extension]} <= names:
            raise _mismatch()
    elif "mimetype" not in names or _declared(archive) != TYPES[extension]:
        raise _mismatch()


def _declared(archive: zipfile.ZipFile) -> str:
    """What an OpenDocument file says of itself in its first member."""
    with archive.open("mimetype") as member:
        return member.read(200).decode("ascii", "replace").strip()
