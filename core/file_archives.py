"""Word, Excel, PowerPoint and OpenDocument: ZIP archives that hold only what such a program writes, and not too much.

Refused: macros, programs and archives inside, links that are followed on opening, document type definitions (they can
read other files), passwords, bombs. Left alone: links a person has to click, and one office file in another (a chart's
figures), which is judged like the outer one.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO
from xml.etree import ElementTree

from core.file_kinds import MAIN_MEMBER, OPENDOCUMENT, TYPES
from core.file_refusals import FileRefused

MAX_MEMBERS = 5_000
MAX_UNPACKED = 300 * 1024 * 1024  # bytes
SMALL = 10 * 1024 * 1024  # bytes below which nobody asks how well a member was packed
MAX_RATIO = 100  # unpacked to packed, of larger members
MAX_DEPTH = 1
BLOCK = 256 * 1024
OVERLAP = 64  # bytes kept of the block before, so that no mark is missed at a border

END_OF_ARCHIVE = b"PK\x05\x06"
END_LENGTH = 22
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

MACRO_NAMES = re.compile(
    r"(?i)(vbaproject\.bin|vbadata\.xml|script-lc\.xml)$|/(activex|macrosheets)/|^(basic|scripts)/"
)
PROGRAMS = re.compile(
    r"(?i)\.(exe|dll|scr|com|bat|cmd|ps1|vbs|js|jse|wsf|hta|lnk|msi|jar|html?|iso|cab|7z|rar|zip|gz)$"
)
OLE_OBJECT = re.compile(r"(?i)/embeddings/.*\.bin$")
XML_NAMES = re.compile(r"(?i)\.(xml|rels|vml|rdf)$")
DOCTYPE = re.compile(rb"(?i)<!(doctype|entity)")
FETCHING = re.compile(rb"(?i)<(\w+:)?ddelink|\bddeauto\b")
MACRO_CONTENT = re.compile(rb"(?i)macroenabled|vbaproject")


def judge_archive(stream: BinaryIO, extension: str, depth: int = 0) -> None:
    """Judge an office file. Raises FileRefused.

    Its code is content_mismatch, damaged, locked, too_large, mixed, macros, embedded, external or unsafe_xml.
    """
    stream.seek(0)
    head = stream.read(BLOCK)
    if head.startswith(OLE2) and ENCRYPTED_PACKAGE in head:
        raise FileRefused("locked")
    if not head.startswith(b"PK\x03\x04"):
        raise FileRefused("content_mismatch")
    try:
        with zipfile.ZipFile(stream) as archive:
            _judge_outside(stream, archive.infolist())
            _judge_kind(archive, extension)
            for member in archive.infolist():
                _judge_member(archive, member, depth)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, RuntimeError, ValueError) as error:
        raise FileRefused("damaged") from error


def _judge_outside(stream: BinaryIO, members: list[zipfile.ZipInfo]) -> None:
    """What can be told from the table of contents, before anything is unpacked."""
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise FileRefused("too_large")
    if any(_is_bomb(member) for member in members):
        raise FileRefused("too_large")
    if any(member.flag_bits & 1 for member in members):
        raise FileRefused("locked")
    names = [member.filename for member in members]
    if len(set(names)) < len(names) or any(_leads_out(name) for name in names):
        raise FileRefused("unsafe_xml")
    stream.seek(-END_LENGTH, 2)
    if stream.read(4) != END_OF_ARCHIVE or min((m.header_offset for m in members), default=0):
        raise FileRefused("mixed")


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > SMALL and member.file_size > MAX_RATIO * max(member.compress_size, 1)


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name


def _judge_kind(archive: zipfile.ZipFile, extension: str) -> None:
    names = set(archive.namelist())
    if any(MACRO_NAMES.search(name) for name in names):
        raise FileRefused("macros")
    if any(PROGRAMS.search(name) or OLE_OBJECT.search(name) for name in names):
        raise FileRefused("embedded")
    if extension in MAIN_MEMBER:
        if not {"[Content_Types].xml", MAIN_MEMBER[extension]} <= names:
            raise FileRefused("content_mismatch")
    elif "mimetype" not in names or _declared(archive) != TYPES[extension]:
        raise FileRefused("content_mismatch")


def _declared(archive: zipfile.ZipFile) -> str:
    """What an OpenDocument file says of itself in its first member."""
    with archive.open("mimetype") as member:
        said = member.read(200).decode("ascii", "replace").strip()
    return said if said.startswith(OPENDOCUMENT) else ""


def _judge_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, depth: int) -> None:
    """Unpack one member piece by piece: its check sum has to be right, and XML may not do more than say something."""
    is_xml = bool(XML_NAMES.search(member.filename))
    for piece in _pieces(archive, member):
        if is_xml:
            _judge_xml(member.filename, piece.replace(b"\0", b""))  # UTF-16 reads like ASCII then
    if member.filename.lower().endswith(".rels"):
        _judge_relations(archive.read(member))
    inner = member.filename.rpartition(".")[2].lower()
    if inner in MAIN_MEMBER:
        if depth >= MAX_DEPTH:
            raise FileRefused("embedded")
        judge_archive(BytesIO(archive.read(member)), inner, depth + 1)


def _pieces(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    kept = b""
    with archive.open(member) as content:
        while block := content.read(BLOCK):
            yield kept + block
            kept = block[-OVERLAP:]


def _judge_xml(name: str, piece: bytes) -> None:
    if DOCTYPE.search(piece):
        raise FileRefused("unsafe_xml")
    if FETCHING.search(piece):
        raise FileRefused("external")
    if name == "[Content_Types].xml" and MACRO_CONTENT.search(piece):
        raise FileRefused("macros")
    if name == "META-INF/manifest.xml" and b"encryption-data" in piece:
        raise FileRefused("locked")


def _judge_relations(content: bytes) -> None:
    """Refuse what is fetched from elsewhere on opening; a hyperlink is followed by a person."""
    try:
        relations = ElementTree.fromstring(content)  # noqa: S314 - no document type definition: looked for above
    except ElementTree.ParseError as error:
        raise FileRefused("damaged") from error
    for relation in relations:
        kind = relation.get("Type", "").rpartition("/")[2]
        if relation.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
            raise FileRefused("external")
