"""The desk's list as a table to take away: CSV that streams, XLSX that is written to disk as it goes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO

from django.utils import translation
from django.utils.translation import gettext as _

from agreements.queries.desk_columns import Column
from core.clock import on_the_clock
from core.spreadsheet import LIKE_A_FORMULA, Workbook

BOM = "\ufeff"  # or a spreadsheet programme takes the Thai for another encoding
AT_ONCE = 500


def csv_blocks(rows: Iterable[Any], columns: Sequence[Column], language: str) -> Iterator[str]:
    """The head and all rows, some hundred at a time: what is in memory does not grow with the list.

    The language is said, as the rows are read after the request's own is forgotten.
    """
    with translation.override(language):
        head = BOM + _lines([[str(column.label) for column in columns]])
    yield head
    rows = iter(rows)
    while block := list(islice(rows, AT_ONCE)):
        with translation.override(language):
            lines = _lines([_safe(column.plain(row)) for column in columns] for row in block)
        yield lines


def _lines(cells: Iterable[Sequence[Any]]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(cells)
    return out.getvalue()


def _safe(value: Any) -> Any:
    """Text that a spreadsheet programme would take for a formula gets an apostrophe in front.

    Baht have two places and no commas; a moment is Bangkok's, so written that it sorts: 2026-11-27 16:25.
    """
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, datetime):
        return on_the_clock(value).isoformat(" ", "minutes")
    if isinstance(value, str) and value.startswith(LIKE_A_FORMULA):
        return f"'{value}"
    return value


def write_xlsx(stream: BinaryIO, rows: Iterable[Any], columns: Sequence[Column]) -> None:
    """The same as one sheet, in the language that is active."""
    book = Workbook(stream)
    head = [str(column.label) for column in columns]
    cells = ([column.plain(row) for column in columns] for row in rows)
    book.add_sheet(_("Proposals"), head, cells, [column.width for column in columns])
    book.close()
