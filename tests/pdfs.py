"""A real PDF for tests that need one: one empty page, no more."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfWriter


def blank_pdf(pages: int = 1) -> bytes:
    """A PDF of empty A4 pages."""
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


PDF = blank_pdf()
