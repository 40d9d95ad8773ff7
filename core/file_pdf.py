"""PDF: pages to read, and nothing that runs, starts by itself or carries other files along.

Refused: scripts, programs to launch, forms that send themselves, films, XFA, files inside other than plain data, a
password, and anything but a jump to a page when it is opened. Left alone: links a person has to click, plain form
fields, and attached data (JSON, XML, CSV, text), as e-Tax invoices and our own archive documents (PDF/A-3) have them.
A file is never rewritten: what is stored is what was sent, to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from core.file_names import extension_of
from core.file_refusals import FileRefused
from core.file_tails import refuse_archive_inside, refuse_page_inside

MAX_OBJECTS = 100_000  # some 20 seconds of reading
HEAD = 1_024  # bytes before which a page of another kind could begin
ACTIONS_REFUSED = frozenset(
    {
        "/GoTo3DView",
        "/GoToE",
        "/ImportData",
        "/JavaScript",
        "/Launch",
        "/Movie",
        "/Rendition",
        "/RichMediaExecute",
        "/Sound",
        "/SubmitForm",
    }
)
ACTIONS_BY_THEMSELVES = frozenset({"/GoTo", "/Named"})
PARTS_REFUSED = frozenset({"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D"})
DATA_EXTENSIONS = frozenset({"json", "xml", "csv", "txt"})
# In case a viewer finds objects that the table of this file does not name.
RAW_MARKS = re.compile(rb"/JavaScript\b|/Launch\b")


def judge_pdf(stream: BinaryIO) -> None:
    """Raises FileRefused: content_mismatch, damaged, locked, mixed, active, embedded, too_large."""
    stream.seek(0)
    data = stream.read()
    if not data.startswith(b"%PDF-"):
        raise FileRefused("content_mismatch")
    refuse_archive_inside(stream)
    refuse_page_inside(data[:HEAD])
    refuse_page_inside(data[data.rfind(b"%%EOF") :])
    stream.seek(0)
    try:
        _judge_objects(stream)
    except FileRefused:
        raise
    except Exception as error:  # a broken PDF makes the reader fail in every way there is
        raise FileRefused("damaged") from error
    if RAW_MARKS.search(data):
        raise FileRefused("active")


def _judge_objects(stream: BinaryIO) -> None:
    reader = PdfReader(stream, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise FileRefused("locked")
    if not len(reader.pages):
        raise FileRefused("damaged")
    for part in _dictionaries(reader):
        _judge_part(part)


def _dictionaries(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached from the document's trailer, each once."""
    waiting: list[Any] = [reader.trailer.get_object()]
    seen: set[tuple[int, int]] = set()
    while waiting:
        part = waiting.pop()
        if isinstance(part, IndirectObject):
            place = (part.idnum, part.generation)
            if place in seen:
                continue
            seen.add(place)
            if len(seen) > MAX_OBJECTS:
                raise FileRefused("too_large")
            part = part.get_object()
        if isinstance(part, DictionaryObject):
            yield part
            waiting.extend(part.values())
        elif isinstance(part, ArrayObject):
            waiting.extend(part)


def _judge_part(part: DictionaryObject) -> None:
    if "/JS" in part or "/XFA" in part or _name(part, "/S") in ACTIONS_REFUSED:
        raise FileRefused("active")
    if _name(part, "/Subtype") in PARTS_REFUSED:
        raise FileRefused("active")
    for action in _starting_by_themselves(part):
        if _name(action, "/S") not in ACTIONS_BY_THEMSELVES:
            raise FileRefused("active")
    if "/EF" in part and extension_of(_file_name(part)) not in DATA_EXTENSIONS:
        raise FileRefused("embedded")


def _value(part: DictionaryObject, key: str) -> Any:
    """The value of a key with references followed (pypdf's own `get` hands out the reference)."""
    return part[key] if key in part else None  # noqa: SIM401


def _name(part: DictionaryObject, key: str) -> str:
    value = _value(part, key)
    return value if isinstance(value, str) else ""


def _starting_by_themselves(part: DictionaryObject) -> Iterator[DictionaryObject]:
    """What runs when the document, a page or a field is opened, shown or left; a mere place to jump to is none."""
    opening, more = _value(part, "/OpenAction"), _value(part, "/AA")
    if isinstance(opening, DictionaryObject):
        yield opening
    if isinstance(more, DictionaryObject):
        yield from (action for key in more if isinstance(action := more[key], DictionaryObject))


def _file_name(part: DictionaryObject) -> str:
    return str(_value(part, "/UF") or _value(part, "/F") or "")
