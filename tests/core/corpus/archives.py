"""Office files: good ones, bombs, and what is smuggled in them."""

from __future__ import annotations

import io
import struct
import zipfile

TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)
REL_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORD = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body></w:document>'
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
ODF_TEXT = "application/vnd.oasis.opendocument.text"


def zipped(members: dict[str, bytes | str], *, comment: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
        archive.comment = comment
    return out.getvalue()


def docx(more: dict[str, bytes | str] | None = None, *, body: str = "", types: str = "", rels: str = "") -> bytes:
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES.format(types),
        "word/document.xml": WORD.format(body),
        "word/_rels/document.xml.rels": RELS.format(rels),
    }
    return zipped({**members, **(more or {})})


def xlsx(more: dict[str, bytes | str] | None = None) -> bytes:
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES.format(""),
        "xl/workbook.xml": "<workbook/>",
        "xl/worksheets/sheet1.xml": SHEET,
    }
    return zipped({**members, **(more or {})})


def odt(manifest: str = "<manifest/>", more: dict[str, bytes | str] | None = None) -> bytes:
    members: dict[str, bytes | str] = {"mimetype": ODF_TEXT, "content.xml": "<o/>", "META-INF/manifest.xml": manifest}
    return zipped({**members, **(more or {})})


def relation(kind: str, target: str, *, external: bool = True) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="r1" Type="{REL_TYPE}{kind}" Target="{target}"{mode}/>'


# --- bombs ----------------------------------------------------------------------------------------------------------


def docx_bomb() -> bytes:
    """40 MB of spaces in some 40 kB."""
    return docx({"word/media/space.xml": b" " * 40_000_000})


def xlsx_many_megabytes() -> bytes:
    """Eight sheets that would unpack to 320 MB, each well below what a single one may have."""
    return xlsx({f"xl/worksheets/sheet{n}.xml": b"<a/>" * 10_000_000 for n in range(2, 10)})


def docx_many_members() -> bytes:
    return docx({f"word/media/{n}.png": b"" for n in range(5_001)})


def docx_nested() -> bytes:
    """A document in a document in a document."""
    inner = docx({"word/embeddings/c.docx": docx()})
    return docx({"word/embeddings/b.docx": inner})


def docx_lying_about_sizes() -> bytes:
    """The table of contents says 10 bytes where there are 30 MB."""
    honest = docx({"word/media/space.xml": b" " * 30_000_000})
    return honest.replace(struct.pack("<L", 30_000_000), struct.pack("<L", 10))


def docx_overlapping() -> bytes:
    """Two entries of the table of contents that share the same bytes."""
    data = bytearray(docx({"word/a.xml": b"<a/>" * 100, "word/b.xml": b"<a/>" * 100}))
    first, second = data.rfind(b"word/a.xml") - 46, data.rfind(b"word/b.xml") - 46
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    return bytes(data)


# --- smuggling ------------------------------------------------------------------------------------------------------


def docx_with_xxe() -> bytes:
    doctype = '<!DOCTYPE w:document [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return docx({"word/settings.xml": f'<?xml version="1.0"?>{doctype}<settings>&x;</settings>'})


def docx_with_xxe_in_utf16() -> bytes:
    xml = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'
    return docx({"word/settings.xml": xml.encode("utf-16")})


def docx_with_late_doctype() -> bytes:
    """Behind a comment so long that a look at the beginning would not find it, and across the border of two blocks."""
    start = "<!--" + "x" * (256 * 1024 - 4 - 5) + "-->"
    return docx({"word/settings.xml": start + "<!DOCTYPE a><a/>"})


def docx_same_name_twice() -> bytes:
    return docx({"word/aaaaaaaaa.xml": "<a/>", "word/bbbbbbbbb.xml": "<b/>"}).replace(b"bbbbbbbbb", b"aaaaaaaaa")


def docx_encrypted_member() -> bytes:
    """Every member says that it needs a password."""
    data = bytearray(docx())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    return bytes(data)


def office_with_password() -> bytes:
    """What Word writes when a password is set: the old container with an encrypted package in it."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    return header + b"\0" * 64 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512


def zip_before_docx() -> bytes:
    """An archive with another one behind it: programs that read from the front see the first."""
    return zipped({"evil.txt": "x"}) + docx()
