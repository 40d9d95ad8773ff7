"""The test database is migrated once for the same migrations; later runs start from a copy of what that left behind.

Migrating takes a quarter of a minute, and the suite makes its test database four times (two databases, journeys apart).
The copy is kept under a digest of everything that made it: every migration of every app, the modules of ours they
import, and the pinned requirements. A change to any of these migrates from nothing again, as a clean clone does; and
`migrate` runs on the copy as well, which installs triggers, content types and permissions as everywhere.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.backends.sqlite3.creation import DatabaseCreation as SQLiteCreation

IMPORTED = re.compile(rb"^(?:import|from) ((?:core|partnerships|agreements|evaluations|reporting|demo)\b[\w.]*)", re.M)
FOLDER = Path(settings.VAR_DIR) / "migrated"
PREFIX = f"{settings.DATABASES['default']['NAME'][:30]}_migrated_"  # as long as it is not the test database's name


def start_from_copy() -> None:
    """Called before the test database is made: it is made from the copy, if there is one."""
    if connection.vendor == "sqlite":
        SQLiteCreation._create_test_db = _copy_instead(SQLiteCreation._create_test_db)
    elif _database_exists(_name()):
        connection.settings_dict["TEST"]["TEMPLATE"] = _name()


def keep_copy() -> None:
    """Called when the test database has been migrated and is as yet unused; older copies of this checkout go."""
    connection.close()  # SQLite writes its log into the file, PostgreSQL copies only what nobody uses
    if connection.vendor == "sqlite":
        _keep_file(Path(connection.settings_dict["NAME"]))
    elif not _database_exists(_name()):
        _keep_database(connection.settings_dict["NAME"])


def kept_file() -> Path | None:
    """SQLite's copy, if there is one by now."""
    return _file() if _file().exists() else None


def digest() -> str:
    """Of all that decides what a migrated database holds."""
    found = hashlib.sha256((Path(settings.BASE_DIR) / "requirements.txt").read_bytes())
    for path in _sources():
        found.update(b"%s\0%s\0" % ("/".join(path.parts[-3:]).encode(), path.read_bytes()))
    return found.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    imported: set[str] = set()
    for app in apps.get_app_configs():
        for path in sorted(Path(app.path).glob("migrations/*.py")):
            yield path
            imported.update(name.decode() for name in IMPORTED.findall(path.read_bytes()))
    for name in sorted(imported):
        origin = getattr(find_spec(name), "origin", None)
        if origin:
            yield Path(origin)


# --- SQLite: a file -----------------------------------------------------------------------------------------------------


def _file() -> Path:
    return FOLDER / f"{digest()}.sqlite3"


def _copy_instead(create: Any) -> Any:
    def create_test_db(self: SQLiteCreation, *args: Any, **kwargs: Any) -> str:
        name: str = create(self, *args, **kwargs)
        if _file().exists():
            shutil.copyfile(_file(), name)
        return name

    return create_test_db


def _keep_file(path: Path) -> None:
    if _file().exists():
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished = FOLDER / f"{os.getpid()}.unfinished"
    shutil.copyfile(path, unfinished)
    unfinished.replace(_file())


# --- PostgreSQL: a database to be the template --------------------------------------------------------------------------


def _name() -> str:
    return f"{PREFIX}{digest()}"


def _database_exists(name: str) -> bool:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _keep_database(source: str) -> None:
    quote = connection.ops.quote_name
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX])
        wanted = [f"DROP DATABASE IF EXISTS {quote(old)}" for (old,) in cursor.fetchall()]
        for statement in [*wanted, f"CREATE DATABASE {quote(_name())} TEMPLATE {quote(source)}"]:
            with suppress(DatabaseError):  # another run uses the old one, or has just kept the new one
                cursor.execute(statement)
