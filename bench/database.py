"""A database made for one run and thrown away after it; the data of the product are never touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg2
from psycopg2 import sql

OURS = "made by make bench; thrown away after it"
LONGEST_NAME = 40  # PostgreSQL cuts names at 63 bytes


def server() -> tuple[str, str]:
    """(URL, template) of the PostgreSQL to measure on; ("", "") where SQLite serves."""
    given = os.environ.get("DATABASE_URL", "")
    if given and not given.startswith("postgres"):
        return "", ""
    answer = subprocess.run([sys.executable, "scripts/find_postgres.py"], capture_output=True, text=True, check=True)
    url, template, *_ = [*answer.stdout.split(), "", ""]
    return url, template


@contextmanager
def database_of_its_own(size: int, folder: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database for this size; it is dropped at the end."""
    url, template = server()
    if not url:
        path = folder / f"bench-{size}.sqlite3"
        _remove(path)
        if migrated := os.environ.get("BENCH_MIGRATED"):  # an SQLite file to begin with: tests have one
            shutil.copyfile(migrated, path)
        yield f"sqlite:///{path.resolve()}"
        _remove(path)
        return
    parts = urlsplit(url)
    name = f"{parts.path.lstrip('/')[:LONGEST_NAME]}_bench_{size}"
    _drop(url, name)
    with _maintenance(url) as cursor:
        create = "CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE {}"
        cursor.execute(sql.SQL(create).format(sql.Identifier(name), sql.Identifier(template)))
        cursor.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(OURS)))
    try:
        yield parts._replace(path=f"/{name}").geturl()
    finally:
        _drop(url, name)


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


def _drop(url: str, name: str) -> None:
    """Drop our database of that name, if any; one that someone else made stays, and the run ends."""
    with _maintenance(url) as cursor:
        cursor.execute("SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name])
        found = cursor.fetchone()
        if found is None:
            return
        if found[0] != OURS:
            sys.exit(f"There is a database {name} that was not made by make bench: it is left alone.")
        cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _maintenance(url: str) -> Iterator[psycopg2.extensions.cursor]:
    parts = urlsplit(url)
    connection = psycopg2.connect(
        host=unquote(parts.hostname or ""),
        port=parts.port or 5432,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        dbname="postgres",
    )
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            yield cursor
    finally:
        connection.close()
