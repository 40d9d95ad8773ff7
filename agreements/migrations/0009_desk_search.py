"""What the desk lists by: words of a proposal, its arrival, its budget; one archive of a call at a time and person."""

import re
import unicodedata

from django.conf import settings
from django.db import migrations, models

SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")  # Thai on purpose
BETWEEN_WORDS = re.compile("[^\\w\u0e31\u0e33-\u0e3a\u0e47-\u0e4e]+|_+")  # Thai on purpose
INDEX = "proposal_search_trigrams"
BATCH = 1000


def folded(text):
    """As core.search_text does on the day of this migration."""
    one = unicodedata.normalize("NFC", text).casefold()
    one = SPLIT_SARA_AM.sub("\\1\u0e33", one.replace("\u0e40\u0e40", "\u0e41"))  # Thai on purpose
    return BETWEEN_WORDS.sub("", one)


def fill(apps, schema_editor):
    Proposal = apps.get_model("agreements", "Proposal")
    batch = []
    for one in Proposal._base_manager.select_related("organisation").iterator(chunk_size=BATCH):
        whose = one.organisation
        parts = map(folded, (one.title, one.reference, whose.name_th, whose.name_en, whose.short_name))
        one.search_text = " ".join(part for part in parts if part)[:1200]
        batch.append(one)
        if len(batch) == BATCH:
            Proposal._base_manager.bulk_update(batch, ["search_text"])
            batch = []
    Proposal._base_manager.bulk_update(batch, ["search_text"])


def install(apps, schema_editor):
    """On PostgreSQL, an index by trigrams under the search. It speeds the search up; it is never the rule."""
    if schema_editor.connection.vendor != "postgresql":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone() is None:  # `manage.py check --database default` says what to do
            return
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS {INDEX} ON agreements_proposal USING gin (search_text gin_trgm_ops)"
        )


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX IF EXISTS {INDEX}")


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0008_ranking_resolution"),
        ("partnerships", "0005_names_by_trigrams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="export",
            name="leased_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="search_text",
            field=models.CharField(default="", editable=False, max_length=1200),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["-submitted_at", "-id"], name="proposal_by_arrival"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["call", "-submitted_at", "-id"], name="proposal_of_call_by_arrival"),
        ),
        migrations.AddIndex(
            model_name="proposal",
            index=models.Index(fields=["budget", "id"], name="proposal_by_budget"),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.UniqueConstraint(
                condition=models.Q(("call__isnull", False), ("state__in", ("queued", "running"))),
                fields=("asked_by", "kind", "call"),
                name="export_of_call_once_at_a_time",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(install, remove),
    ]
