"""Quicker clean-up after tests that commit (transaction=True, live server).

Django truncates every table on PostgreSQL, which makes new files for each table and index: seconds a test. The few rows
that a test leaves are deleted instead (foreign keys are checked at the end of the transaction), and content types and
permissions stay, which Django would otherwise write anew after each flush.
"""

from typing import Any

from django.db.backends.postgresql.operations import DatabaseOperations

TRUNCATE = DatabaseOperations.sql_flush
KEPT = {"django_content_type", "auth_permission"}


def delete_instead_of_truncate() -> None:
    """Called once, by conftest, before the first test."""
    DatabaseOperations.sql_flush = sql_flush


def sql_flush(self: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
    """One statement that deletes the rows of `tables`; a test that asks for fresh sequences gets Django's way."""
    if options.get("reset_sequences"):
        return TRUNCATE(self, style, tables, **options)
    names = (self.quote_name(table) for table in tables if table not in KEPT)
    return ["; ".join(f"DELETE FROM {name}" for name in names)]
