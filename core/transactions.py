"""Rows that everybody queues for: how they are locked on both databases."""

from typing import Any, TypeVar

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)


class NoTransactionError(RuntimeError):
    """Something that must stand or fall with the rest was called outside a transaction."""


def require_transaction(what: str) -> None:
    """Raise NoTransactionError unless a transaction is open."""
    if not connection.in_atomic_block:
        raise NoTransactionError(f"{what} must be called inside transaction.atomic()")


def lock_or_create(model: type[Row], **identity: Any) -> Row:
    """The row with this identity, made when absent, locked until the transaction ends.

    PostgreSQL locks the row; on SQLite BEGIN IMMEDIATE already holds the file. `identity` must be unique.
    """
    rows = model._base_manager.select_for_update()
    row = rows.filter(**identity).first()
    if row is None:
        # Whoever else makes it at this moment is waited for, then found.
        model._base_manager.bulk_create([model(**identity)], ignore_conflicts=True)
        row = rows.get(**identity)
    return row
