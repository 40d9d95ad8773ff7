"""An appeal asks nothing beyond its state and its people."""

from __future__ import annotations

from agreements.models import Appeal
from core.workflow import Book


def load(appeal: Appeal) -> Appeal:
    """The appeal is all the facts there are."""
    return appeal


BOOK = Book(load=load, requirements={})
