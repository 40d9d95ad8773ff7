"""Triggers that refuse to change, delete or truncate audit events, on both databases.

The migration installs them; after every `migrate` they are installed again when missing, because SQLite loses a table's
triggers whenever Django rebuilds the table.
"""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "core_auditevent"
REFUSAL = "audit events are never changed or deleted"

SQLITE = {
    "core_auditevent_no_update": f"BEFORE UPDATE ON {TABLE}",
    "core_auditevent_no_delete": f"BEFORE DELETE ON {TABLE}",
    # INSERT OR REPLACE would delete the old row without asking the trigger above.
    "core_auditevent_no_replace": (
        f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE sequence = NEW.sequence)"  # noqa: S608
    ),
}
POSTGRESQL = {
    "core_auditevent_no_change": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW",
    "core_auditevent_no_truncate": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT",
}
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""


def wanted(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Trigger name → when it fires, for this kind of database."""
    return SQLITE if connection.vendor == "sqlite" else POSTGRESQL


def table_exists(connection: BaseDatabaseWrapper) -> bool:
    return TABLE in connection.introspection.table_names()


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that are not there, or are there but switched off."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [TABLE])
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal"
                " AND tgenabled IN ('O', 'A')",
                [TABLE],
            )
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in wanted(connection) if name not in present]


def install(connection: BaseDatabaseWrapper) -> list[str]:
    """Install what is missing; returns the names installed."""
    names = missing(connection)
    with connection.cursor() as cursor:
        if names and connection.vendor != "sqlite":
            cursor.execute(POSTGRESQL_FUNCTION)
        for name in names:
            if connection.vendor == "sqlite":
                cursor.execute(
                    f"CREATE TRIGGER {name} {wanted(connection)[name]} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
                )
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")
                cursor.execute(f"CREATE TRIGGER {name} {wanted(connection)[name]} EXECUTE FUNCTION core_audit_refuse()")
    return names


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: object) -> None:
    """Receiver of `post_migrate`."""
    connection = connections[using]
    if table_exists(connection):
        install(connection)
