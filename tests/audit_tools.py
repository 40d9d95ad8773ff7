"""What tests alone may do to audit events: empty the table between tests, and tamper.

Production has no way round the triggers. A test that commits (transaction=True, live server) is cleaned up by Django's
`flush`, which the triggers would refuse; so they are dropped just before it, and its post_migrate puts them back.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from core import audit_triggers


def let_flush_empty_the_chain() -> None:
    """Make every committing test's clean-up drop the triggers first. Called once, by conftest."""
    flush_as_before = TransactionTestCase._fixture_teardown

    def drop_then_flush(self: TransactionTestCase) -> Any:
        for alias in self._databases_names(include_mirrors=False):
            drop_triggers(connections[alias])
        try:
            return flush_as_before(self)
        finally:
            # flush may be told to send no post_migrate
            for alias in self._databases_names(include_mirrors=False):
                audit_triggers.install(connections[alias])

    TransactionTestCase._fixture_teardown = drop_then_flush


def drop_triggers(database: BaseDatabaseWrapper = connection) -> None:
    """What an attacker with the right to change the table's definition would do first."""
    with database.cursor() as cursor:
        for name in audit_triggers.wanted(database):
            on_table = "" if database.vendor == "sqlite" else f" ON {audit_triggers.TABLE}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


@contextmanager
def tampering() -> Iterator[Any]:
    """A raw cursor with the triggers out of the way, which are there again afterwards."""
    drop_triggers()
    with connection.cursor() as cursor:
        yield cursor
    audit_triggers.install(connection)
