import core.clock
import core.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("agreements", "0001_initial"),
        ("core", "0002_audit_triggers"),
        ("partnerships", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Lesson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("problem", "Problem"),
                            ("obstacle", "Obstacle"),
                            ("limit", "Limit"),
                            ("improvement", "Improvement"),
                            ("recommendation", "Recommendation to those in power"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("text", models.TextField(verbose_name="lesson")),
                (
                    "side",
                    models.CharField(
                        choices=[
                            ("giver", "Mission giver"),
                            ("receiver", "Mission receiver"),
                            ("supporter", "Supporter"),
                        ],
                        max_length=10,
                        verbose_name="seen by",
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="lessons", to="agreements.agreement"
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "lesson",
                "verbose_name_plural": "lessons",
                "ordering": ["kind", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Round",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("midterm", "Mid-term evaluation"),
                            ("final", "Final evaluation"),
                            ("cycle", "Evaluation of a cycle"),
                        ],
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField(default=1)),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="due on")),
                ("frame", models.TextField(blank=True, verbose_name="frame, method and indicators")),
                (
                    "state",
                    core.fields.StateField(
                        choices=[("open", "Under way"), ("accepted", "Accepted")],
                        db_index=True,
                        default="open",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("summary", models.TextField(blank=True, verbose_name="summary of the evaluation")),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("pass", "Passed"),
                            ("fail", "Not passed"),
                            ("improve", "Improve the service"),
                            ("widen", "Widen to other missions"),
                            ("conclude", "Conclude the partnership"),
                        ],
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("opened_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("accepted_at", models.DateTimeField(editable=False, null=True)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "agreement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rounds",
                        to="agreements.agreement",
                        verbose_name="agreement",
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verdict_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "return_comment",
                    models.TextField(blank=True, editable=False, verbose_name="why the verdict was sent back"),
                ),
            ],
            options={
                "verbose_name": "evaluation round",
                "verbose_name_plural": "evaluation rounds",
                "ordering": ["opened_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("agreement", "kind", "ordinal"), name="round_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "open"),
                            models.Q(
                                ("accepted_at__isnull", False),
                                ("accepted_by__isnull", False),
                                models.Q(("verdict", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="round_accepted_is_stamped",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_by__isnull", True),
                            models.Q(("accepted_by", models.F("verdict_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="round_accepted_by_another",
                        violation_error_message="Whoever proposed the verdict cannot accept it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="IndicatorResult",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "actual",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="actual"),
                ),
                ("explanation", models.TextField(blank=True, verbose_name="explanation")),
                ("reported_at", models.DateTimeField(default=core.clock.now)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="results",
                        to="agreements.indicator",
                        verbose_name="indicator",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="evaluations.round"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "indicator"), name="indicator_result_once")],
            },
        ),
        migrations.CreateModel(
            name="SiteVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("visited_on", models.DateField(verbose_name="date of the visit")),
                ("place", models.CharField(max_length=300, verbose_name="place")),
                ("participants", models.TextField(verbose_name="who took part")),
                ("observations", models.TextField(verbose_name="what was seen")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="site_visits", to="evaluations.round"
                    ),
                ),
            ],
            options={
                "ordering": ["visited_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Finding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "perspective",
                    models.CharField(
                        choices=[("internal", "Internal"), ("external", "External")],
                        max_length=10,
                        verbose_name="perspective",
                    ),
                ),
                ("evaluator_name", models.CharField(max_length=200, verbose_name="evaluator")),
                ("text", models.TextField(verbose_name="findings")),
                ("recommendation", models.TextField(blank=True, verbose_name="recommendation")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                (
                    "evaluator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="findings", to="evaluations.round"
                    ),
                ),
                (
                    "side",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("giver", "Mission giver"),
                            ("receiver", "Mission receiver"),
                            ("supporter", "Supporter"),
                        ],
                        max_length=10,
                        verbose_name="side",
                    ),
                ),
            ],
            options={
                "ordering": ["recorded_at", "pk"],
            },
        ),
    ]
