"""Telling a history: the day of each act, who acts, and small files; the acts themselves are the product's own actions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.core.files.base import ContentFile
from django.utils.html import escape

from core import clock
from core.pdf import render_pdf
from demo.people import DemoCast
from partnerships.actors import Actor

FICTITIOUS = "ข้อมูลสมมติ"
SATURDAY = 5
PAGE = """<!doctype html><html lang="th"><head><meta charset="utf-8">
<link rel="stylesheet" href="static:documents/print.css"></head>
<body><h1>{title}</h1><p>เอกสารนี้เป็นข้อมูลสมมติ จัดทำขึ้นเพื่อสาธิตการใช้งานระบบเท่านั้น</p></body></html>"""


class Story:
    """Days are counted back from the day of loading, so that the demonstration never grows old."""

    def __init__(self, cast: DemoCast, today: dt.date) -> None:
        self.cast, self.today = cast, today

    def day(self, ago: int) -> dt.date:
        """The working day that many days ago (negative: ahead); a weekend gives the Friday before it.

        So three days in a row may be one day, on which things stand in the order in which they are told, from 08:30. What
        has to come after an hour of another day (a deadline, a time of receipt) is told at least three days after it.
        """
        day = self.today - dt.timedelta(days=ago)
        return day - dt.timedelta(days=max(0, day.weekday() - SATURDAY + 1))

    @contextmanager
    def on(self, ago: int) -> Iterator[None]:
        """Let what happens inside take effect that many days ago."""
        with clock.acting_on(self.day(ago)):
            yield

    def act(self, key: str) -> Actor:
        return self.cast.actor(key)

    def end_of(self, ago: int) -> dt.datetime:
        """Half past four in the afternoon of that day, when calls close."""
        return dt.datetime.combine(self.day(ago), dt.time(16, 30), tzinfo=clock.BANGKOK)


def again(record: Any) -> Any:
    """The record as it is stored now, on a fresh instance."""
    return type(record).objects.get(pk=record.pk)


def paper(title: str) -> ContentFile:
    """A small real PDF, marked as fictitious; the same title is printed once."""
    return ContentFile(_printed(title), name=f"{title} (สมมติ).pdf")


@lru_cache(maxsize=64)
def _printed(title: str) -> bytes:
    return render_pdf(PAGE.format(title=escape(title)), title=title)
