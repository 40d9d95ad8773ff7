"""Spreadsheets (XLSX): what people typed stays text, numbers and moments sort as such, headings stay in sight.

A cell that begins like a formula (= + - @, tab, carriage return) is written as text, marked as text for whoever edits
it, and never evaluated.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, BinaryIO

import xlsxwriter

from core.clock import on_the_clock

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOMENT = "[$-107041E]dd/mm/yyyy hh:mm"  # in the Buddhist Era where the programme knows it: 27/11/2569 16:25
LONGEST = 32_767  # characters that a cell holds


class Workbook:
    """A workbook in memory. `add_sheet` once for each sheet, then `content`.

    With a `stream` (open for writing bytes) rows go to disk as they come, however many; then `close` instead.
    """

    def __init__(self, stream: BinaryIO | None = None) -> None:
        self._stream = stream or io.BytesIO()
        kept_as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        kept = {"in_memory": True} if stream is None else {"constant_memory": True}
        self._book = xlsxwriter.Workbook(self._stream, {**kept, **kept_as_text})
        self._head = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#EAF2F4"})
        self._text = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._quoted = self._book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        self._money = self._book.add_format({"num_format": "#,##0.00", "valign": "top"})
        self._moment = self._book.add_format({"num_format": MOMENT, "valign": "top", "align": "left"})
        self._whole = self._book.add_format({"num_format": "0", "valign": "top"})

    def add_sheet(
        self,
        title: str,
        head: Sequence[Any],
        rows: Iterable[Sequence[Any]],
        widths: Sequence[int] = (),
        *,
        first: int = 1,
        looks: bool = False,
    ) -> None:
        """A sheet: text, int, Decimal (two places), aware datetime (shown as in Bangkok) or None for an empty cell.

        widths: characters of each column.

        For pieces of a long sheet (`core.spreadsheet_parts`): `first` is where the rows begin, counted from 0; with
        `looks` the head's cells after the first look as rows do.
        """
        sheet = self._book.add_worksheet(title[:31])
        for column, words in enumerate(head):
            if looks and column:
                self._write(sheet, 0, column, words)
            else:
                sheet.write_string(0, column, str(words), self._head)
            sheet.set_column(column, column, widths[column] if column < len(widths) else 14)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=first):
            for column, value in enumerate(row):
                self._write(sheet, number, column, value)

    def _write(self, sheet: Any, row: int, column: int, value: Any) -> None:
        if value is None:
            return
        if isinstance(value, Decimal):
            sheet.write_number(row, column, value, self._money)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, on_the_clock(value), self._moment)
        elif isinstance(value, int) and not isinstance(value, bool):
            sheet.write_number(row, column, value, self._whole)
        else:
            text = str(value)[:LONGEST]
            sheet.write_string(row, column, text, self._quoted if text.startswith(LIKE_A_FORMULA) else self._text)

    def close(self) -> None:
        """Finish the file."""
        self._book.close()

    def content(self) -> bytes:
        """The finished file of a workbook in memory."""
        self.close()
        return self._stream.getvalue()
