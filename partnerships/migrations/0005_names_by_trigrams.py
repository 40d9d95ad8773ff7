"""On PostgreSQL, an index by trigrams under the search for names. It speeds the search up; it is never the rule."""

from django.db import migrations

INDEX = "organisation_search_trigrams"


def install(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT has_database_privilege(current_database(), 'CREATE') FROM pg_available_extensions"
            " WHERE name = 'pg_trgm'"
        )
        may = cursor.fetchone()
        if not may or not may[0]:  # `manage.py check --database default` says what to do
            return
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {INDEX} ON partnerships_organisation USING gin (search_text gin_trgm_ops)"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0004_province_by_code_alone")]

    operations = [migrations.RunPython(install, remove)]
