"""PDF: good ones, and those that run, start by themselves or carry something along."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    Fit,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.core.corpus.archives import zipped


def written(writer: PdfWriter) -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def blank() -> PdfWriter:
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    return writer


def obj(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def name(text: str) -> NameObject:
    return NameObject(f"/{text}")


def text(value: str) -> TextStringObject:
    return TextStringObject(value)


def action(kind: str, **entries: Any) -> DictionaryObject:
    return obj(Type=name("Action"), S=name(kind), **entries)


def with_root(**entries: Any) -> bytes:
    writer = blank()
    writer._root_object.update(obj(**entries))
    return written(writer)


def on_page(**entries: Any) -> bytes:
    writer = blank()
    writer.pages[0].update(obj(**entries))
    return written(writer)


def good() -> bytes:
    return written(blank())


def script_on_opening() -> bytes:
    return with_root(OpenAction=action("JavaScript", JS=text("app.alert(1)")))


def script_on_a_page() -> bytes:
    return on_page(AA=obj(O=action("JavaScript", JS=text("app.alert(1)"))))


def script_in_a_field() -> bytes:
    widget = obj(Type=name("Annot"), Subtype=name("Widget"), FT=name("Tx"), T=text("sum"))
    widget[name("AA")] = obj(K=action("JavaScript", JS=text("AFNumber_Keystroke()")))
    return on_page(Annots=ArrayObject([widget]))


def script_with_a_disguised_name() -> bytes:
    """/JavaScript written as /Java#53cript, which readers take for the same."""
    return script_on_a_page().replace(b"/JavaScript", b"/Java#53cript")


def script_in_a_packed_object() -> bytes:
    """The action lies in a compressed object stream, where a look at the bytes would not see it."""
    catalogue = b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>"
    pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    script = b"<</S/JavaScript/JS(app.alert\\(1\\))>>"
    return packed_pdf([catalogue, pages, page, script])


def packed_pdf(objects: list[bytes]) -> bytes:
    """A PDF whose objects 1, 2, 3 … all lie in one object stream, with a table that is a stream as well."""
    places = [sum(len(o) + 1 for o in objects[:n]) for n in range(len(objects))]
    index = b" ".join(b"%d %d" % (n, place) for n, place in enumerate(places, start=1)) + b" "
    body = zlib.compress(index + b"\n".join(objects))
    holder, table = len(objects) + 1, len(objects) + 2
    out = b"%PDF-1.7\n"
    at_holder = len(out)
    out += b"%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        holder, len(objects), len(index), len(body), body,
    )  # fmt: skip
    at_table = len(out)
    rows = b"\0\0\0\0\xff" + b"".join(struct.pack(">BHH", 2, holder, n) for n in range(len(objects)))
    rows += struct.pack(">BHH", 1, at_holder, 0) + struct.pack(">BHH", 1, at_table, 0)
    out += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 2 2]/Root 1 0 R/Length %d>>stream\n%s\nendstream\nendobj\n" % (
        table, table + 1, len(rows), rows,
    )  # fmt: skip
    return out + b"startxref\n%d\n%%%%EOF\n" % at_table


def launches_a_program() -> bytes:
    return with_root(OpenAction=action("Launch", F=text("cmd.exe")))


def launches_on_click() -> bytes:
    link = obj(Type=name("Annot"), Subtype=name("Link"), A=action("Launch", F=text("cmd.exe")))
    return on_page(Annots=ArrayObject([link]))


def opens_an_address() -> bytes:
    return with_root(OpenAction=action("URI", URI=text("https://example.org/track")))


def sends_a_form() -> bytes:
    link = obj(Type=name("Annot"), Subtype=name("Link"), A=action("SubmitForm", F=text("https://example.org")))
    return on_page(Annots=ArrayObject([link]))


def xfa_form() -> bytes:
    return with_root(AcroForm=obj(Fields=ArrayObject(), XFA=text("<xdp/>")))


def film() -> bytes:
    return on_page(Annots=ArrayObject([obj(Type=name("Annot"), Subtype=name("RichMedia"))]))


def attached(file_name: str, content: bytes) -> bytes:
    writer = blank()
    writer.add_attachment(file_name, content)
    return written(writer)


def program_attached() -> bytes:
    return attached("setup.exe", b"MZ")


def document_attached() -> bytes:
    return attached("more.pdf", good())


def attached_to_a_note() -> bytes:
    stream = DecodedStreamObject()
    stream.set_data(b"MZ")
    writer = blank()
    place = writer._add_object(stream)
    spec = obj(Type=name("Filespec"), F=text("run.exe"), EF=obj(F=place))
    note = obj(Type=name("Annot"), Subtype=name("FileAttachment"), FS=spec)
    writer.pages[0].update(obj(Annots=ArrayObject([note])))
    return written(writer)


def locked() -> bytes:
    writer = blank()
    writer.encrypt("secret", algorithm="AES-256")
    return written(writer)


def locked_against_changes() -> bytes:
    """Opens without a password; only printing and copying are restricted."""
    writer = blank()
    writer.encrypt("", owner_password="owner", algorithm="AES-256")
    return written(writer)


def with_archive_behind() -> bytes:
    return good() + zipped({"evil.txt": "x"})


def with_page_behind() -> bytes:
    return good() + b"<html><script>alert(1)</script></html>"


def page_in_front() -> bytes:
    return b"%PDF-1.7\n%<script>alert(1)</script>\n" + good()[9:]


def without_pages() -> bytes:
    return written(PdfWriter())


def cut_off() -> bytes:
    return good()[:200]


def too_many_objects() -> bytes:
    """An array that refers to more objects than anything on paper has."""
    writer = blank()
    writer._root_object[name("Many")] = ArrayObject([writer._add_object(NumberObject(n)) for n in range(600)])
    return written(writer)


# --- good -----------------------------------------------------------------------------------------------------------


def with_links_and_a_jump() -> bytes:
    """A link to click and a page to open at: every browser that saves a PDF writes these."""
    writer = blank()
    writer.add_annotation(0, Link(rect=(50, 50, 200, 80), url="https://www.opdc.go.th"))
    writer.open_destination = writer.add_named_destination("start", 0)
    writer.add_outline_item("ต้น", 0, fit=Fit.fit())
    return written(writer)


def with_data_attached() -> bytes:
    return attached("agreement.json", b'{"reference": "x"}')


def by_weasyprint() -> bytes:
    from weasyprint import HTML

    return HTML(string="<h1>น้ำใจ</h1><p><a href='https://www.opdc.go.th'>ก.พ.ร.</a></p>").write_pdf()
