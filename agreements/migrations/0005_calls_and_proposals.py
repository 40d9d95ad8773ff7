import core.clock
import core.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0004_prior_agreements"),
        ("core", "0004_file_scan"),
        ("partnerships", "0014_first_privacy_notice"),
        ("partnerships", "__first__"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="callcriterion",
            name="criterion_weight_by_kind",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_pending_once_per_call",
        ),
        migrations.RemoveConstraint(
            model_name="reviewscore",
            name="review_points_0_to_5",
        ),
        migrations.AddField(
            model_name="call",
            name="allocation_method",
            field=models.CharField(
                choices=[
                    ("instalments", "By instalments"),
                    ("unit_cost", "By unit cost"),
                    ("both", "By instalments, on unit cost"),
                ],
                default="instalments",
                max_length=20,
                verbose_name="way of allocating",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="appeal_days",
            field=models.PositiveSmallIntegerField(default=15, verbose_name="days to appeal"),
        ),
        migrations.AddField(
            model_name="call",
            name="cure_days",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="days to mend formal gaps"),
        ),
        migrations.AddField(
            model_name="call",
            name="decision_by",
            field=models.DateField(blank=True, null=True, verbose_name="decision by"),
        ),
        migrations.AddField(
            model_name="call",
            name="ended_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="cancelled or declared void at"
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="fields_of_work",
            field=models.ManyToManyField(blank=True, related_name="calls", to="partnerships.fieldofwork"),
        ),
        migrations.AddField(
            model_name="call",
            name="grace_minutes",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="grace period (minutes)"),
        ),
        migrations.AddField(
            model_name="call",
            name="instalment_count",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="number of instalments"),
        ),
        migrations.AddField(
            model_name="call",
            name="is_blind",
            field=models.BooleanField(default=False, verbose_name="reviewers do not see who proposes"),
        ),
        migrations.AddField(
            model_name="call",
            name="presentation_on",
            field=models.DateField(blank=True, null=True, verbose_name="presentations from"),
        ),
        migrations.AddField(
            model_name="call",
            name="presentation_weight",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="weight of the presentation (percent)"),
        ),
        migrations.AddField(
            model_name="call",
            name="publish_on",
            field=models.DateField(blank=True, null=True, verbose_name="to be published on"),
        ),
        migrations.AddField(
            model_name="call",
            name="questions_until",
            field=models.DateTimeField(blank=True, null=True, verbose_name="questions until"),
        ),
        migrations.AddField(
            model_name="call",
            name="reviewers_per_proposal",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="reviewers for each proposal"),
        ),
        migrations.AddField(
            model_name="call",
            name="screening_by",
            field=models.DateField(blank=True, null=True, verbose_name="screening finished by"),
        ),
        migrations.AddField(
            model_name="call",
            name="unit",
            field=models.CharField(blank=True, max_length=100, verbose_name="unit of the service"),
        ),
        migrations.AddField(
            model_name="call",
            name="unit_cost_ceiling",
            field=models.DecimalField(
                blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="ceiling of the unit cost (baht)"
            ),
        ),
        migrations.AddField(
            model_name="callcriterion",
            name="levels",
            field=models.JSONField(blank=True, default=list, verbose_name="levels in words"),
        ),
        migrations.AddField(
            model_name="presentation",
            name="attended",
            field=models.BooleanField(default=True, verbose_name="the applicant came"),
        ),
        migrations.AddField(
            model_name="presentation",
            name="attendees",
            field=models.TextField(blank=True, verbose_name="who took part"),
        ),
        migrations.AddField(
            model_name="presentation",
            name="questions",
            field=models.TextField(blank=True, verbose_name="questions and answers"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="copied_from",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="copies",
                to="agreements.proposal",
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="entered_by",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="proposal",
            name="presentation_invited_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="proposal",
            name="received_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="received on paper at"),
        ),
        migrations.AddField(
            model_name="proposal",
            name="source",
            field=models.CharField(
                choices=[("online", "Online"), ("paper", "On paper")],
                default="online",
                editable=False,
                max_length=10,
                verbose_name="came",
            ),
        ),
        migrations.AddField(
            model_name="resolutionoutcome",
            name="reserve_rank",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="place on the reserve list"),
        ),
        migrations.AddField(
            model_name="review",
            name="feedback",
            field=models.TextField(blank=True, verbose_name="words for the applicant"),
        ),
        migrations.AlterField(
            model_name="call",
            name="state",
            field=core.fields.StateField(
                choices=[
                    ("draft", "Draft"),
                    ("published", "Open for proposals"),
                    ("screening", "Screening and presentation"),
                    ("selection", "Selection"),
                    ("decided", "Decided"),
                    ("cancelled", "Cancelled"),
                    ("void", "Declared void"),
                ],
                db_index=True,
                default="draft",
                max_length=50,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("publish_call", "Publish the call"),
                    ("select_proposals", "Select by the committee's resolution"),
                    ("sign_agreement", "Approve the text for signature"),
                    ("pay_instalment", "Approve the payment"),
                    ("close_agreement", "Close the agreement"),
                    ("publish_addendum", "Publish the addendum"),
                    ("answer_appeal", "Answer the appeal"),
                    ("promote_reserve", "Select from the reserve list"),
                    ("choose_form", "Choose the form of partnership"),
                    ("invite_shortlist", "Invite the shortlisted partners"),
                ],
                max_length=30,
                verbose_name="matter",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=core.fields.StateField(
                choices=[
                    ("draft", "Draft"),
                    ("submitted", "Submitted"),
                    ("withdrawn", "Withdrawn"),
                    ("curing", "Asked to complete"),
                    ("eligible", "Eligible"),
                    ("ineligible", "Not eligible"),
                    ("selected", "Selected"),
                    ("reserve", "In reserve"),
                    ("not_selected", "Not selected"),
                ],
                db_index=True,
                default="draft",
                max_length=50,
                verbose_name="state",
            ),
        ),
        migrations.AlterField(
            model_name="reviewscore",
            name="points",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="points (0-5)"),
        ),
        migrations.AlterField(
            model_name="reviewscore",
            name="reason",
            field=models.TextField(blank=True, verbose_name="reason"),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source", "online"),
                    models.Q(("confirmed_by__isnull", True), ("state", "draft")),
                    models.Q(
                        ("confirmed_by__isnull", False),
                        models.Q(("confirmed_by", models.F("entered_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proposal_paper_by_two_people",
                violation_error_message="A proposal on paper is confirmed by another person than entered it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("source", "online"),
                    models.Q(("entered_by__isnull", False), ("received_at__isnull", False)),
                    _connector="OR",
                ),
                name="proposal_paper_is_received",
                violation_error_message="A proposal on paper carries the time at which it was received.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewscore",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("points__isnull", True), models.Q(("points__gte", 0), ("points__lte", 5)), _connector="OR"
                ),
                name="review_points_0_to_5",
                violation_error_message="Points go from 0 to 5.",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("questions_until__isnull", True), ("questions_until__lte", models.F("closes_at")), _connector="OR"
                ),
                name="call_questions_before_deadline",
                violation_error_message="Questions end before the deadline for proposals.",
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(("presentation_weight__lte", 90)),
                name="call_presentation_weight",
                violation_error_message="The presentation weighs 0 to 90 percent.",
            ),
        ),
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                ("grounds", models.TextField(verbose_name="grounds of the appeal")),
                ("wish", models.TextField(blank=True, verbose_name="what is asked for")),
                (
                    "state",
                    core.fields.StateField(
                        choices=[("filed", "Filed"), ("withdrawn", "Withdrawn"), ("answered", "Answered")],
                        db_index=True,
                        default="filed",
                        max_length=50,
                        verbose_name="state",
                    ),
                ),
                ("filed_at", models.DateTimeField(default=core.clock.now, editable=False)),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("upheld", "Appeal upheld"), ("dismissed", "Appeal dismissed")],
                        editable=False,
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "remedy",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "The record is corrected; the result stays"),
                            ("reserve", "Put on the reserve list"),
                            ("select", "Selected"),
                        ],
                        editable=False,
                        max_length=10,
                        verbose_name="remedy",
                    ),
                ),
                ("answer", models.TextField(blank=True, editable=False, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="agreements.call"
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
                    "filed_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeal", to="agreements.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "appeal",
                "verbose_name_plural": "appeals",
                "ordering": ["filed_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(
                                models.Q(("verdict", ""), _negated=True),
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="appeal_answered_in_full",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallAddendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "number",
                    models.PositiveSmallIntegerField(blank=True, editable=False, null=True, verbose_name="number"),
                ),
                ("summary", models.TextField(verbose_name="what is changed and why")),
                ("changes", models.JSONField(default=dict, editable=False)),
                ("before", models.JSONField(default=dict, editable=False)),
                ("written_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("published_at", models.DateTimeField(blank=True, editable=False, null=True)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="agreements.call"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "addendum",
                "verbose_name_plural": "addenda",
                "ordering": ["call", "number", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "number"), name="addendum_number_once_per_call"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("number__isnull", True), ("published_at__isnull", True)),
                            models.Q(("number__gte", 1), ("published_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="addendum_published_has_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province_code", models.CharField(max_length=2, verbose_name="province")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="areas", to="agreements.call"
                    ),
                ),
            ],
            options={
                "ordering": ["province_code"],
                "constraints": [models.UniqueConstraint(fields=("call", "province_code"), name="call_area_once")],
            },
        ),
        migrations.CreateModel(
            name="CallDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("title", models.CharField(max_length=200, verbose_name="document")),
                ("description", models.TextField(blank=True, verbose_name="explanation")),
                ("is_required", models.BooleanField(default=True, verbose_name="must be attached")),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="agreements.call"
                    ),
                ),
            ],
            options={
                "verbose_name": "document wanted",
                "verbose_name_plural": "documents wanted",
                "ordering": ["ordinal", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CallQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="question")),
                ("asked_at", models.DateTimeField(default=core.clock.now)),
                ("answer", models.TextField(blank=True, verbose_name="answer")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="questions", to="agreements.call"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["asked_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", ""), ("answered_at__isnull", True), ("answered_by__isnull", True)),
                            models.Q(
                                models.Q(("answer", ""), _negated=True),
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="question_answered_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("token", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("ended_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("fields_of_work", models.ManyToManyField(blank=True, related_name="+", to="partnerships.fieldofwork")),
            ],
            options={
                "verbose_name": "subscription to calls",
                "verbose_name_plural": "subscriptions to calls",
                "indexes": [models.Index(fields=["email"], name="subscription_by_email")],
            },
        ),
        migrations.CreateModel(
            name="CallTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False, verbose_name="version")),
                ("background", models.TextField(blank=True, verbose_name="background")),
                ("scope", models.TextField(blank=True, verbose_name="scope of work")),
                ("objectives", models.TextField(blank=True, verbose_name="objectives")),
                ("target_group", models.CharField(blank=True, max_length=300, verbose_name="target group")),
                ("area", models.CharField(blank=True, max_length=300, verbose_name="area")),
                ("duration_months", models.PositiveSmallIntegerField(default=12, verbose_name="duration (months)")),
                ("allocation", models.TextField(blank=True, verbose_name="how the money is allocated")),
                ("evaluation_plan", models.TextField(blank=True, verbose_name="how the project is evaluated")),
                (
                    "form",
                    models.CharField(
                        choices=[("grant", "Grant"), ("pbc", "Performance-based contracting")],
                        max_length=20,
                        verbose_name="form of partnership",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name of the template")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("changed_at", models.DateTimeField(default=core.clock.now, editable=False)),
            ],
            options={
                "verbose_name": "template of calls",
                "verbose_name_plural": "templates of calls",
                "ordering": ["form", "name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ConflictDeclaration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_conflicted", models.BooleanField(verbose_name="has a conflict of interest")),
                ("relation", models.TextField(blank=True, verbose_name="what the relation is")),
                ("declared_at", models.DateTimeField(default=core.clock.now)),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="declarations", to="agreements.call"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.organisation"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("call", "user", "organisation"), name="declaration_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_conflicted", False), models.Q(("relation", ""), _negated=True), _connector="OR"
                        ),
                        name="declaration_conflict_has_relation",
                        violation_error_message="Say what the relation is.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CureRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("gaps", models.TextField(verbose_name="what is to be mended")),
                ("due_at", models.DateTimeField(verbose_name="until")),
                ("asked_at", models.DateTimeField(default=core.clock.now)),
                ("answer", models.TextField(blank=True, verbose_name="what was mended")),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cure_request",
                        to="agreements.proposal",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("proposals_zip", "All proposals as PDF (ZIP)"),
                            ("proposals_xlsx", "Proposals (XLSX)"),
                            ("proposals_csv", "Proposals (CSV)"),
                        ],
                        max_length=20,
                    ),
                ),
                ("choice", models.JSONField(default=dict, editable=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "Waiting"),
                            ("running", "Under way"),
                            ("done", "Finished"),
                            ("failed", "Failed"),
                        ],
                        default="queued",
                        max_length=10,
                    ),
                ),
                ("total", models.PositiveIntegerField(editable=False, null=True)),
                ("done", models.PositiveIntegerField(default=0, editable=False)),
                ("problem", models.TextField(blank=True, editable=False)),
                ("asked_at", models.DateTimeField(default=core.clock.now)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exports",
                        to="agreements.call",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="core.storedfile",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="partnerships.organisation"
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="PresentationScore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("points", models.PositiveSmallIntegerField(verbose_name="points (0-5)")),
                ("reason", models.TextField(verbose_name="reason")),
                ("given_at", models.DateTimeField(default=core.clock.now)),
                (
                    "presentation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="scores", to="agreements.presentation"
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("presentation", "reviewer"), name="presentation_score_once"),
                    models.CheckConstraint(condition=models.Q(("points__lte", 5)), name="presentation_points_0_to_5"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PresentationSlot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_at", models.DateTimeField(verbose_name="from")),
                ("ends_at", models.DateTimeField(verbose_name="to")),
                ("place", models.CharField(blank=True, max_length=300, verbose_name="place")),
                ("link", models.URLField(blank=True, max_length=500, verbose_name="online link")),
                ("booked_at", models.DateTimeField(blank=True, null=True)),
                ("sequence", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "booked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="slots", to="agreements.call"
                    ),
                ),
                (
                    "proposal",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="slot",
                        to="agreements.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "presentation slot",
                "verbose_name_plural": "presentation slots",
                "ordering": ["starts_at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))),
                        name="slot_ends_after_start",
                        violation_error_message="The end comes after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("place", ""), _negated=True),
                            models.Q(("link", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="slot_has_place_or_link",
                        violation_error_message="Give a place or an online link.",
                    ),
                    models.UniqueConstraint(
                        fields=("call", "starts_at", "place", "link"),
                        name="slot_once",
                        violation_error_message="There is already a slot at this time and place.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalActivity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("title", models.CharField(max_length=300, verbose_name="activity")),
                ("detail", models.TextField(blank=True, verbose_name="details")),
                ("month_from", models.PositiveSmallIntegerField(verbose_name="from month")),
                ("month_to", models.PositiveSmallIntegerField(verbose_name="to month")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="activity_rows",
                        to="agreements.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "activity",
                "ordering": ["ordinal", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("month_from__gte", 1), ("month_to__gte", models.F("month_from"))),
                        name="proposal_activity_months_in_order",
                        violation_error_message="The last month must not come before the first.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalBeneficiary",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("description", models.CharField(blank=True, max_length=300, verbose_name="who they are")),
                ("number", models.PositiveIntegerField(verbose_name="number of people")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="beneficiary_rows",
                        to="agreements.proposal",
                    ),
                ),
                (
                    "target_group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partnerships.targetgroup",
                    ),
                ),
            ],
            options={
                "ordering": ["ordinal", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="proposal_beneficiary_counted")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalBudgetLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                (
                    "category",
                    models.CharField(
                        choices=[
                            ("personnel", "Personnel"),
                            ("operation", "Operation"),
                            ("materials", "Materials"),
                            ("equipment", "Equipment"),
                            ("travel", "Travel"),
                            ("training", "Training and meetings"),
                            ("administration", "Administration"),
                            ("other", "Other expenses"),
                        ],
                        max_length=20,
                        verbose_name="category",
                    ),
                ),
                ("title", models.CharField(max_length=300, verbose_name="item")),
                ("unit", models.CharField(max_length=50, verbose_name="unit")),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="quantity")),
                ("unit_cost", models.DecimalField(decimal_places=2, max_digits=15, verbose_name="unit cost (baht)")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("state_budget", "State budget"),
                            ("own_revenue", "Own revenue"),
                            ("fund", "Fund"),
                            ("donation", "Donation"),
                            ("in_kind", "In kind, valued in baht"),
                        ],
                        default="state_budget",
                        max_length=20,
                        verbose_name="source of money",
                    ),
                ),
                ("is_own", models.BooleanField(default=False, verbose_name="brought in by the partner")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="budget_rows",
                        to="agreements.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "budget line",
                "ordering": ["ordinal", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("quantity__gt", 0), ("unit_cost__gt", 0)),
                        name="proposal_budget_line_positive",
                        violation_error_message="Quantity and unit cost must be more than 0.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="document_rows",
                        to="agreements.proposal",
                    ),
                ),
                (
                    "wanted",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agreements.calldocument"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "file"), name="proposal_document_file_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalIndicator",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                (
                    "level",
                    models.CharField(
                        choices=[("output", "Output"), ("outcome", "Result for people")],
                        default="output",
                        max_length=10,
                        verbose_name="level",
                    ),
                ),
                ("statement", models.CharField(max_length=300, verbose_name="indicator")),
                ("unit", models.CharField(max_length=50, verbose_name="unit")),
                (
                    "direction",
                    models.CharField(
                        choices=[("up", "Higher is better"), ("down", "Lower is better")],
                        default="up",
                        max_length=5,
                        verbose_name="direction",
                    ),
                ),
                (
                    "baseline",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=15, null=True, verbose_name="baseline"
                    ),
                ),
                ("target", models.DecimalField(decimal_places=2, max_digits=15, verbose_name="target")),
                ("source", models.CharField(blank=True, max_length=300, verbose_name="source of data")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="indicator_rows",
                        to="agreements.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "indicator",
                "ordering": ["ordinal", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProposalMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("duty", models.CharField(max_length=200, verbose_name="duty in the project")),
                (
                    "qualification",
                    models.CharField(blank=True, max_length=500, verbose_name="qualification and experience"),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="team_rows", to="agreements.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "member of the team",
                "ordering": ["ordinal", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ProposalPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.SlugField(max_length=30)),
                ("version", models.PositiveIntegerField(default=0)),
                ("saved_at", models.DateTimeField(default=core.clock.now)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="parts", to="agreements.proposal"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("proposal", "part"), name="proposal_part_once")],
            },
        ),
        migrations.CreateModel(
            name="ProposalPresence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.SlugField(max_length=30)),
                ("seen_at", models.DateTimeField(default=core.clock.now)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="agreements.proposal"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "user", "part"), name="proposal_presence_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="revision")),
                ("content", models.JSONField(editable=False)),
                ("parts", models.JSONField(default=list, editable=False, verbose_name="parts that were changed")),
                ("begun_at", models.DateTimeField(default=core.clock.now)),
                ("saved_at", models.DateTimeField(default=core.clock.now)),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="agreements.proposal"
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "number"), name="proposal_revision_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ProposalRisk",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("risk", models.CharField(max_length=300, verbose_name="risk")),
                (
                    "likelihood",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Low"), (2, "Medium"), (3, "High")], default=2, verbose_name="likelihood"
                    ),
                ),
                (
                    "impact",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Low"), (2, "Medium"), (3, "High")], default=2, verbose_name="impact"
                    ),
                ),
                ("response", models.TextField(verbose_name="how it is met")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="risk_rows", to="agreements.proposal"
                    ),
                ),
            ],
            options={
                "verbose_name": "risk",
                "ordering": ["ordinal", "pk"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ResultLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, verbose_name="number")),
                ("outcome", models.CharField(max_length=20, verbose_name="outcome")),
                ("content", models.JSONField(editable=False)),
                ("issued_at", models.DateTimeField(default=core.clock.now, editable=False)),
                ("appeal_until", models.DateTimeField(editable=False, null=True, verbose_name="appeals until")),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result_letters",
                        to="agreements.proposal",
                    ),
                ),
            ],
            options={
                "ordering": ["issued_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReviewAssignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("assigned_at", models.DateTimeField(default=core.clock.now)),
                (
                    "assigned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="agreements.proposal",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("proposal", "reviewer"), name="assignment_once")],
            },
        ),
        migrations.CreateModel(
            name="ReviewReopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("total_before", models.DecimalField(decimal_places=2, max_digits=6)),
                ("reopened_at", models.DateTimeField(default=core.clock.now)),
                (
                    "reopened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "review",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reopenings", to="agreements.review"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SelectionCommittee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order_number", models.CharField(max_length=200, verbose_name="number of the appointment order")),
                ("order_on", models.DateField(verbose_name="date of the order")),
                ("recorded_at", models.DateTimeField(default=core.clock.now)),
                (
                    "call",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="selection_committee",
                        to="agreements.call",
                    ),
                ),
                (
                    "order_file",
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
            ],
            options={
                "verbose_name": "selection committee",
                "verbose_name_plural": "selection committees",
            },
        ),
        migrations.CreateModel(
            name="SelectionMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("title", models.CharField(blank=True, max_length=200, verbose_name="position")),
                (
                    "role",
                    models.CharField(
                        choices=[("chair", "Chair"), ("member", "Member"), ("secretary", "Secretary")],
                        default="member",
                        max_length=10,
                        verbose_name="role",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="agreements.selectioncommittee",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["ordinal", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SubscriptionArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("province_code", models.CharField(max_length=2, verbose_name="province")),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="areas",
                        to="agreements.callsubscription",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("subscription", "province_code"), name="subscription_area_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateCriterion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("eligibility", "Qualification (met or not)"), ("scoring", "Criterion with a weight")],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("title", models.CharField(max_length=200, verbose_name="criterion")),
                ("description", models.TextField(blank=True, verbose_name="explanation")),
                ("weight", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="weight (percent)")),
                ("levels", models.JSONField(blank=True, default=list, verbose_name="levels in words")),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="criteria",
                        to="agreements.calltemplate",
                    ),
                ),
            ],
            options={
                "verbose_name": "criterion",
                "verbose_name_plural": "criteria",
                "ordering": ["kind", "ordinal", "pk"],
                "abstract": False,
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "eligibility"), ("weight__isnull", True)),
                            models.Q(("kind", "scoring"), ("weight__gt", 0), ("weight__lte", 100)),
                            _connector="OR",
                        ),
                        name="templatecriterion_weight_by_kind",
                        violation_error_message="A criterion has a weight of 1 to 100; a qualification has none.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TemplateDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveSmallIntegerField(default=1, verbose_name="order")),
                ("title", models.CharField(max_length=200, verbose_name="document")),
                ("description", models.TextField(blank=True, verbose_name="explanation")),
                ("is_required", models.BooleanField(default=True, verbose_name="must be attached")),
                (
                    "template",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="documents",
                        to="agreements.calltemplate",
                    ),
                ),
            ],
            options={
                "verbose_name": "document wanted",
                "verbose_name_plural": "documents wanted",
                "ordering": ["ordinal", "pk"],
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="decision",
            name="appeal",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="decisions",
                to="agreements.appeal",
            ),
        ),
        migrations.AddField(
            model_name="call",
            name="template",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="calls",
                to="agreements.calltemplate",
            ),
        ),
        migrations.AddField(
            model_name="resolution",
            name="attended",
            field=models.ManyToManyField(blank=True, related_name="+", to="agreements.selectionmember"),
        ),
        migrations.AddConstraint(
            model_name="callcriterion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "eligibility"), ("weight__isnull", True)),
                    models.Q(("kind", "scoring"), ("weight__gt", 0), ("weight__lte", 100)),
                    _connector="OR",
                ),
                name="callcriterion_weight_by_kind",
                violation_error_message="A criterion has a weight of 1 to 100; a qualification has none.",
            ),
        ),
        migrations.AddConstraint(
            model_name="resolutionoutcome",
            constraint=models.UniqueConstraint(
                fields=("resolution", "reserve_rank"),
                name="outcome_reserve_rank_once",
                violation_error_message="Two proposals cannot have the same place on the reserve list.",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("appeal__isnull", True), ("state", "pending")),
                fields=("kind", "call"),
                name="decision_pending_once_per_call",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")), fields=("appeal",), name="decision_pending_once_per_appeal"
            ),
        ),
    ]
