"""A history that many tests begin with is built once in two minutes of one day, through the actions, and put back.

`@built_once` on a builder (the cast, the moves of `tests.world`): the first call runs it and keeps what it left in the
tables; a later call with the same arguments, from the same beginning, writes exactly those rows instead, and hands out
copies of what the builder gave. A beginning is the empty database, or a chain of builders from there; as soon as a test
writes anything itself, takes something back or changes the rules (settings, `monkeypatch`, an acted day), builders run
for it as if this module were not there. Tests that commit always build.

BUILD_ANEW=1 in the environment builds everything anew in every test.
"""

from __future__ import annotations

import io
import os
import pickle
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from inspect import signature
from typing import Any

from django.apps import apps
from django.conf import UserSettingsHolder, settings
from django.core import mail
from django.db import connection, models
from django.utils.translation import get_language

from core import clock

WRITES = re.compile(r'\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.I)
HARMLESS = re.compile(r"\s*(?:BEGIN|SELECT|SAVEPOINT|RELEASE|SET CONSTRAINTS|PRAGMA|EXPLAIN)\b", re.I)
KEPT_FOR = 120  # seconds: "just now" in what is put back has to be just now for the product's rules of minutes
ANEW = bool(os.environ.get("BUILD_ANEW"))

Rows = dict[Any, tuple[Any, ...]]  # by primary key, values as the database itself writes them


class NotKept(Exception):
    """An argument by which a call cannot be known again."""


class Point:
    """A state of the database that a chain of builders led to; `rows` of the tables that differ from the empty one."""

    def __init__(self, rows: dict[str, Rows]) -> None:
        self.rows = rows
        self.known: dict[Any, Kept] = {}


class Kept:
    """What one call of a builder left: the point it led to, letters, callbacks for the commit, and what it gave.

    `day`: the day in Bangkok on which the call began; what is dated "today" in it is so on that day alone.
    """

    def __init__(
        self, point: Point, letters: list[Any], callbacks: list[tuple[Any, bool]], given: bytes, day: date
    ) -> None:
        self.point, self.letters, self.callbacks, self.given = point, letters, callbacks, given
        self.made, self.day = time.monotonic(), day

    @property
    def is_fresh(self) -> bool:
        return time.monotonic() - self.made < KEPT_FOR and self.day == clock.today()


class History:
    """Where the running test stands; None: where no chain of builders alone has led."""

    def __init__(self) -> None:
        self.empty = Point({})
        self.here: Point | None = None
        self.written: set[str] = set()  # since `here`, by the builder that is being watched
        self.watching = False
        self.fixtures: dict[str, Any] = {}

    def begin(self, fixtures: dict[str, Any], *, empty: bool) -> None:
        """Before each test, with its fixtures by name as they come to be; `empty`: it begins with the empty database.

        What is known is forgotten once a test commits: it is cleaned up after, and what migrations stored is put back
        by other hands. A browser brings an event loop, and with it another connection, which has to be watched too.
        """
        if not empty:
            self.empty = Point({})
        if self.see not in connection.execute_wrappers:
            self.empty = Point({})
            connection.execute_wrappers.append(self.see)
        self.here = self.empty if empty and not ANEW else None
        self.fixtures = fixtures
        self.written.clear()
        self.watching = False

    def see(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        """An execute wrapper: every statement of the test goes through here."""
        if self.here is not None and not HARMLESS.match(sql):
            found = WRITES.match(sql)
            table = found.group(1) if found else ""
            if not self.watching or table not in tables():
                self.here = None
            elif table not in self.written:
                if table not in self.here.rows and table not in self.empty.rows:
                    self.empty.rows[table] = read(table)
                self.written.add(table)
        return execute(sql, params, many, context)

    def at_a_point(self) -> bool:
        """Whether a chain of builders led exactly here, and nothing is other than usual."""
        if self.here is None or self.written or not connection.in_atomic_block:
            return False
        if self.see not in connection.execute_wrappers:
            return False
        patches = getattr(self.fixtures.get("monkeypatch"), "_setattr", ()) or clock.is_acting()
        return not patches and not isinstance(settings._wrapped, UserSettingsHolder)

    def arrive(self) -> Point | None:
        """The point that the builder being watched has led to, None if it cannot be told."""
        if self.here is None:
            return None
        if self.written:
            self.here = Point({**self.here.rows, **{table: read(table) for table in self.written}})
            self.written.clear()
        return self.here

    @contextmanager
    def watched(self) -> Iterator[None]:
        before, self.watching = self.watching, True
        try:
            yield
        finally:
            self.watching = before


history = History()


def built_once(build: Callable) -> Callable:
    """A builder whose doing is its rows, letters and callbacks, what it gives, and what it changes in its arguments."""

    @wraps(build)
    def building(*args: Any, **kwargs: Any) -> Any:
        start = history.here
        if not history.at_a_point():
            return build(*args, **kwargs)
        try:
            bound = signature(build).bind(*args, **kwargs).arguments
            key = (build.__module__, build.__qualname__, get_language(), key_of(bound))
        except NotKept:
            return build(*args, **kwargs)
        kept = start.known.get(key)
        return _put_back(start, kept, bound) if kept and kept.is_fresh else _build(build, key, bound, args, kwargs)

    return building


def _build(build: Callable, key: Any, bound: dict, args: Any, kwargs: Any) -> Any:
    start, letters, callbacks = history.here, len(mail.outbox), len(connection.run_on_commit)
    day = clock.today()
    with history.watched():
        given = build(*args, **kwargs)
    point = history.arrive()
    if point is not None:
        later = [(call, robust) for _points, call, robust in connection.run_on_commit[callbacks:]]
        start.known[key] = Kept(point, mail.outbox[letters:], later, _wrap(bound, given), day)
    return given


def _put_back(start: Point, kept: Kept, bound: dict) -> Any:
    for table, rows in kept.point.rows.items():
        before = start.rows.get(table, history.empty.rows[table])
        if rows is not before:
            write(table, before, rows)
    history.here = kept.point
    mail.outbox.extend(kept.letters)
    connection.run_on_commit.extend((set(connection.savepoint_ids), call, robust) for call, robust in kept.callbacks)
    return _unwrap(bound, kept.given)


# --- what a builder was given, and what it gave ---------------------------------------------------------------------------


def key_of(value: Any) -> Any:
    """Something equal for equal arguments, hashable."""
    if value is None or isinstance(value, str | int | Decimal) or (type(value) is date):
        return (type(value).__name__, str(value))
    if isinstance(value, models.Model):
        fields = (value.__dict__.get(field.attname) for field in value._meta.concrete_fields)
        return (value._meta.label, value.pk, repr(list(fields)))
    if isinstance(value, list | tuple):
        return tuple(key_of(each) for each in value)
    if isinstance(value, dict):
        return tuple((key_of(name), key_of(each)) for name, each in value.items())
    if hasattr(value, "people"):  # the cast: there is one
        return "cast"
    if hasattr(value, "cast"):
        return (type(value).__name__, key_of({name: each for name, each in vars(value).items() if name != "cast"}))
    if isinstance(value, datetime) or not isinstance(value, type):
        raise NotKept
    return value.__qualname__


def _known(bound: dict) -> dict[str, Any]:
    """By name: the arguments themselves, which a copy of what was given has to name, not to copy."""
    known = {
        name: value for name, value in bound.items() if isinstance(value, models.Model) or hasattr(value, "people")
    }
    for name, value in bound.items():
        if hasattr(value, "cast") and not isinstance(value, models.Model):
            known |= {name: value, "cast": value.cast}
    return known


class _Pickler(pickle.Pickler):
    known: dict[int, str]

    def persistent_id(self, value: Any) -> str | None:
        return self.known.get(id(value))


class _Unpickler(pickle.Unpickler):
    known: dict[str, Any]

    def persistent_load(self, name: str) -> Any:
        return self.known[name]


def _wrap(bound: dict, given: Any) -> bytes:
    known = _known(bound)
    changed = {name: _inside(value) for name, value in known.items()}
    actors = {who: person.__dict__["actor"] for who, person in _people(known) if "actor" in person.__dict__}
    target = io.BytesIO()
    pickler = _Pickler(target)
    pickler.known = {id(value): name for name, value in known.items()}
    pickler.dump((given, changed, actors))
    return target.getvalue()


def _unwrap(bound: dict, wrapped: bytes) -> Any:
    known = _known(bound)
    unpickler = _Unpickler(io.BytesIO(wrapped))
    unpickler.known = known
    given, changed, actors = unpickler.load()
    for name, values in changed.items():
        known[name].__dict__.update(values)
    for who, person in _people(known):
        if who in actors:
            person.__dict__.setdefault("actor", actors[who])
    return given


def _inside(value: Any) -> dict[str, Any]:
    """What an argument holds after the call, but for the cast, whose people are told apart."""
    return {} if hasattr(value, "people") else {name: each for name, each in vars(value).items() if name != "cast"}


def _people(known: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for value in known.values():
        if hasattr(value, "people") and not isinstance(value, models.Model):
            yield from value.people.items()


# --- rows, past the ORM ---------------------------------------------------------------------------------------------------

_tables: dict[str, list[str]] = {}


def tables() -> dict[str, list[str]]:
    """Our tables, each with its columns, the primary key first."""
    if not _tables:
        for model in apps.get_models(include_auto_created=True):
            meta = model._meta
            fields = [each for each in meta.local_concrete_fields if not each.generated]
            if meta.managed and not meta.proxy:
                _tables[meta.db_table] = [meta.pk.column, *(each.column for each in fields if each is not meta.pk)]
        _tables[settings.CACHES["default"]["LOCATION"]] = ["cache_key", "value", "expires"]
    return _tables


def _execute(sql: str, params: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """Past the wrappers: nobody counts these as queries of a test."""
    with connection.cursor() as cursor:
        cursor.cursor.execute(sql, params)
        return cursor.cursor.fetchall() if sql.startswith("SELECT") else []


def _quoted(names: list[str]) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def read(table: str) -> Rows:
    """All rows, each value as the database itself writes it: no adapter rounds or converts it on the way."""
    plain = "+{}" if connection.vendor == "sqlite" else "{}::text"
    columns = ", ".join(plain.format(connection.ops.quote_name(name)) for name in tables()[table])
    return {row[0]: row for row in _execute(f"SELECT {columns} FROM {_quoted([table])}")}


def write(table: str, before: Rows, after: Rows) -> None:
    """Make `after` of `before`, touching no row that is the same in both."""
    columns = tables()[table]
    quoted, key = _quoted([table]), _quoted(columns[:1])
    for pk in before.keys() - after.keys():
        _execute(f"DELETE FROM {quoted} WHERE {key} = %s", [pk])
    values = ", ".join(f"{_quoted([name])} = %s" for name in columns[1:])
    for pk, row in after.items():
        if pk in before and before[pk] != row:
            _execute(f"UPDATE {quoted} SET {values} WHERE {key} = %s", [*row[1:], pk])
    new = [row for pk, row in after.items() if pk not in before]
    one = f"({', '.join(['%s'] * len(columns))})"
    at_once = max(1, 10_000 // len(columns))
    for first in range(0, len(new), at_once):
        some = new[first : first + at_once]
        flat = [value for row in some for value in row]
        _execute(f"INSERT INTO {quoted} ({_quoted(columns)}) VALUES {', '.join([one] * len(some))}", flat)
