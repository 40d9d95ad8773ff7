"""The cells of a table whose columns a person chooses: kinds of values, and how each is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

TEXT, CODE, NUMBER, MONEY, MOMENT, STATE = "text", "code", "number", "money", "moment", "state"


@dataclass(frozen=True, slots=True)
class Cell:
    """A value under a heading; with `url` it heads its row and leads there.

    Then the label may be "". `tone` is that of a state.
    """

    label: Any
    kind: str
    value: Any
    url: str = ""
    tone: str = "plain"
