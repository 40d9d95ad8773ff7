"""Canonical JSON: a table of what is written how, and of what is refused."""

import uuid
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from core.canonical import NotCanonicalError, canonical_json


class Colour(TextChoices):
    RED = "red", "Red"


BANGKOK = timezone(timedelta(hours=7))

WRITTEN = [
    ({}, "{}"),
    ({"b": 1, "a": [True, False, None]}, '{"a":[true,false,null],"b":1}'),
    ({"ข": 1, "ก": 2}, '{"ก":2,"ข":1}'),
    ("น้ำใจ", '"น้ำใจ"'),
    ("e\u0301", '"é"'),
    ("\u0e19\u0e49\u0e33", '"น้ำ"'),
    ('"\\\n\u0000', '"\\"\\\\\\n\\u0000"'),
    (Decimal("1250.00"), '"1250.00"'),
    (Decimal("1E+3"), '"1000"'),
    (Decimal("0.10"), '"0.10"'),
    (10**30, "1" + "0" * 30),
    (date(2026, 2, 28), '"2026-02-28"'),
    (datetime(2026, 1, 1, 6, 30, tzinfo=BANGKOK), '"2025-12-31T23:30:00.000000Z"'),
    (datetime(2026, 1, 1, 0, 0, 0, 5, tzinfo=UTC), '"2026-01-01T00:00:00.000005Z"'),
    (Colour.RED, '"red"'),
    ({Colour.RED: 1}, '{"red":1}'),
    ((1, (2,)), "[1,[2]]"),
    (uuid.UUID(int=1), '"00000000-0000-0000-0000-000000000001"'),
]

REFUSED = [
    0.5,
    float("nan"),
    Decimal("NaN"),
    Decimal("Infinity"),
    datetime(2026, 1, 1),
    {1: "a"},
    {None: "a"},
    {"\u00e9": 1, "e\u0301": 2},
    {"a", "b"},
    b"bytes",
    object(),
    gettext_lazy("lazy"),
    "\ud800",
    {"a": {"b": [0.5]}},
]


@pytest.mark.parametrize(("value", "text"), WRITTEN)
def test_the_same_facts_have_one_written_form(value: Any, text: str) -> None:
    assert canonical_json(value) == text


@pytest.mark.parametrize("value", REFUSED, ids=repr)
def test_what_could_be_written_in_several_ways_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonicalError):
        canonical_json(value)


def test_a_refusal_says_where() -> None:
    with pytest.raises(NotCanonicalError, match=r"^\$\.a\.b\[1\]: float"):
        canonical_json({"a": {"b": [0, 0.5]}})
