"""Requests for self-assessments, ranks once under a policy, proposals that still look for their agency."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partnerships", "0005_names_by_trigrams"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadinessRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked_at", models.DateTimeField(editable=False)),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                "verbose_name": "request for a self-assessment",
                "verbose_name_plural": "requests for self-assessments",
                "ordering": ["pk"],
            },
        ),
        migrations.AddField(
            model_name="approach",
            name="note",
            field=models.TextField(blank=True, verbose_name="result of the talks"),
        ),
        migrations.AlterField(
            model_name="missionsuggestion",
            name="agency",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions_received",
                to="partnerships.organisation",
                verbose_name="agency it is put to",
            ),
        ),
        migrations.AddConstraint(
            model_name="mission",
            constraint=models.UniqueConstraint(
                fields=("policy", "rank"),
                name="mission_rank_once_under_policy",
                violation_error_message="Two missions cannot have the same priority.",
            ),
        ),
        migrations.AddField(
            model_name="readinessrequest",
            name="asked_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="readinessrequest",
            name="mission",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readiness_requests",
                to="partnerships.mission",
            ),
        ),
        migrations.AddField(
            model_name="readinessrequest",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="readiness_requests",
                to="partnerships.organisation",
                verbose_name="candidate",
            ),
        ),
        migrations.AddConstraint(
            model_name="readinessrequest",
            constraint=models.UniqueConstraint(fields=("mission", "organisation"), name="readiness_asked_once"),
        ),
    ]
