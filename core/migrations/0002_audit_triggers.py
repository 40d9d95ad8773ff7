"""Triggers that refuse to change, delete or truncate audit events (kept up later by core.audit_triggers)."""

from django.db import migrations

SQLITE = [
    "CREATE TRIGGER core_auditevent_no_update BEFORE UPDATE ON core_auditevent"
    " BEGIN SELECT RAISE(ABORT, 'audit events are never changed or deleted'); END",
    "CREATE TRIGGER core_auditevent_no_delete BEFORE DELETE ON core_auditevent"
    " BEGIN SELECT RAISE(ABORT, 'audit events are never changed or deleted'); END",
    "CREATE TRIGGER core_auditevent_no_replace BEFORE INSERT ON core_auditevent"
    " WHEN EXISTS (SELECT 1 FROM core_auditevent WHERE sequence = NEW.sequence)"
    " BEGIN SELECT RAISE(ABORT, 'audit events are never changed or deleted'); END",
]
POSTGRESQL = [
    "CREATE OR REPLACE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
    " BEGIN RAISE EXCEPTION 'audit events are never changed or deleted'"
    " USING ERRCODE = 'integrity_constraint_violation'; END $$",
    "CREATE TRIGGER core_auditevent_no_change BEFORE UPDATE OR DELETE ON core_auditevent"
    " FOR EACH ROW EXECUTE FUNCTION core_audit_refuse()",
    "CREATE TRIGGER core_auditevent_no_truncate BEFORE TRUNCATE ON core_auditevent"
    " FOR EACH STATEMENT EXECUTE FUNCTION core_audit_refuse()",
]


def install(apps, schema_editor):
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for name in ("no_update", "no_delete", "no_replace"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS core_auditevent_{name}")
        return
    for name in ("no_change", "no_truncate"):
        schema_editor.execute(f"DROP TRIGGER IF EXISTS core_auditevent_{name} ON core_auditevent")
    schema_editor.execute("DROP FUNCTION IF EXISTS core_audit_refuse()")


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]
