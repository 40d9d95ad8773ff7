"""Plain rows into a table, past models: for the many small ones, where making an object of each costs most."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO

from django.db import connection
from django.db.models import Model


def store_rows(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[str | int]]) -> None:
    """Insert codes and ids (nothing that would need quoting) into these columns; the id is given by the database."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            lines = StringIO("".join("\t".join(map(str, row)) + "\n" for row in rows))
            cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", lines)
        else:
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(rows))  # noqa: S608
