"""The catalogue of settings: a default in one place, what was set in its type, headings in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core import settings_catalogue, settings_history
from core.settings_catalogue import Kind, entries, entry_of, pack, register_setting, sections, unpack, value_of
from tests.core.cast import Somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_catalogue(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings_catalogue, "_entries", {})
    yield


def put(key: str = "x.days", kind: Kind = Kind.DAYS, default: Any = 5, **more: Any) -> None:
    register_setting(key, key, help="", kind=kind, default=default, section=more.pop("section", "s"), **more)


def change(key: str, value: Any, day: date) -> None:
    stored = pack(entry_of(key), value)
    settings_history.change_setting(key=key, value=stored, by=Somebody(), reason="มติ", valid_from=day)


@pytest.mark.usefixtures("empty_catalogue")
def test_the_default_holds_until_something_is_set_and_the_day_decides() -> None:
    put()
    assert value_of("x.days") == 5
    change("x.days", 9, date(2025, 10, 1))
    assert (value_of("x.days", date(2025, 9, 30)), value_of("x.days", date(2025, 10, 1))) == (5, 9)


@pytest.mark.usefixtures("empty_catalogue")
@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.DAYS, 30),
        (Kind.BAHT, Decimal("1250000.50")),
        (Kind.YES_NO, False),
        (Kind.CHOICE, "a"),
        (Kind.CODES, ("a", "b")),
        (Kind.CODES, ()),
        (Kind.DAY_LIST, (60, 30)),
        (Kind.TEXT, {"th": "ข้อความ", "en": "text"}),
    ],
)
def test_what_was_set_comes_back_in_its_type(kind: Kind, value: Any) -> None:
    put("x.y", kind, None)
    change("x.y", value, date(2025, 10, 1))
    held = value_of("x.y")
    assert held == value
    assert type(held) is type(value)


@pytest.mark.usefixtures("empty_catalogue")
def test_a_setting_that_nobody_registered_is_an_error_not_nothing() -> None:
    with pytest.raises(KeyError):
        value_of("x.unknown")


@pytest.mark.usefixtures("empty_catalogue")
def test_settings_stand_under_their_headings_in_order() -> None:
    put("b.last", section="two", order=30)
    put("a.first", section="one", order=10)
    put("a.second", section="one", order=20)
    found = [(str(title), [entry.key for entry in held]) for title, held in sections()]
    assert found == [("one", ["a.first", "a.second"]), ("two", ["b.last"])]


def test_every_default_of_the_product_survives_being_stored() -> None:
    found = entries()
    assert {"identity.mfa_roles", "agreements.sla_min_baht", "agreements.sla_min_months"} <= {e.key for e in found}
    for entry in found:
        assert unpack(entry, pack(entry, entry.default)) == entry.default, entry.key
        assert value_of(entry.key) == entry.default
        assert str(entry.label) and str(entry.help) and str(entry.section), entry.key
