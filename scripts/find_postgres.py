"""Prints the DATABASE_URL of a PostgreSQL that tests may use, or nothing.

DATABASE_URL is taken as it is when it names PostgreSQL; else the local server is asked, as postgres or as the current
user, for a role that may create databases. Where the server's own template could not index Thai, a template database
with C.UTF-8 is made and named on a second line.
"""

import getpass
import os
import zlib
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg2

TEMPLATE = "phakhi_template"
SOCKETS = Path("/var/run/postgresql")


def candidates() -> list[str]:
    """URLs to try, the explicit one first and alone."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        return [given]
    name = f"phakhi_{zlib.crc32(str(Path.cwd()).encode()):08x}"  # two checkouts on one machine do not meet
    users = dict.fromkeys(("postgres", getpass.getuser()))
    ports = sorted(path.suffix[1:] for path in SOCKETS.glob(".s.PGSQL.*") if path.suffix[1:].isdigit())
    places = ["127.0.0.1:5432", *(f"{quote(str(SOCKETS), safe='')}:{port}" for port in ports)]
    return [f"postgres://{user}@{place}/{name}" for place in places for user in users]


def connect(url: str) -> "psycopg2.extensions.connection | None":
    """A connection to the server's maintenance database, or None when it does not answer or may not be used."""
    parts = urlsplit(url)
    try:
        connection = psycopg2.connect(
            host=unquote(parts.hostname or ""),
            port=parts.port or 5432,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            dbname="postgres",
            connect_timeout=3,
        )
    except psycopg2.OperationalError:
        return None
    connection.autocommit = True
    return connection


def may_create(connection: "psycopg2.extensions.connection") -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        return bool(cursor.fetchone()[0])


def thai_template(connection: "psycopg2.extensions.connection") -> str:
    """The template for test databases: "template0" when it is UTF-8 throughout, else one made for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname, pg_encoding_to_char(encoding) || datctype FROM pg_database")
        kinds = {name: kind.lower().replace("-", "") for name, kind in cursor.fetchall()}
        if kinds["template0"].count("utf8") == 2:  # encoding and ctype
            return "template0"
        if TEMPLATE not in kinds:
            cursor.execute(
                f"CREATE DATABASE {TEMPLATE} ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0"
            )
    return TEMPLATE


def main() -> None:
    for url in candidates():
        connection = connect(url)
        if connection and may_create(connection):
            print(url)
            print(thai_template(connection))
            return


if __name__ == "__main__":
    main()
