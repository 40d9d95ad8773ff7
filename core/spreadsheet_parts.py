"""A spreadsheet that is too long for one sitting: its rows are written in pieces, and put together without being read.

Every piece is a small workbook of `core.spreadsheet`, of which the XML of its rows is kept. The first row of each shows
one cell of every look, in one order, so that a look has the same number in all of them and in the whole.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from core.spreadsheet import Workbook

SHEET = "xl/worksheets/sheet1.xml"
LOOKS = ("text", "=quoted", Decimal("0.00"), 0, datetime(2000, 1, 1, tzinfo=UTC))  # one value of each look of a cell
FIRST_ROW, END = re.compile(rb'<row r="2".*?</row>', re.DOTALL), b"</sheetData>"
DIMENSION = re.compile(rb"<dimension [^>]*/>")


def rows_as_xml(rows: Iterable[Sequence[Any]], first: int) -> tuple[bytes, int]:
    """The rows from the sheet's row `first` on (the head is row 1), as XML, and how many there were.

    Cells as for `Workbook.add_sheet`.
    """
    counted = list(rows)
    out = io.BytesIO()
    book = Workbook(out)
    book.add_sheet("x", ["head", *LOOKS], counted, first=first - 1, looks=True)
    book.close()
    with zipfile.ZipFile(out) as parts:
        sheet = parts.read(SHEET)
    begins = sheet.find(b'<row r="%d"' % first)
    return (sheet[begins : sheet.index(END)] if begins >= 0 else b""), len(counted)


def assemble(
    stream: BinaryIO, title: str, head: Sequence[Any], pieces: Iterable[bytes], widths: Sequence[int] = ()
) -> None:
    """Write the whole spreadsheet to `stream`: the head, and the pieces as they are; what is in memory is one piece."""
    out = io.BytesIO()
    book = Workbook(out)
    book.add_sheet(title, head, [LOOKS], widths)
    book.close()
    with zipfile.ZipFile(out) as frame, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
        for name in frame.namelist():
            if name != SHEET:
                whole.writestr(name, frame.read(name))
        before, after = DIMENSION.sub(b"", frame.read(SHEET)).split(END)
        with whole.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(FIRST_ROW.sub(b"", before))
            for piece in pieces:
                sheet.write(piece)
            sheet.write(END + after)
